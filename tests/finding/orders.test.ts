import fc from 'fast-check';
import { anonymous } from '../../src/access/viewer';
import { newId } from '../../src/model/ids';
import { createTestDatabase, type TestDatabase } from '../stage/database';
import { startTestServer, type TestServer } from '../stage/server';
import { Dice } from '../world/dice';
import { long } from '../world/effort';
import type { Row, Value } from '../world/world';
import { adding } from './adding';
import { ordered, type OrderKey } from './ordered';

let database: TestDatabase;
let server: TestServer;
const add = adding(() => database);
let rows: Row[];
let project: string;

/** Subjects of which many are alike in anything, and many have nothing there. */
beforeAll(async () => {
  database = await createTestDatabase();
  server = await startTestServer(database.dataSource);
  const dice = new Dice(3);
  const [species] = await add('Species', [{ name: 'Mus musculus', isApproved: true }]);
  [project] = (await add('Project', [
    { name: 'P', isPublic: true, publishedAt: new Date(), firstPublishedAt: new Date() },
  ])) as [string];
  rows = Array.from({ length: 40 }, () => ({
    id: newId('Subject'),
    name: dice.pick(['M1', 'm1', 'M2', 'Zoë', '%_']),
    speciesId: species!,
    sex: dice.pick(['FEMALE', 'MALE']),
    status: dice.pick(['ACTIVE', 'UNKNOWN']),
    geneticLine: dice.pick<Value>([null, null, 'pv-cre', 'PV-Cre', 'vgat']),
    birthDate: dice.pick<Value>([null, '2024-01-01', '2024-02-29', '1999-12-31']),
    deathDate: null,
    createdAt: dice.pick(['2025-01-01T00:00:00.001Z', '2025-01-01T00:00:00.002Z']),
  }));
  await add('Subject', rows);
  const links = rows.map(({ id }) => `('${project}', '${id}')`);
  await database.dataSource.query(`INSERT INTO "project_subject" (project_id, subject_id) VALUES ${links.join(', ')}`);
});
afterAll(async () => {
  await server.close();
  await database.drop();
});

interface Page {
  nodes: { id: string }[];
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string; endCursor: string };
}

const pageOf = `{ nodes { id } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } }`;
const given =
  '$orderBy: [SubjectOrder!], $where: SubjectWhere, $first: Int, $last: Int, $after: String, $before: String';
const args = 'orderBy: $orderBy, where: $where, first: $first, last: $last, after: $after, before: $before';

async function read(nested: boolean, variables: Record<string, unknown>): Promise<Page> {
  const list = `subjects(${args}) ${pageOf}`;
  const query = `query (${given}) { ${nested ? `project(id: "${project}") { ${list} }` : list} }`;
  const { data, errors } = await server.ask(anonymous, query, variables);
  expect(errors).toBeUndefined();
  return (nested ? (data!['project'] as { subjects: Page }).subjects : data!['subjects']) as Page;
}

/** The ids of all pages, one after the other, from the start or from the end. */
async function readThrough(nested: boolean, asked: object, size: number, back: boolean): Promise<string[]> {
  const found: string[] = [];
  let cursor: string | undefined;
  for (;;) {
    const place = back ? { last: size, before: cursor } : { first: size, after: cursor };
    const { nodes, pageInfo } = await read(nested, { ...asked, ...place });
    const ids = nodes.map(({ id }) => id);
    if (back) found.unshift(...ids);
    else found.push(...ids);
    expect(back ? pageInfo.hasNextPage : pageInfo.hasPreviousPage).toBe(cursor !== undefined);
    if (!(back ? pageInfo.hasPreviousPage : pageInfo.hasNextPage)) return found;
    expect(ids).toHaveLength(size);
    cursor = back ? pageInfo.startCursor : pageInfo.endCursor;
  }
}

const fields = ['NAME', 'SEX', 'STATUS', 'GENETIC_LINE', 'BIRTH_DATE', 'DEATH_DATE', 'CREATED_AT'];
const key: fc.Arbitrary<OrderKey> = fc.record(
  {
    field: fc.constantFrom(...fields),
    direction: fc.constantFrom('ASC', 'DESC'),
    nulls: fc.constantFrom('FIRST', 'LAST'),
  },
  { requiredKeys: ['field'] },
);
const orders = fc.uniqueArray(key, { minLength: 1, maxLength: 3, selector: ({ field }) => field });

test('any order holds forward and backward, over nulls and over what is alike, at the root and nested', async () => {
  const anyOrder = fc.asyncProperty(
    orders,
    fc.boolean(),
    fc.boolean(),
    fc.constantFrom(7, 13, 40),
    fc.constantFrom(undefined, { geneticLine: { isNull: true } }),
    async (orderBy, nested, back, size, where) => {
      const among = where ? rows.filter((row) => row['geneticLine'] === null) : rows;
      const expected = ordered(among, orderBy).map(({ id }) => id);
      expect(await readThrough(nested, { orderBy, where }, size, back)).toEqual(expected);
    },
  );
  await fc.assert(anyOrder, { numRuns: long ? 1000 : 60, seed: 11 });
});

test('letters with accents stand with those without', async () => {
  const { data } = await server.ask(
    anonymous,
    '{ subjects(orderBy: [{ field: NAME, direction: DESC }], first: 1) { nodes { name } } }',
  );
  expect(data).toEqual({ subjects: { nodes: [{ name: 'Zoë' }] } });
});

describe('is refused', () => {
  const refused = async (page: string): Promise<string> => {
    const { errors } = await server.ask(anonymous, `{ subjects(${page}) { nodes { id } } }`);
    expect(errors?.map(({ extensions }) => extensions.code)).toEqual(['BAD_USER_INPUT']);
    return errors![0]!.message;
  };
  const by = (...some: string[]): string => `orderBy: [${some.map((field) => `{ field: ${field} }`).join(', ')}]`;

  test('an order by too many fields, or by one twice', async () => {
    expect(await refused(by('NAME', 'SEX', 'STATUS', 'BIRTH_DATE'))).toContain('names 4 fields');
    expect(await refused(by('NAME', 'SEX', 'NAME'))).toContain('`orderBy[2].field` is NAME again');
  });

  test('a cursor of another order, and one that was made up', async () => {
    const { pageInfo } = await read(false, { orderBy: [{ field: 'BIRTH_DATE' }], first: 1 });
    const after = (order: string, cursor: string): string => `${order}, after: "${cursor}"`;
    expect(await refused(after(by('NAME'), pageInfo.endCursor))).toContain('cursor of another list');
    expect(await refused(after('first: 1', pageInfo.endCursor))).toContain('cursor of another list');
    const [, id, digest] = JSON.parse(Buffer.from(pageInfo.endCursor, 'base64url').toString()) as unknown[];
    for (const wrong of ['2024-02-30', '0000-01-01', 'x', 7, '\0', [], {}, '+12024-01-01']) {
      const cursor = Buffer.from(JSON.stringify([wrong, id, digest])).toString('base64url');
      expect(await refused(after(by('BIRTH_DATE'), cursor))).toContain('is not a cursor of this connection');
    }
  });
});

test('by what only some are answered, nothing is ordered', async () => {
  const query = `{ __schema { types { name enumValues { name } } } }`;
  const { data } = await server.ask(anonymous, query);
  const { types } = data!['__schema'] as { types: { name: string; enumValues: { name: string }[] | null }[] };
  const names = types
    .filter(({ name }) => name.endsWith('OrderField'))
    .flatMap(({ name, enumValues }) => enumValues!.map((value) => `${name}.${value.name}`));
  expect(names.length).toBeGreaterThan(100);
  const few = /EMAIL|VERSION|FILE_NAME|FILE_URL|IMAGE|REJECTION/;
  expect(names.filter((name) => few.test(name) && !name.endsWith('SCHEMA_VERSION'))).toEqual([]);
});
