import { GraphQLError, type ASTNode } from 'graphql';
import type { Counted } from './budget/limits';

/**
 * The stable codes that clients may rely on, in `errors[].extensions.code`, with what each means. There are no others:
 * those that Apollo Server gives are among them.
 */
export const errorCodes = {
  BAD_REQUEST: 'The HTTP request is not one that GraphQL over HTTP knows: its method, media type, encoding or form.',
  GRAPHQL_PARSE_FAILED: 'The query is not GraphQL: it has a syntax error.',
  GRAPHQL_VALIDATION_FAILED: 'The query does not fit the schema, such as one for a field that does not exist.',
  OPERATION_RESOLUTION_FAILURE:
    'The query holds no operation that could run, or several and `operationName` picks none.',
  PERSISTED_QUERY_NOT_SUPPORTED: 'The request names a stored query: send the query itself.',
  BAD_USER_INPUT: 'An argument or variable cannot be understood.',
  QUERY_TOO_LARGE:
    'The query is longer or deeper than the server reads, could return more than it looks up at once, or came to more.',
  QUERY_TIMED_OUT: 'The query, or the database for it, needed too long.',
  OVERLOADED:
    'The client, or all clients together, ask for more at once than there is: nothing was done, and the same request may ' +
    'work after as many seconds as the header Retry-After says.',
  UNAUTHENTICATED: 'The token is not valid, or what was asked takes one.',
  PROVIDER_UNREACHABLE:
    'The OpenID Connect provider does not answer, so that its token cannot be checked: the same request may work later.',
  FORBIDDEN: 'The viewer sees the object, but their role or token is too weak for what they asked.',
  NOT_FOUND: 'There is nothing here, or no object that the viewer may see.',
  AMBIGUOUS:
    'Several objects that the viewer sees go by this name: `ids` lists them, and `more` says whether there are further ones. Ask by id.',
  CONFLICT: 'Something has changed since the client last looked.',
  INTERNAL_SERVER_ERROR: 'The server or its database failed; `errorId` leads its operator to the cause in the log.',
} as const;

export type ErrorCode = keyof typeof errorCodes;

function coded(code: ErrorCode, message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code } });
}

/**
 * The same error where the whole request is refused before anything runs, which HTTP says with status 400.
 *
 * @param code its code, where graphql-js gave it none
 * @param node where in the query, where the error does not know
 */
export function asRefusal(error: GraphQLError, code: ErrorCode, node?: ASTNode): GraphQLError {
  return new GraphQLError(error.message, {
    nodes: error.nodes ?? node ?? null,
    extensions: { code, ...error.extensions, http: { status: 400 } },
  });
}

/** The client sent something that cannot be understood; the message says what and how to mend it. */
export const badInput = (message: string): GraphQLError => coded('BAD_USER_INPUT', message);

/** The query picks nothing that this server can run. */
export const noOperation = (message: string): GraphQLError => coded('OPERATION_RESOLUTION_FAILURE', message);

/** The query could return more than the server is willing to look up at once. */
export const tooLarge = (message: string): GraphQLError => coded('QUERY_TOO_LARGE', message);

/** So much of an answer has failed that it is none. */
export const tooManyErrors = (count: number, told: number): GraphQLError =>
  tooLarge(`This answer had ${count} errors, and fails as a whole: these are the first ${told}. Ask for less at once.`);

/** What a request was ended for, while it ran. */
interface Excess {
  kind: Counted;
  limit: number;
  value: number;
  /** The setting that the limit is. */
  setting: string;
  /** The field that cost most, such as `Project.contributors`. */
  costliest: string | undefined;
}

const measures: Record<Counted, (amount: number) => string> = {
  objects: (amount) => `${amount} objects`,
  values: (amount) => `${amount} values`,
  bytes: (amount) => `${amount} bytes`,
  sqlTime: (amount) => `${Math.round(amount / 1000)} seconds of the database`,
  totalTime: (amount) => `${Math.round(amount / 1000)} seconds`,
};

/** The whole request was ended, since it came to more than one request may cost. */
export function overBudget({ kind, limit, value, setting, costliest }: Excess): GraphQLError {
  const measure = measures[kind];
  const isTime = kind === 'sqlTime' || kind === 'totalTime';
  const [most, came] = isTime ? [limit / 1000, Math.round(value / 1000)] : [limit, value];
  const where = costliest === undefined ? '' : ` Most of it is \`${costliest}\`.`;
  return new GraphQLError(
    `This request took ${measure(value)}, but at most ${measure(limit)} are spent on one: ask for less at once.${where}`,
    {
      extensions: {
        code: isTime ? 'QUERY_TIMED_OUT' : 'QUERY_TOO_LARGE',
        limit: kind,
        most,
        value: came,
        setting,
        ...(costliest !== undefined && { costliestField: costliest }),
      },
    },
  );
}

/** The database was stopped in the middle of the query. */
export const timedOut = (): GraphQLError =>
  coded('QUERY_TIMED_OUT', 'This query takes the database too long: ask for less at once.');

/**
 * The client has its share already, or the server has no more to give. Over HTTP the whole request is answered with status
 * 503.
 *
 * @param retryAfter after how many seconds it is worth to come again
 */
export const overloaded = (message: string, retryAfter: number): GraphQLError =>
  new GraphQLError(message, {
    extensions: {
      code: 'OVERLOADED',
      http: { status: 503, headers: new Map([['retry-after', String(retryAfter)]]) },
    },
  });

/** After how many seconds the same request may be answered, where the error says so. */
export function retryAfterOf({ extensions }: GraphQLError): number | undefined {
  const { headers } = (extensions['http'] ?? {}) as { headers?: ReadonlyMap<string, string> };
  const seconds = headers?.get('retry-after');
  return seconds === undefined ? undefined : Number(seconds);
}

/** The viewer sees the object, but their role or their token is too weak for what they asked. */
export const forbidden = (message: string): GraphQLError => coded('FORBIDDEN', message);

/** There is no such object, or the viewer may not know that there is: the two are told alike. */
export const notFound = (type: string): GraphQLError =>
  coded('NOT_FOUND', `There is no ${type} with this id that you can see.`);

/** Several visible objects go by one name. */
export const ambiguous = (type: string, ids: readonly string[], more: boolean): GraphQLError =>
  new GraphQLError(`Several objects of type ${type} go by this name: ask for one of \`ids\` by its id.`, {
    extensions: { code: 'AMBIGUOUS', ids, more },
  });

/** It takes an account, and the request brought no token. */
export const unauthenticated = (
  message = 'Send a token to do this: the header `Authorization: Bearer …`.',
): GraphQLError => coded('UNAUTHENTICATED', message);

/** Something has changed since the client last looked; whoever may edit the object is told its version now. */
export const conflict = (message: string, currentVersion?: number): GraphQLError =>
  new GraphQLError(message, {
    extensions: { code: 'CONFLICT', ...(currentVersion !== undefined && { currentVersion }) },
  });

/** Everything that is wrong with an input, told at once. */
export const faultyInput = (
  errors: readonly { path: readonly (string | number)[]; code: string; message: string }[],
): GraphQLError =>
  new GraphQLError(
    errors.length === 1 ? errors[0]!.message : `The input has ${errors.length} faults: see \`extensions.errors\`.`,
    { extensions: { code: 'BAD_USER_INPUT', errors } },
  );

/** Everything that is wrong with the values of variables, in the same form. */
export const faultyVariables = (
  { message, nodes }: GraphQLError,
  errors: readonly { path: readonly (string | number)[]; code: string; message: string }[],
): GraphQLError =>
  new GraphQLError(message, {
    nodes: nodes ?? null,
    extensions: { code: 'BAD_USER_INPUT', ...(errors.length > 0 && { errors }) },
  });
