import { anonymous, type Viewer } from '../../src/access/viewer';
import type { Answer } from '../stage/server';
import { Workshop, type Cast, type Things } from './bench';
import { operationOf } from './inputs';

let workshop: Workshop;
/** What the cast has its roles on: the session is in a public project, its file in a storage. */
let things: Things;
beforeAll(async () => {
  workshop = await Workshop.open();
});
beforeEach(async () => {
  things = await workshop.things();
  await open('project', things['Project']!, `, "published_at" = now(), "first_published_at" = now()`);
});
afterAll(() => workshop.close());

const file = { fileUrl: 'https://files.example.org/night.nwb', fileName: 'night.nwb' };
const nothing = { fileUrl: null, fileName: null };

const open = (table: string, id: string, more = ''): Promise<unknown> =>
  workshop.rows(`UPDATE "${table}" SET "is_public" = TRUE${more} WHERE "id" = $1`, [id]);
const close = (table: string, id: string): Promise<unknown> =>
  workshop.rows(`UPDATE "${table}" SET "is_public" = FALSE WHERE "id" = $1`, [id]);

async function fileIn(storage: string | null): Promise<void> {
  await workshop.rows(
    `UPDATE "data_acquisition" SET "data_storage_id" = $1, "file_url" = $2, "file_name" = $3, "file_url_of_id" = NULL, "file_name_of_id" = NULL WHERE "id" = $4`,
    [storage, file.fileUrl, file.fileName, things['DataAcquisition']],
  );
}

async function read(viewer: Viewer): Promise<unknown> {
  const { data } = await workshop.server.ask(
    viewer,
    `query ($id: ID!) { file: dataAcquisition(id: $id) { fileUrl fileName } }`,
    {
      id: things['DataAcquisition'],
    },
  );
  return data!['file'];
}

async function update(part: keyof Cast['ids'], input: object): Promise<Answer> {
  const mutation = operationOf(
    { name: 'updateDataAcquisition', action: 'update', type: 'DataAcquisition' },
    'fileUrl fileName',
  );
  const answer = await workshop.server.ask(workshop.as(part), mutation, { id: things['DataAcquisition'], input });
  expect(answer.errors).toBeUndefined();
  return answer;
}

const remove = (id: string, part: keyof Cast['ids']): Promise<Answer> =>
  workshop.server.ask(
    workshop.as(part),
    `mutation ($id: ID!) { result: deleteDataStorage(id: $id) { message revoked } }`,
    { id },
  );

/** Somebody with a role on the storage alone. */
async function viewerOf(storage: string): Promise<Viewer> {
  const userId = await workshop.lab.person('Sally');
  await workshop.lab.add('Membership', { dataStorageId: storage, userId, role: 'MEMBER', acceptedAt: new Date() });
  return { kind: 'user', userId, isAdministrator: false, scopes: ['READ'] };
}

/** Contributors of the session read it whatever becomes of the storage. */
async function expectContributorsRead(): Promise<void> {
  for (const part of ['contributor', 'manager', 'owner', 'ownerThroughGroup'] as const)
    expect([part, await read(workshop.as(part))]).toEqual([part, file]);
}

test('it is read by those who see the storage and by contributors of the session, and by nobody else', async () => {
  const hidden = await workshop.hiddenThings();
  await fileIn(hidden['DataStorage']!);
  await expectContributorsRead();
  expect(await read(await viewerOf(hidden['DataStorage']!))).toEqual(file);
  for (const viewer of [anonymous, workshop.as('stranger'), workshop.as('member'), workshop.as('administrator')])
    expect(await read(viewer)).toEqual(nothing);
  await fileIn(null);
  expect(await read(anonymous)).toEqual(file);
});

test('a contributor who takes a file out of a storage, which they need not see, opens its address to nobody', async () => {
  const hidden = await workshop.hiddenThings();
  const viewer = await viewerOf(hidden['DataStorage']!);
  await open('data_storage', things['DataStorage']!);
  for (const dataStorage of [null, things['DataStorage']!]) {
    await fileIn(hidden['DataStorage']!);
    const { data } = await update('contributor', { dataStorageId: dataStorage });
    expect((data!['result'] as { message: string }).message).toContain('address stays with those who could read it');
    await expectContributorsRead();
    // Who sees the storage that it was recorded for reads it as before.
    expect([dataStorage, await read(viewer)]).toEqual([dataStorage, file]);
    for (const other of [anonymous, workshop.as('stranger'), workshop.as('member')])
      expect([dataStorage, await read(other)]).toEqual([dataStorage, nothing]);
    // Saying the same again, as a form does, opens nothing; another address is another matter.
    await update('contributor', { dataStorageId: dataStorage, ...file, notes: 'Moved.' });
    expect(await read(anonymous)).toEqual(nothing);
    await update('contributor', { fileUrl: 'https://open.example.org/night.nwb' });
    expect(await read(anonymous)).toEqual({ fileUrl: 'https://open.example.org/night.nwb', fileName: null });
  }
});

test('what was withheld by two storages stays with those who contribute', async () => {
  const [first, second] = [await workshop.hiddenThings(), await workshop.hiddenThings()];
  await fileIn(first['DataStorage']!);
  await update('contributor', { dataStorageId: things['DataStorage'] });
  await update('contributor', { dataStorageId: null });
  expect(await read(await viewerOf(first['DataStorage']!))).toEqual(nothing);
  expect(await read(await viewerOf(second['DataStorage']!))).toEqual(nothing);
  await expectContributorsRead();
  // Back in a storage that everybody sees it is withheld all the same.
  await open('data_storage', things['DataStorage']!);
  await update('contributor', { dataStorageId: things['DataStorage'] });
  expect(await read(anonymous)).toEqual(nothing);
});

test('back in the storage that it was recorded for, it is as it was', async () => {
  await fileIn(things['DataStorage']!);
  await update('owner', { dataStorageId: null });
  await update('owner', { dataStorageId: things['DataStorage'] });
  expect(
    await workshop.rows(`SELECT "file_url_of_id", "file_name_of_id" FROM "data_acquisition" WHERE "id" = $1`, [
      things['DataAcquisition'],
    ]),
  ).toEqual([{ file_url_of_id: null, file_name_of_id: null }]);
  await open('data_storage', things['DataStorage']!);
  expect(await read(anonymous)).toEqual(file);
});

test('deleting a private storage erases no address and opens none, and tells its owner of nobody', async () => {
  const hidden = await workshop.hiddenThings();
  const storage = hidden['DataStorage']!;
  const empty = await workshop.hiddenThings();
  const viewer = await viewerOf(storage);
  await fileIn(storage);
  const [full, none] = [await remove(storage, 'curator'), await remove(empty['DataStorage']!, 'curator')];
  // The same words, whether and how many recordings of others lay in it.
  expect(full.data).toEqual(none.data);
  expect(full.data).toMatchObject({ result: { revoked: false } });
  await expectContributorsRead();
  for (const other of [anonymous, viewer, workshop.as('stranger'), workshop.as('member'), workshop.as('curator')])
    if (other !== anonymous && other.kind === 'user' && other.userId === workshop.cast.ids.curator) continue;
    else expect(await read(other)).toEqual(nothing);
});

test('deleting a storage withholds what it withheld before, where the file lies elsewhere by now', async () => {
  const hidden = await workshop.hiddenThings();
  await fileIn(hidden['DataStorage']!);
  await update('contributor', { dataStorageId: null });
  await remove(hidden['DataStorage']!, 'curator');
  expect(await read(anonymous)).toEqual(nothing);
  await expectContributorsRead();
});

test('what was open stays open: taken out of a public storage, or that deleted, or revoked after it was taken out', async () => {
  const storage = things['DataStorage']!;
  await open('data_storage', storage);
  await fileIn(storage);
  await update('contributor', { dataStorageId: null });
  expect(await read(anonymous)).toEqual(file);
  await close('data_storage', storage);
  expect(await read(anonymous)).toEqual(file);
  // While it lies there, the storage says so.
  await fileIn(storage);
  expect(await read(anonymous)).toEqual(nothing);
  await update('contributor', { dataStorageId: null });
  expect(await read(anonymous)).toEqual(nothing);
  await open('data_storage', storage);
  expect(await read(anonymous)).toEqual(file);
  await remove(storage, 'owner');
  expect(await read(anonymous)).toEqual(file);
});
