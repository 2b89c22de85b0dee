import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { asking } from '../shares/asking';
import type { Transfers } from '../shares/settings';
import { pathOf, refuseSlow } from './bad-requests';

/** For how many milliseconds a client may go on sending what is answered already. */
const lingerMs = 2000;

const streams = /^\/import\/?$/;

/** For how many milliseconds so many bytes may be under way: some seconds, then as many as a slow line takes for them. */
function timeFor(bytes: number, { grace, rate, longest }: Transfers): number {
  return Math.min(longest, grace + bytes / (rate * 1024)) * 1000;
}

/**
 * Ends requests that do not arrive in time, as a whole and not only from one piece to the next, and connections whose client
 * does not take its answer in time.
 */
export function endSlowClients(app: FastifyInstance, transfers: Transfers): void {
  app.server.requestTimeout = 0; // Node counts for all alike, and a large tree may take longer
  app.server.headersTimeout = transfers.grace * 1000;
  const timers = new WeakMap<FastifyRequest, NodeJS.Timeout>();

  app.addHook('onRequest', async (request) => {
    const { raw } = request;
    const began = performance.now();
    let received = 0;
    if (streams.test(pathOf(request))) raw.on('data', (chunk: Buffer) => (received += chunk.length)).pause();
    const check = (): void => {
      if (raw.complete) return;
      const rest = began + timeFor(received, transfers) - performance.now();
      if (rest <= 0) return refuseSlow(raw);
      timers.set(request, setTimeout(check, Math.ceil(rest)).unref());
    };
    check();
  });
  app.addHook('onResponse', async (request) => {
    clearTimeout(timers.get(request));
    const { raw } = request;
    if (raw.complete) return;
    // Answered before it has arrived: were its connection closed at once, a client that still sends would see no answer.
    raw.resume();
    setTimeout(() => raw.complete || raw.destroy(), lingerMs).unref();
  });

  app.addHook('onSend', async (request, reply, payload) => {
    const size = sizeOf(reply, payload);
    const time = size === undefined ? transfers.longest * 1000 : timeFor(size, transfers);
    const timer = setTimeout(() => {
      request.log.info('A client did not take its answer in time');
      reply.raw.destroy();
    }, time).unref();
    reply.raw.once('close', () => clearTimeout(timer));
    asking.getStore()?.atEnd(() => clearTimeout(timer));
  });
}

/** How many bytes an answer has, where that is known. */
function sizeOf(reply: FastifyReply, payload: unknown): number | undefined {
  if (typeof payload === 'string' || Buffer.isBuffer(payload)) return Buffer.byteLength(payload);
  const length = reply.getHeader('content-length');
  if (length !== undefined) return Number(length);
  return payload === undefined || payload === null ? 0 : undefined;
}
