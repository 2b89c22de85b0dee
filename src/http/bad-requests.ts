import type { FastifyError, FastifyInstance, FastifyReply } from 'fastify';

const varyOn = 'Accept, Authorization, Origin, Stemgraph-View-As';

/**
 * What every response has in common, and what becomes of requests that are wrong before GraphQL sees them: one error of
 * one sentence in GraphQL's own shape, with the right status.
 */
export function refuseBadRequests(app: FastifyInstance): void {
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id);
    if (request.url.startsWith('/graphql')) {
      // Answers depend on who asks and change at once when something is revoked: nothing may serve an old one.
      reply.header('cache-control', 'no-cache').header('vary', varyOn);
    }
  });

  app.setErrorHandler((error: FastifyError, request, reply) => {
    const known = knownFaults[error.code];
    if (known) return refuse(reply, ...known);
    const status = error.statusCode ?? 500;
    if (status >= 400 && status < 500)
      return refuse(reply, status, 'BAD_REQUEST', 'This request cannot be understood.');
    request.log.error({ err: error }, 'A request failed');
    return refuse(
      reply,
      500,
      'INTERNAL_SERVER_ERROR',
      `Something went wrong on the server. Tell its operator this id: ${request.id}`,
    );
  });

  app.setNotFoundHandler((request, reply) =>
    request.url.split('?', 1)[0] === '/graphql'
      ? refuse(reply.header('allow', 'GET, POST'), 405, 'BAD_REQUEST', 'Send GraphQL requests with GET or POST.')
      : refuse(reply, 404, 'NOT_FOUND', 'There is nothing here: the graph is at /graphql, its explorer at /graphiql.'),
  );
}

const knownFaults: Record<string, [status: number, code: string, message: string]> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: [
    415,
    'BAD_REQUEST',
    'Send the query as JSON, with the header Content-Type: application/json.',
  ],
  FST_ERR_CTP_EMPTY_JSON_BODY: [400, 'BAD_REQUEST', 'The body is empty: send a JSON object with a `query`.'],
  FST_ERR_CTP_INVALID_JSON_BODY: [400, 'BAD_REQUEST', 'The body is not JSON: send a JSON object with a `query`.'],
  FST_ERR_CTP_BODY_TOO_LARGE: [413, 'BAD_REQUEST', 'The body is too large: at most 1 MiB is read.'],
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: [400, 'BAD_REQUEST', 'The body is not as long as its Content-Length says.'],
};

export function refuse(reply: FastifyReply, status: number, code: string, message: string): FastifyReply {
  return reply
    .code(status)
    .type('application/json; charset=utf-8')
    .send({ errors: [{ message, extensions: { code } }] });
}
