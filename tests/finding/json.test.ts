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
  [{ path: 'sr.value', gte: 20_000 }, ['fast', 'slow']],
  [{ path: 'sr.value', gt: 20_000, lt: 1e6 }, ['fast']],
  [{ path: 'sr.unit', equals: 'hz' }, ['fast', 'slow']],
  [{ path: 'sr.value', between: { from: 20_000, to: 29_999.5 } }, ['slow']],
  [{ path: 'sr.value', in: ['30000', 20_000, true] }, ['slow']],
  [{ path: 'sr.value', equals: '30000' }, []],
  [{ path: 'sr.value', in: [] }, []],
  [{ path: 'sr.value', contains: '0' }, []],
  [{ path: 'sr.unit', gt: 0 }, []],
  [{ path: 'sr.unit', contains: 'H', equals: 'hz', in: ['HZ', 1] }, ['fast', 'slow']],
  [{ path: 'sr.unit', contains: 'H', gt: 0 }, []],
  [{ path: 'sr.value', isNull: true }, ['none']],
  [{ path: 'sr.value', isNull: false }, ['fast', 'slow']],
  [{ path: 'sr', isNull: false }, ['fast', 'slow']],
  [{ path: 'sr', equals: 'hz' }, []],
  [{ path: 'sr.value' }, ['fast', 'none', 'slow']],
  [{ path: 'sr.value', isNull: true, gte: 1 }, []],
])('%j', async (asked, expected) => {
  expect(await found('dataAcquisitions', { details: [asked] })).toEqual(expected);
});

test.each([
  [{ path: 'frequency.value', gt: 5 }, ['both']],
  // Of each by itself: none is between the two.
  [{ path: 'frequency.value', gt: 2, lt: 8 }, []],
  [{ path: 'a"b\\c.value', equals: 4 }, ['within']],
  [{ path: 'a"b\\c.value', startsWith: 'f' }, ['within']],
  [{ path: 'a"b\\c.value', equals: true }, ['within']],
])('through lists: %j', async (asked, expected) => {
  expect(await found('manipulations', { details: [asked] })).toEqual(expected);
});

const noSingleValue = expect.stringContaining('JsonValue takes a text, a number') as string;

test.each(['equals: { a: 1 }', 'equals: [1]', 'in: [[1]]', 'equals: HZ', 'equals: 1e999', 'equals: 9007199254740993'])(
  'what is no single value is refused: %s',
  async (asked) => {
    const query = `{ dataAcquisitions(where: { details: { path: "sr", ${asked} } }) { totalCount } }`;
    const { errors } = await server.ask(anonymous, query);
    expect(errors).toMatchObject([{ message: noSingleValue, extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }]);
  },
);

test.each([{ equals: { a: 1 } }, { in: [[1]] }, { equals: [] }])(
  'so is what comes in a variable: %j',
  async (asked) => {
    const query = 'query ($asked: JsonFilter!) { dataAcquisitions(where: { details: [$asked] }) { totalCount } }';
    const { errors } = await server.ask(anonymous, query, { asked: { path: 'sr', ...asked } });
    expect(errors).toMatchObject([{ message: noSingleValue, extensions: { code: 'BAD_USER_INPUT' } }]);
  },
);

test.each([
  ['equals: null', '`where.details[0].equals` is null'],
  [`equals: "${'x'.repeat(201)}"`, '`where.details[0].equals` has 201 characters'],
  [`in: [${'1, "a", '.repeat(251)}]`, '`where.details[0].in` holds 502 values'],
])('so is what is too much or nothing: %#', async (asked, told) => {
  const query = `{ dataAcquisitions(where: { details: { path: "sr", ${asked} } }) { totalCount } }`;
  const { errors } = await server.ask(anonymous, query);
  expect(errors).toMatchObject([
    { message: expect.stringContaining(told) as string, extensions: { code: 'BAD_USER_INPUT' } },
  ]);
});

test.each([
  [
    'dataAcquisitions',
    'type: { equals: "Ephyz" }',
    '`where.type.equals` is "Ephyz", which is no code',
    'DATA_ACQUISITION',
  ],
  ['dataAcquisitions', 'type: { equals: "ephys" }', 'Did you mean `ExtracellularEphys`', 'DATA_ACQUISITION'],
  ['dataAcquisitions', 'type: { in: ["ExtracelularEphys"] }', 'Did you mean `ExtracellularEphys`', 'DATA_ACQUISITION'],
  [
    'manipulations',
    'type: { in: ["AuditoryStimulation", "ExtracellularEphys"] }',
    '`where.type.in` is "Extra',
    'MANIPULATION',
  ],
])('a code that there is not is refused: %s %s', async (list, asked, told, kind) => {
  const { errors } = await server.ask(anonymous, `{ ${list}(where: { ${asked} }) { totalCount } }`);
  expect(errors).toMatchObject([
    { message: expect.stringContaining(told) as string, extensions: { code: 'BAD_USER_INPUT' } },
  ]);
  expect(errors![0]!.message).toContain(`\`moduleTypes(kind: ${kind})\` has them all`);
});

test('a path that the type does not have is refused with those that it has', async () => {
  const where = `{ type: { equals: "ExtracellularEphys" }, details: [{ path: "sr.valu", gte: 1 }] }`;
  const { errors } = await server.ask(anonymous, `{ dataAcquisitions(where: ${where}) { totalCount } }`);
  expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
  expect(errors![0]!.message).toMatch(/^`where\.details\[0\]\.path` leads to nothing that this type has: .*sr\.value/);
  const anyType = `{ details: [{ path: "sr.valu", gte: 1 }, { path: "a..b" }] }`;
  const second = await server.ask(anonymous, `{ dataAcquisitions(where: ${anyType}) { totalCount } }`);
  expect(second.errors![0]!.message).toContain('`where.details[1].path` is no path');
});
