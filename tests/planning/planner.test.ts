import { Pool } from 'pg';
import { anonymous } from '../../src/access/viewer';
import { guardConnections } from '../../src/loading/guard-connections';
import { Loaders } from '../../src/loading/loaders';
import { Snapshot, Torn } from '../../src/loading/snapshot';
import { newId } from '../../src/model/ids';
import { createTestDatabase, type TestDatabase } from '../stage/database';
import { startTestServer, type Answer, type TestServer } from '../stage/server';

let database: TestDatabase;
let planned: TestServer;
let unplanned: TestServer;
const project = newId('Project');
const session = newId('Session');

beforeAll(async () => {
  database = await createTestDatabase();
  planned = await startTestServer(database.dataSource);
  unplanned = await startTestServer(database.dataSource, { unplanned: true });
  const { dataSource } = database;
  await dataSource.query(
    `INSERT INTO "project" ("id", "name", "is_public", "published_at", "first_published_at") VALUES ($1, 'One', true, now(), now())`,
    [project],
  );
  await dataSource.query(
    `INSERT INTO "session" ("id", "name", "started_at") VALUES ($1, 'First', '2024-02-29T23:59:59.999Z')`,
    [session],
  );
  for (const [order, name] of ['a', 'b', 'c', 'd'].entries())
    await dataSource.query(`INSERT INTO "epoch" ("id", "session_id", "name", "start") VALUES ($1, $2, $3, $4)`, [
      newId('Epoch'),
      session,
      name,
      order,
    ]);
  await dataSource.query(`INSERT INTO "project_session" ("project_id", "session_id") VALUES ($1, $2)`, [
    project,
    session,
  ]);
});
afterAll(async () => {
  await planned.close();
  await unplanned.close();
  await database.drop();
});

/** What both servers answer, which has to be the same, and how many statements the planned one ran. */
async function ask(query: string): Promise<Answer & { statements: number }> {
  const before = planned.statements.length;
  const { body } = await planned.send(anonymous, query);
  const statements = planned.statements.length - before;
  expect(body).toBe((await unplanned.send(anonymous, query)).body);
  return { ...(JSON.parse(body) as Answer), statements };
}

const nested = `{ project(id: "${project}") { id name sessions { totalCount nodes { id name startedAt
  dataAcquisitions { nodes { type details } } } pageInfo { hasNextPage endCursor } } } }`;

test('a nested read is one statement, in no transaction', async () => {
  const { statements, data } = await ask(nested);
  expect(statements).toBe(1);
  expect(data).toMatchObject({ project: { sessions: { totalCount: 1, nodes: [{ id: session }] } } });
});

test('fields that are computed are looked up beside it, in the same transaction', async () => {
  const { statements } = await ask(`{ project(id: "${project}") { name citation(style: BIBTEX) } }`);
  expect(statements).toBeGreaterThan(1);
});

test('the same page of one object has what is asked of it at any of its places', async () => {
  const { data } = await ask(`{ project(id: "${project}") { sessions(first: 5) { nodes { id projects { nodes {
    sessions(first: 5) { edges { cursor } pageInfo { hasNextPage endCursor } } } } } } } }`);
  expect(JSON.stringify(data)).toMatch(/"endCursor":"\w+"/);
  await ask(`{ project(id: "${project}") { sessions(first: 1) { pageInfo { startCursor } nodes { projects { nodes {
    sessions(first: 1) { nodes { name } } } } } } } }`);
});

test('cursors are those of their own lists, in whatever order these are asked for', async () => {
  const epochs = (first: number, after: string, name: string): string =>
    `${name}: epochs(first: ${first}, after: "${after}") { nodes { name } }`;
  const { data } = await ask(`{ session(id: "${session}") { epochs(first: 5) { edges { cursor node { id } } } } }`);
  const { edges } = (data as { session: { epochs: { edges: { cursor: string; node: { id: string } }[] } } }).session
    .epochs;
  const [c0, c1, c2] = edges.map(({ cursor }) => cursor) as [string, string, string];
  const one = (more: string): string => `session(id: "${session}") { ${epochs(1, c0, 'o')} ${more} }`;
  const other = `p: epoch(id: "${edges[0]!.node.id}") { session { ${epochs(3, c1, 'z')} } }`;
  // The same lists of the same shape, met in two orders: what is kept of the first is not what the second is run with.
  await ask(`{ a: ${one('')} ${other} b: session(id: "${session}") { ${epochs(2, c2, 'x')} } }`);
  await ask(`{ a: ${one(epochs(2, c2, 'x'))} ${other} }`);
  const within = `session { epochs(first: 1, after: "${c0}") { nodes { name } } }`;
  for (const [left, right] of [
    [within, 'dataAcquisitions(first: 1) { nodes { id } }'],
    ['dataAcquisitions(first: 1) { nodes { id } }', within],
  ])
    await ask(`{ epoch(id: "${edges[0]!.node.id}") { ${left} ${right} } }`);
});

test('JSON that is much longer as text than it is stored counts as long as its text', async () => {
  const numbers = JSON.stringify({ n: Array.from({ length: 80 }, () => 1e308) }).replaceAll('1e+308', '1e308');
  await database.dataSource.query(`UPDATE "session" SET "extra_fields" = $2 WHERE "id" = $1`, [session, numbers]);
  try {
    expect((await ask(`{ session(id: "${session}") { extraFields } }`)).statements).toBeGreaterThan(1);
  } finally {
    await database.dataSource.query(`UPDATE "session" SET "extra_fields" = '{}' WHERE "id" = $1`, [session]);
  }
});

test('an answer that its names make long is refused at its limit', async () => {
  const rows = Array.from({ length: 50 }, (_, at) => `('${newId('Epoch')}', '${session}', 'more', ${10 + at})`);
  await database.dataSource.query(
    `INSERT INTO "epoch" ("id", "session_id", "name", "start") VALUES ${rows.join(', ')}`,
  );
  const name = 'n'.repeat(500_000);
  const { errors } = await planned.ask(
    anonymous,
    `{ session(id: "${session}") { epochs(first: 60) { nodes { ${name}: name } } } }`,
  );
  await database.dataSource.query(`DELETE FROM "epoch" WHERE "name" = 'more'`);
  expect(errors).toMatchObject([{ extensions: { code: 'QUERY_TOO_LARGE', limit: 'bytes' } }]);
  // As it is written, and not when all of it stands in memory.
  expect(errors![0]!.extensions['value']).toBeLessThan(20_000_000);
});

test('an operation whose reads are torn is executed anew, list by list', async () => {
  // eslint-disable-next-line @typescript-eslint/unbound-method -- it is called with the snapshot as its own
  const queryAlone = Snapshot.prototype.queryAlone;
  const alone = jest.spyOn(Snapshot.prototype, 'queryAlone').mockImplementation(async function (
    this: Snapshot,
    ...given
  ) {
    const rows = await queryAlone.apply(this, given);
    await database.dataSource.query(`UPDATE "project" SET "name" = 'Renamed' WHERE "id" = $1`, [project]);
    return rows;
  });
  // As if something were asked for that was not read.
  const take = jest.spyOn(Loaders.prototype, 'take').mockImplementationOnce(() => undefined);
  const before = planned.statements.length;
  try {
    const { data, errors } = await planned.ask(
      anonymous,
      `{ project(id: "${project}") { name sessions { totalCount } } }`,
    );
    expect(errors).toBeUndefined();
    expect(data).toEqual({ project: { name: 'Renamed', sessions: { totalCount: 1 } } });
    expect(planned.statements.length).toBeGreaterThan(before + 1);
  } finally {
    alone.mockRestore();
    take.mockRestore();
  }
});

test('a statement that would be very long is not made', async () => {
  const deep = Array.from(
    { length: 40 },
    (_, at) =>
      `s${at}: sessions(first: ${at + 1}) { nodes { id name behaviors(first: 1) { nodes { setup { name } behavioralParadigm { name } } } } }`,
  ).join(' ');
  const before = planned.statements.length;
  expect((await planned.ask(anonymous, `{ project(id: "${project}") { ${deep} } }`)).errors).toBeUndefined();
  expect(Math.max(...planned.statements.slice(before).map(({ length }) => length))).toBeLessThan(32_000);
});

test.each([
  ['a long text', `UPDATE "session" SET "description" = repeat('long ', 5000) WHERE "id" = $1`, 'description'],
  [
    'JSON that takes little only as it is stored',
    `UPDATE "session" SET "extra_fields" = jsonb_build_object('long', repeat('long ', 5000)) WHERE "id" = $1`,
    'extraFields',
  ],
])('%s is not read along with thousands of others, but by itself', async (_, statement, field) => {
  await database.dataSource.query(statement, [session]);
  try {
    const asked = `{ session(id: "${session}") { id ${field} } project(id: "${project}") { sessions { nodes { ${field} } } } }`;
    const { statements, data } = await ask(asked);
    expect(statements).toBeGreaterThan(1);
    expect(JSON.stringify(data)).toContain('long long');
  } finally {
    await database.dataSource.query(`UPDATE "session" SET "description" = '', "extra_fields" = '{}' WHERE "id" = $1`, [
      session,
    ]);
  }
});

test('an operation that could read very much is read list by list', async () => {
  const wide = `{ projects(first: 100) { nodes { id sessions(first: 100) { nodes { id } } } } }`;
  expect((await ask(wide)).statements).toBeGreaterThan(1);
});

test('what is read after the one statement is of the same state of the database, or the request is torn', async () => {
  const pool = new Pool({ connectionString: database.url, max: 2 });
  const unguard = await guardConnections(pool, 5000);
  const read = async (change: boolean): Promise<Snapshot> => {
    const snapshot = new Snapshot(pool);
    const state = `SELECT pg_current_snapshot()::text AS "state"`;
    await snapshot.queryAlone(state, [], 'test', ([row]) => row!['state'] as string, true);
    if (change) await pool.query(`UPDATE "session" SET "name" = 'Other' WHERE "id" = $1`, [session]);
    const next = snapshot.query('SELECT 1 AS "one"', []);
    await (change ? expect(next).rejects.toThrow(Torn) : expect(next).resolves.toEqual([{ one: 1 }]));
    await snapshot.close();
    return snapshot;
  };
  try {
    expect((await read(true)).isTorn).toBe(true);
    // Others may write at any time, in other databases of the same server too.
    let whole = false;
    for (let tries = 0; tries < 20 && !whole; tries += 1)
      whole = !(await read(false).catch(() => ({ isTorn: true }))).isTorn;
    expect(whole).toBe(true);
  } finally {
    unguard();
    await pool.end();
  }
});

test('however many different statements there are, a connection keeps few of them', async () => {
  const pool = new Pool({ connectionString: database.url, max: 1 });
  try {
    for (let shape = 0; shape < 600; shape += 1)
      for (let times = 0; times < 2; times += 1) {
        const snapshot = new Snapshot(pool);
        await snapshot.query(`SELECT ${shape} AS "shape"`, []);
        await snapshot.close();
      }
    const { rows } = await pool.query<{ kept: number }>(
      `SELECT count(*)::integer AS "kept" FROM pg_prepared_statements`,
    );
    expect(rows[0]!.kept).toBeGreaterThan(0);
    expect(rows[0]!.kept).toBeLessThanOrEqual(251);
  } finally {
    await pool.end();
  }
});
