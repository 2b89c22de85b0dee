import { randomUUID } from 'node:crypto';
import { unwrapResolverError } from '@apollo/server/errors';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
} from '@apollo/server/plugin/disabled';
import type { ApolloServerOptionsWithGateway, ApolloServerPlugin } from '@apollo/server';
import type { FastifyBaseLogger } from 'fastify';
import { GraphQLError, MaxIntrospectionDepthRule, type GraphQLFormattedError, type GraphQLSchema } from 'graphql';
import type { RequestLimits } from '../budget/limits';
import type { Context } from '../context';
import { errorCodes, timedOut, tooLarge, type ErrorCode } from '../errors';
import { answering, stringifyAnswer } from './answer';
import { executionOf } from './execute';
import { fairShares } from './fair-shares';
import { checkLimits } from './limits';

/** Longer than any query that a person or a program writes; what is longer is not parsed. */
const mostTokens = 5000;

/** How many faults of a query are told at once. */
const mostFaults = 10;

/** The header in which the HTTP side hands on the request's id; nothing that a client sent is in it. */
export const requestIdHeader = 'x-request-id';

/** How Apollo Server runs the graph. */
export function apolloOptions(
  schema: GraphQLSchema,
  log: FastifyBaseLogger,
  limits: RequestLimits,
): ApolloServerOptionsWithGateway<Context> & { plugins: ApolloServerPlugin<Context>[] } {
  const presenter = new ErrorPresenter(log);
  return {
    gateway: executionOf(schema),
    stringifyResult: stringifyAnswer,
    plugins: [
      // It would wrap every field; what may be cached is said by headers.
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      estimating(limits),
      presenter.plugin,
      fairShares,
      answering((error) => presenter.present(error.toJSON(), error)),
    ],
    introspection: true,
    includeStacktraceInErrorResponses: false,
    // Reads carry no ambient credentials (no cookies), so a foreign page can do nothing that its author could not.
    csrfPrevention: false,
    persistedQueries: false,
    stopOnTerminationSignals: false,
    validationRules: [MaxIntrospectionDepthRule],
    validationOptions: { maxErrors: mostFaults },
    parseOptions: { maxTokens: mostTokens },
    formatError: (formatted, error) => presenter.present(formatted, error),
    logger: {
      debug: () => undefined,
      info: () => undefined,
      warn: (message?: unknown) => log.warn(String(message)),
      error: (message?: unknown) => log.error(String(message)),
    },
  };
}

/** Refuses before the execution what could cost too much. */
function estimating(limits: RequestLimits): ApolloServerPlugin<Context> {
  return {
    requestDidStart: async () => ({
      didResolveOperation: async ({ schema, document, operation, request, contextValue }) => {
        if (!operation) return;
        const { nodes, ...more } = checkLimits(schema, document, operation, request.variables ?? {}, limits);
        contextValue.budget.estimate = { objects: nodes, ...more };
      },
    }),
  };
}

/** What PostgreSQL says of a statement that was cancelled, and of those that come after it in the same transaction. */
const cancelled = '57014';
const afterFailure = '25P02';

const late: ErrorCode = 'QUERY_TIMED_OUT';

type Verdict = 'meant' | 'late' | 'broken';

/**
 * What a client is told of an error. Errors that were meant for it pass; anything else becomes INTERNAL_SERVER_ERROR with
 * an id under which the log has the cause, never with a stack, SQL or data.
 */
class ErrorPresenter {
  private readonly judged = new WeakMap<object, { verdict: Verdict; errorId: string }>();

  constructor(private readonly log: FastifyBaseLogger) {}

  readonly plugin: ApolloServerPlugin<Context> = {
    requestDidStart: async ({ request }) => {
      const errorId = request.http?.headers.get(requestIdHeader) ?? randomUUID();
      return { didEncounterErrors: async ({ errors }) => this.judge(errors, errorId) };
    },
  };

  present(formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError {
    if (!this.judged.has(error as object)) this.judge([error], randomUUID());
    const { verdict, errorId } = this.judged.get(error as object)!;
    const { locations, path } = formatted;
    const place = { ...(locations && { locations }), ...(path && { path }) };
    switch (verdict) {
      case 'meant':
        return { ...formatted, ...inOneSentence(formatted) };
      case 'late': {
        const { message, extensions } = timedOut();
        return { message, ...place, extensions };
      }
      case 'broken':
        return {
          message: `Something went wrong on the server. Tell its operator this id: ${errorId}`,
          ...place,
          extensions: { code: 'INTERNAL_SERVER_ERROR', errorId },
        };
    }
  }

  /** Decides on the errors of one request and logs each cause once: a thousand rows may fail for the same one. */
  private judge(errors: readonly unknown[], errorId: string): void {
    const causes = new Map(errors.map((error) => [error as object, unwrapResolverError(error) as object]));
    const states = new Set([...causes.values()].map(sqlStateOf));
    const logged = new Set<unknown>();
    for (const [error, cause] of causes) {
      const verdict = verdictOn(error, cause, states.has(cancelled));
      this.judged.set(error, { verdict, errorId });
      const isLate = verdict === 'late' || (cause as { extensions?: { code?: unknown } }).extensions?.code === late;
      if ((verdict === 'meant' && !isLate) || logged.has(cause)) continue;
      logged.add(cause);
      if (isLate) this.log.warn({ reqId: errorId, err: cause }, 'A request took too long');
      else this.log.error({ reqId: errorId, err: cause }, 'A request failed');
    }
  }
}

function verdictOn(error: object, cause: object, someWereCancelled: boolean): Verdict {
  if (cause instanceof GraphQLError) {
    const code = (error as GraphQLError).extensions['code'] ?? cause.extensions['code'];
    return typeof code === 'string' && code in errorCodes && code !== 'INTERNAL_SERVER_ERROR' ? 'meant' : 'broken';
  }
  const state = sqlStateOf(cause);
  return state === cancelled || (state === afterFailure && someWereCancelled) ? 'late' : 'broken';
}

function sqlStateOf(cause: object): unknown {
  return (cause as { code?: unknown } | undefined)?.code;
}

const longestMessage = 400;

/** Puts a clear sentence where graphql-js has an obscure or a very long one. */
function inOneSentence(error: GraphQLFormattedError): Partial<GraphQLFormattedError> {
  const { message } = error;
  if (message.endsWith('Parsing aborted.'))
    return plain(`The query is too long: at most ${mostTokens} tokens are read.`);
  if (message === 'Validation aborted.')
    return plain('The query repeats itself too often to be checked: make it simpler.');
  return message.length > longestMessage ? { message: `${message.slice(0, longestMessage)}…` } : {};
}

function plain(text: string): Partial<GraphQLFormattedError> {
  const { message, extensions } = tooLarge(text);
  return { message, extensions };
}
