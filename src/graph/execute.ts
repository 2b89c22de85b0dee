import type { ApolloServerOptionsWithGateway } from '@apollo/server';
import { execute, OperationTypeNode, type ExecutionResult, type GraphQLSchema } from 'graphql';
import type { Context } from '../context';
import { tooManyErrors } from '../errors';
import { readAhead, type Operation } from '../planning/planner';
import { afterChanges, changesIn } from './changes-made';
import { readVariables } from './variables';

type Gateway = ApolloServerOptionsWithGateway<Context>['gateway'];

/** How many errors an answer has at most: when every row of a long list fails, it fails as a whole, and the last one says so. */
const mostErrors = 100;

/**
 * The schema for Apollo Server, with an execution that the budget of the request ends: graphql-js has no way to be
 * stopped, and Apollo Server takes an execution other than its own only in this form. There is no gateway.
 */
export function executionOf(schema: GraphQLSchema): Gateway {
  return {
    onSchemaLoadOrUpdate: (callback) => {
      callback({ apiSchema: schema, coreSupergraphSdl: '' });
      return () => undefined;
    },
    load: async () => ({
      executor: async ({ document, context, request, operation }) => {
        const asked = context as unknown as Context;
        const { budget } = asked;
        const query = operation?.operation === OperationTypeNode.QUERY ? operation : undefined;
        if (query) budget.watchTime();
        const run = (): ReturnType<typeof execute> =>
          execute({
            schema,
            document,
            contextValue: context,
            variableValues: request.variables,
            operationName: request.operationName,
            options: { maxCoercionErrors: 1 },
          });
        const answer = query
          ? answered({ schema, document, operation: query, variables: request.variables ?? {} }, asked, run)
          : run();
        const over = budget.over.then((error): ExecutionResult => ({
          data: null,
          errors: [afterChanges(error, asked)],
          ...changesIn(asked),
        }));
        return bounded(await Promise.race([answer, over]), asked);
      },
    }),
    stop: async () => undefined,
  };
}

/** Reads what it can in one statement; where that and what is read later are of two states of the database, begins anew. */
async function answered(
  operation: Operation,
  context: Context,
  run: () => ReturnType<typeof execute>,
): Promise<ExecutionResult> {
  const variables = readVariables(operation.schema, operation.operation, operation.variables);
  await readAhead(context, { ...operation, variables });
  const result = await run();
  if (!context.snapshot.isTorn) return result;
  await context.startOver();
  return run();
}

function bounded(result: ExecutionResult, context: Context): ExecutionResult {
  const { errors } = result;
  if (!errors || errors.length <= mostErrors) return result;
  const told = errors.slice(0, mostErrors - 1);
  return {
    data: null,
    errors: [...told, afterChanges(tooManyErrors(errors.length, told.length), context)],
    ...changesIn(context),
  };
}
