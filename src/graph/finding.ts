import type { GraphQLArgument, GraphQLInputType, GraphQLObjectType, GraphQLSchema } from 'graphql';
import { searchWhereInput } from '../discovery/search/where-argument';
import { WhereInputs } from '../finding/inputs';
import { mostKeys } from '../finding/order';
import { OrderInputs } from '../finding/order-inputs';
import { allEdges, heldConnections } from '../model/edges';
import type { NodeName } from '../model/ids';
import { nameOf } from '../model/node';
import { rootFields } from '../model/root-fields';

/** Puts `where` and `orderBy` on every connection to objects, wherever it is. */
export function letFind(schema: GraphQLSchema): void {
  const inputs = new WhereInputs(schema);
  const orders = new OrderInputs();
  const add = (owner: string, name: string, target: NodeName): void => {
    const field = (schema.getType(owner) as GraphQLObjectType).getFields()[name]!;
    const where = argument(
      'where',
      'What holds of those that are found; all of them when left out.',
      inputs.of(target),
    );
    const orderBy = argument(
      'orderBy',
      `By what they are ordered, the first before the next, at most ${mostKeys}; as the field says when left out.`,
      orders.of(target),
    );
    field.args = [where, orderBy, ...field.args];
  };
  for (const edge of allEdges())
    if (edge.kind === 'connection') add(nameOf(edge.owner), edge.field, nameOf(edge.target()));
  for (const { owner, field, target } of heldConnections()) add(nameOf(owner), field, nameOf(target()));
  for (const { type, many } of rootFields) add('Query', many, type);
  const search = schema.getQueryType()!.getFields()['search']!;
  const [query, types, ...page] = search.args;
  const about = 'What holds of those that are found, for each type; all of them when left out.';
  search.args = [query!, types!, argument('where', about, searchWhereInput(inputs)), ...page];
}

/** An argument as graphql-js has it. */
export function argument(
  name: string,
  description: string,
  type: GraphQLInputType,
  defaultValue?: unknown,
): GraphQLArgument {
  const nothing = { defaultValue, deprecationReason: undefined, extensions: {}, astNode: undefined };
  return { name, description, type, ...nothing };
}
