import { copyFileSync, readFileSync } from 'node:fs';
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

/** Animals of a colony, of which each has a record of its own: parents, and litters of theirs. */
const animal = (id: string, born: string, mother?: string, father?: string): string =>
  JSON.stringify({
    subject: {
      ...{ subject_id: id, sex: 'Female', species: { name: 'Mus musculus' }, date_of_birth: born },
      breeding_info: mother && { maternal_id: mother, paternal_id: father },
    },
    data_description: { project_name: 'Colony', data_level: 'raw' },
  });

const filesOf = (names: readonly string[]): string[] => names.map((name) => `${name}.json`);

test('litters are found again, whichever of the animals comes first', async () => {
  const folder = folderOf({
    'a.json': animal('kid1', '2024-05-01', 'mum', 'dad'),
    'b.json': animal('kid2', '2024-05-01', 'mum', 'dad'),
    'c.json': animal('mum', '2024-01-01'),
    'd.json': animal('dad', '2024-01-02', 'gran', 'mum'),
  });
  const atOnce = await storedAfter([folder]);
  expect(atOnce.filter(({ type }) => type === 'Breeding')).toMatchObject([
    { key: 'breeding:gran/mum/2024-01-02', sire: 'subject:mum', offspring: ['"subject:dad"'] },
    { dam: 'subject:mum', sire: 'subject:dad', offspring: ['"subject:kid1"', '"subject:kid2"'] },
  ]);
  for (const order of [
    ['a', 'b', 'c', 'd'],
    ['d', 'c', 'b', 'a'],
    ['c', 'a', 'd', 'b'],
  ].map(filesOf))
    expect([order, await storedAfter(order.map((name) => join(folder, name)))]).toEqual([order, atOnce]);
  const [a, c] = [readFileSync(join(folder, 'a.json')), readFileSync(join(folder, 'c.json'))];
  const inParts = [join(folder, 'b.json'), folderOf({ 'a.json': a, 'c.json': c }), join(folder, 'd.json')];
  expect(await storedAfter(inParts)).toEqual(atOnce);
});

test('a rig is one however its identifier is spelled', async () => {
  const called = (day: number, rig_id: string, hasRig: boolean): string => {
    const one = JSON.parse(record(day, 'm1', {})) as Record<string, Record<string, unknown>>;
    one['session']!['rig_id'] = rig_id;
    one['rig']!['rig_id'] = 'Rig 1';
    return JSON.stringify({ ...one, rig: hasRig ? one['rig'] : null });
  };
  const made = {
    'a.json': called(2, 'RIG 1', false),
    'b.json': called(1, 'rig 1', true),
    'c.json': called(3, 'Rig 1', false),
  };
  const folder = folderOf(made);
  const atOnce = await storedAfter([folder]);
  expect(atOnce.filter(({ type }) => type === 'Setup')).toMatchObject([{ key: 'setup:rig 1', name: 'Rig 1' }]);
  for (const order of [
    ['a', 'b', 'c'],
    ['c', 'b', 'a'],
    ['b', 'c', 'a'],
  ].map(filesOf))
    expect([order, await storedAfter(order.map((name) => join(folder, name)))]).toEqual([order, atOnce]);
});

/** Records of one day each, which contradict each other about what they share; their names do not say which is the latest. */
const contradicting = (day: number, location?: string, description: object = {}): string => {
  const one = JSON.parse(record(day, 'm1', {})) as Record<string, Record<string, unknown>>;
  Object.assign(one['subject']!, {
    ...{ genotype: `line ${day}`, sex: day === 2 ? 'Female' : 'Male', date_of_birth: `2024-01-0${day}` },
    ...{ housing: { cage_id: `cage ${day}` }, source: `Breeder ${day}` },
  });
  Object.assign(one['rig']!, { location: `room ${day}`, instrument_type: `Kind ${day}`, notes: `Note ${day}.` });
  Object.assign(one['data_description']!, { license: ['', 'CC-BY-4.0', 'MIT', 'CC0'][day] }, description);
  return JSON.stringify({ ...one, location });
};
const computed = { name: 'm1_sorted', input_data_name: 'm1_raw', creation_time: '2024-09-05T00:00:00Z' };
const raw = { name: 'm1_raw', creation_time: '2024-09-01T12:00:00Z' };
const disputes: [string, Record<string, string>][] = [
  [
    'a rig, an animal and a licence',
    { 'a.json': contradicting(2), 'b.json': contradicting(3), 'c.json': contradicting(1) },
  ],
  [
    'a session, of which one has the files and another what was computed of them',
    {
      'a.json': contradicting(1, 's3://bucket/m1_sorted', computed),
      'b.json': contradicting(1, 's3://bucket/m1_raw', raw),
    },
  ],
];

test.each(disputes)('records that contradict each other about %s give the same in any order', async (_, made) => {
  const folder = folderOf(made);
  const atOnce = await storedAfter([folder]);
  for (const order of ordersOf(Object.keys(made)))
    expect([order, await storedAfter(order.map((name) => join(folder, name)))]).toEqual([order, atOnce]);
});

test('of contradictions the latest record counts, and the report has both', async () => {
  const { tree, report } = await readAind(folderOf(disputes[0]![1]));
  const of = (type: string): Entry => tree.entries.find((entry) => entry.type === type)!;
  expect(of('Setup')).toMatchObject({ location: 'room 3', description: 'Note 3.' });
  expect(of('Subject')).toMatchObject({ genotype: 'line 3', sex: 'MALE', birthDate: '2024-01-03' });
  expect(of('Subject')['extraFields']).toMatchObject({ cageId: 'cage 1\ncage 2\ncage 3' });
  expect(of('Project')).toMatchObject({ license: 'CC0-1.0', extraFields: { licenseAsStated: 'CC0' } });
  const said = report.findings.filter(({ message }) => message.includes('the latest counts'));
  expect(said.map(({ message, example }) => `${message} ${example.value}`)).toContain(
    'files disagree about the location of one Setup: the latest counts setup:r1: room 3, not room 2',
  );
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
