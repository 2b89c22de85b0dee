import { performance } from 'node:perf_hooks';
import { Client, type Pool, type QueryArrayConfig } from 'pg';

/** In milliseconds: an answer that takes longer is worth nothing, since the page itself takes no longer. */
const patience = 1000;

/** For how many milliseconds nothing is asked after a failure: requests are answered the ordinary way at once. */
const rest = 1000;

/**
 * Which transactions have ended, as PostgreSQL itself writes it; nothing on a standby, which does not know it so exactly. And
 * which process answers: a proxy in between may have led to another.
 */
const question: QueryArrayConfig & { query_timeout: number } = {
  name: 'stemgraph_state',
  text: `SELECT CASE WHEN NOT pg_is_in_recovery() THEN pg_current_snapshot()::text END, pg_backend_pid()`,
  rowMode: 'array',
  query_timeout: patience,
};

interface Connection {
  client: Client;
  number: number;
}

/**
 * In what state the database is. Where two answers are equal, nothing was committed in between, by whomever: what was read in
 * between, over any connection, would read the same now.
 *
 * Why that is so: a snapshot of PostgreSQL is the set of the transactions that have ended. Whatever writes is one, enters the set before
 * its commit is acknowledged to anybody, and never leaves it. Only a server that has crashed, or another in its place, may
 * give the number of a transaction that was lost to a new one; but then all connections break. So everything is asked over one
 * connection, and answers over different ones are never equal.
 */
export class DatabaseState {
  private connection: Promise<Connection> | undefined;
  private connections = 0;
  /** The question that is not sent yet: whoever comes meanwhile asks it as well. */
  private next: Promise<string | undefined> | undefined;
  /** The one before, which is answered first. */
  private running: Promise<unknown> = Promise.resolve();
  private restsUntil = 0;
  private isClosed = false;

  constructor(private readonly pool: Pool) {}

  /**
   * The state of the database at a moment after this was called. Requests that come together share a question, but none gets
   * the answer to one that was sent before it came. Undefined where it cannot be told: this never throws, nor waits for long.
   */
  ask(): Promise<string | undefined> {
    if (this.isClosed || performance.now() < this.restsUntil) return Promise.resolve(undefined);
    return (this.next ??= this.askNext());
  }

  async close(): Promise<void> {
    this.isClosed = true;
    const connection = await this.connection?.catch(() => undefined);
    await connection?.client.end().catch(() => undefined);
  }

  private async askNext(): Promise<string | undefined> {
    await this.running;
    // What arrives in this turn of the event loop is answered together.
    await new Promise((resolve) => setImmediate(resolve));
    const connecting = (this.connection ??= this.connect());
    try {
      const connection = await connecting;
      this.next = undefined; // whoever comes from here on, comes after it was sent
      const answer = stateBy(connection);
      this.running = answer.catch(() => undefined);
      return await answer;
    } catch {
      this.next = undefined;
      this.restsUntil = performance.now() + rest;
      this.leave(connecting);
      return undefined;
    }
  }

  private async connect(): Promise<Connection> {
    // Those of the pool, whose password is not among what is copied.
    const { options } = this.pool;
    const client = new Client({
      ...options,
      password: options.password,
      keepAlive: true,
      connectionTimeoutMillis: patience,
    });
    client.on('error', () => undefined); // what is asked next fails, and tells it
    await client.connect();
    return { client, number: ++this.connections };
  }

  private leave(broken: Promise<Connection>): void {
    if (this.connection === broken) this.connection = undefined;
    void broken.then(({ client }) => client.end()).catch(() => undefined);
  }
}

async function stateBy({ client, number }: Connection): Promise<string | undefined> {
  const { rows } = await client.query<[state: string | null, processId: number]>(question);
  const [state, processId] = rows[0]!;
  return state === null ? undefined : `${number} ${processId} ${state}`;
}
