import {
  GraphQLEnumType,
  GraphQLInputObjectType,
  GraphQLInt,
  GraphQLList,
  GraphQLNonNull,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';
import type { Context } from '../context';
import { facetsOf, tellFacet } from '../discovery/counts/facets';
import { resolveFacets, resolveGroups, type CountArgs } from '../discovery/counts/resolve';
import {
  Facet,
  GroupedCounts,
  mostGroups,
  mostKeys,
  mostValues,
  priceOfFacet,
  priceOfGroups,
  usualValues,
} from '../discovery/counts/types';
import { mostCounted } from '../discovery/count';
import { resolveSearchFacets, type SearchFacetArgs } from '../discovery/search/search-facets';
import { SearchConnection, SearchFacet } from '../discovery/search/search.types';
import { searchedTypes } from '../discovery/search/searchable';
import { mostRanked } from '../discovery/search/statements';
import type { SearchOf } from '../discovery/search/type-counts';
import type { PageOf } from '../loading/resolve';
import { nodeNames, type NodeName } from '../model/ids';
import { fieldName, withArticle } from '../model/names';
import type { Price } from '../model/price';
import { rootFields, type RootField } from '../model/root-fields';
import { argument } from './finding';

const told = `Exact up to ${mostCounted.toLocaleString('en-US')} objects, of more those that were recorded first are counted.`;

/** Puts `facets` on every connection to objects, and beside each list of everything what counts it in groups. */
export function letCount(schema: GraphQLSchema): void {
  const facet = listOf(schema.getType(Facet.name) as GraphQLObjectType);
  const enums = new Map(nodeNames.map((type) => [type, enumOf(type)]));
  for (const type of nodeNames) {
    const connection = schema.getType(`${type}Connection`) as GraphQLObjectType | undefined;
    if (connection) addFacets(connection, new GraphQLNonNull(facet), enums.get(type)!);
  }
  for (const root of rootFields) addCounts(schema, root, enums.get(root.type)!);
  addSearchFacets(schema, enums);
}

function enumOf(type: NodeName): GraphQLEnumType {
  return new GraphQLEnumType({
    name: `${type}Facet`,
    description: `By what objects of the type ${type} are counted.`,
    values: Object.fromEntries([...facetsOf(type).values()].map((one) => [one.name, { description: tellFacet(one) }])),
  });
}

function addFacets(
  connection: GraphQLObjectType,
  type: GraphQLField<unknown, unknown>['type'],
  by: GraphQLEnumType,
): void {
  add(connection, {
    name: 'facets',
    description: `How the objects of all pages are counted by what they have, in the order of \`by\`: at most ${by.getValues().length}. ${told}`,
    type,
    args: [
      argument('by', `By what, each once: at most ${by.getValues().length}.`, new GraphQLNonNull(listOf(by))),
      howMany(),
    ],
    price: { values: priceOfFacet },
    resolve: (page, args, context) => resolveFacets(page as PageOf, args as unknown as CountArgs, context),
  });
}

function addCounts(schema: GraphQLSchema, { type, many, counts: name }: RootField, by: GraphQLEnumType): void {
  const query = schema.getQueryType()!;
  const where = query.getFields()[many]!.args.find((one) => one.name === 'where')!;
  add(query, {
    name,
    description: `Every ${type} that the viewer may see and that is found, in groups by what they have in common: for a chart. ${told} Null, with an error, only where it fails.`,
    type: schema.getType(GroupedCounts.name) as GraphQLObjectType,
    args: [
      argument('by', `By what; at most ${mostKeys} at once.`, new GraphQLNonNull(listOf(by))),
      { ...where, description: `What holds of ${withArticle(type)} that is counted; all of them are when left out.` },
      argument(
        'first',
        `How many groups are told of, the largest first, at most ${mostGroups}.`,
        new GraphQLNonNull(GraphQLInt),
        mostGroups,
      ),
    ],
    price: { values: priceOfGroups },
    finds: type,
    resolve: (_root, args, context) => resolveGroups(type, name, args as unknown as CountArgs, context),
  });
}

function addSearchFacets(schema: GraphQLSchema, enums: ReadonlyMap<NodeName, GraphQLEnumType>): void {
  const searched = searchedTypes.map((type) => [type, enums.get(type)!] as const);
  const most = searched.reduce((sum, [, by]) => sum + by.getValues().length, 0);
  const by = new GraphQLInputObjectType({
    name: 'SearchFacetsBy',
    description: 'By what the hits of a search are counted, type by type.',
    fields: Object.fromEntries(
      searched.map(([type, facets]) => [
        fieldName(type),
        {
          type: listOf(facets),
          description: `By what each ${type} that is found is counted, each once: at most ${facets.getValues().length}.`,
        },
      ]),
    ),
  });
  add(schema.getType(SearchConnection.name) as GraphQLObjectType, {
    name: 'facets',
    description: `How the hits of all pages are counted by what they have, type by type in the order of \`SearchType\`, then in that of \`by\`: at most ${most}. Exact up to ${mostCounted.toLocaleString('en-US')} of a type, of more the newest are counted; where something is asked of the type in \`where\`, up to ${mostRanked.toLocaleString('en-US')} that the words find.`,
    type: new GraphQLNonNull(listOf(schema.getType(SearchFacet.name) as GraphQLObjectType)),
    args: [argument('by', 'By what, for each type.', new GraphQLNonNull(by)), howMany()],
    price: { values: priceOfFacet },
    resolve: (found, args, context) =>
      resolveSearchFacets((found as { searchOf: SearchOf }).searchOf, args as unknown as SearchFacetArgs, context),
  });
}

/** `first` of facets. */
const howMany = (): GraphQLArgument =>
  argument(
    'first',
    `How many values of each are told of, at most ${mostValues}.`,
    new GraphQLNonNull(GraphQLInt),
    usualValues,
  );

interface Added {
  name: string;
  description: string;
  type: GraphQLField<unknown, unknown>['type'];
  args: GraphQLArgument[];
  price: Price;
  /** Of what type the objects are that its `where` finds. */
  finds?: NodeName;
  resolve: (source: unknown, args: Record<string, unknown>, context: Context) => unknown;
}

function add(owner: GraphQLObjectType, { price, finds, ...field }: Added): void {
  const rest = { deprecationReason: undefined, astNode: undefined };
  owner.getFields()[field.name] = { ...field, ...rest, extensions: { price, ...(finds && { finds }) } };
}

const listOf = <T extends GraphQLObjectType | GraphQLEnumType>(type: T): GraphQLList<GraphQLNonNull<T>> =>
  new GraphQLList(new GraphQLNonNull(type));
