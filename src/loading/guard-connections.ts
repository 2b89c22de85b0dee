import type { ClientBase, Pool } from 'pg';

const listening = new WeakSet<ClientBase>();

/**
 * Prepares every connection of the pool before anybody uses it: the database ends statements that take too long, and a
 * connection that breaks while a request holds it fails that request, not the process.
 *
 * @returns what ends it
 */
export async function guardConnections(pool: Pool, milliseconds: number): Promise<() => void> {
  const prepare = async (client: ClientBase): Promise<void> => {
    if (!listening.has(client)) client.on('error', () => undefined);
    listening.add(client);
    // Compiling a statement takes longer than running it: ours are many, and short.
    await client.query(`SET statement_timeout = ${milliseconds}; SET jit = off`);
  };
  const { onConnect } = pool.options;
  // The pool waits for it, though its type does not say so.
  const preparing: (client: ClientBase) => unknown = prepare;
  pool.options.onConnect = preparing;
  await prepareIdle(pool, prepare);
  return () => {
    if (onConnect) pool.options.onConnect = onConnect;
    else delete pool.options.onConnect;
  };
}

/** Those that were opened before, to bring the database up to date. */
async function prepareIdle(pool: Pool, prepare: (client: ClientBase) => Promise<void>): Promise<void> {
  const idle = await Promise.all(Array.from({ length: pool.idleCount }, () => pool.connect()));
  for (const client of idle) {
    await prepare(client).then(
      () => client.release(),
      () => client.release(true),
    );
  }
}
