import { documentCode } from '../../access/documents';
import { countOf, type Count } from '../count';
import { ask } from './asking-sql';
import type { Reader } from './expand';
import { searchTypeOf } from './search-type';
import { typesStatement, type Search, type TypeCountRow } from './statements';

/** What a search looks for, once that is known; undefined where it is nothing. */
export type SearchOf = () => Promise<Search | undefined>;

/** How many are found of each type, those of which most are first. */
export async function countTypes(searchOf: SearchOf, reader: Reader): Promise<(Count & { type: string })[]> {
  const search = await searchOf();
  if (!search) return [];
  const rows = await ask<TypeCountRow>(reader.snapshot, typesStatement(search, reader));
  const counts = search.types.flatMap((type) => {
    const row = rows.find((one) => one.type === documentCode(type));
    return row && (row.count > 0 || row.isCut) ? [{ type: searchTypeOf(type), ...countOf(row.count, row.isCut) }] : [];
  });
  return counts.sort((one, other) => other.count - one.count);
}
