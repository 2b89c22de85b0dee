import { badInput } from '../errors';
import type { NodeName } from '../model/ids';
import { orderablesOf, type Orderable } from './orderable';

/** How many fields one order names. */
export const mostKeys = 3;

/** One field of an order. */
export interface OrderKey extends Orderable {
  descending: boolean;
  nullsFirst: boolean;
}

/** The same as it was asked for. */
export interface GivenKey {
  field: string;
  direction: 'ASC' | 'DESC';
  nulls: 'FIRST' | 'LAST';
}

const newest = (field: string): readonly GivenKey[] => [{ field, direction: 'DESC', nulls: 'LAST' }];

/** Lists of all of a type that begin with the newest, which is what people look for there; the others with the oldest record. */
export const newestFirst: Partial<Record<NodeName, readonly GivenKey[]>> = {
  Project: newest('CREATED_AT'),
  Session: newest('STARTED_AT'),
  Publication: newest('PUBLISHED_ON'),
};

/** How that is told. */
export function toldOrder(type: NodeName): string {
  const [key] = newestFirst[type] ?? [];
  if (!key) return 'the oldest record first';
  const { field } = orderablesOf(type).find(({ name }) => name === key.field)!;
  return field === 'createdAt' ? 'the newest record first' : `the newest first by \`${field}\`, those without it last`;
}

/**
 * Reads the argument `orderBy` of a connection; undefined where the order is left as it is. Throws BAD_USER_INPUT that names
 * the place.
 */
export function readOrder(type: NodeName, given: unknown): readonly OrderKey[] | undefined {
  const keys = (given ?? []) as readonly GivenKey[];
  if (keys.length === 0) return undefined;
  if (keys.length > mostKeys)
    throw badInput(`\`orderBy\` names ${keys.length} fields, but a list is ordered by at most ${mostKeys}.`);
  return keys.map(({ field, direction, nulls }, index) => {
    if (keys.findIndex((one) => one.field === field) < index)
      throw badInput(`\`orderBy[${index}].field\` is ${field} again: by what a list is ordered already, leave out.`);
    const orderable = orderablesOf(type).find(({ name }) => name === field)!;
    return { ...orderable, descending: direction === 'DESC', nullsFirst: nulls === 'FIRST' };
  });
}
