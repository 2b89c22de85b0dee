import type { Pool, PoolClient, QueryConfig } from 'pg';
import { types } from 'pg';
import { never, type Budget } from '../budget/budget';
import { overloaded } from '../errors';
import { asking } from '../shares/asking';
import { cancelStatement } from '../database/cancel-statement';
import { isFull, nameOf } from '../database/prepared';

export type Row = Record<string, unknown>;

/** Told of every statement that a request runs; tests count them. */
export type StatementObserver = (statement: string) => void;

interface Options {
  observe?: StatementObserver;
  /** What the statements cost is counted here, and none is run once it is used up. */
  budget?: Budget;
}

const dateType = 1082;
const bigintType = 20;
/** Those whose values can be large: text, varchar, json, jsonb and lists of texts. */
const longTypes: readonly number[] = [25, 1043, 114, 3802, 1009, 1015];

type Parse = (text: string) => unknown;

interface Parsers {
  getTypeParser(oid: number, format?: 'text' | 'binary'): Parse;
}

/** Days stay text (a Date would shift them by the server's zone); 64-bit counts become numbers (they stay below 2^53). */
const parsers: Parsers = {
  getTypeParser(oid, format) {
    if (oid === dateType) return (text: string) => text;
    if (oid === bigintType) return Number;
    return types.getTypeParser(oid, format) as Parse;
  },
};

/** Rows come in one by one: those of a request that has read too much are no longer kept. */
function countingParsers(budget: Budget): Parsers {
  return {
    getTypeParser(oid, format) {
      const parse = parsers.getTypeParser(oid, format);
      if (!longTypes.includes(oid)) return parse;
      return (text: string) => {
        if (!budget.read(text.length)) throw new Error('The request has read more than it may.');
        return parse(text);
      };
    },
  };
}

/** What was read first is of another state of the database than what is to be read now: the request has to begin anew. */
export class Torn extends Error {
  constructor() {
    super('The database has changed while the request was answered.');
  }
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
  private running: PoolClient | undefined;
  private cancelled = false;
  /** The state of the database that was read outside of a transaction. */
  private stateRead: string | undefined;
  private torn = false;
  private readonly parsers: Parsers;

  constructor(
    private readonly pool: Pool,
    private readonly options: Options = {},
  ) {
    this.parsers = options.budget ? countingParsers(options.budget) : parsers;
  }

  /**
   * Runs one statement and returns its rows.
   *
   * @param field for which field of the graph, where one is told what costs most
   * @param isOneOff whether it is not worth preparing: others will take its place, and hardly ever itself again
   */
  query(text: string, values: readonly unknown[], field?: string, isOneOff = false): Promise<Row[]> {
    // The answer was sent without this, since another part of it failed: nobody waits for these rows any more, and a
    // rejection that nobody handles would end the process.
    if (this.closed) return never();
    return this.enqueue((client) => this.run(client, { text, values, field, isOneOff }));
  }

  /**
   * Runs the one statement that a request needs, which is a snapshot by itself: no transaction is begun for it. Where something
   * is read after it all the same, it is of the same state of the database, or the request is torn.
   *
   * @param stateOf the state that the rows are of: `pg_current_snapshot()` in the statement itself
   */
  async queryAlone(
    text: string,
    values: readonly unknown[],
    field: string,
    stateOf: (rows: readonly Row[]) => string | undefined,
    isOneOff: boolean,
  ): Promise<Row[]> {
    if (this.closed) return never();
    const client = await this.pool.connect();
    if (this.isOver) {
      client.release();
      return never();
    }
    // Unless it is done to its end, nobody knows what the connection is good for.
    let isWhole = false;
    try {
      const rows = await this.run(client, { text, values, field, isOneOff });
      this.stateRead = stateOf(rows);
      isWhole = true;
      return rows;
    } finally {
      client.release(!isWhole || this.cancelled || isFull(client));
    }
  }

  /** Nobody waits any more for what is read. */
  private get isOver(): boolean {
    return this.closed || (this.options.budget?.isOver ?? false);
  }

  /** Nothing of what was read so far is used: what is read from now on may be of any state. */
  forgetState(): void {
    this.stateRead = undefined;
  }

  /** Whether two states of the database were read. */
  get isTorn(): boolean {
    return this.torn;
  }

  private async run(client: PoolClient, { text, values, field, isOneOff }: Run): Promise<Row[]> {
    if (isLeft()) throw clientLeft();
    const { observe, budget } = this.options;
    observe?.(text);
    const name = isOneOff ? undefined : nameOf(text, client);
    const config: QueryConfig = {
      ...(name !== undefined && { name }),
      text,
      values: [...values],
      types: this.parsers,
    };
    const stop = budget?.startSql(field ?? 'the answer');
    this.running = client;
    try {
      return (await client.query<Row>(config)).rows;
    } catch (error) {
      throw isLeft() ? clientLeft() : error;
    } finally {
      this.running = undefined;
      stop?.();
    }
  }

  /** Whether a statement is under way. */
  get isReading(): boolean {
    return this.running !== undefined;
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
    // A cancellation may still be under way: nobody else may be hit by it.
    client.release(broken || this.cancelled || isFull(client));
  }

  /** The same when nobody waits for what is still read: ends a statement in its middle, and keeps nobody waiting. */
  abandon(): void {
    if (this.running) {
      this.cancelled = true;
      cancelStatement(this.running);
    }
    void this.close();
  }

  /** What is abandoned settles no more: thousands of objects may wait for it, and nobody for them. */
  private enqueue<T>(work: (client: PoolClient) => Promise<T>): Promise<T> {
    this.client ??= this.open();
    const client = this.client;
    const isForgotten = (): boolean => this.options.budget?.isOver ?? false;
    const result = this.last.then(async () => {
      const opened = await client;
      return isForgotten() ? undefined : work(opened);
    });
    this.last = result.catch(() => undefined);
    return new Promise<T>((resolve, reject) => {
      result.then(
        (value) => isForgotten() || resolve(value as T),
        (error: unknown) => isForgotten() || reject(error as Error),
      );
    });
  }

  private async checkState(client: PoolClient): Promise<void> {
    const { rows } = await client.query<{ state: string }>('SELECT pg_current_snapshot()::text AS "state"');
    if (rows[0]!.state === this.stateRead) return;
    this.torn = true;
    throw new Torn();
  }

  private async open(): Promise<PoolClient> {
    const client = await this.pool.connect();
    try {
      await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
      if (this.stateRead !== undefined) await this.checkState(client);
      return client;
    } catch (error) {
      client.release(true);
      throw error;
    }
  }
}

interface Run {
  text: string;
  values: readonly unknown[];
  field: string | undefined;
  isOneOff: boolean;
}

/** Nobody is there any more to read the answer: what was begun for it ends, and is no failure. */
function isLeft(): boolean {
  const request = asking.getStore();
  return request !== undefined && request.left.aborted && !request.hasChanged;
}

/** An error that nobody reads, and that the log need not tell of. */
const clientLeft = (): Error => overloaded('The client has left.', 1);
