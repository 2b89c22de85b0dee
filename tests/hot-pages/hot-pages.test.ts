import type { InjectOptions } from 'fastify';
import { Client } from 'pg';
import { DataSource } from 'typeorm';
import { databaseOptions } from '../../ormconfig';
import { anonymous } from '../../src/access/viewer';
import { newId } from '../../src/model/ids';
import { openLabServer } from '../publishing/lab';
import { startTestServer, type TestServer } from '../stage/server';
import { newProject, openWriting, Writer, type Writing } from '../visibility/writer';
import { Dice } from '../world/dice';
import { long, seed } from '../world/effort';

/*
 * Answers that are kept are those that reading anew would give, whoever has written whatever, on whichever instance of the server.
 */

jest.setTimeout(600_000);

const stage = openLabServer();
let writing: Writing;
/** Another instance on the same database, and one that keeps nothing. */
let other: TestServer;
let cold: TestServer;
const sources: DataSource[] = [];
/** Somebody else who works on the database. */
let neighbour: Client;
beforeAll(async () => {
  writing = await openWriting(stage);
  for (const hotPages of [100_000, 0]) {
    const source = await new DataSource(databaseOptions(stage.database.url, 3)).initialize();
    sources.push(source);
    const server = await startTestServer(source, { hotPages });
    if (hotPages > 0) other = server;
    else cold = server;
  }
  neighbour = new Client({ connectionString: stage.database.url });
  neighbour.on('error', () => undefined);
  await neighbour.connect();
});
afterAll(async () => {
  await neighbour.end();
  for (const server of [other, cold]) await server.close();
  for (const source of sources) await source.destroy();
});

const everything = `{ projects { totalCount nodes { id name publishedAt sessions { nodes { id name updatedAt subjects { nodes { name } } } } } }
  sessions { totalCount } publicDashboard { projects sessions subjects } }`;
const one = `query ($id: ID!) { project(id: $id) { name description sessions { totalCount nodes { name } } } }`;

interface Asked {
  query: string;
  variables?: Record<string, unknown>;
}

async function read(server: TestServer, { query, variables }: Asked): Promise<string> {
  const { statusCode, body } = await server.send(anonymous, query, variables);
  expect([statusCode, body]).toEqual([200, expect.stringMatching(/^\{"data":/)]);
  return body;
}

/** Reads until a page is kept: other databases of the same PostgreSQL change its state all the time. */
async function readUntilKept(server: TestServer, asked: Asked): Promise<string> {
  for (let tries = 0; tries < 500; tries += 1) {
    const before = server.statements.length;
    const body = await read(server, asked);
    if (server.statements.length === before) return body;
  }
  throw new Error('It was never kept.');
}

async function same(after: string, asked: readonly Asked[]): Promise<void> {
  for (const each of asked) {
    const right = await read(cold, each);
    for (const server of [stage.server, other])
      expect({ after, answer: await read(server, each) }).toEqual({ after, answer: right });
  }
}

test('after each of whatever is written, on every instance at once, they are what they would be if nothing were kept', async () => {
  const writer = new Writer(writing, new Dice(seed), true);
  const instances = [stage.server, other, cold];
  let kept = 0;
  for (let written = 0; written < (long ? 2000 : 24); written += 1) {
    const rows = await stage.database.dataSource.query<{ id: string }[]>(`SELECT id FROM project ORDER BY id LIMIT 1`);
    const asked = [{ query: everything }, ...rows.map(({ id }) => ({ query: one, variables: { id } }))];
    await same(await writer.write(instances[written % 3]), asked);
    const before = stage.server.statements.length;
    await same('nothing', asked.slice(0, 1));
    if (stage.server.statements.length === before) kept += 1;
  }
  expect(kept).toBeGreaterThan(0);
});

test('whoever asks after a revoke was acknowledged sees nothing of it, however many read meanwhile', async () => {
  const id = await newProject(writing, 'Now you see me');
  const asked = { query: one, variables: { id } };
  const write = (isPublic: boolean): Promise<unknown> =>
    neighbour.query(
      `UPDATE project SET is_public = $2, published_at = CASE WHEN $2 THEN now() END, first_published_at = now() WHERE id = $1`,
      [id, isPublic],
    );
  let isOver = false;
  const readers = [stage.server, other].map(async (server) => {
    while (!isOver) await read(server, asked);
  });
  try {
    for (let round = 0; round < (long ? 1000 : 25); round += 1) {
      await write(true);
      const seen = await Promise.all([stage.server, other].map((server) => read(server, asked)));
      await write(false);
      const hidden = await Promise.all([stage.server, other].map((server) => read(server, asked)));
      for (const answer of seen) expect(answer).toContain('Now you see me');
      for (const answer of hidden) expect(answer).toBe('{"data":{"project":null}}\n');
    }
  } finally {
    isOver = true;
    await Promise.all(readers);
  }
});

test('what was read while something was committed is not kept', async () => {
  const id = await newProject(writing, 'Half read', true);
  const asked = { query: `{ project(id: "${id}") { name contributors { nodes { name } } } }` };
  await readUntilKept(stage.server, asked);
  await neighbour.query('UPDATE project SET version = version + 1 WHERE id = $1', [id]);
  await neighbour.query('BEGIN');
  await neighbour.query('LOCK TABLE contributor IN ACCESS EXCLUSIVE MODE');
  let isAnswered = false;
  // It has read the project, and waits for its contributors.
  const slow = read(stage.server, asked).finally(() => (isAnswered = true));
  for (let waiting = 0; waiting === 0 && !isAnswered;) {
    const [row] = await stage.database.dataSource.query<[{ n: number }]>(
      `SELECT count(*)::int AS n FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    );
    waiting = row.n;
  }
  await sources[1]!.query('UPDATE project SET is_public = false, published_at = NULL WHERE id = $1', [id]);
  await neighbour.query('ROLLBACK');
  await slow; // it began before: either answer is right
  expect(await read(stage.server, asked)).toBe('{"data":{"project":null}}\n');
});

test('while somebody writes and has not committed, pages are kept; once they have, none of before is given', async () => {
  const id = await newProject(writing, 'Before', true);
  const asked = { query: `{ project(id: "${id}") { name } }` };
  await neighbour.query('BEGIN');
  await neighbour.query(`UPDATE project SET name = 'Lost' WHERE id = $1`, [id]);
  await neighbour.query('SAVEPOINT inside');
  await neighbour.query(`UPDATE project SET name = 'After' WHERE id = $1`, [id]);
  await neighbour.query('RELEASE inside');
  expect(await readUntilKept(stage.server, asked)).toContain('Before');
  await neighbour.query('COMMIT');
  expect(await read(stage.server, asked)).toContain('After');
});

test('one reads for all who ask at once', async () => {
  const id = await newProject(writing, 'Asked by many', true);
  const asked = { query: `{ project(id: "${id}") { name sessions { totalCount } } }` };
  await read(stage.server, asked);
  let before = stage.server.statements.length;
  await read(cold, asked);
  await read(stage.server, asked);
  const ofOne = stage.server.statements.length - before;
  await neighbour.query(`UPDATE project SET name = 'Asked by all' WHERE id = $1`, [id]);
  before = stage.server.statements.length;
  const answers = await Promise.all(Array.from({ length: 20 }, () => read(stage.server, asked)));
  for (const answer of answers) expect(answer).toContain('Asked by all');
  expect(ofOne).toBeGreaterThan(0);
  // Others write into the same PostgreSQL: some may find it in another state.
  expect(stage.server.statements.length - before).toBeLessThanOrEqual(5 * ofOne);
});

test('a page goes out as the answer did', async () => {
  const id = await newProject(writing, 'Whole', true);
  const query = `query A { project(id: "${id}") { name } } query B { project(id: "${id}") { id } }`;
  const url = `/graphql?query=${encodeURIComponent(`{ project(id: "${id}") { name } }`)}`;
  const post = (operationName: string, accept = '*/*', more: object = {}): InjectOptions => ({
    method: 'POST',
    url: '/graphql',
    headers: { 'content-type': 'application/json', origin: 'https://lab.example', accept },
    payload: { query, operationName, ...more },
  });
  const requests: InjectOptions[] = [
    post('A'),
    post('B'),
    post('C'), // there is none
    ...[id, newId('Project')].map((each) =>
      post('D', '*/*', { query: 'query D($id: ID!) { project(id: $id) { name } }', variables: { id: each } }),
    ),
    post('A', 'application/graphql-response+json'),
    post('A', '*/*', { extensions: { persistedQuery: { version: 1, sha256Hash: 'x' } } }),
    { method: 'GET', url },
  ];
  const told = async (server: TestServer, request: InjectOptions): Promise<object> => {
    const { statusCode, body, headers } = await server.app.inject(request);
    const { 'x-request-id': _id, date: _date, ...more } = headers;
    return { statusCode, body, headers: more };
  };
  for (const request of requests) {
    const right = await told(cold, request);
    for (let times = 0; times < 10; times += 1) expect(await told(stage.server, request)).toEqual(right);
  }
});

test('only what anonymous reads is kept, and given to nobody else', async () => {
  const id = await newProject(writing, 'Open', true);
  const query = `{ project(id: "${id}") { name members { totalCount } } }`;
  const asAnybody = await readUntilKept(stage.server, { query });
  for (let times = 0; times < 5; times += 1) {
    const before = stage.server.statements.length;
    const own = await stage.server.send(writing.owner, query);
    expect(own.body).not.toBe(asAnybody);
    const explained = await stage.server.send(anonymous, query, undefined, { 'stemgraph-explain': 'cost' });
    expect(explained.body).toContain('"cost"');
    expect((await stage.server.send(writing.owner, query, undefined, { 'stemgraph-view-as': 'public' })).body).toBe(
      asAnybody,
    );
    expect(stage.server.statements.length).toBeGreaterThan(before + 2);
    expect(await readUntilKept(stage.server, { query })).toBe(asAnybody);
  }
});

test('answers with errors are not kept, nor what is larger than an eighth of the room', async () => {
  /** How many statements ran the last times of several. */
  const leastOf = async (query: string, answer: RegExp): Promise<number> => {
    const ran: number[] = [];
    for (let times = 0; times < 6; times += 1) {
      const before = other.statements.length;
      expect((await other.send(anonymous, query)).body).toMatch(answer);
      ran.push(other.statements.length - before);
    }
    return Math.min(...ran);
  };
  const id = await newProject(writing, 'Large', true);
  await neighbour.query(`UPDATE project SET description = repeat('x', 9000) WHERE id = $1`, [id]);
  expect(await leastOf(`{ project(id: "${id}") { description a: description } }`, /xx/)).toBeGreaterThan(0);
  await neighbour.query('ALTER TABLE contributor RENAME TO contributors');
  const failed = await leastOf(
    `{ project(id: "${id}") { name contributors { nodes { name } } } }`,
    /INTERNAL_SERVER_ERROR/,
  );
  await neighbour.query('ALTER TABLE contributors RENAME TO contributor');
  expect(failed).toBeGreaterThan(0);
});

test('where the state of the database cannot be told, requests are answered the ordinary way', async () => {
  const id = await newProject(writing, 'Steady', true);
  const asked = { query: `{ project(id: "${id}") { name } }` };
  await readUntilKept(stage.server, asked);
  const askers = `SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'SELECT CASE WHEN NOT pg_is_in_recovery()%' AND pid <> pg_backend_pid()`;
  const ended = await neighbour.query(`SELECT pg_terminate_backend(pid) FROM (${askers}) t`);
  expect(ended.rowCount).toBeGreaterThan(0);
  const before = stage.server.statements.length;
  await read(stage.server, asked);
  expect(stage.server.statements.length).toBeGreaterThan(before);
});
