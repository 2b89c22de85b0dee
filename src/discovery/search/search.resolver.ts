import { Arg, Ctx, Int, Query, Resolver } from 'type-graphql';
import type { Context } from '../../context';
import { Priced } from '../../model/price';
import { longestQuery, mostQueryWords } from './parse';
import { mostRanked } from './statements';
import { mostTerms } from './expand';
import { search } from './search';
import { searchTypes, typeOfSearchType } from './search-type';
import { SearchConnection } from './search.types';
import { SearchedWhere } from './where-argument';

/** A search reads a bounded number of documents, which takes about as long as a filter along some edges. */
const priceOfSearch = 2000;

@Resolver()
export class SearchResolver {
  @Priced({ values: priceOfSearch })
  @Query(() => SearchConnection, {
    nullable: true,
    description:
      'What holds words, among all that the viewer sees: in names, keywords, identifiers, descriptions, notes and details, and by the shared terms and ' +
      'module types that an object refers to, under any of their names (`mouse` finds subjects of the species Mus musculus). All words have to be there; ' +
      '`"in quotes"` one after the other, `or` between alternatives, `-` before what must not be there; of the last word its beginning is enough. Case, ' +
      'accents and endings (`recordings`) do not count. The best come first: names before keywords and identifiers, these before descriptions. ' +
      `Where more than ${mostRanked.toLocaleString('en-US')} are found of subjects, of sessions, of procedures, of modules, or of all else, only the newest of these are put in order; a word is put into ` +
      `${mostTerms} terms at most. Null, with an error, only where it fails: BAD_USER_INPUT.`,
  })
  search(
    @Arg('query', () => String, {
      description: `The words, at most ${mostQueryWords} of them and ${longestQuery.toLocaleString('en-US')} characters. Of none nothing is found.`,
    })
    query: string,
    @Arg('types', () => [searchTypes.graphqlType], {
      nullable: true,
      description: 'Only objects of these types, at most 100; of all when left out, or empty.',
    })
    types: string[] | null,
    @Arg('first', () => Int, { nullable: true, description: 'How many to return: 20 if left out, at most 100.' })
    first: number | null,
    @Arg('after', () => String, {
      nullable: true,
      description: 'Return what comes after this cursor (an `endCursor` of the same search).',
    })
    after: string | null,
    @SearchedWhere where: unknown,
    @Ctx() context: Context,
  ): object {
    return search({ query, types: types?.map(typeOfSearchType), where, first, after }, context);
  }
}
