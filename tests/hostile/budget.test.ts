import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import type { RequestLimits } from '../../src/budget/limits';
import { newId } from '../../src/model/ids';
import { openWire, type Wire } from '../http/wire';
import { createTestDatabase, type TestDatabase } from '../stage/database';

/** What ends a request while it runs: each limit alone, so small that a little project reaches it. */
let database: TestDatabase;
let other: Client;
const project = newId('Project');
const publications = 15;

beforeAll(async () => {
  database = await createTestDatabase();
  other = new Client({ connectionString: database.url });
  await other.connect();
  await other.query(
    `INSERT INTO "project" ("id", "name", "is_public", "published_at", "first_published_at", "tags", "description")
     VALUES ($1, 'Small', true, now(), now(), array_fill('tag'::text, ARRAY[50]), repeat('x', 2000))`,
    [project],
  );
  await other.query(`INSERT INTO "contributor" ("id", "project_id", "name", "order") VALUES ($1, $2, 'Somebody', 0)`, [
    newId('Contributor'),
    project,
  ]);
  for (let made = 0; made < publications; made += 1) {
    const id = newId('Publication');
    await other.query(`INSERT INTO "publication" ("id", "title", "is_approved") VALUES ($1, 'Found', true)`, [id]);
    await other.query(`INSERT INTO "project_publication" ("project_id", "publication_id") VALUES ($1, $2)`, [
      project,
      id,
    ]);
  }
});

afterAll(async () => {
  await other.end();
  await database.drop();
});

interface Answer {
  data?: unknown;
  errors?: { message: string; path?: unknown; extensions: Record<string, unknown> }[];
}

async function withLimits<T>(
  limits: Partial<RequestLimits>,
  work: (wire: Wire) => Promise<T>,
  unplanned = false,
): Promise<T> {
  const wire = await openWire(database.dataSource, { limits, unplanned });
  try {
    return await work(wire);
  } finally {
    await wire.close();
  }
}

/** How much longer than its limit a request may take to be told that it is over, on a machine that does other things too. */
const grace = 300;

async function ask(wire: Wire, query: string): Promise<Answer & { took: number }> {
  const began = performance.now();
  const response = await wire.ask(query);
  return { ...response.json<Answer>(), took: performance.now() - began };
}

const short = (inner: string): string => `{ project(id: "${project}") { ${inner} } }`;
const unsaid = short('publications { nodes { id } }'); // estimated as a handful
const waits = short('contributors(first: 1) { nodes { id } }');
const times = (count: number, part: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => part(index)).join(' ');

test.each<[keyof RequestLimits, Partial<RequestLimits>, string, string]>([
  ['objects', { objects: 10 }, unsaid, 'Project.publications'],
  ['values', { values: 100 }, short(times(4, (i) => `t${i}: tags`)), 'Project.tags'],
  ['bytes', { bytes: 5000 }, short(times(4, (i) => `d${i}: description`)), 'Project.description'],
])('passing the limit of %s ends the request as a whole, with one error', async (kind, limits, query, field) => {
  const { data, errors } = await withLimits(limits, (wire) => ask(wire, query));
  expect([data, errors?.length]).toEqual([null, 1]);
  expect(errors![0]!.extensions).toMatchObject({ code: 'QUERY_TOO_LARGE', limit: kind, most: limits[kind] });
  expect(errors![0]!.extensions['value']).toBeGreaterThan(limits[kind]!);
  expect(errors![0]!.extensions['costliestField']).toBe(field);
  const more = { ...limits, [kind]: 100 * limits[kind]! };
  expect((await withLimits(more, (wire) => ask(wire, query))).errors).toBeUndefined();
});

/** Every read of contributors waits until this is done. */
async function whileLocked<T>(work: () => Promise<T>): Promise<T> {
  await other.query('BEGIN; LOCK TABLE "contributor" IN ACCESS EXCLUSIVE MODE');
  try {
    return await work();
  } finally {
    await other.query('ROLLBACK');
  }
}

async function waiting(): Promise<number> {
  await other.query('SELECT pg_stat_clear_snapshot()');
  const { rows } = await other.query<{ n: number }>(
    `SELECT count(*)::int AS n FROM pg_stat_activity
     WHERE datname = current_database() AND pid <> pg_backend_pid() AND wait_event_type = 'Lock'`,
  );
  return rows[0]!.n;
}

test.each<['sqlTime' | 'totalTime']>([['sqlTime'], ['totalTime']])(
  'when its %s is up, a request is told so at once, and its statement is cancelled',
  async (kind) => {
    const limits = { sqlTime: 20_000, totalTime: 20_000, [kind]: 200 };
    await withLimits(limits, async (wire) => {
      const { data, errors, took } = await whileLocked(async () => {
        const answer = await ask(wire, waits);
        for (let tries = 0; tries < 50 && (await waiting()) > 0; tries += 1) await sleep(10);
        expect(await waiting()).toBe(0);
        return answer;
      });
      expect(took).toBeLessThan(200 + grace);
      expect([data, errors?.length]).toEqual([null, 1]);
      expect(errors![0]!.extensions).toMatchObject({ code: 'QUERY_TIMED_OUT', limit: kind, most: 0.2 });
      // The connection is whole again, or another is taken.
      expect((await ask(wire, waits)).errors).toBeUndefined();
    });
  },
);

test('a limit that is reached is told at once, however much else of the request is under way', async () => {
  const { took, data, errors } = await withLimits(
    { values: 100 },
    async (wire) => {
      await ask(wire, short('id')); // the first query is slower
      const tags = times(4, (i) => `t${i}: tags`);
      return whileLocked(() => ask(wire, short(`${tags} contributors(first: 1) { nodes { id } }`)));
    },
    true,
  );
  expect([data, errors?.length]).toEqual([null, 1]);
  expect(errors![0]!.extensions).toMatchObject({ code: 'QUERY_TOO_LARGE', limit: 'values' });
  expect(took).toBeLessThan(50 + grace);
});

test('an answer holds a hundred errors at most, and is a failure of the whole then', async () => {
  await withLimits({}, async (wire) => {
    const broken = times(150, (i) => `p${i}: project(id: "${project}") { contributors(after: "x") { nodes { id } } }`);
    const { data, errors } = await ask(wire, `{ ${broken} }`);
    expect([data, errors?.length]).toEqual([null, 100]);
  });
});

test('a list that is handed out in pieces is the same list', async () => {
  const names = Array.from({ length: 1500 }, (_, index) => `t${index}`);
  const query = `{ project(id: "${project}") { publications { nodes { ${names.map((name) => `${name}: title`).join(' ')} } } } }`;
  const { data, errors } = await withLimits({}, (wire) => ask(wire, query));
  expect(errors).toBeUndefined();
  const { nodes } = (data as { project: { publications: { nodes: object[] } } }).project.publications;
  expect(nodes).toEqual(Array(publications).fill(Object.fromEntries(names.map((name) => [name, 'Found']))));
});
