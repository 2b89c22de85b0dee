import type { NodeName } from '../model/ids';
import type { Columns, Row } from './columns';
import { demoId } from './source';

/**
 * Rows of one type under names of their own, by which other rows refer to them. They are recorded a minute apart (so
 * new ones go to the end: ids follow from it), or at their own `createdAt`. Nothing is stored yet.
 */
export function define<Name extends NodeName, Key extends string>(
  type: Name,
  recordedAt: string,
  entries: Record<Key, Columns<Name>>,
): Record<Key, Row<Name>> {
  const rows = Object.entries<Columns<Name>>(entries).map(([key, columns], index) => {
    const { createdAt } = columns as { createdAt?: Date | string };
    const moment = createdAt ?? Date.parse(recordedAt) + index * 60_000;
    return [key, rowOf(type, key, new Date(moment).toISOString(), columns)];
  });
  return Object.fromEntries(rows) as Record<Key, Row<Name>>;
}

/** One row, as it was first written: anything else is in `columns`. */
export function rowOf<Name extends NodeName>(
  type: Name,
  name: string,
  createdAt: string,
  columns: Columns<Name>,
): Row<Name> {
  return { id: demoId(type, name, createdAt), updatedAt: createdAt, version: 1, ...columns, createdAt };
}

/** A measured value with its unit, as the schemas of module types want it. */
export function quantity(value: number, unit: string): { value: number; unit: string } {
  return { value, unit };
}
