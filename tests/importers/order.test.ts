import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { accessInForce } from '../../src/access/access';
import type { Viewer } from '../../src/access/viewer';
import { readAind } from '../../src/importers/aind/read-aind';
import { joinStored } from '../../src/importers/joining';
import { importTree } from '../../src/importing/storing/import-tree';
import { newId } from '../../src/model/ids';
import type { Entry } from '../../src/tree/entry';
import { createTestDatabase, type TestDatabase } from '../stage/database';
import { startTestServer, type TestServer } from '../stage/server';
import { corpus, corpusFiles, describeCorpus, folderOf, removeFolders, tellWhereCorpusIs } from './reading';

let database: TestDatabase;
let server: TestServer;
beforeAll(async () => {
  database = await createTestDatabase();
  server = await startTestServer(database.dataSource);
});
afterAll(async () => {
  removeFolders();
  await server.close();
  await database.drop();
});

tellWhereCorpusIs();

/** Imports each path after the other, as the command does, and gives what is stored in the end. */
async function storedAfter(paths: readonly string[]): Promise<Entry[]> {
  const userId = newId('User');
  await database.dataSource.query(`INSERT INTO "user" ("id", "name") VALUES ($1, 'Lena')`, [userId]);
  const viewer: Viewer = { kind: 'user', userId, isAdministrator: false, scopes: ['READ', 'WRITE'] };
  let projectId: string | null = null;
  for (const path of paths) {
    const { tree } = await readAind(path);
    const stored: Entry[] = projectId === null ? [] : await server.exported(viewer, projectId);
    const { entries } = joinStored(tree, stored);
    const lines = entries.map((value, line) => ({ line, value }));
    const outcome = await importTree({ dataSource: database.dataSource, access: accessInForce, viewer }, lines);
    expect(outcome.faults).toEqual([]);
    projectId = outcome.projectId;
  }
  const all = await server.exported(viewer, projectId!);
  return all.map(plain).sort((one, other) => (one.key < other.key ? -1 : 1));
}

/** Without places in lists that mean nothing: of keys, tags and the like. */
function plain(entry: Entry): Entry {
  const sorted = Object.entries(entry).map(([field, value]) => [
    field,
    Array.isArray(value) ? value.map((one) => JSON.stringify(one)).sort() : value,
  ]);
  return Object.fromEntries(sorted) as Entry;
}

const ordersOf = <T>(all: readonly T[]): T[][] =>
  all.length < 2
    ? [[...all]]
    : all.flatMap((one) => ordersOf(all.filter((other) => other !== one)).map((rest) => [one, ...rest]));

/** Three sessions of two animals in one rig, whose records say the same things in part, and differ in others. */
const record = (day: number, subject: string, more: object): string =>
  JSON.stringify({
    subject: { subject_id: subject, sex: 'Male', species: { name: 'Mus musculus' }, genotype: 'wt/wt', ...more },
    session: {
      subject_id: subject,
      session_start_time: `2024-09-0${day}T09:28:30-07:00`,
      rig_id: 'r1',
      session_type: 'A',
    },
    rig: {
      rig_id: 'r1',
      modification_date: `2024-08-0${day}`,
      cameras: [],
      daqs: [{ device_type: 'DAQ', name: `daq ${day}` }],
    },
    data_description: {
      ...{ project_name: 'Maze', data_level: 'raw', license: 'CC-BY-4.0', institution: { name: `Institute ${day}` } },
      investigators: [{ name: `Person ${day}` }, { name: 'Person 1' }],
      funding_source: [{ funder: `Funder ${day}`, grant_number: `U0${day}`, fundee: `Person ${day}` }],
    },
  });
const files = {
  'a.json': record(1, 'm1', { notes: 'Tame.' }),
  'b.json': record(2, 'm2', {}),
  'c.json': record(3, 'm1', { breeding_info: { maternal_id: 'm0' } }),
};

test('records one by one, in any order, or all at once give the same project', async () => {
  const folder = folderOf(files);
  const atOnce = await storedAfter([folder]);
  for (const order of ordersOf(Object.keys(files)))
    expect([order, await storedAfter(order.map((name) => join(folder, name)))]).toEqual([order, atOnce]);
  expect(await storedAfter([join(folder, 'c.json'), folder])).toEqual(atOnce);
});

/** Published records of one project: of one animal in one rig, and of several animals in several instruments. */
const published: [string, RegExp][] = [
  ['one animal', /^ecephys_655565/],
  ['three animals', /^SmartSPIM_(?:713468|716005|747806)/],
];

describeCorpus('published records', () => {
  test.each(published)('of %s do so as well', async (_what, which) => {
    const names = corpusFiles('aind/records_open').filter((name) => which.test(name));
    const paths = names.map((name) => join(corpus, 'aind/records_open', name));
    const folder = folderOf({});
    paths.forEach((path, at) => copyFileSync(path, join(folder, names[at]!)));
    const atOnce = await storedAfter([folder]);
    expect(await storedAfter(paths)).toEqual(atOnce);
    expect(await storedAfter([...paths].reverse())).toEqual(atOnce);
  });
});
