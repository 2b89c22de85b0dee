import { isObject, momentLike } from '../model/scalars';
import { normalName } from '../model/texts';
import { normalAddress } from '../model/web-address';
import type { WrittenField } from '../model/written-fields';
import type { Fault } from './faults';

type Normalized = { value: unknown; faults?: undefined } | { value?: undefined; faults: Fault[] };

/**
 * Brings a value into the form in which it is checked and stored: texts trimmed (an empty one is none), moments as Date,
 * addresses as text. Inputs of mutations were typed by their scalars already; those of an import were not.
 */
export function normalize({ name, value: written }: WrittenField, given: unknown): Normalized {
  const { is } = written;
  if (given === null) return { value: null };
  switch (is) {
    case 'text':
      if (typeof given !== 'string') return wrongType(name, 'a text');
      return textOrNull(written.lines ? given : normalName(given));
    case 'choice':
      return typeof given === 'string' ? textOrNull(given) : wrongType(name, 'a text');
    case 'webAddress':
      if (given instanceof URL) return { value: given.href };
      return typeof given === 'string' ? textOrNull(normalAddress(given)) : wrongType(name, 'a text');
    case 'day':
      if (given instanceof Date) return { value: given.toISOString().slice(0, 10) };
      return typeof given === 'string' ? textOrNull(given) : wrongType(name, 'a day such as `2024-05-31`');
    case 'instant':
      return instant(name, given);
    case 'decimal':
    case 'count':
      return typeof given === 'number' ? { value: given } : wrongType(name, 'a number');
    case 'words':
    case 'choices':
      return listOf(name, given, isText, 'texts', normalName);
    case 'object':
      if (!isObject(given)) return wrongType(name, 'an object');
      return { value: written.defaultValue === undefined && Object.keys(given).length === 0 ? null : given };
    case 'objects':
    case 'values':
      return listOf(name, given, isObject, 'objects', plain);
  }
}

/** There may be a great many of them, and they are all alike. */
const mostToldOfList = 20;

/** A list of one kind of things; what is another is told with its place. */
function listOf<T>(
  name: string,
  given: unknown,
  isOne: (one: unknown) => one is T,
  things: string,
  plainOne: (one: T) => unknown,
): Normalized {
  if (!Array.isArray(given)) return wrongType(name, `a list of ${things}`);
  const faults: Fault[] = [];
  for (const [index, one] of given.entries()) {
    if (isOne(one)) continue;
    faults.push({ path: [name, index], code: 'WRONG_TYPE', message: `\`${name}\` has to hold ${things} only.` });
    if (faults.length === mostToldOfList) break;
  }
  return faults.length > 0 ? { faults } : { value: (given as T[]).map(plainOne) };
}

const isText = (value: unknown): value is string => typeof value === 'string';

/** With a zone, since a clock's reading alone is no moment. */
const isoInstant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})$/;

function instant(name: string, given: unknown): Normalized {
  if (given instanceof Date) return { value: given };
  if (typeof given !== 'string') return wrongType(name, momentLike(given));
  const text = given.trim();
  if (text === '') return { value: null };
  const value = new Date(text);
  return isoInstant.test(text) && !Number.isNaN(value.getTime())
    ? { value }
    : { faults: [{ path: [name], code: 'WRONG_FORMAT', message: `\`${name}\` has to be ${momentLike(text)}.` }] };
}

function textOrNull(given: string): Normalized {
  const text = given.trim();
  return { value: text === '' ? null : text };
}

/** A small value as it is stored: addresses as text, nothing undefined, texts trimmed. */
function plain(value: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, part]) => part !== undefined)
      .map(([key, part]) => [key, plainPart(key, part)]),
  );
}

function plainPart(key: string, part: unknown): unknown {
  if (part instanceof URL) return part.href;
  if (typeof part !== 'string') return part;
  return key === 'url' ? normalAddress(part) : normalName(part);
}

function wrongType(name: string, wanted: string): Normalized {
  return { faults: [{ path: [name], code: 'WRONG_TYPE', message: `\`${name}\` has to be ${wanted}.` }] };
}
