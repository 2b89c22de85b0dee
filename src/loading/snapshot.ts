import type { Pool, PoolClient, QueryConfig } from 'pg';
import { types } from 'pg';
import { timedOut } from '../errors';
import { asking } from '../shares/asking';

export type Row = Record<string, unknown>;

/** Told of every statement that a request runs; tests count them. */
export type StatementObserver = (statement: string) => void;

const dateType = 1082;
const bigintType = 20;

/** Days stay text (a Date would shift them by the server's zone); 64-bit counts become numbers (they stay below 2^53). */
const parsers = {
  getTypeParser(oid: number, format?: 'text' | 'binary'): unknown {
    if (oid === dateType) return (text: string) => text;
    if (oid === bigintType) return Number;
    return types.getTypeParser(oid, format);
  },
};

const statementNames = new Map<string, string>();

/** A connection keeps what was prepared on it until it ends: how many of the statements that there can be are. */
const mostPrepared = 1000;

/** Statements are prepared once per connection, under a name that follows from their text; rare ones each time anew. */
function nameOfStatement(text: string): string | undefined {
  const known = statementNames.get(text);
  if (known !== undefined || statementNames.size === mostPrepared) return known;
  const name = `stemgraph_${statementNames.size}`;
  statementNames.set(text, name);
  return name;
}

/**
 * What one request reads, all of it from one state of the database: a revoke that lands in the middle is seen wholly or
 * not at all. Opened by the first statement, so that a request that reads nothing costs nothing; the statements run one
 * after the other on one connection. Must be closed.
 */
export class Snapshot {
  private client: Promise<PoolClient> | undefined;
  private last: Promise<unknown> = Promise.resolve();
  private closed = false;

  constructor(
    private readonly pool: Pool,
    private readonly observe?: StatementObserver,
  ) {}

  /** Runs one statement and returns its rows. */
  query(text: string, values: readonly unknown[]): Promise<Row[]> {
    // The answer was sent without this, since another part of it failed: nobody waits for these rows any more, and a
    // rejection that nobody handles would end the process.
    if (this.closed) return new Promise(() => undefined);
    return this.enqueue(async (client) => {
      if (isLeft()) throw timedOut();
      this.observe?.(text);
      const name = nameOfStatement(text);
      const config: QueryConfig = { ...(name !== undefined && { name }), text, values: [...values], types: parsers };
      try {
        return (await client.query<Row>(config)).rows;
      } catch (error) {
        throw isLeft() ? timedOut() : error;
      }
    });
  }

  /** Ends the transaction and gives the connection back. Safe to call twice. */
  async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    const opening = this.client;
    if (!opening) return;
    await this.last.catch(() => undefined);
    const client = await opening.catch(() => undefined);
    if (!client) return;
    const broken = await client.query('COMMIT').then(
      () => false,
      () => true,
    );
    client.release(broken);
  }

  private enqueue<T>(work: (client: PoolClient) => Promise<T>): Promise<T> {
    this.client ??= this.open();
    const client = this.client;
    const result = this.last.then(async () => work(await client));
    this.last = result.catch(() => undefined);
    return result;
  }

  private async open(): Promise<PoolClient> {
    const client = await this.pool.connect();
    try {
      await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
      return client;
    } catch (error) {
      client.release(true);
      throw error;
    }
  }
}

/** Nobody is there any more to read the answer: what was begun for it ends, and is no failure. */
function isLeft(): boolean {
  const request = asking.getStore();
  return request !== undefined && request.left.aborted && !request.hasChanged;
}
