import type { EntityMetadata } from 'typeorm';
import { cast, examples, flagship } from '../../src/demo/cast';
import { buildDemo } from '../../src/demo/demo';
import { seedDemoIfEmpty } from '../../src/demo/seed';
import { linkTables } from '../../src/model/links';
import { nameOf, nodeClasses } from '../../src/model/node';
import { User } from '../../src/domain/people/user.entity';
import { Project } from '../../src/domain/project/project.entity';
import { VisibilityChange } from '../../src/domain/people/visibility-change.entity';
import { Publication } from '../../src/domain/vocabulary/publication.entity';
import { createTestDatabase, type TestDatabase } from '../stage/database';

let first: TestDatabase;
let second: TestDatabase;
const said: string[] = [];

beforeAll(async () => {
  [first, second] = await Promise.all([createTestDatabase(), createTestDatabase()]);
  await seedDemoIfEmpty(first.dataSource, (line) => said.push(line));
  await seedDemoIfEmpty(second.dataSource, () => undefined);
});
afterAll(async () => {
  await first.drop();
  await second.drop();
});

const ask = <T>(text: string, from = first): Promise<T[]> => from.dataSource.query<T[]>(text);

/**
 * The tables of the model. What keeps the record of imports and sign-ins has no place in a demo; its tokens are made when
 * the server starts.
 */
function modelTables(): EntityMetadata[] {
  const models = nodeClasses().filter((model) => nameOf(model) !== 'AccessToken');
  const targets = [...models, ...linkTables().map(({ entity }) => entity), VisibilityChange];
  return targets.map((target) => first.dataSource.getMetadata(target));
}

async function countRows(database: TestDatabase): Promise<Record<string, number>> {
  const tables = database.dataSource.entityMetadatas.map(({ tableName }) => tableName);
  const selects = tables.map((table) => `SELECT '${table}' AS name, count(*)::int AS count FROM "${table}"`);
  const rows = await ask<{ name: string; count: number }>(selects.join(' UNION ALL '), database);
  return Object.fromEntries(rows.map(({ name, count }) => [name, count]));
}

test('it says in a line or two what it put in, and that it is invented', () => {
  expect(said).toEqual(['Demo data was put in: 12 projects with 452 sessions, all of it invented.']);
});

test('two databases get the same rows, to the last value', async () => {
  for (const { tableName } of first.dataSource.entityMetadatas) {
    const dump = `SELECT to_jsonb(t) AS row FROM "${tableName}" t ORDER BY to_jsonb(t)::text COLLATE "C"`;
    const [one, other] = await Promise.all([ask(dump, first), ask(dump, second)]);
    expect([tableName, one]).toEqual([tableName, other]);
  }
});

test('every table has rows', async () => {
  const counts = await countRows(first);
  expect(modelTables().filter(({ tableName }) => counts[tableName] === 0)).toEqual([]);
  expect(modelTables().length).toBeGreaterThan(50);
});

/** No module type of equipment has details; nobody is invited by e-mail address; no file has left its storage; what was published was so without a token. */
const alwaysEmpty = [
  'GroupMembership.invitedEmail',
  'GroupMembership.claimedById',
  'Equipment.details',
  'DataAcquisition.fileNameOfId',
  'DataAcquisition.fileUrlOfId',
  'Membership.invitedEmail',
  'Membership.claimedById',
  'VisibilityChange.tokenId',
  'VisibilityChange.tokenName',
];

test('every field is filled somewhere', async () => {
  const unfilled: string[] = [];
  for (const metadata of modelTables()) {
    const columns = metadata.columns.filter(
      ({ isNullable, type }) => isNullable || type === 'jsonb' || type === 'text',
    );
    const filled = columns.map(
      ({ databaseName, isArray }) =>
        `count(*) FILTER (WHERE "${databaseName}"::text NOT IN ('{}', '[]'${isArray ? ", ''" : ''}))::int AS "${databaseName}"`,
    );
    if (filled.length === 0) continue;
    const [counts] = await ask<Record<string, number>>(`SELECT ${filled.join(', ')} FROM "${metadata.tableName}"`);
    // No proposal of the demo has been rejected.
    for (const { databaseName, propertyName } of columns.filter((one) => one.propertyName !== 'rejectionComment'))
      if (counts![databaseName] === 0) unfilled.push(`${metadata.name}.${propertyName}`);
  }
  expect(unfilled.sort()).toEqual([...alwaysEmpty].sort());
});

test('every status, role, credit and path part is met', async () => {
  const statuses = await ask<{ status: string }>('SELECT DISTINCT "status" FROM "subject"');
  expect(statuses).toHaveLength(6);
  const roles = await ask<{ role: string }>('SELECT DISTINCT "role" FROM "membership"');
  expect(roles).toHaveLength(4);
  const credits = await ask<{ role: string }>('SELECT DISTINCT unnest("roles") AS role FROM "contributor"');
  expect(credits).toHaveLength(15);
  const parts = await ask<{ part: string }>('SELECT DISTINCT unnest("organization") AS part FROM "data_storage"');
  expect(parts).toHaveLength(6);
});

test('no row has a field that its table does not have', () => {
  const strange: string[] = [];
  const metadataOf = (name: string): EntityMetadata =>
    first.dataSource.entityMetadatas.find((one) => one.name === name || one.tableName === name)!;
  for (const [name, rows] of buildDemo().rows) {
    const known = new Set(metadataOf(name).columns.map(({ propertyName }) => propertyName));
    for (const row of rows)
      for (const field of Object.keys(row)) if (!known.has(field)) strange.push(`${name}.${field}`);
  }
  expect(strange).toEqual([]);
});

test('each project and attribute has an owner who has accepted', async () => {
  for (const table of ['project', 'behavioral_paradigm', 'setup', 'data_storage', 'inventory']) {
    const ownerless = await ask(
      `SELECT "name" FROM "${table}" t WHERE NOT EXISTS (SELECT 1 FROM "membership" m
         WHERE m."${table}_id" = t."id" AND m."user_id" IS NOT NULL AND m."role" = 'OWNER' AND m."accepted_at" IS NOT NULL)`,
    );
    expect([table, ownerless]).toEqual([table, []]);
  }
});

test('what is public was published last, and what is not was revoked or never published', async () => {
  for (const table of [
    'project',
    'behavioral_paradigm',
    'setup',
    'data_storage',
    'data_storage_protocol',
    'inventory',
  ]) {
    const wrong = await ask(
      `SELECT t."id" FROM "${table}" t LEFT JOIN LATERAL (SELECT e."action" FROM "publication_event" e
         WHERE e."object_id" = t."id" ORDER BY e."happened_at" DESC, e."id" DESC LIMIT 1) last ON TRUE
       WHERE t."is_public" <> (coalesce(last."action", 'REVOKE') = 'PUBLISH')`,
    );
    expect([table, wrong]).toEqual([table, []]);
  }
  const [{ ordered } = { ordered: false }] = await ask<{ ordered: boolean }>(
    `SELECT array_agg("id" ORDER BY "happened_at", "id") = array_agg("id" ORDER BY "id") AS ordered FROM "publication_event"`,
  );
  expect(ordered).toBe(true);
});

test('ORCID iDs are well formed, with the right check digit, in a range of which none has been given out', async () => {
  const rows = await ask<{ orcid: string }>('SELECT "orcid" FROM "user" UNION SELECT "orcid" FROM "contributor"');
  const orcids = rows.map(({ orcid }) => orcid).filter((orcid) => orcid !== null);
  expect(orcids.length).toBeGreaterThan(10);
  for (const orcid of orcids) {
    expect(orcid).toMatch(/^0009-9900-\d{4}-\d{3}[\dX]$/);
    const weighed = [...orcid.replaceAll('-', '')]
      .reverse()
      .reduce((sum, digit, index) => sum + (digit === 'X' ? 10 : Number(digit)) * 2 ** index, 0);
    expect([orcid, weighed % 11]).toEqual([orcid, 1]);
  }
});

test('the cast and the examples are there under their names', async () => {
  const named = [...Object.values(cast), flagship, ...Object.values(examples)];
  const rows = await ask<{ id: string; name: string }>(
    `SELECT "id", "name" FROM "user" UNION ALL SELECT "id", "name" FROM "project" UNION ALL SELECT "id", "name" FROM "session"`,
  );
  const names = new Map(rows.map(({ id, name }) => [id, name]));
  expect(named.map(({ id }) => [id, names.get(id)])).toEqual(named.map(({ id, name }) => [id, name]));
});

test('the ids that documentation quotes never change', () => {
  expect(
    Object.fromEntries(Object.entries({ ...cast, flagship }).map(([role, { id, name }]) => [role, [id, name]])),
  ).toEqual({
    owner: ['01659e72-fa60-8401-897b-6a5df0dc9a52', 'Mara Lindqvist'],
    contributor: ['01659e73-e4c0-840d-9f7a-a551d2a63675', 'Tomasz Wieczorek'],
    member: ['01659e74-cf20-8408-b062-38d43c31c7d1', 'Priya Raghunathan'],
    stranger: ['01659e80-b600-8402-8165-d3c123b89de6', 'Noor Haddad'],
    administrator: ['01659e72-1000-840b-9bda-9e2d235265ac', 'Ingrid Solheim'],
    throughGroup: ['01659e75-b980-840a-a259-6323951b4c4f', 'Jonas Feldmann'],
    invited: ['01659e7e-e140-840b-836a-2c9eefe178f5', 'Luca Bernasconi'],
    flagship: ['01758813-cb40-8018-9498-fcb62f20b3e2', 'VISTA: shared population codes across mouse visual areas'],
  });
});

test('it says and does nothing where there is a project or a user already', async () => {
  const lines: string[] = [];
  const before = await countRows(first);
  await seedDemoIfEmpty(first.dataSource, (line) => lines.push(line));
  expect(await countRows(first)).toEqual(before);
  for (const [type, name] of [
    [User, 'User'],
    [Project, 'Project'],
  ] as const) {
    const other = await createTestDatabase();
    const [row] = buildDemo().rows.get(name) as { id: string; name: string }[];
    await other.dataSource.manager.insert(type, { id: row!.id, name: 'Somebody' });
    await seedDemoIfEmpty(other.dataSource, (line) => lines.push(line));
    expect(Object.values(await countRows(other)).reduce((sum, count) => sum + count, 0)).toBe(1);
    await other.drop();
  }
  expect(lines).toEqual([]);
});

test('of two instances that start together, one puts it in', async () => {
  const database = await createTestDatabase();
  const lines: string[] = [];
  await Promise.all([1, 2].map(() => seedDemoIfEmpty(database.dataSource, (line) => lines.push(line))));
  expect(lines).toEqual(said);
  await database.drop();
});

test('it puts in everything or nothing', async () => {
  const database = await createTestDatabase();
  const [inTheWay] = buildDemo().rows.get('Publication')!;
  await database.dataSource.manager.insert(Publication, { ...inTheWay, journalId: null });
  await expect(seedDemoIfEmpty(database.dataSource, () => undefined)).rejects.toThrow('Another object');
  expect(Object.values(await countRows(database)).reduce((sum, count) => sum + count, 0)).toBe(1);
  await database.drop();
});
