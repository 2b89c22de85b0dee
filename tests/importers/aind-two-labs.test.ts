import { join } from 'node:path';
import { readAind } from '../../src/importers/aind/read-aind';
import { type Lab, openLab, projectIn } from './lab';
import { folderOf, removeFolders } from './reading';

let lab: Lab;
beforeAll(async () => {
  lab = await openLab();
});
afterAll(async () => {
  removeFolders();
  await lab.close();
});

interface Stated {
  project: string;
  subject: string;
  start?: string | undefined;
  notes: string;
}

/** A record whose session is called as those of all others here. */
const record = ({ project, subject, start, notes }: Stated): string =>
  JSON.stringify({
    subject: { subject_id: subject, sex: 'Male', species: 'Mus musculus' },
    session: { subject_id: subject, session_start_time: start, session_type: 'STAGE', notes },
    data_description: { project_name: project, name: 'baseline', data_level: 'raw' },
  });

test('two labs that call animal and session alike have a project each, with what each of them states', async () => {
  const start = '2024-09-01T09:28:30-07:00';
  const folder = folderOf({
    'a.json': record({ project: 'Maze', subject: 'm1', start, notes: 'Of lab A.' }),
    'b.json': record({ project: 'Wheel', subject: 'm1', start, notes: 'Of lab B.' }),
  });
  const imported = async (name: string): Promise<string> => projectIn(await lab.import(['aind', join(folder, name)]));
  const [first, second] = [await imported('a.json'), await imported('b.json')];
  expect(first).not.toBe(second);
  expect(await imported('a.json')).toBe(first);
  for (const [project, description] of [
    [first, 'Of lab A.'],
    [second, 'Of lab B.'],
  ] as const)
    expect((await lab.stored(project)).filter(({ type }) => type === 'Session')).toMatchObject([
      { name: 'baseline', description },
    ]);
});

test.each<[string, Partial<Stated>]>([
  ['of another animal', { subject: 'm2' }],
  ['of another day', { start: '2024-09-02T09:28:30-07:00' }],
  ['of which nothing tells the time', { start: undefined }],
])('of records in one folder, a session of the same name %s is its own', async (_, other) => {
  const one = { project: 'Maze', subject: 'm1', start: '2024-09-01T09:28:30-07:00', notes: 'One.' };
  const { tree } = await readAind(
    folderOf({ 'a.json': record(one), 'b.json': record({ ...one, project: 'Wheel', notes: 'Other.', ...other }) }),
  );
  const sessions = tree.entries.filter(({ type }) => type === 'Session');
  expect(sessions.map(({ name, description }) => [name, description])).toEqual([
    ['baseline', 'One.'],
    ['baseline', 'Other.'],
  ]);
});

test('sessions of two projects in one folder are two, where nothing but the project tells them apart', async () => {
  const one = { project: 'Maze', subject: 'm1', start: 'NaT', notes: 'One.' };
  const { tree } = await readAind(
    folderOf({ 'a.json': record(one), 'b.json': record({ ...one, project: 'Wheel', notes: 'Other.' }) }),
  );
  const sessions = tree.entries.filter(({ type }) => type === 'Session');
  expect(sessions.map(({ description }) => description)).toEqual(['One.', 'Other.']);
});

test('a record that can no longer be read leaves the set the project that it was', async () => {
  const one = { project: 'Maze', subject: 'm1', notes: 'One.' };
  const whole = { 'a.json': record(one), 'b.json': record({ ...one, project: 'Wheel', notes: 'Other.' }) };
  const cut = { ...whole, 'b.json': whole['b.json'].slice(0, -2) };
  const keysOf = async (files: Record<string, string>): Promise<string[]> => {
    const { tree } = await readAind(folderOf(files));
    const kept = tree.entries.filter(
      ({ type, key }) => type === 'Project' || /Session|Behavior/.test(type) || key === 'subject:m1',
    );
    return kept.map(({ key }) => key);
  };
  const [before, after] = [await keysOf(whole), await keysOf(cut)];
  expect(after.find((key) => key.startsWith('project:'))).toMatch(/@/);
  expect(before.map(withoutDigest)).toEqual(expect.arrayContaining(after.map(withoutDigest)));
  expect(after.length).toBeLessThan(before.length);
});

/** Each set of this test lies in a folder of its own. */
const withoutDigest = (key: string): string => key.replace(/^(project:AIND:).*@.*$/, '$1@');
