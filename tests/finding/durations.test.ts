import fc from 'fast-check';
import { anonymous } from '../../src/access/viewer';
import { isDurationOrRange } from '../../src/model/durations';
import { createTestDatabase, type TestDatabase } from '../stage/database';
import { startTestServer, type TestServer } from '../stage/server';
import { adding } from './adding';

let database: TestDatabase;
let server: TestServer;
const add = adding(() => database);

const ages = ['P7D', 'P12W', 'P13W', 'P3M', 'P1Y', 'P1,5Y', 'PT36H', 'P12W/P20W', 'P12W/', '/P1W', 'adult', null];

beforeAll(async () => {
  database = await createTestDatabase();
  server = await startTestServer(database.dataSource);
  const [project] = await add('Project', [
    { name: 'Ages', isPublic: true, publishedAt: new Date(), firstPublishedAt: new Date() },
  ]);
  const [species] = await add('Species', [{ name: 'Mus musculus', isApproved: true }]);
  const subjects = await add(
    'Subject',
    ages.map((age) => ({ name: age ?? 'none', age, speciesId: species, sex: 'MALE' })),
  );
  const rows = subjects.map((id) => `('${project}', '${id}')`);
  await database.dataSource.query(`INSERT INTO "project_subject" (project_id, subject_id) VALUES ${rows.join(', ')}`);
});
afterAll(async () => {
  await server.close();
  await database.drop();
});

const ask = (age: object): ReturnType<TestServer['ask']> =>
  server.ask(anonymous, 'query ($where: SubjectWhere) { subjects(where: $where) { nodes { name } } }', {
    where: { age },
  });

test.each([
  [{ gte: 'P90D' }, ['P1,5Y', 'P13W', 'P1Y', 'P3M']],
  [{ equals: 'P1W' }, ['P7D']],
  [{ equals: 'P12M' }, ['P1Y']],
  [{ equals: 'P1.5D' }, ['PT36H']],
  [{ equals: 'P84D/P140D' }, ['P12W/P20W']],
  [{ equals: 'P84D/' }, ['P12W/']],
  [{ in: ['P0D/P7D', 'P18M'] }, ['/P1W', 'P1,5Y']],
  [{ in: [] }, []],
  [{ gt: 'P84D' }, ['P1,5Y', 'P13W', 'P1Y', 'P3M']],
  [{ gte: 'P84D', lt: 'P3M' }, ['P12W', 'P13W']],
  [{ lte: 'P7D' }, ['/P1W', 'P7D', 'PT36H']],
  [{ lte: 'P20W', gt: 'P83D' }, ['P12W', 'P12W/P20W', 'P13W', 'P3M']],
  [{ between: { from: 'P12W', to: 'P20W' } }, ['P12W', 'P12W/P20W', 'P13W', 'P3M']],
  [{ between: { from: 'P20W', to: 'P12W' } }, []],
  [{ isNull: true }, ['none']],
  [{ isNull: false, lt: 'P1D' }, []],
])('%j', async (age, found) => {
  const { data, errors } = await ask(age);
  expect(errors).toBeUndefined();
  expect((data!['subjects'] as { nodes: { name: string }[] }).nodes.map(({ name }) => name).sort()).toEqual(found);
});

test.each([
  [{ gte: '90 days' }, '`where.age.gte` is no duration: it takes one as ISO 8601 writes it, such as `P90D`'],
  [{ gte: 'P3M/P6M' }, '`where.age.gte` is no duration'],
  [{ in: ['P1D', 'p1d'] }, '`where.age.in` is no duration'],
  [{ equals: 'P1D2D' }, 'or a range such as `P3M/P6M`'],
  [{ between: { from: 'P1D', to: '' } }, '`where.age.between` is no duration'],
  [{ equals: `P${'9'.repeat(200)}D` }, '`where.age.equals` has 202 characters'],
])('what is no duration is refused with an example: %j', async (age, told) => {
  const { errors } = await ask(age);
  expect(errors).toMatchObject([
    { message: expect.stringContaining(told) as string, extensions: { code: 'BAD_USER_INPUT' } },
  ]);
});

test('a long one is no error', async () => {
  expect((await ask({ gt: `P${'9'.repeat(190)}Y` })).errors).toBeUndefined();
});

test('the database takes for durations what the server takes for them, and never fails', async () => {
  const parts = ['1Y', '2M', '3W', '4D', 'T5H', '6M', '7.5S', 'T', '0', '.', ',5D', '/', '/P', '\n', '٣D', ' '];
  const likely = fc.tuple(fc.constantFrom('P', 'P', '', '/P'), fc.array(fc.constantFrom(...parts), { maxLength: 4 }));
  const texts = [
    ...ages.flatMap((age) => age ?? []),
    ...fc.sample(likely, { numRuns: 4000, seed: 7 }).map((some) => some.flat().join('')),
  ];
  const rows = await database.dataSource.query<{ one: string; is: boolean }[]>(
    'SELECT "one", duration_range("one") IS NOT NULL AS "is" FROM unnest($1::text[]) AS "given"("one")',
    [texts],
  );
  expect(rows.filter(({ one, is }) => is !== isDurationOrRange(one))).toEqual([]);
  expect(rows.filter(({ is }) => is).length).toBeGreaterThan(200);
});
