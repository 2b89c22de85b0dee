import { LineCounter, parseDocument } from 'yaml';
import type { Json } from '../json';

/** The way to a field: names, and places in lists from 0. */
export type Path = (string | number)[];

/** A field as the report names it: without the places in lists, so that the same field is the same. */
export function fieldName(path: Path, withIndexes = false): string {
  return path.filter((part) => withIndexes || typeof part === 'string').join('.');
}

/** Whether a value is a number, or a list of numbers. */
export function isMeasure(value: Json): boolean {
  return Array.isArray(value) ? value.some((inner) => numberIn(inner) !== null) : numberIn(value) !== null;
}

/** The number that a value is or spells; else null. */
export function numberIn(value: Json): number | null {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value !== 'string' || !/^\s*[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?\s*$/.test(value)) return null;
  return Number(value);
}

/** The line of a field, found by a parser that remembers places; null where it cannot be told. */
export function lineOf(text: string, path: Path): number | null {
  const lines = new LineCounter();
  try {
    const document = parseDocument(text, { lineCounter: lines, schema: 'json' });
    const node: unknown = document.getIn(path, true);
    const range = typeof node === 'object' && node !== null && 'range' in node ? (node.range as [number] | null) : null;
    return range ? lines.linePos(range[0]).line : null;
  } catch {
    return null;
  }
}
