import { setTimeout as sleep } from 'node:timers/promises';
import { Client, type ClientConfig, type Pool } from 'pg';
import type { EntityManager } from 'typeorm';

/** How the connections of Stemgraph are called, in the list of those of the database. */
export const applicationName = 'stemgraph';

/** In milliseconds: how long it waits like everybody, how often it then looks, and when it is done with asking. */
const patience = 150;
const pause = 50;
const lastStraw = 400;

/**
 * Whoever takes something back waits for nobody: what is in the way for longer than a moment, on whatever server, is
 * stopped. Statements are cancelled; a connection on which none runs, and so none can be cancelled, is ended. Two who both
 * go first wait for each other, and nothing of others than Stemgraph is touched, nor anything but changes of rows.
 * Those that only go ahead leave publications alone, which cannot begin anew by themselves.
 */
const stopThoseAhead = `
  SELECT CASE WHEN $2 AND a.state LIKE 'idle in transaction%' THEN pg_terminate_backend(a.pid) ELSE pg_cancel_backend(a.pid) END
  FROM unnest(pg_blocking_pids($1)) AS ahead (pid) JOIN pg_stat_activity a ON a.pid = ahead.pid
  WHERE a.application_name = ANY($3) AND a.datname = current_database() AND a.usename = current_user
    AND EXISTS (SELECT 1 FROM pg_locks l WHERE l.pid = $1 AND NOT l.granted AND l.locktype IN ('transactionid', 'tuple'))`;

const publishing = `${applicationName}, publishing`;

/** Sees to it that a transaction which has just begun waits for no others. Returns what is to be called at its end. */
export async function goFirst(manager: EntityManager): Promise<() => void> {
  // However much it takes back, it is done to its end: what is stopped in the middle stays public.
  await manager.query(
    `SET LOCAL application_name = '${applicationName}, going first'; SET LOCAL statement_timeout = 0`,
  );
  return watch(manager, [applicationName, publishing]);
}

/** Says that a transaction publishes something: only whoever takes something back stops it. */
export async function announcePublication(manager: EntityManager): Promise<void> {
  await manager.query(`SET LOCAL application_name = '${publishing}'`);
}

/** The same for one that gives way itself to those who go first: others begin anew, and it has done a long work. */
export function goAhead(manager: EntityManager): Promise<() => void> {
  return watch(manager, [applicationName]);
}

async function watch({ queryRunner, connection }: EntityManager, stopped: readonly string[]): Promise<() => void> {
  const { processID } = (await queryRunner!.connect()) as { processID: number };
  const { options } = (connection.driver as unknown as { master: Pool }).master;
  const done = new AbortController();
  const timer = setTimeout(() => void clearTheWay(options, processID, stopped, done.signal), patience);
  return () => {
    clearTimeout(timer);
    done.abort();
  };
}

/** Over a connection of its own: those of the pool may all be in use, by the very ones that are to be stopped. */
async function clearTheWay(
  options: ClientConfig,
  processID: number,
  stopped: readonly string[],
  done: AbortSignal,
): Promise<void> {
  const client = new Client({ ...options, application_name: `${applicationName}, clearing the way` });
  client.on('error', () => undefined);
  try {
    await client.connect();
    for (const begin = Date.now(); !done.aborted; await sleep(pause))
      await client.query(stopThoseAhead, [processID, Date.now() - begin > lastStraw, stopped]);
  } catch {
    // Then it waits as everybody does.
  } finally {
    await client.end().catch(() => undefined);
  }
}
