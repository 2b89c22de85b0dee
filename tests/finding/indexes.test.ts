import type { Pool, PoolClient } from 'pg';
import { createTestDatabase, type TestDatabase } from '../stage/database';
import { startTestServer, type TestServer } from '../stage/server';
import { anonymous, type Viewer } from '../../src/access/viewer';
import { adding } from './adding';

/*
 * What everybody looks through is found by indexes. Scans of whole tables are forbidden here: one that is left has no index to go
 * by. How long it takes among a million is measured elsewhere.
 */

jest.setTimeout(120_000);

let database: TestDatabase;
let server: TestServer;
/** Who has a role on a project that is not public. */
let member: Viewer;
const add = adding(() => database);
/** What is sent to the database, with its values. */
const sent: { text: string; values: unknown[] }[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  server = await startTestServer(database.dataSource);
  const { master } = database.dataSource.driver as unknown as { master: Pool };
  const watched = new WeakSet<PoolClient>();
  master.on('acquire', (client: PoolClient) => {
    if (watched.has(client)) return;
    watched.add(client);
    const query = client.query.bind(client) as (...given: unknown[]) => unknown;
    const watching = (...given: unknown[]): unknown => {
      const [statement, values] = given as [string | { text: string; values?: unknown[] }, unknown[] | undefined];
      const { text, values: own } = typeof statement === 'string' ? { text: statement, values } : statement;
      sent.push({ text, values: own ?? values ?? [] });
      return query(...given);
    };
    Object.assign(client, { query: watching });
  });
  await fill(2000);
});
afterAll(async () => {
  await server.close();
  await database.drop();
});

/** Every second project is public, and each has ten sessions of one subject. */
async function fill(count: number): Promise<void> {
  const each = Array.from({ length: count }, (_, index) => index);
  const projects = each.slice(0, count / 10).map((index) => {
    const isPublic = index % 2 === 0;
    const since = isPublic ? new Date() : null;
    return { name: `Project ${index}`, isPublic, publishedAt: since, firstPublishedAt: since };
  });
  const projectIds = await add('Project', projects);
  const speciesIds = await add(
    'Species',
    each.slice(0, 20).map((index) => ({ name: `Species ${index}`, isApproved: true })),
  );
  const [setupTypeId] = await add('SetupType', [{ name: 'Wheel', category: 'HEAD_FIXED_AWAKE', isApproved: true }]);
  const [setupId] = await add('Setup', [{ name: 'Box', setupTypeId, isPublic: true }]);
  const subjects = await add(
    'Subject',
    projects.map(({ name }, index) => ({ name, sex: 'MALE', speciesId: speciesIds[index % 20], tags: [name] })),
  );
  const started = (index: number): Date => new Date(Date.UTC(2024, 0, 1) + index * 3_600_000);
  const sessions = await add(
    'Session',
    each.map((index) => ({ name: `Night ${index}`, startedAt: started(index), tags: [`tag${index}`] })),
  );
  const modules = sessions.map((sessionId) => ({ sessionId, order: 0, schemaVersion: '1.0.0' }));
  await add(
    'DataAcquisition',
    modules.map((one, index) => ({ ...one, type: index % 9 ? 'EEG' : 'ExtracellularEphys' })),
  );
  await add(
    'Behavior',
    sessions.map((sessionId) => ({ sessionId, setupId })),
  );
  const link = (table: string, columns: string, left: string[], right: string[]): Promise<unknown> =>
    database.dataSource.query(`INSERT INTO ${table} (${columns}) SELECT * FROM unnest($1::uuid[], $2::uuid[])`, [
      left,
      right,
    ]);
  const ofTen = (ids: string[]): string[] => each.map((index) => ids[Math.floor(index / 10)]!);
  await link('project_subject', 'project_id, subject_id', projectIds, subjects);
  await link('project_session', 'project_id, session_id', ofTen(projectIds), sessions);
  await link('session_subject', 'subject_id, session_id', ofTen(subjects), sessions);
  const [userId] = await add('User', [{ name: 'Member', email: 'member@example.org' }]);
  await add('Membership', [{ projectId: projectIds[1], userId, role: 'MEMBER', acceptedAt: new Date() }]);
  member = { kind: 'user', userId: userId!, isAdministrator: false };
  await database.dataSource.query('VACUUM (ANALYZE)');
}

/** The plan of the statement by which a list is answered. */
async function planOf(list: string, viewer: Viewer = anonymous): Promise<string> {
  sent.length = 0;
  const { errors } = await server.ask(viewer, `{ ${list} }`);
  expect(errors).toBeUndefined();
  const [statement] = sent.filter(({ text }) => /^(SELECT|WITH) /.test(text) && text.includes(' FROM "'));
  const rows = await database.dataSource.transaction(async (manager) => {
    await manager.query('SET LOCAL enable_seqscan = off');
    return manager.query<{ 'QUERY PLAN': string }[]>(`EXPLAIN ${statement!.text}`, statement!.values);
  });
  return rows.map((row) => row['QUERY PLAN']).join('\n');
}

const scanOfAll =
  /Seq Scan on (session|subject|project|membership|behavior|data_acquisition|species|\w*_(session|subject))\b/;
const page = '{ nodes { id } }';
const species = 'subjects: { some: { species: { name: { equals: "species 2" } } } }';
const modules = 'dataAcquisitions: { some: { type: { equals: "ExtracellularEphys" } } }';
const setup = 'behaviors: { some: { setup: { setupType: { category: { equals: HEAD_FIXED_AWAKE } } } } }';
const descending = (field: string): string => `orderBy: [{ field: ${field}, direction: DESC }]`;

test.each<[string, string | undefined]>([
  [`sessions(${descending('CREATED_AT')}) ${page}`, 'session_public_created'],
  [`sessions(${descending('STARTED_AT')}) ${page}`, 'session_public_started_last'],
  [`sessions(orderBy: [{ field: STARTED_AT }]) ${page}`, 'session_public_started'],
  [`sessions(orderBy: [{ field: NAME }]) ${page}`, 'session_public_name'],
  [`sessions(where: { name: { contains: "night 77" } }) ${page}`, 'session_public_words_in_name'],
  [`sessions(where: { name: { contains: "night 77" } }) { totalCount }`, 'session_public_words_in_name'],
  [
    `sessions(where: { startedAt: { between: { from: "2024-02-01T00:00:00Z", to: "2024-02-01T05:00:00Z" } } }) ${page}`,
    'session_public_started',
  ],
  [`sessions(where: { tags: { has: "TAG8" } }) ${page}`, 'session_public_tags'],
  [`sessions(where: { ${species} }) ${page}`, undefined],
  [`sessions(where: { ${modules} }) ${page}`, undefined],
  [`sessions(where: { ${species}, ${modules}, ${setup} }) ${page}`, undefined],
  [`subjects(where: { species: { name: { equals: "species 2" } } }) ${page}`, undefined],
  [`subjects(where: { birthDate: { gt: "2024-01-01" } }) ${page}`, 'subject_public_born'],
  [`subjects(orderBy: [{ field: AGE }]) ${page}`, 'subject_public_age'],
  [`subjects(where: { name: { contains: "project 42" } }) ${page}`, undefined],
  [`projects(where: { name: { contains: "project 42" } }) ${page}`, undefined],
  [`projects(${descending('PUBLISHED_AT')}) ${page}`, 'project_public_published'],
])('%s', async (list, index) => {
  const plan = await planOf(list);
  expect(plan).not.toMatch(scanOfAll);
  if (index !== undefined) expect(plan).toContain(index);
});

test.each([
  [`sessions ${page}`, 'session_public_started_last'],
  [`sessions(orderBy: [{ field: NAME }]) ${page}`, 'session_public_name'],
  [`sessions(where: { name: { contains: "night 77" } }) ${page}`, 'session_public_words_in_name'],
  [`sessions(where: { name: { contains: "night 77" } }) { totalCount }`, 'session_public_words_in_name'],
  [`sessions(where: { tags: { has: "TAG8" } }) ${page}`, 'session_public_tags'],
  [`projects(${descending('PUBLISHED_AT')}) ${page}`, 'project_public_published'],
  [`dataAcquisitions ${page}`, 'project_session'],
  ['sessions { totalCount }', 'public_tally'],
])('%s, for a member', async (list, index) => {
  const plan = await planOf(list, member);
  expect(plan).not.toMatch(scanOfAll);
  expect(plan).toContain(index);
  // What they see besides is found from their membership.
  expect(plan).toMatch(/Scan using "\w+" on membership|Bitmap Index Scan on "IDX_e9c72e8d29784031c96f5c6af8"/);
});

test('no index that is asked by what somebody looks for holds anything hidden, but apart', async () => {
  const rows = await database.dataSource.query<{ name: string; definition: string }[]>(
    `SELECT indexname AS "name", indexdef AS "definition" FROM pg_indexes WHERE tablename IN ('session', 'subject', 'project')`,
  );
  const whole = rows.filter(({ definition }) => !/ WHERE \(?(public_in > 0|is_public)\)?$/.test(definition));
  const asked = whole.filter(({ definition }) =>
    /folded|duration|created_at|started_at|birth_date|published_at|tags/.test(definition),
  );
  expect(asked).toEqual([]);
  for (const { definition } of whole.filter((one) => /species_id|strain_id/.test(one.definition)))
    expect(definition).toMatch(/_id, public_in\)$/);
});

/** Whether the statement by which a list is answered walks through it, and does not look up what leads to it. */
async function isWalked(list: string): Promise<boolean> {
  sent.length = 0;
  expect((await server.ask(anonymous, `{ ${list} }`)).errors).toBeUndefined();
  const { text, values } = sent.find((one) => one.text.includes('"ids"'))!;
  const rows = await database.dataSource.query<{ 'QUERY PLAN': string }[]>(`EXPLAIN (ANALYZE) ${text}`, values);
  const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
  const [, first] = /One-Time Filter: .* > 5000\)\)[^]*?-> ([^\n]*)/.exec(plan)!;
  return !first!.includes('never executed');
}

test('where what is asked leads to more than are looked up, the list is walked through, with the same answer', async () => {
  const names = [0, 2, 4, 6, 8, 10].map((index) => `Project ${index}`);
  await database.dataSource.query(
    `INSERT INTO "session_subject" ("subject_id", "session_id") SELECT u."id", s."id" FROM "subject" u CROSS JOIN "session" s
     WHERE u."name" = ANY($1) ON CONFLICT DO NOTHING`,
    [names],
  );
  const query = `{ sessions(where: { subjects: { some: { name: { in: ${JSON.stringify(names)} } } } }, first: 2) { totalCount nodes { name } } }`;
  const newest = { totalCount: 1000, nodes: [{ name: 'Night 1989' }, { name: 'Night 1988' }] };
  expect((await server.ask(anonymous, query)).data).toEqual({ sessions: newest });
  // The member's own are the ten of one project more, all of them older.
  expect((await server.ask(member, query)).data).toEqual({ sessions: { ...newest, totalCount: 1010 } });
  // Half of those that three lead to are hidden, and do not count: else how long it takes would tell how many they are.
  const ofSome = (some: readonly string[]): string =>
    `sessions(where: { subjects: { some: { name: { in: ${JSON.stringify(some)} } } } }, first: 2) { nodes { name } }`;
  expect(await isWalked(ofSome(names.slice(0, 3)))).toBe(false);
  expect(await isWalked(ofSome(names))).toBe(true);
});
