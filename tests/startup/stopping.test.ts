import { existsSync, readdirSync } from 'node:fs';
import { connect, createServer, type AddressInfo, type Server } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { createTestDatabase, type TestDatabase } from '../stage/database';
import { buildIfStale, cleanUp, makeBase, processesWith, refusalOf, start, type Run } from './program';

let base: string;
/** A data folder whose database is made, so that a start takes less time. */
let made: string;
let database: TestDatabase;

beforeAll(async () => {
  buildIfStale();
  base = makeBase();
  made = join(base, 'made');
  database = await createTestDatabase();
});

afterAll(async () => {
  await cleanUp(base);
  await database.drop();
});

const ready = /Stemgraph is ready\. Open (http:\/\/\S+)\/graphiql/;

const ask = async (address: string): Promise<unknown> => {
  const response = await fetch(`${address}/graphql?query={projects{totalCount}}`);
  return response.json();
};

/** Checks that nothing of a run is left, and that it ended as it should. */
async function endsClean(run: Run, dataDir?: string): Promise<void> {
  expect([await run.ended, run.errors()]).toEqual([0, '']);
  if (!dataDir) return;
  expect(processesWith(dataDir)).toEqual([]);
  if (existsSync(dataDir)) expect(readdirSync(dataDir).filter((name) => /^(lock|init)-/.test(name))).toEqual([]);
}

describe('with a PostgreSQL of its own', () => {
  test('a Ctrl-C while that is made for the first time stops everything, and the next start works', async () => {
    const run = start({ DATA_DIR: made });
    await run.says(/Creating a database/);
    run.signalAll('SIGINT');
    await endsClean(run, made);
    expect(run.output()).not.toMatch(ready);
  });

  test('a Ctrl-C while that starts', async () => {
    const run = start({ DATA_DIR: made });
    while (processesWith(`${made}/`).length === 0) await sleep(10);
    run.signalAll('SIGINT');
    await endsClean(run, made);
    expect(run.output()).not.toMatch(ready);
  });

  test('a Ctrl-C before anything has begun', async () => {
    const run = start({ DATA_DIR: made });
    await sleep(200);
    run.signalAll('SIGINT');
    expect([0, 'SIGINT']).toContain(await run.ended); // Node.js itself may end first
    expect([run.errors(), processesWith(made)]).toEqual(['', []]);
  });

  test('a Ctrl-C during service; meanwhile a second one in the same folder is refused', async () => {
    const run = start({ DATA_DIR: made });
    const [, address] = await run.says(ready);
    expect(await ask(address!)).toEqual({ data: { projects: { totalCount: 0 } } });
    const second = await refusalOf(start({ DATA_DIR: made }));
    expect(second).toMatch(/Another Stemgraph \(pid \d+\) is using the data folder .*: stop it, or set DATA_DIR/);
    expect(await ask(address!)).toEqual({ data: { projects: { totalCount: 0 } } });
    run.signalAll('SIGINT');
    await sleep(50);
    run.signalAll('SIGINT'); // as where npm passes on what the terminal has told already
    await endsClean(run, made);
  });

  test('a port in use leaves no PostgreSQL behind', async () => {
    const busy = await listen();
    const run = start({ DATA_DIR: made, PORT: String((busy.address() as AddressInfo).port) });
    expect(await refusalOf(run)).toMatch(/already in use/);
    expect(processesWith(made)).toEqual([]);
    busy.close();
  });

  test('under npm', async () => {
    const run = start({ DATA_DIR: made }, ['npm', 'start', '--ignore-scripts', '--silent']);
    const [, address] = await run.says(ready);
    expect(await ask(address!)).toEqual({ data: { projects: { totalCount: 0 } } });
    run.signalAll('SIGINT');
    await run.ended; // npm has ways of its own to end
    expect([run.errors(), processesWith(made)]).toEqual(['', []]);
  });

  test('under npm, when only npm is told', async () => {
    const run = start({ DATA_DIR: made }, ['npm', 'start', '--ignore-scripts', '--silent']);
    await run.says(ready);
    run.process.kill('SIGTERM');
    await run.ended; // not before the last of them has closed its output
    expect([run.errors(), processesWith(made)]).toEqual(['', []]);
  });
});

function listen(): Promise<Server> {
  const server = createServer();
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}

describe('with a database of the operator', () => {
  test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('%s ends it', async (signal) => {
    const run = start({ DATABASE_URL: database.url });
    await run.says(ready);
    run.process.kill(signal);
    await endsClean(run);
  });

  test('a request under way is answered first', async () => {
    const locker = new Client({ connectionString: database.url });
    await locker.connect();
    const run = start({ DATABASE_URL: database.url });
    const [, address] = await run.says(ready);
    await locker.query('BEGIN; LOCK TABLE "project", "public_tally" IN ACCESS EXCLUSIVE MODE');
    const answer = ask(address!);
    await sleep(300);
    run.process.kill('SIGINT');
    await sleep(100);
    await locker.query('ROLLBACK');
    expect(await answer).toEqual({ data: { projects: { totalCount: 0 } } });
    await locker.end();
    await endsClean(run);
  });

  test('a client that never finishes its request does not hold it up for long', async () => {
    const run = start({ DATABASE_URL: database.url });
    const [, address] = await run.says(ready);
    const socket = connect(Number(new URL(address!).port), '127.0.0.1');
    socket.on('error', () => undefined).write('POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{');
    await sleep(100);
    run.process.kill('SIGINT');
    await endsClean(run);
    socket.destroy();
  });

  test('while it still waits for that database, it does not wait any longer', async () => {
    const silent = await listen(); // takes connections and says nothing
    const { port } = silent.address() as AddressInfo;
    const connected = new Promise((resolve) => silent.once('connection', resolve));
    const run = start({ DATABASE_URL: `postgres://u:p@127.0.0.1:${port}/x` });
    await connected;
    run.process.kill('SIGINT');
    await endsClean(run);
    silent.close();
  });

  test('told again, it ends at once', async () => {
    const locker = new Client({ connectionString: database.url });
    await locker.connect();
    const run = start({ DATABASE_URL: database.url });
    const [, address] = await run.says(ready);
    await locker.query('BEGIN; LOCK TABLE "project", "public_tally" IN ACCESS EXCLUSIVE MODE');
    const answer = ask(address!).catch(() => 'cut off');
    await sleep(300);
    run.process.kill('SIGINT');
    await sleep(1200);
    run.process.kill('SIGINT');
    expect([await run.ended, await answer]).toEqual([1, 'cut off']);
    await locker.end();
  });
});
