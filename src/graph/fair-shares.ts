import type { ApolloServerPlugin, GraphQLRequestContextWillSendResponse } from '@apollo/server';
import { Kind, OperationTypeNode, visit, type DocumentNode, type OperationDefinitionNode } from 'graphql';
import { collectSooner } from '../budget/heap';
import type { Context } from '../context';
import { asRefusal, tooLarge } from '../errors';
import { asking, type Rank } from '../shares/asking';
import { takePlace, takeTurn } from '../shares/turns';

/** Says what a request is for, so that what is urgent gets a connection first, and answers with 503 whoever got none. */
export const fairShares: ApolloServerPlugin<Context> = {
  requestDidStart: async () => ({
    didResolveOperation: async ({ document, operation, contextValue: { budget } }) => {
      const request = asking.getStore();
      const isChange = operation?.operation === OperationTypeNode.MUTATION;
      if (request && operation) {
        request.readsOn = isChange && (budget.estimate?.objects ?? 0) > mostTold;
        request.rank = rankOf(operation, request.readsOn);
      }
      const isExport = exportsProjects(document);
      // It would keep the place of others while it waits to make its change, for as long as that takes.
      if (isChange && (isExport || budget.isLarge)) throw asRefusal(tooLarge(readOnElsewhere), 'QUERY_TOO_LARGE');
      // Both are kept until the answer is written, since until then it takes memory.
      if (isExport) budget.atEnd(await takeTurn('exports'));
      if (!budget.isLarge) return;
      budget.atEnd(await takePlace('large'));
      budget.atEnd(collectSooner());
    },
    willSendResponse: async (context) => answerOnce(context),
  }),
};

/** How many objects a change may be answered with, and still be told of before others read. */
const mostTold = 1000;

const readOnElsewhere =
  'A change is answered with a quarter of what a query may come to at most, and with no export: read that in a request of its own.';

/** What was looked through once: a query that is asked again comes as the same document, from Apollo's store of them. */
const exporting = new WeakMap<DocumentNode, boolean>();

/** A query that does is a turn at exports, taken before it holds a connection, whatever else it asks for and how often. */
function exportsProjects(document: DocumentNode): boolean {
  const found = exporting.get(document) ?? asksForExport(document);
  exporting.set(document, found);
  return found;
}

function asksForExport(document: DocumentNode): boolean {
  let found = false;
  visit(document, {
    Field: ({ name }) => {
      found ||= name.value === 'exportProject';
    },
  });
  return found;
}

/** What takes something away from others: it must not wait for them. */
const takesAway = /^(revoke|remove|unlink|leave|decline|change\w*Role$)/;

function rankOf({ operation, selectionSet }: OperationDefinitionNode, readsOn: boolean): Rank {
  if (operation !== OperationTypeNode.MUTATION) return 'read';
  const isUrgent = selectionSet.selections.every(
    (selection) => selection.kind === Kind.FIELD && takesAway.test(selection.name.value),
  );
  return isUrgent && !readsOn ? 'urgent' : 'change';
}

/**
 * A request that got no connection has nothing to answer: one error instead of one for each field. Where an earlier mutation
 * of it was done, that is told, and is no failure of the whole.
 */
function answerOnce({ response, operation }: GraphQLRequestContextWillSendResponse<Context>): void {
  const { body, http } = response;
  if (body.kind !== 'single') return;
  const { data, errors } = body.singleResult;
  const overload = errors?.find(({ extensions }) => extensions?.['code'] === 'OVERLOADED');
  if (!overload) return;
  const isDoneInPart =
    operation?.operation === OperationTypeNode.MUTATION && Object.values(data ?? {}).some((value) => value !== null);
  if (isDoneInPart) {
    http.status = 200;
    return;
  }
  const { message, extensions } = overload;
  body.singleResult = { errors: [{ message, ...(extensions && { extensions }) }] };
}
