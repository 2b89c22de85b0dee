import type { ApolloServerPlugin, GraphQLRequestContextWillSendResponse } from '@apollo/server';
import { OperationTypeNode, type GraphQLError } from 'graphql';
import type { Explanation } from '../access/explain';
import type { Budget } from '../budget/budget';
import type { Context } from '../context';
import { afterChanges, changesIn } from './changes-made';
import { coordinateOf } from './coordinates';
import { AnswerWriter } from './write-answer';

type Sending = GraphQLRequestContextWillSendResponse<Context>;
type Present = (error: GraphQLError) => object;

/** An answer that is written already; it stands in the place of the data. */
class Written {
  constructor(readonly text: string) {}
}

/** What Apollo Server is to send. */
export function stringifyAnswer(result: { data?: unknown }): string {
  return result.data instanceof Written ? result.data.text : `${JSON.stringify(result)}\n`;
}

/** The end of every request: adds what it asked to be told, gives the connection back, and writes the answer. */
export function answering(present: Present): ApolloServerPlugin<Context> {
  return {
    requestDidStart: async () => ({
      willSendResponse: async (sending) => {
        const { contextValue, response } = sending;
        const { budget } = contextValue;
        const over = budget.over.then(() => undefined);
        try {
          const { body } = response;
          const access = await explained(contextValue, over);
          if (body.kind !== 'single') return;
          if (access?.length) body.singleResult.extensions = { ...body.singleResult.extensions, access };
          // Where time runs out while it is written, the writer waits for a turn that never comes.
          const written = await Promise.race([write(sending), over]);
          if (written !== undefined && isWhole(sending)) contextValue.onWholeAnswer?.(written);
          const text = written ?? refusal(present(afterChanges(await budget.over, contextValue)), contextValue);
          body.singleResult = { data: new Written(text) as never };
        } finally {
          budget.close();
        }
      },
    }),
  };
}

/** Whether it is the answer of a query in which nothing failed. */
function isWhole({ operation, response: { body, http } }: Sending): boolean {
  return (
    operation?.operation === OperationTypeNode.QUERY &&
    body.kind === 'single' &&
    !body.singleResult.errors?.length &&
    (http.status ?? 200) === 200
  );
}

/** The last that is read. Then the connection goes back: a long answer that waits for its turn to be written keeps none. */
async function explained(context: Context, over: Promise<undefined>): Promise<Explanation[] | undefined> {
  try {
    return await Promise.race([context.explain(), over]);
  } finally {
    const { budget, snapshot } = context;
    // Nobody waits for what is still read: a part of the answer has failed, and with it the whole.
    if (budget.isOver || snapshot.isReading) snapshot.abandon();
    else await snapshot.close();
  }
}

function refusal(error: object, context: Context): string {
  return `${JSON.stringify({ errors: [error], data: null, ...changesIn(context) })}\n`;
}

/** The answer as JSON; undefined where it is too long, or took too long to write. */
async function write({ contextValue, response, ...request }: Sending): Promise<string | undefined> {
  const { body } = response;
  if (body.kind !== 'single') return undefined;
  const { errors, data, extensions } = body.singleResult;
  const { budget, wantsCost } = contextValue;
  if (budget.isShort && !wantsCost) return writeAtOnce({ errors, data, extensions }, budget);
  const { schema, document, operation } = request;
  const writer = new AnswerWriter(
    contextValue.budget,
    (path) => document && operation && coordinateOf(schema, document, operation, path),
  );
  let separator = '{';
  for (const name of ['errors', 'data', 'extensions'] as const) {
    const more = wantsCost ? { ...extensions, cost: budget.told } : extensions;
    const value = { errors, data, extensions: more }[name];
    if (value === undefined) continue;
    writer.raw(`${separator}"${name}":`);
    separator = ',';
    if (!(await writer.value(value))) return undefined;
  }
  writer.raw('}\n');
  return writer.text;
}

/** One that cannot be long is written in one go. */
function writeAtOnce(answer: Record<'errors' | 'data' | 'extensions', unknown>, budget: Budget): string | undefined {
  const text = `${JSON.stringify(answer)}\n`;
  return budget.write(Buffer.byteLength(text), 0, () => undefined) ? text : undefined;
}
