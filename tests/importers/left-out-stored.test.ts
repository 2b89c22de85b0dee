import { cpSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type End, type Lab, openLab, projectIn } from './lab';
import { fixture, folderOf, removeFolders } from './reading';

let lab: Lab;
beforeAll(async () => {
  lab = await openLab();
}, 120_000);
afterAll(async () => {
  removeFolders();
  await lab.close();
});

function copyOf(set: string): string {
  const folder = join(folderOf({}), set);
  cpSync(fixture(set), folder, { recursive: true });
  return folder;
}

const unreadable = [
  'participants.json',
  'task-horn_ieeg.json',
  'sub-01/sub-01_sessions.tsv',
  'sub-01/ses-pre/sub-01_ses-pre_scans.tsv',
  'sub-01/ses-pre/ieeg/sub-01_ses-pre_task-horn_run-1_channels.tsv',
  'sub-01/ses-pre/ieeg/sub-01_ses-pre_task-horn_run-1_ieeg.json',
  'sub-01/ses-pre/ieeg/sub-01_ses-pre_space-A_electrodes.tsv',
];

/** A file of git-annex whose content was not fetched. */
function unfetch(path: string): void {
  rmSync(path);
  symlinkSync('.git/annex/objects/aa/MD5E-s12--00', path);
}

const values = async (projectId: string): Promise<unknown> =>
  (await lab.stored(projectId)).map(({ createdAt: _, updatedAt: __, version: ___, ...entry }) => entry);

test('what cannot be read changes nothing that is stored', async () => {
  const folder = copyOf('harbour');
  const again = (): Promise<End> => lab.import(['bids', folder]);
  const projectId = projectIn(await again());
  const before = await values(projectId);
  for (const file of unreadable) unfetch(join(folder, file));
  const damaged = await again();
  expect([damaged.code, damaged.err]).toEqual([3, '']);
  expect(damaged.out).toMatch(
    /^(?:Reading.*\n|Sending.*\n)*Left out, since it is faulty; everything else was read:\n {2}7 × The content of this file is not here/,
  );
  expect(damaged.out).toMatch(/Nothing has changed: \d+ are as they were/);
  expect(damaged.out).not.toMatch(/No longer stated|no longer named/);
  expect(await values(projectId)).toEqual(before);
}, 60_000);

test('a second import, once the files are there, adds what was missing', async () => {
  const [folder, whole] = [copyOf('harbour'), copyOf('harbour')];
  // Otherwise both are one set, by its DOI.
  for (const [at, one] of [folder, whole].entries()) {
    const path = join(one, 'dataset_description.json');
    writeFileSync(path, readFileSync(path, 'utf8').replace(/ds990001/g, `ds99010${at}`));
  }
  for (const file of unreadable) unfetch(join(folder, file));
  expect((await lab.import(['bids', folder])).code).toBe(3);
  for (const file of unreadable) {
    rmSync(join(folder, file));
    cpSync(join(whole, file), join(folder, file));
  }
  const completed = await lab.import(['bids', folder]);
  expect([completed.code, completed.err]).toEqual([0, '']);
  const expected = await lab.import(['bids', whole]);
  const plain = async (end: End): Promise<unknown> =>
    JSON.parse(
      JSON.stringify(await values(projectIn(end)))
        .replace(/ds99010\d/g, 'ds')
        .replace(/"[0-9a-f]{8}-[0-9a-f-]{27}"/g, '"id"'),
    );
  expect(await plain(completed)).toEqual(await plain(expected));
}, 60_000);

test('a file that a list of DANDI no longer tells of, for a fault of the list, stays as it is', async () => {
  const folder = copyOf('lantern');
  const projectId = projectIn(await lab.import(['dandi', folder]));
  const before = await values(projectId);
  const list = join(folder, 'assets.jsonl');
  const lines = readFileSync(list, 'utf8').trim().split('\n');
  writeFileSync(list, [...lines.slice(1, -1), lines.at(-1)!.slice(0, 100)].join('\n'));
  const damaged = await lab.import(['dandi', folder]);
  expect([damaged.code, damaged.err]).toEqual([3, '']);
  expect(damaged.out).not.toMatch(/No longer stated|no longer named/);
  expect(await values(projectId)).toEqual(before);
}, 60_000);
