import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import type { DataSource } from 'typeorm';
import { asking } from '../shares/asking';

/** How long the database may take to answer the probe. */
const patienceMs = 2000;

/** `/health/live`: the process answers. `/health/ready`: the database is reachable and its migrations are applied. */
export function registerHealth(app: FastifyInstance, dataSource: DataSource): void {
  app.get('/health/live', { logLevel: 'warn' }, (_request, reply) =>
    reply.header('cache-control', 'no-store').send({ status: 'live' }),
  );
  const probe = oneAtATime(() => whyNotReady(dataSource));
  app.get('/health/ready', { logLevel: 'warn' }, async (request, reply) => {
    reply.header('cache-control', 'no-store');
    const reason = await probe().catch((error: unknown) => {
      request.log.warn({ err: error }, 'The database cannot be reached');
      return 'The database cannot be reached.';
    });
    if (reason) return reply.code(503).send({ status: 'not ready', reason });
    return { status: 'ready' };
  });
}

/** However many ask, one probe is under way: its answer is everybody's. It is the server's own, in nobody's share. */
function oneAtATime<T>(work: () => Promise<T>): () => Promise<T> {
  let current: Promise<T> | undefined;
  return () =>
    (current ??= asking.run(undefined, work).finally(() => {
      current = undefined;
    }));
}

async function whyNotReady(dataSource: DataSource): Promise<string | undefined> {
  const timer = new AbortController();
  const late = sleep(patienceMs, 'The database does not answer in time.', { signal: timer.signal });
  try {
    return await Promise.race([late, whatIsPending(dataSource)]);
  } finally {
    timer.abort();
    late.catch(() => undefined);
  }
}

async function whatIsPending(dataSource: DataSource): Promise<string | undefined> {
  const rows = await dataSource.query<{ name: string }[]>('SELECT "name" FROM "migration"');
  const applied = new Set(rows.map(({ name }) => name));
  const pending = dataSource.migrations.some(({ name, constructor }) => !applied.has(name ?? constructor.name));
  return pending ? 'Migrations wait to be applied: restart Stemgraph.' : undefined;
}
