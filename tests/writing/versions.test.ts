import { Workshop, type Things } from './bench';
import { operationOf } from './inputs';

let workshop: Workshop;
let things: Things;
beforeAll(async () => {
  workshop = await Workshop.open();
});
beforeEach(async () => {
  things = await workshop.things();
});
afterAll(() => workshop.close());

interface Versions {
  version: number;
  updatedAt: string;
}

const versionsOf = async (table: string, id: string): Promise<Versions> =>
  (
    await workshop.rows<Versions>(
      `SELECT "version", "updated_at"::text AS "updatedAt" FROM "${table}" WHERE "id" = $1`,
      [id],
    )
  )[0]!;

/** By what an update moves the version of an object. */
async function moves(
  type: string,
  input: Record<string, unknown>,
  ifVersion?: number,
): Promise<[version: number, updatedAt: boolean]> {
  const table = type.replace(/(?<=[a-z])[A-Z]/g, (letter) => `_${letter}`).toLowerCase();
  const before = await versionsOf(table, things[type]!);
  const { errors } = await workshop.server.ask(
    workshop.as('owner'),
    operationOf({ name: `update${type}`, action: 'update', type }),
    {
      id: things[type],
      input,
      ifVersion,
    },
  );
  expect(errors).toBeUndefined();
  const after = await versionsOf(table, things[type]!);
  return [after.version - before.version, after.updatedAt !== before.updatedAt];
}

test('an update that changes nothing changes nothing', async () => {
  expect(
    await moves('Project', { name: 'Other', tags: ['a'], extraFields: { a: 1 }, funding: [{ funder: 'X' }] }),
  ).toEqual([1, true]);
  expect(
    await moves('Project', { name: ' Other ', tags: ['a'], extraFields: { a: 1 }, funding: [{ funder: 'X' }] }),
  ).toEqual([0, false]);
  expect(await moves('Project', {})).toEqual([0, false]);
  expect(await moves('Session', { startedAt: '2024-05-31T09:30:00Z' })).toEqual([1, true]);
  expect(await moves('Session', { startedAt: '2024-05-31T11:30:00+02:00' })).toEqual([0, false]);
  expect(await moves('DataAcquisition', { fileSizeBytes: 12_345_678_901 })).toEqual([1, true]);
  expect(await moves('DataAcquisition', { fileSizeBytes: 12_345_678_901 })).toEqual([0, false]);
});

test('updatedAt moves only with what every viewer of the object sees, version with everything', async () => {
  expect(await moves('Setup', { location: 'Cellar' })).toEqual([1, true]);
  expect(await moves('Setup', { image: 'https://example.org/a.png' })).toEqual([1, false]);
  expect(await moves('Behavior', { setupId: things['Setup'] })).toEqual([1, false]);
  expect(await moves('Behavior', { subjectIds: [things['Subject']] })).toEqual([1, false]);
  expect(await moves('Behavior', { epochId: things['Epoch'] })).toEqual([1, true]);
  expect(await moves('Session', { dataStorageIds: [things['DataStorage']] })).toEqual([1, false]);
  expect(await moves('Collection', { sessionIds: [things['Session']] })).toEqual([1, true]);
  expect(await moves('DataAcquisition', { fileUrl: 'https://example.org/f' })).toEqual([1, false]);
});

test('what is left out stays, an explicit null clears, and clearing a list of values empties it', async () => {
  await moves('Project', { description: 'Text', tags: ['a'], license: 'CC0-1.0' });
  await moves('Project', { description: null, tags: null });
  expect(
    await workshop.rows(`SELECT "description", "tags", "license" FROM "project" WHERE "id" = $1`, [things['Project']]),
  ).toEqual([{ description: null, tags: [], license: 'CC0-1.0' }]);
});

test('a writer who looked at an old version is told the new one; whoever may not edit is told nothing', async () => {
  await moves('Project', { name: 'One' }, 1);
  const update = operationOf({ name: 'updateProject', action: 'update', type: 'Project' });
  const variables = { id: things['Project'], ifVersion: 1, input: { name: 'Two' } };
  const late = await workshop.server.ask(workshop.as('owner'), update, variables);
  expect(late.errors?.[0]?.extensions).toEqual({ code: 'CONFLICT', currentVersion: 2 });
  const other = await workshop.server.ask(workshop.as('contributor'), update, variables);
  expect(other.errors?.[0]?.extensions).toEqual({ code: 'FORBIDDEN' });
});
