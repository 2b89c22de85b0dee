import { cpSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readBrainstem } from '../../../src/importers/brainstem/read-brainstem';
import type { Entry } from '../../../src/tree/entry';
import { expectComplete } from '../completeness/completeness';
import { type End, type Lab, openLab, projectIn } from '../lab';
import { fixture, folderOf, removeFolders } from '../reading';
import { id } from './warren';

let lab: Lab;
let folder: string;
let projectId: string;
beforeAll(async () => {
  lab = await openLab();
  folder = join(folderOf({}), 'warren');
  cpSync(fixture('warren'), folder, { recursive: true });
  projectId = projectIn(await again());
}, 120_000);
afterAll(async () => {
  removeFolders();
  await lab.close();
});

const again = (...words: string[]): Promise<End> => lab.import(['brainstem', folder, ...words]);
const stored = async (key: string): Promise<Entry> => (await lab.stored(projectId)).find((one) => one.key === key)!;

test('an export is stored under its UUIDs, nothing of it is public, and a second import changes nothing', async () => {
  expect(await stored(id(11))).toMatchObject({ name: 'W1', sex: 'FEMALE', identifier: 'ear 7' });
  expect(await stored(id(21))).toMatchObject({ startedAt: '2024-08-01T19:30:00.000Z', subjects: [id(11), id(12)] });
  expect(await stored(id(75))).toMatchObject({ type: 'Behavior', setup: id(31), subjects: [id(11), id(12)] });
  expect(await lab.ask('{ projects { totalCount } setups { totalCount } }', {}, true)).toEqual({
    projects: { totalCount: 0 },
    setups: { totalCount: 0 },
  });
  const { out, code } = await again();
  expect([code, /Nothing has changed: \d+ are as they were/.test(out)]).toEqual([0, true]);
  expect(out).not.toMatch(/Changed, since|No longer stated/);
});

test('every value of every answer is in the project, or its column is in the report', async () => {
  const { report } = await readBrainstem(folder);
  expectComplete('the fixture warren', folder, await lab.stored(projectId), report);
});

test('the same as one file, in whatever order, is the same project', async () => {
  const all: Record<string, unknown[]> = {};
  for (const part of ['stem', 'modules', 'personal_attributes', 'taxonomies'].reverse())
    for (const name of readdirSync(join(folder, part))) {
      const answer = JSON.parse(readFileSync(join(folder, part, name), 'utf8')) as Record<string, unknown>;
      for (const [key, value] of Object.entries(answer).filter(([key]) => !['count', 'next', 'meta'].includes(key)))
        all[key] = [...(Array.isArray(value) ? (value as unknown[]) : [value]).reverse(), ...(all[key] ?? [])];
    }
  const file = join(folderOf({ 'export.json': JSON.stringify(all) }), 'export.json');
  const end = await lab.import(['brainstem', file]);
  expect([projectIn(end), end.out.match(/Nothing has changed|Changed, since/g)]).toEqual([
    projectId,
    ['Nothing has changed'],
  ]);
});

test('what people have written and the export does not contradict stays, and what it does is named', async () => {
  const update = async (type: string, key: string, input: object): Promise<void> => {
    const mutation = `mutation ($id: ID!, $input: Update${type}Input!) { update${type}(id: $id, input: $input) { changed } }`;
    await lab.ask(mutation, { id: await lab.idOf(key), input });
  };
  await update('Subject', id(12), { sex: 'MALE', description: 'Tame.', tags: ['cooling', 'ours'] });
  await update('Session', id(22), { startedAt: '2024-08-02T19:30:00Z', extraFields: { moon: 'new', ours: 1 } });
  await update('Procedure', id(51), { details: { anestheticAgent: 'Isoflurane', route: 'Inhalation', dosage: '2 %' } });
  await update('DataAcquisition', id(72), { notes: 'mic' });
  const edited = await lab.stored(projectId);
  const { out } = await again();
  // U says that the sex is not known: that is a statement, and so is a duration.
  expect(out.match(/ {2}1 × .* → .*/g)?.map((line) => line.trim())).toEqual([
    expect.stringMatching(/^1 × sex of Subject .*12 .*MALE → UNKNOWN/),
  ]);
  const now = await lab.stored(projectId);
  const without = (entries: Entry[]): Entry[] =>
    entries.map(({ ...entry }) => (entry.key === id(12) ? { ...entry, sex: '' } : entry));
  const procedure = now.find(({ key }) => key === id(51))!;
  expect(procedure['details']).toMatchObject({ route: 'Inhalation', dosage: '2 %', duration: { value: 90 } });
  const others = (entries: Entry[]): Entry[] => without(entries).filter(({ key }) => key !== id(51));
  expect(others(now)).toEqual(others(edited));
});

test('what the export takes back stays, and is named', async () => {
  const path = join(folder, 'modules', 'behaviors.json');
  writeFileSync(path, '{"behaviors": []}');
  const { out, code } = await again();
  expect([code, out.includes(`Behavior ${id(75)}: no longer named`)]).toEqual([0, true]);
  expect(await stored(id(75))).toBeDefined();
});

test('of several projects, the one that is asked for', async () => {
  const two = {
    projects: [
      { id: id(1), name: 'One' },
      { id: id(2), name: 'Two' },
    ],
    sessions: [session(21, 1), session(23, 2)],
  };
  const several = folderOf({ 'export.json': JSON.stringify(two) });
  const open = await lab.import(['brainstem', several, '--dry-run']);
  expect([open.code, open.err]).toEqual([
    1,
    expect.stringMatching(/holds 2 projects\. Say which one by --of <id>: .*Two/),
  ]);
  const chosen = await lab.import(['brainstem', several, '--of', 'Two', '--dry-run']);
  expect(chosen.out).toMatch(/Mapped to: 1 project, 1 session\./);
  expect(chosen.out).toMatch(/1 × Session: of another project/);
});

const session = (at: number, project: number): object => ({ id: id(at), name: `S${at}`, projects: [id(project)] });
