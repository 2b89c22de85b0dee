import { createHash } from 'node:crypto';
import { readWhere, type Where } from '../../finding/where';
import { fieldName } from '../../model/names';
import type { NodeName } from '../../model/types';
import { searchedTypes } from './searchable';

/** What is asked of those that a search finds, by their type; of the others nothing is. */
export type SearchWhere = ReadonlyMap<NodeName, Where>;

/** Reads the argument `where` of a search. Throws BAD_USER_INPUT that names the place, such as `where.session.name`. */
export function readSearchWhere(given: unknown): SearchWhere {
  const asked = (given ?? {}) as Readonly<Record<string, unknown>>;
  return new Map(
    searchedTypes.flatMap((type): [NodeName, Where][] => {
      const field = fieldName(type);
      const where = readWhere(type, asked[field], `where.${field}`);
      return where ? [[type, where]] : [];
    }),
  );
}

/** What tells one search from another, for its cursors: the same for two that ask for the same. */
export function searchKey(query: string, types: readonly NodeName[], where: SearchWhere): string {
  const asked = [...where].map(([type, { key }]) => [type, key]);
  return createHash('sha256')
    .update(JSON.stringify([query, types, asked]))
    .digest('base64url');
}
