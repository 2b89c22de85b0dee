import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { clientAt } from '../shares/addresses';
import { Quota, type QuotaLimits } from '../shares/quota';

/**
 * Closes connections that are too many, of one address or of all, as soon as they come. Those of a proxy are its own
 * business: it speaks for many.
 */
export function limitSockets(app: FastifyInstance, limits: QuotaLimits, isProxy: (address?: string) => boolean): void {
  const quota = new Quota(limits, { client: '', all: '', retryAfter: 1 });
  app.server.maxConnections = limits.forAll;
  app.server.on('connection', (socket: Socket) => {
    if (isProxy(socket.remoteAddress)) return;
    try {
      const portion = quota.take(clientAt(socket.remoteAddress));
      socket.once('close', () => portion.giveBack());
    } catch {
      socket.destroy();
    }
  });
}
