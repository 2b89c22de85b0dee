import { isDeepStrictEqual } from 'node:util';
import { kindOf } from '../domain/module/registry';
import { moduleTypes, followsModuleType, type WholeRow } from './agreement';
import type { Stored } from './rows';
import { defaultsOf, type LinkedList, type WritableType } from './shape';

/** One object that is being written: what is given of it, and what it will be. */
export interface Change {
  id: string;
  /** As it is stored; undefined for a new one. */
  before: Stored | undefined;
  columns: Readonly<Record<string, unknown>>;
  row: WholeRow;
  /** The columns that this changes; of a new object, all. */
  written: readonly string[];
  /** Whole lists of others that it will have, as far as they are given. */
  lists: ReadonlyMap<LinkedList, readonly string[]>;
}

/** What becomes of an object by what is given of it. */
export function changeOf(
  type: WritableType,
  { id, before, columns: given, lists }: Pick<Change, 'id' | 'before' | 'columns'> & Partial<Pick<Change, 'lists'>>,
): Change {
  const columns = withVersion(type, given, before);
  const row = { ...(before ?? defaultsOf(type)), ...columns, id };
  const written = Object.keys(before ? changesBetween(before, columns) : row);
  return { id, before, columns, row, written, lists: lists ?? new Map() };
}

/** What is given, with the newest version of a module type's schema where an object gets another type, or its version is cleared. */
export function withVersion(
  type: WritableType,
  columns: Change['columns'],
  before: Readonly<Record<string, unknown>> | undefined,
): Change['columns'] {
  if (!followsModuleType(type)) return columns;
  const { type: code = before?.['type'], schemaVersion } = columns;
  const isAsked = schemaVersion === null || (schemaVersion === undefined && code !== before?.['type']);
  const newest = isAsked ? moduleTypes.find(kindOf(type), code as string) : undefined;
  return newest ? { ...columns, schemaVersion: newest.version } : columns;
}

/** Those of the wanted columns that differ from what is stored. */
export function changesBetween(
  before: Readonly<Record<string, unknown>>,
  wanted: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(wanted).filter(([property, value]) => !isDeepStrictEqual(plain(before[property]), plain(value))),
  );
}

/** 64-bit counts come back as text, moments as dates: both compare as text. */
function plain(value: unknown): unknown {
  if (value instanceof Date) return value.toISOString();
  return typeof value === 'number' ? String(value) : (value ?? null);
}
