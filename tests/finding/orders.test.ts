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
let hiding: string;

let make: () => Row;

const link = (projectId: string, { id }: Row): Promise<unknown> =>
  database.dataSource.query(`INSERT INTO "project_subject" (project_id, subject_id) VALUES ($1, $2)`, [projectId, id]);

/** Subjects of which many are alike in anything, and many have nothing there. */
beforeAll(async () => {
  database = await createTestDatabase();
  server = await startTestServer(database.dataSource);
  const dice = new Dice(3);
  const [species] = await add('Species', [{ name: 'Mus musculus', isApproved: true }]);
  [project] = (await add('Project', [
    { name: 'P', isPublic: true, publishedAt: new Date(), firstPublishedAt: new Date() },
  ])) as [string];
  [hiding] = (await add('Project', [{ name: 'Hidden' }])) as [string];
  make = () => ({
    id: newId('Subject'),
    name: dice.pick(['M1', 'm1', 'M2', 'Zoë', '%_']),
    speciesId: species!,
    sex: dice.pick(['FEMALE', 'MALE']),
    status: dice.pick(['ACTIVE', 'UNKNOWN']),
    geneticLine: dice.pick<Value>([null, null, 'pv-cre', 'PV-Cre', 'vgat']),
    birthDate: dice.pick<Value>([null, '2024-01-01', '2024-02-29', '1999-12-31']),
    deathDate: null,
    age: dice.pick<Value>([null, 'P9D', 'P10D', 'P1W', 'P90D', 'P3M', 'P9D/P1Y', '/P8D', 'PT36H', 'adult']),
    createdAt: dice.pick(['2025-01-01T00:00:00.001Z', '2025-01-01T00:00:00.002Z']),
  });
  rows = Array.from({ length: 40 }, make);
  await add('Subject', rows);
  for (const row of rows) await link(project, row);
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

const fields = ['NAME', 'SEX', 'STATUS', 'GENETIC_LINE', 'BIRTH_DATE', 'DEATH_DATE', 'CREATED_AT', 'AGE'];
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

/** Somebody writes while pages are turned. */
const writing = {
  add: async (): Promise<void> => {
    const row = make();
    await add('Subject', [row]);
    await link(project, row);
    rows.push(row);
  },
  addHidden: async (): Promise<void> => {
    const row = make();
    await add('Subject', [row]);
    await link(hiding, row);
  },
  remove: async (place: number): Promise<void> => {
    const [row] = rows.splice(place % rows.length, 1) as [Row];
    await database.dataSource.query(`DELETE FROM "subject" WHERE "id" = $1`, [row.id]);
  },
  hide: async (place: number): Promise<void> => {
    const [row] = rows.splice(place % rows.length, 1) as [Row];
    await link(hiding, row);
    const unlink = `DELETE FROM "project_subject" WHERE "project_id" = $1 AND "subject_id" = $2`;
    await database.dataSource.query(unlink, [project, row.id]);
  },
};

/** Where a cursor was taken from, which may be gone since. */
interface Taken {
  cursor: string;
  row: Row;
}

interface Turn {
  size: number;
  back: boolean;
  after: Taken | undefined;
  before: Taken | undefined;
}

/** The ids of a page, and whether anything lies before and after it, of those that are there now. */
function expectedOf({ size, back, after, before }: Turn, orderBy: OrderKey[]): [string[], boolean, boolean] {
  const isBeyond = (one: Row, { row }: Taken): boolean => one.id !== row.id && ordered([one, row], orderBy)[0] === row;
  const sorted = ordered(rows, orderBy);
  const isAfter = (one: Row): boolean => !after || isBeyond(one, after);
  const isBefore = (one: Row): boolean => !before || (one.id !== before.row.id && !isBeyond(one, before));
  const within = sorted.filter((one) => isAfter(one) && isBefore(one));
  const page = back ? within.slice(Math.max(0, within.length - size)) : within.slice(0, size);
  const [first, last] = [page[0], page.at(-1)];
  const rest = page.length < within.length;
  return [
    page.map(({ id }) => id),
    first ? sorted[0] !== first : (back && rest) || sorted.some((one) => !isAfter(one)),
    last ? sorted.at(-1) !== last : (!back && rest) || sorted.some((one) => !isBefore(one)),
  ];
}

test('while rows come and go, a page holds what lies beyond its cursors, and tells what lies around it', async () => {
  const step = fc.record({
    write: fc.constantFrom(...(Object.keys(writing) as (keyof typeof writing)[])),
    place: fc.nat(),
    size: fc.constantFrom(0, 1, 3, 9, 50),
    back: fc.boolean(),
    cursors: fc.constantFrom('after', 'before', 'both'),
  });
  const anyTurns = fc.asyncProperty(
    orders,
    fc.boolean(),
    fc.array(step, { minLength: 3, maxLength: 5 }),
    async (orderBy, nested, steps) => {
      while (rows.length < 20) await writing.add();
      const { nodes } = await read(nested, { orderBy, first: 100 });
      const taken: Taken[] = [];
      for (const place of [0, Math.floor(nodes.length / 2), nodes.length - 1]) {
        const { pageInfo } = await read(nested, { orderBy, first: place + 1 });
        taken.push({ cursor: pageInfo.endCursor, row: rows.find(({ id }) => id === nodes[place]!.id)! });
      }
      for (const { write, place, size, back, cursors } of steps) {
        await writing[write](place);
        const after = cursors === 'before' ? undefined : taken[place % taken.length];
        const before = cursors === 'after' ? undefined : taken[(place >> 4) % taken.length];
        const page = await read(nested, {
          ...{ orderBy, after: after?.cursor, before: before?.cursor },
          ...(back ? { last: size } : { first: size }),
        });
        const found = [page.nodes.map(({ id }) => id), page.pageInfo.hasPreviousPage, page.pageInfo.hasNextPage];
        expect(found).toEqual(expectedOf({ size, back, after, before }, orderBy));
        const [row] = rows.filter(({ id }) => id === page.nodes.at(-1)?.id);
        if (row) taken.push({ cursor: page.pageInfo.endCursor, row });
      }
    },
  );
  await fc.assert(anyTurns, { numRuns: long ? 1000 : 50, seed: 12 });
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
