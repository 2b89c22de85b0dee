import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { DataSource } from 'typeorm';
import { databaseOptions } from '../../ormconfig';
import { newId } from '../../src/model/ids';
import { createTestDatabase, type TestDatabase } from '../stage/database';
import { errorsOf, openWire, type OneError, type Wire } from './wire';

const projectId = newId('Project');
const good = `{ project(id: "${projectId}") { name } }`;
const goodAnswer = { data: { project: { name: 'Public' } } };

let database: TestDatabase;
let other: Client;
let proxy: Proxy;
let dataSource: DataSource;
let wire: Wire;

beforeAll(async () => {
  database = await createTestDatabase();
  other = new Client({ connectionString: database.url });
  await other.connect();
  await other.query(
    `INSERT INTO "project" ("id", "name", "is_public", "published_at", "first_published_at") VALUES ($1, 'Public', true, now(), now())`,
    [projectId],
  );
  proxy = await startProxy(database.url);
  dataSource = await new DataSource(databaseOptions(proxy.url, 3)).initialize();
  // Every question goes to the database: what becomes of answers that are kept has tests of its own.
  wire = await openWire(dataSource, { limits: { totalTime: 1000, sqlTime: 1000 }, hotPages: 0 });
});

afterAll(async () => {
  await wire.close();
  await dataSource.destroy();
  await proxy.stop();
  await other.end();
  await database.drop();
});

afterEach(async () => {
  const response = await wire.ask(good);
  expect([response.statusCode, response.json()]).toEqual([200, goodAnswer]);
});

interface Proxy {
  url: string;
  stop(): Promise<void>;
  start(): Promise<void>;
}

/** Stands between the server and PostgreSQL, so that the way to the database can be cut and mended. */
async function startProxy(url: string): Promise<Proxy> {
  const { hostname, port: postgresPort } = new URL(url);
  const sockets = new Set<Socket>();
  let server: Server;
  let port = 0;
  const start = async (): Promise<void> => {
    server = createServer((socket) => {
      const upstream = connect(Number(postgresPort), hostname);
      for (const end of [socket, upstream]) {
        sockets.add(end);
        end.on('error', () => undefined).on('close', () => [socket, upstream].forEach((one) => one.destroy()));
      }
      socket.pipe(upstream).pipe(socket);
    });
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    ({ port } = server.address() as AddressInfo);
  };
  const stop = async (): Promise<void> => {
    const closed = new Promise((resolve) => server.close(resolve));
    sockets.forEach((socket) => socket.destroy());
    await closed;
  };
  await start();
  return { url: url.replace(`:${postgresPort}/`, `:${port}/`), start, stop };
}

/** Cuts the server's connections as an administrator or a failing PostgreSQL would. */
const terminate = (): Promise<unknown> =>
  other.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'stemgraph' AND datname = current_database()`,
  );

/** Holds up every statement on a table while something is done. */
async function whileLocked<T>(table: string, work: () => Promise<T>): Promise<T> {
  await other.query('BEGIN');
  await other.query(`LOCK TABLE "${table}" IN ACCESS EXCLUSIVE MODE`);
  try {
    return await work();
  } finally {
    await other.query('ROLLBACK');
  }
}

/** Sends a query, and breaks something while the database is busy with it. */
async function breakDuring(query: string, breaking: () => Promise<unknown>): Promise<ReturnType<Wire['ask']>> {
  return whileLocked('project', async () => {
    const response = wire.ask(query);
    for (let waiting = 0; waiting === 0; await sleep(5)) {
      const { rows } = await other.query<{ n: number }>(
        `SELECT count(*)::int AS n FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
      );
      waiting = rows[0]!.n;
    }
    await breaking();
    return response;
  });
}

/** Checks that an answer tells of a failure, and of nothing else, with an id under which the log has the cause. */
function failure(response: Awaited<ReturnType<Wire['ask']>>, cause: RegExp): OneError[] {
  const errors = errorsOf(response);
  const id = String(response.headers['x-request-id']);
  for (const { message, extensions } of errors) {
    expect(extensions).toEqual({ code: 'INTERNAL_SERVER_ERROR', errorId: id });
    expect(message).toBe(`Something went wrong on the server. Tell its operator this id: ${id}`);
  }
  expect(response.body).not.toMatch(/Public|ECONN|terminat|licen/);
  const logged = wire.log().filter(({ level, reqId }) => level === 50 && reqId === id);
  expect(logged).toHaveLength(1);
  expect(logged[0]).toMatchObject({
    msg: 'A request failed',
    err: { message: expect.stringMatching(cause) as string },
  });
  return errors;
}

describe('a connection that breaks while the database is busy', () => {
  test('inside a rule: an error, never the null that a hidden object reads as', async () => {
    const [error] = failure(await breakDuring(good, terminate), /terminating connection|terminated unexpectedly/);
    expect(error!.path).toEqual(['project']);
  });

  test('inside a list', async () => {
    const response = await breakDuring('{ projects { nodes { name } } }', terminate);
    expect(response.json()).toMatchObject({ data: { projects: null } });
    failure(response, /terminating connection|terminated unexpectedly/);
  });

  test('under many aliases: an error each, one cause in the log', async () => {
    const aliases = Array.from({ length: 50 }, (_, i) => `p${i}: project(id: "${projectId}") { name }`).join(' ');
    const errors = failure(await breakDuring(`{ ${aliases} }`, terminate), /terminating connection|terminated/);
    expect(errors).toHaveLength(50);
  });

  test('by a cut on the way', async () => {
    const cut = async (): Promise<void> => {
      await proxy.stop();
      await proxy.start();
    };
    failure(await breakDuring(good, cut), /terminated unexpectedly|ECONNRESET/);
  });
});

test('connections that break while nobody uses them are noticed by nobody', async () => {
  await wire.ask(good);
  await terminate();
  await sleep(50);
  expect((await wire.ask(good)).json()).toEqual(goodAnswer);
});

test('while the database is away every question fails, and it is back when the database is', async () => {
  await proxy.stop();
  await sleep(50);
  for (const query of [good, '{ projects { totalCount } }', `{ nodes(ids: ["${projectId}"]) { id } }`]) {
    failure(await wire.ask(query), /ECONNREFUSED/);
  }
  expect((await wire.ask('{ __typename }')).json()).toEqual({ data: { __typename: 'Query' } });
  expect((await wire.get('/health/live')).statusCode).toBe(200);
  const ready = await wire.get('/health/ready');
  expect([ready.statusCode, ready.json()]).toEqual([
    503,
    { status: 'not ready', reason: 'The database cannot be reached.' },
  ]);
  await proxy.start();
  expect((await wire.get('/health/ready')).statusCode).toBe(200);
});

test('a statement that the database rejects shows neither itself nor the database', async () => {
  await other.query('ALTER TABLE "project" RENAME COLUMN "license" TO "licence"');
  const inRule = await wire.ask(`{ project(id: "${projectId}") { license } }`);
  const inList = await wire.ask('{ projects { nodes { name license } } }');
  await other.query('ALTER TABLE "project" RENAME COLUMN "licence" TO "license"');
  expect(failure(inRule, /license/)[0]!.path).toEqual(['project']);
  failure(inList, /license/);
});

describe('a database that is slow', () => {
  test('ends a statement after the time that the operator allows, and says so', async () => {
    const response = await whileLocked('project', () =>
      wire.ask(`{ a: projects { totalCount } b: projects { nodes { id } } }`),
    );
    const codes = errorsOf(response).map(({ extensions }) => extensions);
    expect(codes.every(({ code }) => code === 'QUERY_TIMED_OUT')).toBe(true);
    expect(response.body).not.toContain('statement');
    const logged = wire.log().filter(({ reqId, level }) => level >= 40 && reqId === response.headers['x-request-id']);
    expect(logged.map(({ msg }) => msg)).toContain('A request took too long');
    expect(logged.filter(({ level }) => level >= 50)).toEqual([]);
  });

  test('ends a request of many statements in time as well', async () => {
    const opened: string[] = [];
    const slow = await openWire(dataSource, {
      unplanned: true,
      limits: { totalTime: 1000, sqlTime: 1000 },
      onStatement: (statement) => {
        opened.push(statement);
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 300); // each takes its time
      },
    });
    const aliases = Array.from({ length: 20 }, (_, i) => `p${i}: projects(first: ${i}) { nodes { id } }`).join(' ');
    const codes = errorsOf(await slow.ask(`{ ${aliases} }`)).map(({ extensions }) => extensions.code);
    await slow.close();
    expect(new Set(codes)).toEqual(new Set(['QUERY_TIMED_OUT']));
    expect(opened.length).toBeLessThan(8);
  });

  test('lets more requests wait than there are connections', async () => {
    const responses = await whileLocked('project', async () => {
      const sent = Promise.all(Array.from({ length: 40 }, () => wire.ask(good)));
      await sleep(300);
      await other.query('ROLLBACK');
      return sent;
    });
    expect(responses.map((response) => response.json<unknown>())).toEqual(new Array(40).fill(goodAnswer));
  });

  test('is not ready when it does not answer the probe', async () => {
    const busy = Array.from({ length: 3 }, () => dataSource.createQueryRunner());
    await Promise.all(busy.map((runner) => runner.connect()));
    const { statusCode, body } = await wire.get('/health/ready');
    await Promise.all(busy.map((runner) => runner.release()));
    expect([statusCode, JSON.parse(body)]).toEqual([
      503,
      { status: 'not ready', reason: 'The database does not answer in time.' },
    ]);
  });
});
