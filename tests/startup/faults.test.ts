import { setTimeout } from 'node:timers/promises';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { join } from 'node:path';
import { createTestDatabase, type TestDatabase } from '../stage/database';
import { buildIfStale, cleanUp, makeBase, processesWith, refusalOf, start } from './program';

let base: string;
let database: TestDatabase;
let busy: Server;
let busyPort: number;

beforeAll(async () => {
  buildIfStale();
  base = makeBase();
  database = await createTestDatabase();
  busy = createServer();
  await new Promise<void>((resolve) => busy.listen(0, '127.0.0.1', resolve));
  ({ port: busyPort } = busy.address() as AddressInfo);
});

afterAll(async () => {
  await new Promise((resolve) => busy.close(resolve));
  await cleanUp(base);
  await database.drop();
});

const withUrl = (change: (url: URL) => void): Record<string, string> => {
  const url = new URL(database.url);
  change(url);
  return { DATABASE_URL: url.href };
};

/**
 * Connections that a start has left open in the test's own database. PostgreSQL notices a moment after the program has
 * ended, so a few seconds are given it.
 */
async function connectionsLeft(): Promise<number> {
  for (const until = Date.now() + 5000; ; await setTimeout(50)) {
    const [{ n }] = await database.dataSource.query<[{ n: number }]>(
      `SELECT count(*)::int AS n FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`,
    );
    if (n === 0 || Date.now() > until) return n;
  }
}

describe('a start that cannot be', () => {
  test.each<[string, () => Record<string, string>, RegExp]>([
    [
      'a wrong setting',
      () => ({ PORT: 'abc', DATABASE_URL: 'mysql://u:secret@h/x' }),
      /PORT is wrong.*DATABASE_URL is wrong/,
    ],
    [
      'no database there',
      () => withUrl((url) => (url.port = String(1))),
      /cannot be opened.*ECONNREFUSED.*check DATABASE_URL/,
    ],
    [
      'a wrong password',
      () => withUrl((url) => (url.password = 'wrong-one')),
      /password authentication failed.*check DATABASE_URL/,
    ],
    [
      'no such database',
      () => withUrl((url) => (url.pathname = '/nowhere')),
      /"nowhere" does not exist.*check DATABASE_URL/,
    ],
    [
      'a port in use',
      () => ({ DATABASE_URL: database.url, PORT: String(busyPort) }),
      /Port \d+ on 127\.0\.0\.1 is already in use.*set PORT/,
    ],
    [
      'an address of somebody else',
      () => ({ DATABASE_URL: database.url, HOST: '192.0.2.1' }),
      /no address 192\.0\.2\.1.*set HOST/,
    ],
    [
      'a name that is no address',
      () => ({ DATABASE_URL: database.url, HOST: 'no-such-host.invalid' }),
      /no-such-host\.invalid.*check HOST/,
    ],
  ])('with %s: one line that says what to do', async (_what, environment, sentence) => {
    const run = start(environment());
    const line = await refusalOf(run);
    expect(line).toMatch(sentence);
    expect(line).not.toMatch(/secret|wrong-one/);
    expect(line).not.toContain(new URL(database.url).password);
    expect(await connectionsLeft()).toBe(0);
  });

  test('on a database of a newer version, which is left as it is', async () => {
    await database.dataSource.query(`INSERT INTO "migration" ("timestamp", "name") VALUES (99, 'FromTheFuture99')`);
    const line = await refusalOf(start({ DATABASE_URL: database.url }));
    expect(line).toMatch(/newer Stemgraph.*FromTheFuture99.*start that version, or use another database/);
    await database.dataSource.query(`DELETE FROM "migration" WHERE "name" = 'FromTheFuture99'`);
    expect(await connectionsLeft()).toBe(0);
  });

  test('in a data folder that is a file', async () => {
    const file = join(base, 'file');
    writeFileSync(file, 'mine');
    for (const DATA_DIR of [file, join(file, 'below')]) {
      expect(await refusalOf(start({ DATA_DIR }))).toMatch(/is a file: set DATA_DIR to a folder/);
    }
    expect(processesWith(file)).toEqual([]);
  });

  test('in a data folder that holds something else, which is left as it is', async () => {
    const dataDir = join(base, 'other');
    mkdirSync(join(dataDir, 'postgres'), { recursive: true });
    writeFileSync(join(dataDir, 'postgres', 'thesis.txt'), 'mine');
    expect(await refusalOf(start({ DATA_DIR: dataDir }))).toMatch(
      /something other than a database.*set another DATA_DIR/,
    );
    expect(readdirSync(join(dataDir, 'postgres'))).toEqual(['thesis.txt']);
    expect(readdirSync(dataDir).filter((name) => name.startsWith('lock-'))).toEqual([]);
    expect(processesWith(dataDir)).toEqual([]);
  });
});
