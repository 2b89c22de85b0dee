import type { FastifyInstance } from 'fastify';

/** Closing waits for the requests under way, but no longer than this: a client that has stalled must not hold it up. */
const patienceMs = 3000;

export function closeBeforeLong(app: FastifyInstance): void {
  let closing = false;
  app.addHook('preClose', async () => {
    closing = true;
    setTimeout(() => app.server.closeAllConnections(), patienceMs).unref();
  });
  app.addHook('onSend', async (_request, reply) => {
    // Or else the connection would stay open for the client's next request.
    if (closing) reply.header('connection', 'close');
  });
}
