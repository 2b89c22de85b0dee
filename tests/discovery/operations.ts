import { isEnumType, type GraphQLEnumType, type GraphQLSchema } from 'graphql';
import type { Where } from '../finding/evaluate';
import type { Operation } from '../visibility/operations';
import type { TypeName } from '../world/world';

/** The names by which objects of a type are counted, as the schema has them. */
export function facetNames(schema: GraphQLSchema, type: TypeName): string[] {
  const found = schema.getType(`${type}Facet`);
  return isEnumType(found) ? found.getValues().map(({ name }) => name) : [];
}

/** Everything that is told of facets. */
export const facetFields =
  'by values { value label count precision node { id __typename } } others { count precision } missing { count precision }';

export const groupFields =
  'groups { keys { by value label node { id __typename } } count precision } total { count precision } others { count precision } isComplete';

export const countsOf = (type: TypeName): string => `${type.charAt(0).toLowerCase()}${type.slice(1)}Counts`;

/** How many facets are asked for at once. */
const mostAtOnce = 24;

/** A list counted by each of its facets, and in groups by some at once, under a filter. */
export function countBy(
  schema: GraphQLSchema,
  { name, target }: { name: string; target: TypeName },
  where?: Where,
  turn = 0,
): Operation {
  const names = facetNames(schema, target);
  const parts = Array.from({ length: Math.ceil(names.length / mostAtOnce) }, (_, part) =>
    names.slice(part * mostAtOnce, (part + 1) * mostAtOnce),
  );
  const first = [20, 1, 3, 0][turn % 4]!;
  const facets = parts.map(
    (part, index) =>
      `f${index}: ${name}(where: $where) { totalCount facets(by: [${part.join(' ')}], first: ${first}) { ${facetFields} } }`,
  );
  const keys = [0, 1, 2].slice(0, 1 + (turn % 3)).map((step) => names[(turn + step * 5) % names.length]!);
  const groups = `${countsOf(target)}(where: $where, by: [${[...new Set(keys)].join(' ')}], first: ${[1000, 3][turn % 2]}) { ${groupFields} }`;
  return {
    name: `${name} counted under ${JSON.stringify(where)}`,
    query: `query ($where: ${target}Where) { ${facets.join(' ')} ${groups} }`,
    variables: where === undefined ? {} : { where },
  };
}

/** How many there are, in the months in which they were recorded. */
export const countAll = (counts: string): Operation => ({
  name: counts,
  query: `{ ${counts}(by: [CREATED_AT_MONTH]) { ${groupFields} } }`,
});

/** Some facets of a list. */
export const countBySome = (list: string, names: readonly string[]): Operation => ({
  name: `${list} by ${names.join(' ')}`,
  query: `{ ${list} { facets(by: [${names.join(' ')}], first: 100) { ${facetFields} } } }`,
});

/** The ways that the schema tells of a facet, each a list of fields. */
export function waysOf(schema: GraphQLSchema, type: TypeName, facet: string): string[][] {
  const found = schema.getType(`${type}Facet`) as GraphQLEnumType;
  const told = found.getValue(facet)!.description!;
  return [...told.matchAll(/`([a-zA-Z.]+)`/g)].map(([, way]) => way!.split('.'));
}
