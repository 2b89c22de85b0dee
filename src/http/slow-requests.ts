import type { FastifyInstance, FastifyRequest } from 'fastify';
import { refuseSlow } from './bad-requests';

/** How long a request may take to arrive; a stream, from one piece to the next. */
export const slowestRequestMs = 30_000;

const streams = /^\/import\/?$/;

/** Ends requests that do not arrive in time: Node counts for all alike, and a large tree may take longer. */
export function endSlowRequests(app: FastifyInstance): void {
  app.server.requestTimeout = 0;
  app.server.headersTimeout = slowestRequestMs;
  const timers = new WeakMap<FastifyRequest, NodeJS.Timeout>();
  app.addHook('onRequest', async (request) => {
    const { raw } = request;
    const timer = setTimeout(() => {
      if (!raw.complete) refuseSlow(raw.socket);
    }, slowestRequestMs);
    timer.unref();
    timers.set(request, timer);
    if (streams.test(request.url.split('?', 1)[0]!)) raw.on('data', () => timer.refresh()).pause();
  });
  app.addHook('onResponse', async (request) => clearTimeout(timers.get(request)));
}
