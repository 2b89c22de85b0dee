import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { GraphQLError } from 'graphql';
import { requestIdHeader } from '../graph/apollo';
import { badRequest, bodyOf, Refusal, refusalOf, sendRefusal } from './refusal';

/** Parts of the address that answer alike whoever asks. Everything else refuses credentials that are not valid. */
export const openToAll = /^\/health\//;

/** The address without what is asked of it. */
export function pathOf({ url }: FastifyRequest): string {
  return url.split('?', 1)[0]!;
}

/** Whole trees, in and out. */
const isTree = /^\/(import|export)(\/|$)/;

const varyOn = 'Accept, Authorization, Origin, Stemgraph-Explain, Stemgraph-View-As';
const jsonType = 'application/json; charset=utf-8';

/**
 * What every response has in common, and what becomes of requests that are wrong before GraphQL sees them: one error of
 * one sentence in GraphQL's own shape, with the right status.
 */
export function refuseBadRequests(app: FastifyInstance): void {
  app.addHook('onRequest', async (request, reply) => {
    request.headers[requestIdHeader] = request.id;
    reply.header(requestIdHeader, request.id);
    const path = pathOf(request);
    const isGraphql = /^\/graphql\/?$/.test(path);
    if (isGraphql || isTree.test(path)) {
      // Answers depend on who asks and change at once when something is revoked: nothing may serve an old one.
      reply.header('cache-control', isGraphql ? 'no-cache' : 'no-store').header('vary', varyOn);
    }
    if (!request.is404) return;
    // Before the body is read, which may be wrong as well.
    if (!isGraphql) {
      throw new Refusal(
        404,
        'NOT_FOUND',
        'There is nothing here: the graph is at /graphql, its explorer at /graphiql.',
      );
    }
    reply.header('allow', 'GET, POST');
    throw badRequest('Send GraphQL requests with GET or POST.', 405);
  });

  app.setErrorHandler((error: FastifyError | Refusal, request, reply) => {
    if (error instanceof Refusal) return sendRefusal(request, reply, error);
    if (error instanceof GraphQLError) return sendRefusal(request, reply, refusalOf(error));
    const known = knownFaults[error.code];
    if (known) return sendRefusal(request, reply, known);
    if (error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500) {
      return sendRefusal(request, reply, badRequest('This request cannot be understood.', error.statusCode));
    }
    request.log.error({ err: error }, 'A request failed');
    const message = `Something went wrong on the server. Tell its operator this id: ${request.id}`;
    const refusal = new Refusal(500, 'INTERNAL_SERVER_ERROR', message);
    return sendRefusal(request, reply, refusal, { errorId: request.id });
  });
}

const knownFaults: Record<string, Refusal> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: badRequest(
    'Send the query as JSON, with the header Content-Type: application/json.',
    415,
  ),
  FST_ERR_CTP_EMPTY_JSON_BODY: badRequest('The body is empty: send a JSON object with a `query`.'),
  FST_ERR_CTP_INVALID_JSON_BODY: badRequest('The body is not JSON: send a JSON object with a `query`.'),
  FST_ERR_CTP_BODY_TOO_LARGE: badRequest('The body is too large: at most 1 MiB is read.', 413),
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: badRequest('The body is not as long as its Content-Length says.'),
};

/** The same for what goes wrong before there is a request at all; to be given to Fastify when it is made. */
export const earlyRefusals = {
  frameworkErrors: (_error: FastifyError, _request: FastifyRequest, reply: FastifyReply): void => {
    const message = 'The address is not encoded as it should be: a `%` in it does not begin a character of UTF-8.';
    void reply.code(400).type(jsonType).send(bodyOf('BAD_REQUEST', message));
  },
  clientErrorHandler: ({ code }: { code: string }, socket: Socket): void => {
    if (code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
    const [status, message] = brokenHttp[code] ?? ['400 Bad Request', 'This is not a request of HTTP.'];
    const body = bodyOf('BAD_REQUEST', message);
    const head = [`HTTP/1.1 ${status}`, `Content-Type: ${jsonType}`, `Content-Length: ${Buffer.byteLength(body)}`];
    socket.end(`${head.join('\r\n')}\r\nConnection: close\r\n\r\n${body}`, () => socket.destroy());
  },
};

/** Says that a request took too long to arrive, and ends its connection. */
export function refuseSlow(request: IncomingMessage): void {
  if (request.socket.writable) earlyRefusals.clientErrorHandler({ code: 'ERR_HTTP_REQUEST_TIMEOUT' }, request.socket);
  else request.destroy();
}

const brokenHttp: Record<string, [status: string, message: string]> = {
  HPE_HEADER_OVERFLOW: [
    '431 Request Header Fields Too Large',
    'The address or the headers are too long: send long queries with POST.',
  ],
  ERR_HTTP_REQUEST_TIMEOUT: ['408 Request Timeout', 'The request took too long to arrive.'],
};
