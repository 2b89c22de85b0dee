import type { FastifyReply, FastifyRequest } from 'fastify';
import type { GraphQLError } from 'graphql';
import { retryAfterOf, type ErrorCode } from '../errors';

/** A request that is wrong before GraphQL sees it: the HTTP status, a code of errors.ts, and one sentence. */
export class Refusal extends Error {
  override readonly name = 'Refusal';

  constructor(
    readonly status: number,
    readonly errorCode: ErrorCode,
    message: string,
    /** After how many seconds the same request may be answered. */
    readonly retryAfter?: number,
  ) {
    super(message);
  }
}

export const badRequest = (message: string, status = 400): Refusal => new Refusal(status, 'BAD_REQUEST', message);

const statusOf: Partial<Record<ErrorCode, number>> = {
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  CONFLICT: 409,
  OVERLOADED: 503,
};

/** The same error where it is not the answer of the graph. */
export function refusalOf(error: GraphQLError): Refusal {
  const code = error.extensions['code'] as ErrorCode;
  return new Refusal(statusOf[code] ?? 400, code, error.message, retryAfterOf(error));
}

/** Answers with the one error, in GraphQL's own shape and in the media type that the client takes. */
export function sendRefusal(
  request: FastifyRequest,
  reply: FastifyReply,
  { status, errorCode, message, retryAfter }: Refusal,
  more: Record<string, string> = {},
): FastifyReply {
  if (retryAfter !== undefined) reply.header('retry-after', retryAfter);
  return reply
    .code(status)
    .type(mediaTypeFor(request.headers.accept))
    .send(bodyOf(errorCode, message, more));
}

export function bodyOf(code: ErrorCode, message: string, more: Record<string, string> = {}): string {
  return `${JSON.stringify({ errors: [{ message, extensions: { code, ...more } }] })}\n`;
}

/** As Apollo Server chooses: plain JSON, unless only GraphQL's own type is accepted. */
function mediaTypeFor(accept = ''): string {
  const onlyGraphql = accept.includes('application/graphql-response+json') && !/application\/json|\*\/\*/.test(accept);
  return `application/${onlyGraphql ? 'graphql-response+json' : 'json'}; charset=utf-8`;
}
