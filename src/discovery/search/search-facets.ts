import { badInput } from '../../errors';
import type { Context } from '../../context';
import { fieldName } from '../../model/names';
import type { NodeName } from '../../model/types';
import { asAsked } from '../counts/counting';
import { readFacets, type Facet } from '../counts/facets';
import { answerOf, refuseSize } from '../counts/resolve';
import { eachByItself, talliesOf } from '../counts/tally-sql';
import { mostValues } from '../counts/types';
import { searchedTypes } from './searchable';
import { searchTypeOf } from './search-type';
import { hitsOfType, type Search } from './statements';
import type { SearchOf } from './type-counts';

/** By what the hits of each type are counted, as a client names it: `{ session: [SPECIES, YEAR] }`. */
export interface SearchFacetArgs {
  by: Readonly<Record<string, readonly string[] | null>>;
  first: number;
}

/** `facets` of a search: its hits of each type that is named, those of all pages, by each of these. */
export async function resolveSearchFacets(
  searchOf: SearchOf,
  { by, first }: SearchFacetArgs,
  context: Context,
): Promise<object[]> {
  const asked = readSearchFacets(by);
  refuseSize(first, mostValues);
  const search = await searchOf();
  const found: object[] = [];
  for (const [type, facets] of asked) {
    const isSearched = search?.types.includes(type) ?? false;
    const rows = isSearched ? await tally(search!, type, facets, first, context) : [];
    const told = asAsked(facets.map(eachByItself), rows).map((row, index) =>
      answerOf(facets[index]!, row, context.loaders),
    );
    found.push(...told.map((facet) => ({ type: searchTypeOf(type), facet })));
  }
  return found;
}

/** Throws BAD_USER_INPUT that names the place, such as `by.session`. */
function readSearchFacets(by: SearchFacetArgs['by']): [NodeName, Facet[]][] {
  const asked = searchedTypes.flatMap((type): [NodeName, Facet[]][] => {
    const place = fieldName(type);
    const names = by[place];
    return names ? [[type, readFacets(type, names, `by.${place}`)]] : [];
  });
  if (asked.length === 0) throw badInput('`by` is empty: name what is to be counted by, for each type.');
  return asked;
}

/** All facets of a type in one statement. */
async function tally(
  search: Search,
  type: NodeName,
  facets: readonly Facet[],
  first: number,
  { access, viewer, snapshot, loaders }: Context,
): Promise<Record<string, unknown>[]> {
  const hits = hitsOfType(search, type, { access, viewer, snapshot });
  const question = loaders.questions.once((compiler) => talliesOf(hits, type, compiler, facets.map(eachByItself)), {
    ids: [],
    groups: first,
  });
  return loaders.batches.run(question, 'Query.search');
}
