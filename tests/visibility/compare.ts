import { InAnyOrder } from './data-paths';
import { Cursor, type CursorBook } from './pages';

/** In the place of what the page says no more of than that there is some of it. */
export class Something {}

/** A text that holds each of these, in whatever words. */
export class Containing {
  constructor(readonly parts: readonly string[]) {}
}

/**
 * Where an answer is not what was expected, one line each. Cursors are noted on the way: any text is right, as long as
 * it stands for one object only.
 */
export function differences(expected: unknown, found: unknown, cursors: CursorBook, path = 'data'): string[] {
  if (expected instanceof Cursor) return noteCursor(expected, found, cursors, path);
  if (expected instanceof Something)
    return Array.isArray(found) && found.length > 0 ? [] : [`${path}: something expected, ${brief(found)} found`];
  if (expected instanceof Containing)
    return expected.parts.flatMap((part) =>
      typeof found === 'string' && found.includes(part) ? [] : [`${path}: ${part} is not in it`],
    );
  if (expected instanceof InAnyOrder) return compareSet(expected, found, path);
  if (Array.isArray(expected)) {
    if (!Array.isArray(found)) return [difference(path, expected, found)];
    const [mine, theirs] = [expected as unknown[], found as unknown[]];
    if (mine.length !== theirs.length)
      return [`${path}: ${mine.length} expected, ${theirs.length} found: ${brief(theirs)}`];
    return mine.flatMap((one, index) => differences(one, theirs[index], cursors, `${path}[${index}]`));
  }
  if (typeof expected === 'object' && expected !== null) {
    if (typeof found !== 'object' || found === null) return [difference(path, expected, found)];
    const keys = new Set([...Object.keys(expected), ...Object.keys(found)]);
    return [...keys].flatMap((key) =>
      differences(
        (expected as Record<string, unknown>)[key],
        (found as Record<string, unknown>)[key],
        cursors,
        `${path}.${key}`,
      ),
    );
  }
  return expected === found ? [] : [difference(path, expected, found)];
}

function noteCursor({ id }: Cursor, found: unknown, cursors: CursorBook, path: string): string[] {
  if (typeof found !== 'string' || found === '') return [`${path}: a cursor expected, ${brief(found)} found`];
  const known = cursors.get(found);
  cursors.set(found, id);
  return known === undefined || known === id ? [] : [`${path}: one cursor stands for two objects`];
}

function compareSet({ values, most }: InAnyOrder, found: unknown, path: string): string[] {
  const texts = found as string[];
  if (!Array.isArray(found)) return [`${path}: a list expected, ${brief(found)} found`];
  const odd = texts.filter((text, index) => !values.has(text) || texts.indexOf(text) !== index);
  const missing = Math.min(values.size, most) - texts.length;
  return [
    ...odd.map((text) => `${path}: ${text} not expected`),
    ...(missing > 0 ? [`${path}: ${missing} more expected`] : []),
  ];
}

function difference(path: string, expected: unknown, found: unknown): string {
  return `${path}: ${brief(expected)} expected, ${brief(found)} found`;
}

function brief(value: unknown): string {
  return (JSON.stringify(value) ?? 'nothing').slice(0, 160);
}
