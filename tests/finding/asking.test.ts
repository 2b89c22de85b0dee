import { anonymous } from '../../src/access/viewer';
import { newId } from '../../src/model/ids';
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

const published = { isPublic: true, publishedAt: new Date(), firstPublishedAt: new Date() };

interface Page {
  totalCount: number;
  nodes: { name: string }[];
  pageInfo: { endCursor: string; hasNextPage: boolean };
}

async function projects(where: unknown, more = ''): Promise<Page> {
  const query = `query ($where: ProjectWhere) { projects(where: $where ${more}) { totalCount nodes { name } pageInfo { endCursor hasNextPage } } }`;
  const { data, errors } = await server.ask(anonymous, query, { where });
  expect(errors).toBeUndefined();
  return data!['projects'] as Page;
}

const named = async (where: unknown): Promise<string[]> => (await projects(where)).nodes.map(({ name }) => name);

describe('texts are found', () => {
  const names = [
    'Ångström',
    'ŁUKASZ ØRSTED',
    '100 % sure',
    '100 times',
    'a_b',
    'axb',
    'back\\slash',
    'ﬁne ９９％',
    'ΣΟΦΟΣ',
  ];
  beforeAll(() =>
    add(
      'Project',
      names.map((name) => ({ name, tags: [name, 'Hippocampé'], ...published })),
    ),
  );

  test.each([
    [{ equals: 'angstrom' }, ['Ångström']],
    [{ equals: 'A\u030angstro\u0308m' }, ['Ångström']],
    [{ startsWith: 'łukasz' }, ['ŁUKASZ ØRSTED']],
    [{ endsWith: 'orsted' }, ['ŁUKASZ ØRSTED']],
    [{ equals: 'σοφος' }, ['ΣΟΦΟΣ']],
    [{ in: ['ångström', 'A_B'] }, ['Ångström', 'a_b']],
    [{ contains: '% s' }, ['100 % sure']],
    [{ contains: 'a_b' }, ['a_b']],
    [{ contains: '\\' }, ['back\\slash']],
    [{ contains: '99%' }, ['ﬁne ９９％']],
    [{ contains: '\uff05' }, ['100 % sure', 'ﬁne ９９％']],
    [{ startsWith: 'FINE' }, ['ﬁne ９９％']],
    [{ startsWith: '%' }, []],
    [{ equals: '%' }, []],
  ])('by %j', async (name, found) => {
    expect((await named({ name })).sort()).toEqual([...found].sort());
  });

  test('in keywords as well, whole ones', async () => {
    expect(await named({ tags: { has: 'ANGSTROM' } })).toEqual(['Ångström']);
    expect(await named({ tags: { hasAll: ['hippocampe', 'axb'] } })).toEqual(['axb']);
    expect(await named({ tags: { has: 'hippo' } })).toEqual([]);
  });

  test('and nothing by bounds that contradict each other, or by none of nothing', async () => {
    expect(await projects({ createdAt: { gt: '2030-01-01T00:00:00Z', lt: '2020-01-01T00:00:00Z' } })).toMatchObject({
      totalCount: 0,
      nodes: [],
      pageInfo: { hasNextPage: false, endCursor: null },
    });
    expect(await named({ or: [] })).toEqual([]);
    expect((await projects({})).totalCount).toBe(names.length);
    expect((await projects(null)).totalCount).toBe(names.length);
    expect((await projects({ and: [], name: {}, subjects: {} })).totalCount).toBe(names.length);
  });

  test.each(['0000-01-01T00:00:00Z', '9999-12-31T23:59:59Z'])(
    'by any moment that can be written: %s',
    async (moment) => {
      expect((await projects({ createdAt: { gt: moment } })).totalCount).toBe(moment < '2000' ? names.length : 0);
      expect((await projects({ createdAt: { in: [moment] } })).totalCount).toBe(0);
    },
  );

  test('by any day that can be written', async () => {
    const query =
      '{ breedings(where: { startedOn: { between: { from: "0000-01-01", to: "9999-12-31" } } }) { totalCount } }';
    expect(await server.ask(anonymous, query)).toEqual({ data: { breedings: { totalCount: 0 } } });
  });

  test('page by page, and a cursor goes on in its own list alone', async () => {
    const where = { name: { contains: 'a' } };
    const whole = await named(where);
    expect(whole.length).toBeGreaterThan(2);
    const { pageInfo } = await projects(where, 'first: 1');
    const { nodes } = await projects(where, `first: 100, after: "${pageInfo.endCursor}"`);
    expect(nodes.map(({ name }) => name)).toEqual(whole.slice(1));
    const plain = (await projects(null, 'first: 1')).pageInfo.endCursor;
    for (const [other, cursor] of [
      ['where: { name: { contains: "b" } }', pageInfo.endCursor],
      ['first: 1', pageInfo.endCursor],
      ['where: { name: { contains: "a" } }', plain],
    ]) {
      const { errors } = await server.ask(anonymous, `{ projects(${other}, after: "${cursor}") { totalCount } }`);
      expect(errors).toMatchObject([
        {
          message: expect.stringContaining('`after` is a cursor of another list') as string,
          extensions: { code: 'BAD_USER_INPUT' },
        },
      ]);
    }
  });
});

describe('lists of small values are asked', () => {
  const funding: Record<string, object[]> = {
    none: [],
    one: [{ funder: 'Simons', awardNumber: null }],
    two: [{ funder: 'NIH', awardNumber: 'R01' }, { funder: 'Simons' }],
    other: [{ funder: 'NIH', awardNumber: 'K99' }, { funder: 'nih' }],
  };
  beforeAll(() =>
    add(
      'Project',
      Object.entries(funding).map(([name, of]) => ({ name, tags: ['funded'], funding: of, ...published })),
    ),
  );
  const funder = { equals: 'NIH' };

  test.each([
    [{ some: { funder } }, ['other', 'two']],
    [{ some: { funder, awardNumber: { equals: 'r01' } } }, ['two']],
    [{ some: { funder: { equals: 'simons' }, awardNumber: { isNull: true } } }, ['one', 'two']],
    [{ every: { funder } }, ['none', 'other']],
    [{ none: { funder } }, ['none', 'one']],
    [{ some: {} }, ['one', 'other', 'two']],
    [{ count: { gte: 2 }, none: { awardNumber: { equals: 'K99' } } }, ['two']],
    [{ isEmpty: true }, ['none']],
    [{ isEmpty: false, every: { funder } }, ['other']],
  ])('by %j', async (asked, found) => {
    expect((await named({ tags: { has: 'funded' }, funding: asked })).sort()).toEqual(found);
  });
});

describe('is refused, with its place', () => {
  const fifty = (one: object): object[] => Array.from({ length: 50 }, () => one);
  const nested = (levels: number): object => (levels === 0 ? {} : { not: nested(levels - 1) });
  test.each([
    [{ name: { equals: null } }, '`where.name.equals` is null'],
    [{ or: [{}, { subjects: { some: { name: null } } }] }, '`where.or[1].subjects.some.name` is null'],
    [
      { subjects: { some: { name: { equals: 'x'.repeat(201) } } } },
      '`where.subjects.some.name.equals` has 201 characters',
    ],
    [{ id: { equals: 'x' } }, '`where.id.equals` is no id'],
    [{ id: { in: Array.from({ length: 10_000 }, () => newId('Project')) } }, '`where.id.in` holds 10000 values'],
    [{ or: fifty({}).concat(fifty({ or: fifty({}) })) }, '`where` holds more than 200 objects'],
    [{ extraFields: Array.from({ length: 200 }, () => ({ path: 'a' })) }, '`where` holds more than 200 objects'],
    [
      {
        or: fifty({
          extraFields: [
            { path: 'a', gte: 1 },
            { path: 'b', contains: 'x' },
          ],
        }),
      },
      '`where` asks more than 50',
    ],
    [
      { or: Array.from({ length: 5 }, () => ({ name: { in: Array.from({ length: 401 }, () => 'x') } })) },
      '`where` compares with more than 2000 values',
    ],
    [nested(50), '`where.not.not.not.not.not.not` nests 7 levels deep'],
    [
      { or: Array.from({ length: 26 }, () => ({ name: { equals: 'a', contains: 'b' } })) },
      '`where` asks more than 50 things',
    ],
  ])('what is too much or nothing: %#', async (where, told) => {
    const { statusCode, body } = await server.send(
      anonymous,
      'query ($where: ProjectWhere) { projects(where: $where) { totalCount } }',
      { where },
    );
    expect(JSON.parse(body)).toMatchObject({
      errors: [
        {
          message: expect.stringContaining(told) as string,
          extensions: { code: 'BAD_USER_INPUT' },
          locations: [{ line: 1 }],
        },
      ],
    });
    expect(statusCode).toBe(400);
  });

  test('before anything is read', async () => {
    server.statements.length = 0;
    await server.ask(anonymous, '{ projects(where: { name: { equals: null } }) { totalCount } }');
    expect(server.statements).toEqual([]);
  });

  test('what costs too much: the same filter under many aliases, or on a list of each of many', async () => {
    const where = `where: { sessions: { some: { behaviors: { some: { setup: { name: { contains: "a" } } } } } } }`;
    const aliased = (count: number): string =>
      `{ ${Array.from({ length: count }, (_, index) => `a${index}: projects(${where}) { totalCount }`).join(' ')} }`;
    expect((await server.ask(anonymous, aliased(3))).errors).toBeUndefined();
    expect((await server.ask(anonymous, aliased(60))).errors).toMatchObject([
      { extensions: { code: 'QUERY_TOO_LARGE' } },
    ]);
    // Of a list of small values all are looked at, of each project.
    const funded = (count: number): string =>
      `{ projects(where: { or: [${Array.from({ length: count }, (_, index) => `{ funding: { some: { funder: { contains: "${index}" } } } }`).join(' ')}] }) { totalCount } }`;
    expect((await server.ask(anonymous, funded(3))).errors).toBeUndefined();
    expect((await server.ask(anonymous, funded(12))).errors).toMatchObject([
      { extensions: { code: 'QUERY_TOO_LARGE' } },
    ]);
    const inEach = (inner: string): string =>
      `{ projects(first: 100) { nodes { subjects(first: 5) { nodes { ${inner} } } } } }`;
    const filtered = `sessions(first: 1, where: { behaviors: { some: { setup: { name: { contains: "a" } } } } }) { totalCount }`;
    expect((await server.ask(anonymous, inEach(filtered))).errors).toBeUndefined();
    expect((await server.ask(anonymous, inEach(`a: ${filtered} b: ${filtered}`))).errors).toMatchObject([
      { extensions: { code: 'QUERY_TOO_LARGE' } },
    ]);
  });
});

test('a filter is not prepared: others would have to give way to it', async () => {
  // From the second time on.
  await projects(null);
  await projects(null);
  await projects({ name: { equals: 'nobody' } });
  const counts =
    '{ projects { facets(by: [TAGS]) { by } } projectCounts(by: [TAGS]) { isComplete } search(query: "x") { facets(by: { project: [TAGS] }) { type } } }';
  expect((await server.ask(anonymous, counts)).errors).toBeUndefined();
  // The first page is always the same; where it goes on, there is no end of others.
  const { pageInfo } = await projects(null, ', first: 7');
  await projects(null, `, first: 7, after: "${pageInfo.endCursor}"`);
  const prepared = await database.dataSource.query<{ statement: string }[]>(
    'SELECT statement FROM pg_prepared_statements',
  );
  expect(prepared.length).toBeGreaterThan(0);
  expect(prepared.filter(({ statement }) => /folded|MATERIALIZED/.test(statement))).toEqual([]);
  expect(prepared.filter(({ statement }) => statement.includes('"~key0"'))).toHaveLength(1);
});

test('filters on a list and on those of each of its objects take one statement', async () => {
  const [species] = await add('Species', [{ name: 'Mus musculus', isApproved: true }]);
  const ids = await add(
    'Project',
    Array.from({ length: 30 }, (_, n) => ({ name: `Many ${n}`, ...published })),
  );
  const subjects = await add(
    'Subject',
    ids.flatMap(() => [
      { name: 'Kept', speciesId: species, sex: 'MALE' },
      { name: 'Left', speciesId: species, sex: 'MALE' },
    ]),
  );
  const rows = subjects.map((id, n) => `('${ids[Math.floor(n / 2)]}', '${id}')`);
  await database.dataSource.query(`INSERT INTO "project_subject" (project_id, subject_id) VALUES ${rows.join(', ')}`);
  const query = `query ($first: Int) { projects(first: $first, where: { name: { startsWith: "many" } }) { totalCount nodes {
    subjects(where: { name: { equals: "kept" }, species: { name: { equals: "MUS MUSCULUS" } } }) { totalCount nodes { name } } } } }`;
  const counted = async (first: number): Promise<number> => {
    server.statements.length = 0;
    const { data, errors } = await server.ask(anonymous, query, { first });
    expect(errors).toBeUndefined();
    const page = data!['projects'] as { totalCount: number; nodes: { subjects: unknown }[] };
    expect(page.totalCount).toBe(30);
    expect(page.nodes).toEqual(
      Array.from({ length: first }, () => ({ subjects: { totalCount: 1, nodes: [{ name: 'Kept' }] } })),
    );
    return server.statements.length;
  };
  expect(await counted(1)).toBe(1);
  expect(await counted(30)).toBe(1);
});
