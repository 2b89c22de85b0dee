import { Client } from 'pg';
import { createTestDatabase, type TestDatabase } from '../stage/database';
import { openWire, type Wire } from '../http/wire';
import { Rows } from './rows';

let database: TestDatabase;
let other: Client;
let wire: Wire;
let rows: Rows;
let onStatement: (statement: string) => void = () => undefined;

beforeAll(async () => {
  database = await createTestDatabase();
  other = new Client({ connectionString: database.url });
  await other.connect();
  rows = new Rows(database.dataSource);
  // Of several statements: one that reads all of an answer is a snapshot by itself.
  wire = await openWire(database.dataSource, { unplanned: true, onStatement: (statement) => onStatement(statement) });
});

afterEach(() => (onStatement = () => undefined));

afterAll(async () => {
  await wire.close();
  await other.end();
  await database.drop();
});

/**
 * Sends a query while another connection changes the data in one transaction, which commits between two statements of
 * the request: the one that reads `table`, which is locked until then, and the one before it.
 */
async function askWhileChanging(
  query: string,
  table: string,
  changes: [text: string, values: unknown[]][],
): Promise<unknown> {
  await other.query('BEGIN');
  for (const [text, values] of changes) await other.query(text, values);
  await other.query(`LOCK TABLE "${table}" IN ACCESS EXCLUSIVE MODE`);
  const seen: string[] = [];
  let committed: Promise<unknown> | undefined;
  onStatement = (statement) => {
    seen.push(statement);
    if (statement.includes(`"${table}"`)) committed ??= other.query('COMMIT');
  };
  const response = await wire.ask(query);
  await committed;
  expect(seen.length).toBeGreaterThan(1);
  expect(seen[0]).not.toContain(`"${table}"`); // the request had begun to read before the change
  return response.json();
}

const revoke = (id: string): [string, unknown[]] => [
  'UPDATE "project" SET "is_public" = false, "published_at" = NULL WHERE "id" = $1',
  [id],
];

test('a request that has begun sees nothing of what changes meanwhile; the next one sees all of it', async () => {
  const projectId = await rows.project(1);
  const kept = await rows.session(1, projectId);
  const gone = await rows.session(2, projectId);
  const query = '{ projects { totalCount nodes { name sessions { totalCount nodes { id name } } } } }';
  const before = {
    data: {
      projects: {
        totalCount: 1,
        nodes: [
          {
            name: 'Public 1',
            sessions: {
              totalCount: 2,
              nodes: [
                { id: kept, name: 'Session 1' },
                { id: gone, name: 'Session 2' },
              ],
            },
          },
        ],
      },
    },
  };
  const answer = await askWhileChanging(query, 'session', [
    [`UPDATE "project" SET "name" = 'Renamed' WHERE "id" = $1`, [projectId]],
    [`UPDATE "session" SET "name" = 'Renamed' WHERE "id" = $1`, [kept]],
    ['DELETE FROM "session" WHERE "id" = $1', [gone]],
    [
      `INSERT INTO "session" ("id", "name") VALUES ($1, 'New')`,
      [gone.replace(/.$/, (last) => (last === '0' ? '1' : '0'))],
    ],
  ]);
  expect(answer).toEqual(before);
  expect((await wire.ask(query)).json()).toEqual({
    data: {
      projects: {
        totalCount: 1,
        nodes: [{ name: 'Renamed', sessions: { totalCount: 1, nodes: [{ id: kept, name: 'Renamed' }] } }],
      },
    },
  });
  await database.dataSource.query('TRUNCATE "project", "session", "public_tally" CASCADE');
});

test('a revoke in the middle of a request is seen wholly or not at all', async () => {
  const projectId = await rows.project(1);
  const sessionId = await rows.session(1, projectId);
  const acquisition = await rows.add('DataAcquisition', 1, {
    sessionId,
    type: 'ExtracellularEphys',
    schemaVersion: '1',
  });
  const query = `{ session(id: "${sessionId}") { name dataAcquisitions { totalCount nodes { id session { projects { nodes { name } } } } } } }`;
  const answer = await askWhileChanging(query, 'data_acquisition', [revoke(projectId)]);
  const projects = [{ name: 'Public 1' }];
  expect(answer).toEqual({
    data: {
      session: {
        name: 'Session 1',
        dataAcquisitions: { totalCount: 1, nodes: [{ id: acquisition, session: { projects: { nodes: projects } } }] },
      },
    },
  });
  expect((await wire.ask(query)).json()).toEqual({ data: { session: null } });
});

const inUse = `SELECT count(*)::int AS n FROM pg_stat_activity
  WHERE datname = current_database() AND application_name = 'stemgraph' AND state <> 'idle'`;

test('one request holds one connection, and gives it back', async () => {
  await database.dataSource.query('TRUNCATE "project", "session", "public_tally" CASCADE');
  const projectId = await rows.project(1);
  await rows.session(1, projectId);
  const counts: number[] = [];
  let counting: Promise<unknown> = Promise.resolve();
  const count = async (): Promise<void> => void counts.push((await other.query<{ n: number }>(inUse)).rows[0]!.n);
  onStatement = () => {
    counting = counting.then(count);
  };
  await wire.ask('{ a: projects { totalCount nodes { sessions { nodes { name } } } } b: sessions { totalCount } }');
  await counting;
  expect(counts.length).toBeGreaterThan(3);
  expect(Math.max(...counts)).toBeLessThanOrEqual(1);
  await count();
  expect(counts.at(-1)).toBe(0);
});

test('a request that fails, or reads nothing, leaves no transaction open either', async () => {
  await wire.ask('{ projects(after: "x") { totalCount } b: projects { totalCount } }');
  await wire.ask('{ __typename }');
  await wire.ask('{ nope }');
  await Promise.all(Array.from({ length: 30 }, () => wire.ask('{ a: node(id: "x") { id } projects { totalCount } }')));
  expect((await other.query<{ n: number }>(inUse)).rows[0]!.n).toBe(0);
});
