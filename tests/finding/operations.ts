import type { GraphQLEnumType, GraphQLSchema } from 'graphql';
import type { Operation } from '../visibility/operations';
import type { TypeName } from '../world/world';
import type { Where } from './evaluate';

/** Several filters of one list in one request, perhaps in an order. */
export function findIn(list: string, type: TypeName, asked: readonly Where[], order = ''): Operation {
  const declared = asked.map((_, index) => `$w${index}: ${type}Where`).join(', ');
  const fields = asked.map(
    (_, index) => `a${index}: ${list}(where: $w${index}, first: 100${order}) { totalCount nodes { id } }`,
  );
  return {
    name: `${list} ${JSON.stringify(asked)}${order}`,
    query: `query (${declared}) { ${fields.join(' ')} }`,
    variables: Object.fromEntries(asked.map((where, index) => [`w${index}`, where])),
  };
}

/** One of the orders that a type has: by one or two fields, either way, with what is null at either end. */
export function orderOf(schema: GraphQLSchema, type: TypeName, turn: number): string {
  const fields = (schema.getType(`${type}OrderField`) as GraphQLEnumType).getValues().map(({ name }) => name);
  const keys = [0, 1].slice(0, 1 + (turn % 2)).map((step) => {
    const field = fields[(turn + step) % fields.length]!;
    const direction = (turn >> (1 + step)) % 2 === 0 ? 'DESC' : 'ASC';
    return { field, text: `{ field: ${field}, direction: ${direction}, nulls: ${turn % 3 === 0 ? 'FIRST' : 'LAST'} }` };
  });
  const different = keys.filter(({ field }, place) => keys.findIndex((one) => one.field === field) === place);
  return `, orderBy: [${different.map(({ text }) => text).join(', ')}]`;
}
