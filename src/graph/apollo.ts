import { randomUUID } from 'node:crypto';
import { unwrapResolverError } from '@apollo/server/errors';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
} from '@apollo/server/plugin/disabled';
import type { ApolloServerOptionsWithSchema, ApolloServerPlugin } from '@apollo/server';
import type { FastifyBaseLogger } from 'fastify';
import { GraphQLError, MaxIntrospectionDepthRule, type GraphQLFormattedError, type GraphQLSchema } from 'graphql';
import type { Context } from '../context';
import { checkLimits } from './limits';

/** Longer than any query that a person or a program writes; what is longer is not parsed. */
const mostTokens = 20_000;

/** How Apollo Server runs the graph. */
export function apolloOptions(
  schema: GraphQLSchema,
  log: FastifyBaseLogger,
): ApolloServerOptionsWithSchema<Context> & { plugins: ApolloServerPlugin<Context>[] } {
  return {
    schema,
    plugins: [
      // It would wrap every field; what may be cached is said by headers.
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      limits,
      closeSnapshot,
    ],
    introspection: true,
    includeStacktraceInErrorResponses: false,
    // Reads carry no ambient credentials (no cookies), so a foreign page can do nothing that its author could not.
    csrfPrevention: false,
    persistedQueries: false,
    stopOnTerminationSignals: false,
    validationRules: [MaxIntrospectionDepthRule],
    parseOptions: { maxTokens: mostTokens },
    formatError: (formatted, error) => presentError(formatted, error, log),
    logger: {
      debug: () => undefined,
      info: () => undefined,
      warn: (message?: unknown) => log.warn(String(message)),
      error: (message?: unknown) => log.error(String(message)),
    },
  };
}

const limits: ApolloServerPlugin<Context> = {
  requestDidStart: async () => ({
    didResolveOperation: async ({ schema, document, operation, request }) => {
      if (operation) checkLimits(schema, document, operation, request.variables ?? {});
    },
  }),
};

const closeSnapshot: ApolloServerPlugin<Context> = {
  requestDidStart: async () => ({
    willSendResponse: async ({ contextValue, response: { body } }) => {
      try {
        const access = await contextValue.explain();
        if (access?.length && body.kind === 'single')
          body.singleResult.extensions = { ...body.singleResult.extensions, access };
      } finally {
        await contextValue.snapshot.close();
      }
    },
  }),
};

/**
 * What a client is told of an error. Errors that were meant for it pass as they are; anything else becomes
 * INTERNAL_SERVER_ERROR with an id under which the log has the cause, never with a stack, SQL or data.
 */
function presentError(formatted: GraphQLFormattedError, error: unknown, log: FastifyBaseLogger): GraphQLFormattedError {
  const cause = unwrapResolverError(error);
  const code = formatted.extensions?.['code'];
  if (cause instanceof GraphQLError && code !== undefined && code !== 'INTERNAL_SERVER_ERROR') return formatted;
  const errorId = randomUUID();
  log.error({ errorId, err: cause }, 'A request failed');
  return {
    message: `Something went wrong on the server. Tell its operator this id: ${errorId}`,
    ...(formatted.locations && { locations: formatted.locations }),
    ...(formatted.path && { path: formatted.path }),
    extensions: { code: 'INTERNAL_SERVER_ERROR', errorId },
  };
}
