import { appendFileSync, cpSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readCsv } from '../../../src/importers/csv/read-csv';
import type { Entry } from '../../../src/tree/entry';
import { expectComplete } from '../completeness/completeness';
import { type End, type Lab, openLab, projectIn } from '../lab';
import { fixture, folderOf, removeFolders } from '../reading';

let lab: Lab;
let folder: string;
let projectId: string;
beforeAll(async () => {
  lab = await openLab();
  folder = join(folderOf({}), 'burrow');
  cpSync(fixture('burrow'), folder, { recursive: true });
  projectId = projectIn(await again());
}, 120_000);
afterAll(async () => {
  removeFolders();
  await lab.close();
});

const zone = ['--time-zone', 'Europe/Zurich'];
const again = (...words: string[]): Promise<End> => lab.import(['csv', folder, ...zone, ...words]);
const stored = async (key: string): Promise<Entry> =>
  (await lab.stored(projectId)).find((one) => one.key === key) ?? { type: 'Project', key: 'none' };

test('tables are stored as they say, and a second import changes nothing, wherever the folder lies', async () => {
  expect(await stored('subject:B1')).toMatchObject({ sex: 'FEMALE', birthDate: '2024-05-31', genotype: 'wt/wt' });
  expect(await stored('session:n1')).toMatchObject({ startedAt: '2024-08-01T19:30:00.000Z' });
  const { out, code } = await again();
  expect([code, /Nothing has changed: \d+ are as they were/.test(out)]).toEqual([0, true]);
  expect(out).not.toMatch(/Changed, since|No longer stated/);
  const moved = join(folderOf({}), 'moved');
  cpSync(folder, moved, { recursive: true });
  const there = await lab.import(['csv', moved, ...zone]);
  expect([projectIn(there), /Nothing has changed/.test(there.out)]).toEqual([projectId, true]);
});

test('every value of every table is in the project, or its column is in the report', async () => {
  const { report } = await readCsv(folder, () => {}, 'Europe/Zurich');
  expectComplete('the fixture burrow', folder, await lab.stored(projectId), report);
});

test('tables written in another way say the same', async () => {
  const sessions = readFileSync(join(folder, 'sessions.csv'), 'utf8');
  const other = sessions
    .replace('key,name,date,subjects', 'Session ID,Name,started at,Subject')
    .replace('2024-08-01 21:30', '1.8.2024 9:30 pm');
  writeFileSync(join(folder, 'sessions.csv'), `\ufeff${other.replaceAll('\n', '\r\n')}`);
  const { out } = await again();
  expect(out).toMatch(/Nothing has changed/);
  writeFileSync(join(folder, 'sessions.csv'), sessions);
});

test('what people have written and no table contradicts stays, and is not spoken of', async () => {
  const change = (mutation: string, input: object, key: string): Promise<unknown> =>
    lab
      .idOf(key)
      .then((id) =>
        lab.ask(
          `mutation ($id: ID!, $input: ${mutation.replace(/^u/, 'U')}Input!) { ${mutation}(id: $id, input: $input) { changed } }`,
          { id, input },
        ),
      );
  await change('updateSubject', { sex: 'FEMALE', geneticLine: 'Line 7', description: 'Tame.' }, 'subject:b-3');
  await change('updateSession', { tags: ['dark', 'ours'], description: 'Ours.' }, 'session:n2');
  await change('updateProcedure', { notes: 'Went well.' }, 'procedure:op1');
  await change('updateBehavior', { notes: 'Ours.', order: 4 }, 'behavior:n2/dark/Arena/Digging');
  const edited = await lab.stored(projectId);
  const { out, code } = await again();
  expect([code, out.match(/.*(Nothing has changed|Changed, since|No longer stated).*/g)]).toEqual([
    0,
    [expect.stringContaining('Nothing has changed')],
  ]);
  expect(await lab.stored(projectId)).toEqual(edited);
});

test('what a table contradicts is changed and named, and a row that has gone is named and stays', async () => {
  const subjects = readFileSync(join(folder, 'Subjects.csv'), 'utf8');
  writeFileSync(join(folder, 'Subjects.csv'), subjects.replace('B2;Male', 'B2;f'));
  const cohorts = readFileSync(join(folder, 'cohorts.csv'), 'utf8');
  writeFileSync(join(folder, 'cohorts.csv'), 'name,subjects\n');
  const { out } = await again();
  expect(out).toMatch(/sex of Subject subject:B2 .*MALE → FEMALE/);
  expect(out).toMatch(/Cohort cohort:Bold: no longer named/);
  expect(await stored('subject:B2')).toMatchObject({ sex: 'FEMALE' });
  expect(await stored('cohort:Bold')).toMatchObject({ name: 'Bold' });
  writeFileSync(join(folder, 'Subjects.csv'), subjects);
  writeFileSync(join(folder, 'cohorts.csv'), cohorts);
});

test('what only the server can tell is told by table and row as well; nothing is stored', async () => {
  const before = await lab.stored(projectId);
  const epochs = readFileSync(join(folder, 'epochs.csv'), 'utf8');
  appendFileSync(join(folder, 'epochs.csv'), 'n1,backwards,10,5\n');
  const { code, out, err } = await again();
  expect([code, err]).toEqual([1, expect.stringMatching(/^stemgraph: Nothing was imported: 1 fault, listed above/)]);
  expect(out).toMatch(/\n {2}epochs\.csv, line 5, epoch:n1\/backwards, end: /);
  expect(await lab.stored(projectId)).toEqual(before);
  writeFileSync(join(folder, 'epochs.csv'), epochs);
});

test('faults are told all at once, by file, row and column, before the server hears of the set', async () => {
  const wrong = folderOf({
    'subjects.csv': 'name,sex,birthDate,species\nA,x,2024-13-01,mouse\nB,f,04/03/2024,mouse\n',
    'sessions.csv': 'name,subjects,startedAt\nOne,C,2024-05-31 09:30\n',
  });
  const { code, out, err } = await lab.import(['csv', wrong], { STEMGRAPH_URL: 'http://127.0.0.1:9' });
  expect(code).toBe(1);
  expect(err).toMatch(/^stemgraph: [^\n]+\(5 faults, listed above\.\)\n$/);
  for (const [place, what] of [
    ['subjects.csv, line 2: column sex "x"', 'no value of its list'],
    ['subjects.csv, line 2: column birthDate "2024-13-01"', 'no such day'],
    ['subjects.csv, line 3: column birthDate "04/03/2024"', 'cannot be told'],
    ['sessions.csv, line 2: column subjects "C"', 'no such row in subjects.csv'],
    ['sessions.csv, line 2: column startedAt "2024-05-31 09:30"', '--time-zone'],
  ] as const)
    expect(out.split('\n').find((line) => line.includes(place))).toContain(what);
});

test('a template is written once, is a set of its own key, and reads as one without rows', async () => {
  const tables = join(folderOf({}), 'tables');
  const first = await lab.import(['csv', '--template', tables]);
  expect(first).toMatchObject({ code: 0, err: '' });
  expect(readdirSync(tables)).toEqual(expect.arrayContaining(['project.csv', 'subjects.csv', '_details.csv']));
  const project = readFileSync(join(tables, 'project.csv'), 'utf8');
  const second = await lab.import(['csv', tables, '--template']);
  expect(second.out).toMatch(/project\.csv is there already, and stays as it is\.\n/);
  expect(readFileSync(join(tables, 'project.csv'), 'utf8')).toBe(project);
  const dry = await lab.import(['csv', tables, '--dry-run']);
  expect([dry.code, dry.err]).toEqual([0, '']);
  expect(dry.out).toMatch(/Mapped to: 1 project\./);
  const printed = await lab.import(['csv', '--template']);
  expect(printed.out).toMatch(/== subjects\.csv\nkey,name,sex/);
  expect((await lab.import(['dandi', '--template'])).err).toMatch(/Only csv has a template/);
  expect((await lab.import(['csv'])).err).toMatch(/Name the folder or file/);
});

test('published, everybody reads the project, and none of the lab’s setups, paradigms and storages', async () => {
  const { code, err } = await again('--public');
  expect([code, err]).toEqual([0, '']);
  const query = `{ projects { nodes { name sessions { nodes { name dataStorages { nodes { name } }
    behaviors { nodes { setup { name } behavioralParadigm { name } } } } } } } }`;
  const answer = await lab.ask<object>(query, {}, true);
  expect(JSON.stringify(answer)).toMatch(/Burrow light.*Night 1/);
  expect(JSON.stringify(answer)).not.toMatch(/Arena|Digging|Burrow server/);
});
