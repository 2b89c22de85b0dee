import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readDandiset } from '../../src/importers/dandi/read-dandiset';
import type { SourceTree } from '../../src/importers/source-tree';
import type { Entry } from '../../src/tree/entry';
import { type End, type Lab, openLab, projectIn } from './lab';
import { fixture, folderOf, removeFolders } from './reading';

let lab: Lab;
let folder: string;
let projectId: string;
let tree: SourceTree;
beforeAll(async () => {
  lab = await openLab();
  folder = join(folderOf({}), 'lantern');
  cpSync(fixture('lantern'), folder, { recursive: true });
  ({ tree } = await readDandiset(folder));
  projectId = projectIn(await again());
}, 120_000);
afterAll(async () => {
  removeFolders();
  await lab.close();
});

const again = (...words: string[]): Promise<End> => lab.import(['dandi', folder, ...words]);
const stored = async (key: string): Promise<Entry> => (await lab.stored(projectId)).find((one) => one.key === key)!;

/** What somebody in the lab knows better than the archive, field by field; lists and objects get one more. */
const known: Partial<Record<Entry['type'], Record<string, unknown>>> = {
  Project: { description: 'Ours.', license: 'CC0-1.0', nameUsedInStorage: 'lantern', tags: ['ours'] },
  Subject: {
    ...{
      sex: 'FEMALE',
      age: 'P40D',
      status: 'DECEASED',
      description: 'Tame.',
      geneticLine: 'Line 7',
      genotype: 'wt/wt',
    },
    ...{
      birthDate: '2024-01-01',
      deathDate: '2024-12-31',
      identifier: 'tag 9',
      tags: ['ours'],
      extraFields: { ours: 1 },
    },
  },
  Session: {
    ...{ name: 'Our name', description: 'Ours.', startedAt: '2024-05-31T09:30:00.000Z', nameUsedInStorage: 'ours' },
    ...{ tags: ['ours'], extraFields: { ours: 'yes' } },
    repositoryLinks: [{ repository: 'GITHUB', url: 'https://github.com/example/ours' }],
  },
  DataAcquisition: {
    type: 'ExtracellularEphys',
    fileUrl: 'https://example.org/ours',
    fileSizeBytes: 7,
    notes: 'Ours.',
  },
  Contributor: { affiliation: 'Our institute', orcid: '0000-0001-5109-3700', roles: ['SUPERVISOR'] },
  DataStorage: { name: 'Our server', location: 'Basement', description: 'Ours.', organization: ['SUBJECTS'] },
};

/** What a person would write: fields that the source does not state, and what is added to lists and objects that it does. */
function edits(entry: Entry, before: Entry): Record<string, unknown> {
  const assumed = tree.assumed.get(entry.key);
  const input: Record<string, unknown> = {};
  for (const [field, value] of Object.entries(known[entry.type] ?? {})) {
    const told = field === 'type' ? 'moduleType' : field;
    const stated = assumed?.has(told) ? undefined : entry[told];
    if (Array.isArray(value))
      input[field] = [...((before[told] as unknown[] | undefined) ?? []), ...(value as unknown[])];
    else if (typeof value === 'object') input[field] = { ...(before[told] as object), ...value };
    else if (stated === undefined) input[field] = value;
  }
  return input;
}

test('a second import changes nothing', async () => {
  const { out, code } = await again();
  expect([code, /Nothing has changed: \d+ are as they were/.test(out)]).toEqual([0, true]);
  expect(out).not.toMatch(/Changed, since|No longer stated/);
});

test('what people have written and the source does not contradict stays, field by field', async () => {
  const before = new Map((await lab.stored(projectId)).map((entry) => [entry.key, entry]));
  for (const entry of tree.entries.filter(({ type }) => known[type])) {
    const input = edits(entry, before.get(entry.key)!);
    const { type } = entry;
    await lab.ask(
      `mutation ($id: ID!, $input: Update${type}Input!) { update${type}(id: $id, input: $input) { changed } }`,
      {
        id: await lab.idOf(entry.key),
        input,
      },
    );
  }
  const edited = await lab.stored(projectId);
  expect(edited).not.toEqual([...before.values()]);
  const { out, code } = await again();
  expect([code, out.match(/.*(Nothing has changed|Changed, since|No longer stated).*/g)]).toEqual([
    0,
    [expect.stringContaining('Nothing has changed')],
  ]);
  expect(await lab.stored(projectId)).toEqual(edited);
});

test('what the source contradicts is changed, and named, before it is done and after', async () => {
  await lab.ask('mutation ($id: ID!) { updateSession(id: $id, input: { description: "Other." }) { changed } }', {
    id: await lab.idOf('session:ana/day1'),
  });
  const said = /description of Session session:ana\/day1 .*Other\. → First night\./;
  const dry = await again('--dry-run');
  expect([dry.out.includes('Changed, since the source says otherwise:'), said.test(dry.out)]).toEqual([true, true]);
  expect((await stored('session:ana/day1')).description).toBe('Other.');
  expect((await again()).out).toMatch(said);
  expect((await stored('session:ana/day1')).description).toBe('First night.\n\nFirst night, sorted.');
});

test('what the source takes back stays, and is named', async () => {
  const description = JSON.parse(readFileSync(join(folder, 'dandiset.json'), 'utf8')) as object;
  writeFileSync(join(folder, 'dandiset.json'), JSON.stringify({ ...description, keywords: [] }));
  const lines = readFileSync(join(folder, 'assets.jsonl'), 'utf8').split('\n');
  writeFileSync(join(folder, 'assets.jsonl'), lines.filter((line) => !line.includes('sub-dot/sub-dot.nwb')).join('\n'));
  const { out, code } = await again();
  expect(code).toBe(0);
  expect(out).toMatch(/No longer stated by the source: stays as it is:\n(.*\n)*.*tags of Project/);
  expect(out).toMatch(/DataAcquisition file:sub-dot\/sub-dot\.nwb: no longer named/);
  expect((await stored('project:DANDI:999901')).tags).toContain('lantern');
  expect(await stored('file:sub-dot/sub-dot.nwb')).toBeDefined();
});
