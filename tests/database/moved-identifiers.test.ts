import { ProjectIdentifiers1764600000100 } from '../../migrations/1764600000100-ProjectIdentifiers';
import { SearchDocuments1764700000011 } from '../../migrations/1764700000011-SearchDocuments';
import { newId } from '../../src/model/ids';
import { createTestDatabase, type TestDatabase } from '../stage/database';

const migration = new ProjectIdentifiers1764600000100();

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  // What came later reads the column that is moved.
  const runner = database.dataSource.createQueryRunner();
  await new SearchDocuments1764700000011().down(runner).finally(() => runner.release());
});
afterAll(() => database.drop());

const rows = <T>(statement: string, values: unknown[] = []): Promise<T[]> =>
  database.dataSource.query(statement, values);

async function move(direction: 'up' | 'down'): Promise<void> {
  const runner = database.dataSource.createQueryRunner();
  await migration[direction](runner).finally(() => runner.release());
}

async function project(extraFields: object, key: string | null): Promise<string> {
  const id = newId('Project');
  await rows(`INSERT INTO "project" ("id", "name", "extra_fields") VALUES ($1, 'Set', $2)`, [id, extraFields]);
  if (key !== null)
    await rows(`INSERT INTO "imported_object" ("project_id", "key", "object_id") VALUES ($1::uuid, $2, $1::uuid)`, [
      id,
      key,
    ]);
  return id;
}

test('what imports kept moves over and back, and what people wrote stays', async () => {
  await move('down');
  const cases: [kept: object, left: object, identifiers: object[], key?: string | null][] = [
    [
      { identifier: 'DANDI:000003', doi: '10.48324/dandi.000003/0.1', lab: 'Stays' },
      { lab: 'Stays' },
      [
        { scheme: 'DANDI', value: '000003' },
        { scheme: 'DOI', value: '10.48324/dandi.000003/0.1' },
      ],
    ],
    [
      { doi: 'https://doi.org/10.18112/OPENNEURO.ds000117.v1.0.5' },
      {},
      [
        { scheme: 'OPENNEURO', value: 'ds000117' },
        { scheme: 'DOI', value: '10.18112/openneuro.ds000117.v1.0.5' },
      ],
    ],
    [{ identifier: 'EMBER:7', doi: 'none' }, { identifier: 'EMBER:7', doi: 'none' }, []],
    [{ identifier: 5 }, { identifier: 5 }, []],
    [{ doi: '10.1234/paper' }, { doi: '10.1234/paper' }, [], null],
    [{ doi: '10.1234/paper' }, { doi: '10.1234/paper' }, [], 'project:CSV:rope'],
    [{ doi: '10.1234/paper.' }, { doi: '10.1234/paper.' }, []],
  ];
  const ids: string[] = [];
  for (const [kept, , , key = 'project:DANDI:000003'] of cases) ids.push(await project(kept, key));
  const stored = async (columns: string): Promise<object[]> => {
    const found = await rows<{ id: string }>(`SELECT "id", ${columns} FROM "project"`);
    return ids.map((id) => found.find((one) => one.id === id)!);
  };

  await move('up');
  const moved = cases.map(([, extraFields, identifiers], at) => ({ id: ids[at], extraFields, identifiers }));
  expect(await stored(`"extra_fields" AS "extraFields", "identifiers"`)).toEqual(moved);

  await rows(`UPDATE "project" SET "identifiers" = $2 WHERE "id" = $1`, [
    ids[4],
    JSON.stringify([
      { scheme: 'DOI', value: '10.1/old' },
      { scheme: 'AIND', value: 'x' },
      { scheme: 'DOI', value: '10.1/new' },
    ]),
  ]);
  await move('down');
  const back = await stored(`"extra_fields" AS "extraFields"`);
  expect(back).toEqual([
    { id: ids[0], extraFields: cases[0]![0] },
    {
      id: ids[1],
      extraFields: { doi: '10.18112/openneuro.ds000117.v1.0.5', furtherIdentifiers: 'OPENNEURO:ds000117' },
    },
    { id: ids[2], extraFields: cases[2]![0] },
    { id: ids[3], extraFields: cases[3]![0] },
    { id: ids[4], extraFields: { doi: '10.1234/paper', furtherIdentifiers: 'DOI:10.1/old\nAIND:x\nDOI:10.1/new' } },
    { id: ids[5], extraFields: cases[5]![0] },
    { id: ids[6], extraFields: cases[6]![0] },
  ]);
  await move('up');
});
