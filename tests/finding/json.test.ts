import { anonymous } from '../../src/access/viewer';
import { createTestDatabase, type TestDatabase } from '../stage/database';
import { startTestServer, type TestServer } from '../stage/server';
import { adding } from './adding';

let database: TestDatabase;
let server: TestServer;
const add = adding(() => database);
beforeAll(async () => {
  database = await createTestDatabase();
  server = await startTestServer(database.dataSource);
});
afterAll(async () => {
  await server.close();
  await database.drop();
});

const values = { fast: 30_000, slow: 20_000, none: undefined };
beforeAll(async () => {
  const [project] = await add('Project', [
    { name: 'Json', isPublic: true, publishedAt: new Date(), firstPublishedAt: new Date() },
  ]);
  const [session] = await add('Session', [{ name: 'Json' }]);
  await database.dataSource.query(
    `INSERT INTO "project_session" (project_id, session_id) VALUES ('${project}', '${session}')`,
  );
  const module = { sessionId: session, schemaVersion: '1.1.0' };
  const details = (value: number | undefined): object => (value === undefined ? {} : { sr: { value, unit: 'Hz' } });
  await add(
    'DataAcquisition',
    Object.entries(values).map(([notes, value]) => ({
      ...module,
      type: 'ExtracellularEphys',
      notes,
      details: details(value),
    })),
  );
  await add('Manipulation', [
    {
      ...module,
      type: 'Auditory',
      notes: 'both',
      details: [{ frequency: { value: 1 } }, { frequency: { value: 9 } }],
    },
    { ...module, type: 'Auditory', notes: 'within', details: [{ 'a"b\\c': { value: [4, 'Five', true] } }] },
  ]);
});

const found = async (list: string, where: object): Promise<string[]> => {
  const type = list === 'manipulations' ? 'Manipulation' : 'DataAcquisition';
  const query = `query ($where: ${type}Where) { ${list}(where: $where) { nodes { notes } } }`;
  const { data, errors } = await server.ask(anonymous, query, { where });
  expect(errors).toBeUndefined();
  return (data![list] as { nodes: { notes: string }[] }).nodes.map(({ notes }) => notes).sort();
};

test.each([
  [{ path: 'sr.value', number: { gte: 20_000 } }, ['fast', 'slow']],
  [{ path: 'sr.value', number: { gt: 20_000, lt: 1e6 } }, ['fast']],
  [{ path: 'sr.unit', text: { equals: 'hz' } }, ['fast', 'slow']],
  [{ path: 'sr.value', number: { isNull: true } }, ['none']],
  [{ path: 'sr.value', text: { isNull: true } }, ['fast', 'none', 'slow']],
  [{ path: 'sr.value', number: { isNull: true, gte: 1 } }, []],
])('%j', async (asked, expected) => {
  expect(await found('dataAcquisitions', { details: [asked] })).toEqual(expected);
});

test.each([
  [{ path: 'frequency.value', number: { gt: 5 } }, ['both']],
  // Of each by itself: none is between the two.
  [{ path: 'frequency.value', number: { gt: 2, lt: 8 } }, []],
  [{ path: 'a"b\\c.value', number: { equals: 4 } }, ['within']],
  [{ path: 'a"b\\c.value', text: { startsWith: 'f' } }, ['within']],
  [{ path: 'a"b\\c.value', flag: { equals: true } }, ['within']],
])('through lists: %j', async (asked, expected) => {
  expect(await found('manipulations', { details: [asked] })).toEqual(expected);
});

test('a path that the type does not have is refused with those that it has', async () => {
  const where = `{ type: { equals: "ExtracellularEphys" }, details: [{ path: "sr.valu", number: { gte: 1 } }] }`;
  const { errors } = await server.ask(anonymous, `{ dataAcquisitions(where: ${where}) { totalCount } }`);
  expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
  expect(errors![0]!.message).toMatch(/^`where\.details\[0\]\.path` leads to nothing that this type has: .*sr\.value/);
  const anyType = `{ details: [{ path: "sr.valu", number: { gte: 1 } }, { path: "a..b" }] }`;
  const second = await server.ask(anonymous, `{ dataAcquisitions(where: ${anyType}) { totalCount } }`);
  expect(second.errors![0]!.message).toContain('`where.details[1].path` is no path');
});
