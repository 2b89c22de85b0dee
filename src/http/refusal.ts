import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ErrorCode } from '../errors';

/** A request that is wrong before GraphQL sees it: the HTTP status, a code of errors.ts, and one sentence. */
export class Refusal extends Error {
  override readonly name = 'Refusal';

  constructor(
    readonly status: number,
    readonly errorCode: ErrorCode,
    message: string,
  ) {
    super(message);
  }
}

export const badRequest = (message: string, status = 400): Refusal => new Refusal(status, 'BAD_REQUEST', message);

/** Answers with the one error, in GraphQL's own shape and in the media type that the client takes. */
export function sendRefusal(
  request: FastifyRequest,
  reply: FastifyReply,
  { status, errorCode, message }: Refusal,
  more: Record<string, string> = {},
): FastifyReply {
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
