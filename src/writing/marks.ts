import { isDeepStrictEqual } from 'node:util';
import { permissions } from '../access/permissions';
import { allEdges } from '../model/edges';
import type { NodeName } from '../model/ids';
import { nameOf } from '../model/node';

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

/** Every write moves `version`; `updatedAt` moves only with what every viewer of the object may see. */
export function marksOfChange(
  type: NodeName,
  changes: Readonly<Record<string, unknown>>,
  lists: readonly string[] = [],
): Record<string, () => string> {
  const fields = [...Object.keys(changes).map((property) => fieldOf(type, property)), ...lists];
  return {
    version: () => '"version" + 1',
    ...(fields.some((field) => isSeenByAll(type, field)) && { updatedAt: () => 'now()' }),
  };
}

/** A column of a reference is shown by the field that follows it. */
function fieldOf(type: NodeName, property: string): string {
  const edge = allEdges().find(
    (one) => one.kind === 'reference' && one.column === property && nameOf(one.owner) === type,
  );
  return edge?.field ?? property;
}

/** Whether every viewer of an object sees this field of it. */
export function isSeenByAll(type: NodeName, field: string): boolean {
  const kind = permissions[type]?.[field]?.kind;
  return kind === 'open' || kind === 'inherited';
}
