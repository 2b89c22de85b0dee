import type { FastifyInstance } from 'fastify';
import type { GraphQLError } from 'graphql';
import { asking } from '../shares/asking';
import { bodyOf, refusalOf } from './refusal';

/** What is smaller than this is kept for everybody. */
const small = 64 * 1024;

/**
 * Counts the bytes of answers that clients have not taken yet, since each is kept in memory until then, and puts OVERLOADED
 * in the place of what is too much. What was changed is told all the same.
 */
export function countUnreadAnswers(app: FastifyInstance): void {
  app.addHook('onSend', async (_request, reply, payload) => {
    const request = asking.getStore();
    if (!request || (typeof payload !== 'string' && !Buffer.isBuffer(payload))) return payload;
    const size = Buffer.byteLength(payload);
    if (size <= small || request.hasChanged) return payload;
    try {
      const portion = request.server.answers.take(request.client, size);
      request.atEnd(() => portion.giveBack());
      return payload;
    } catch (error) {
      const { status, errorCode, message, retryAfter } = refusalOf(error as GraphQLError);
      reply.code(status).removeHeader('content-length').header('retry-after', retryAfter);
      return bodyOf(errorCode, message);
    }
  });
}
