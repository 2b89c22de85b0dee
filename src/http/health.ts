import type { FastifyInstance } from 'fastify';
import type { DataSource } from 'typeorm';

/** `/health/live`: the process answers. `/health/ready`: the database is reachable and its migrations are applied. */
export function registerHealth(app: FastifyInstance, dataSource: DataSource): void {
  app.get('/health/live', { logLevel: 'warn' }, () => ({ status: 'live' }));
  app.get('/health/ready', { logLevel: 'warn' }, async (request, reply) => {
    const reason = await whyNotReady(dataSource).catch((error: unknown) => {
      request.log.warn({ err: error }, 'The database cannot be reached');
      return 'The database cannot be reached.';
    });
    if (reason) return reply.code(503).send({ status: 'not ready', reason });
    return { status: 'ready' };
  });
}

async function whyNotReady(dataSource: DataSource): Promise<string | undefined> {
  const pending = await dataSource.showMigrations();
  return pending ? 'Migrations wait to be applied: restart Stemgraph.' : undefined;
}
