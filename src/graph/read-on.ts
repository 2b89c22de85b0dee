import {
  GraphQLNonNull,
  type GraphQLField,
  type GraphQLInterfaceType,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';
import type { Context } from '../context';
import { MutationPayload } from '../model/payload';

/**
 * Puts `query` on every payload, so that a client reads on in the request of its change. It is the same `Query` with the same
 * rules, read by the same viewer at the cost of the same request.
 */
export function letReadOn(schema: GraphQLSchema): void {
  const payload = schema.getType(MutationPayload.name) as GraphQLInterfaceType;
  for (const type of [payload, ...schema.getPossibleTypes(payload)])
    (type as GraphQLObjectType).getFields()['query'] = queryOf(schema);
}

function queryOf(schema: GraphQLSchema): GraphQLField<unknown, Context> {
  return {
    name: 'query',
    description:
      'Everything else, as it is after the change: to read on in the same request. Where that comes to too much, the answer has no data, and its `extensions.changesMade` what was changed.',
    type: new GraphQLNonNull(schema.getQueryType()!),
    args: [],
    resolve: (_payload, _args, context) => {
      // A change that is under way is finished, however long it takes; what is read after it is not.
      context.budget.watchTime();
      return {};
    },
    deprecationReason: undefined,
    extensions: {},
    astNode: undefined,
  };
}
