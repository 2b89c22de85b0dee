import { setTimeout as sleep } from 'node:timers/promises';
import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { Client } from 'pg';
import { typeOfId } from '../../src/model/ids';
import { makeToken } from '../../src/people/tokens/token.service';
import type { Scope } from '../../src/access/viewer';
import { createServer } from '../../src/server';
import { defaultShares, type Shares } from '../../src/shares/settings';
import { laboratory, type Lab } from '../publishing/lab';
import { createTestDatabase, type TestDatabase } from '../stage/database';
import { Writable } from 'node:stream';

/** What became of a request. */
export interface Reply {
  status: number;
  /** Of the first error. */
  code: string | undefined;
  retryAfter: string | null;
  body: string;
  /** How long it took, in milliseconds. */
  took: number;
}

/** A real server on a real port, behind a proxy that says for whom it asks, so that a test can be many clients. */
export interface Crowd {
  database: TestDatabase;
  app: FastifyInstance;
  lab: Lab;
  url: string;
  port: number;
  /** Log lines of warnings and worse, since they were forgotten. */
  complaints(): string[];
  forget(): void;
  /** Sends a query from an address. */
  ask(from: string, query: string, token?: string, signal?: AbortSignal): Promise<Reply>;
  get(from: string, path: string, init?: RequestInit & { token?: string }): Promise<Reply>;
  token(userId: string, scopes?: readonly Scope[]): Promise<string>;
  /** Makes every statement on a table wait for as long as the work lasts. */
  whileLocked<T>(table: string, work: () => Promise<T>): Promise<T>;
  /** How many statements of the server wait for such a lock. */
  blocked(): Promise<number>;
  /** Waits until something is so. */
  until(what: () => Promise<boolean> | boolean): Promise<void>;
  close(): Promise<void>;
}

export async function gatherCrowd(shares: Partial<Shares> = {}, poolSize = 10): Promise<Crowd> {
  const database = await createTestDatabase(poolSize);
  const other = new Client({ connectionString: database.url });
  await other.connect();
  const lines: string[] = [];
  const logTo = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      lines.push(chunk.toString());
      done();
    },
  });
  const app = await createServer(
    { corsOrigin: '*', logLevel: 'warn', shares: { ...defaultShares, trustProxy: ['127.0.0.1'], ...shares } },
    database.dataSource,
    { logTo },
  );
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  const get: Crowd['get'] = async (from, path, { token, ...init } = {}) => {
    const began = performance.now();
    const headers = new Headers(init.headers);
    headers.set('x-forwarded-for', from);
    if (token !== undefined) headers.set('authorization', `Bearer ${token}`);
    const response = await fetch(`${url}${path}`, { ...init, headers });
    const body = await response.text();
    const code = /"code":"(\w+)"/.exec(body)?.[1];
    const retryAfter = response.headers.get('retry-after');
    return { status: response.status, code, retryAfter, body, took: performance.now() - began };
  };
  const blocked: Crowd['blocked'] = async () => {
    await other.query('SELECT pg_stat_clear_snapshot()'); // inside of a transaction it would stay as it was
    const { rows } = await other.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    );
    return rows[0]!.n;
  };
  return {
    database,
    app,
    url,
    get,
    blocked,
    port: (app.server.address() as AddressInfo).port,
    lab: laboratory(database.dataSource, typeOfId),
    complaints: () => lines,
    forget: () => void (lines.length = 0),
    ask: (from, query, token, signal) =>
      get(from, '/graphql', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query }),
        ...(token !== undefined && { token }),
        ...(signal && { signal }),
      }),
    token: async (userId, scopes = ['READ', 'WRITE', 'PUBLISH']) =>
      (
        await makeToken(database.dataSource.manager, userId, {
          name: 'Test',
          scopes,
          lifetime: 1,
        })
      ).secret,
    whileLocked: async (table, work) => {
      await other.query('BEGIN');
      await other.query(`LOCK TABLE "${table}" IN ACCESS EXCLUSIVE MODE`);
      try {
        return await work();
      } finally {
        await other.query('ROLLBACK');
      }
    },
    until: async (what) => {
      for (let tries = 0; !(await what()); tries += 1) {
        if (tries > 300) throw new Error(`It does not come to be so: ${await blocked()} wait.`);
        await sleep(10);
      }
    },
    close: async () => {
      await app.close();
      await other.end();
      await database.drop();
    },
  };
}

/** The replies by what became of them, such as `{ '200': 3, '503 OVERLOADED': 2 }`. */
export function tally(replies: readonly Reply[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { status, code } of replies) {
    const outcome = code === undefined ? String(status) : `${status} ${code}`;
    counts[outcome] = (counts[outcome] ?? 0) + 1;
  }
  return counts;
}
