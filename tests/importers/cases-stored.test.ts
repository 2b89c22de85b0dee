import { join } from 'node:path';
import { foldersOf, tellWhereCasesAre } from './cases';
import { type Lab, openLab, projectIn } from './lab';
import { removeFolders } from './reading';

let lab: Lab;
beforeAll(async () => {
  lab = await openLab();
});
afterAll(async () => {
  removeFolders();
  await lab.close();
});
tellWhereCasesAre();

const imported = async (kind: string, path: string, ...words: string[]): Promise<string> =>
  projectIn(await lab.import([kind, path, ...words]));

const derived = { Name: 'fMRIPrep - workflow', BIDSVersion: '1.8.0', DatasetType: 'derivative' };
const labWith = (row: string, part: string): [string, () => string][] =>
  foldersOf(
    '01-bids-same-name',
    { 'dataset_description.json': JSON.stringify(derived), 'participants.tsv': `participant_id\tsex\tage\n${row}\n` },
    part,
  );
const [ofLabA, ofLabB] = [labWith('sub-01\tF\t24', 'lab-a'), labWith('sub-01\tM\t61', 'lab-b')];

test.each(ofLabA.map(([what, a], at) => [what, a, ofLabB[at]![1]] as const))(
  'two sets of one name are two projects, each found again, or put where somebody says: %s',
  async (_, a, b) => {
    const [folderA, folderB] = [a(), b()];
    const [first, second] = [await imported('bids', folderA), await imported('bids', folderB)];
    expect(first).not.toBe(second);
    expect(await imported('bids', folderA)).toBe(first);
    const subjects = (await lab.stored(first)).filter(({ type }) => type === 'Subject');
    expect(subjects).toMatchObject([{ sex: 'FEMALE', age: 'P24Y' }]);
    const dry = await lab.import(['bids', folderB, '--into', first, '--dry-run']);
    expect(dry.out).toMatch(/sex of Subject subject:01 .*FEMALE → MALE/);
    expect(projectIn(dry)).toBe(first);
    const nowhere = await lab.import(['bids', folderB, '--into', 'nowhere']);
    expect([nowhere.code, nowhere.err]).toEqual([1, expect.stringContaining('There is no project nowhere')]);
  },
);

const record = (project: string, funder: string, day: number): string =>
  JSON.stringify({
    name: `record ${day}`,
    subject: { subject_id: `7${day}`, sex: 'Male', species: 'Mus musculus', date_of_birth: '2024-01-01' },
    session: { subject_id: `7${day}`, session_start_time: `2024-09-0${day}T09:28:30-07:00`, session_type: 'STAGE' },
    data_description: {
      ...{ project_name: project, investigators: [{ name: `Person ${day}` }], data_level: 'raw' },
      funding_source: [{ funder, grant_number: `U0${day}`, fundee: `Person ${day}` }],
    },
  });

test.each(
  foldersOf('43-aind-second-record-removes-a-grant', {
    'a.json': record('Maze', 'National Institute of Mental Health', 1),
    'b.json': record('Maze', 'Allen Institute', 2),
  }),
)('a second record adds to its project: %s', async (_, folder) => {
  const path = folder();
  const first = await imported('aind', join(path, 'a.json'));
  const before = (await lab.stored(first)).find(({ type }) => type === 'Project')!;
  expect(await imported('aind', join(path, 'b.json'))).toBe(first);
  const after = (await lab.stored(first)).find(({ type }) => type === 'Project')!;
  expect(after['funding']).toEqual(expect.arrayContaining(before['funding'] as unknown[]));
  expect(JSON.stringify(after['funding'])).toMatch(/National Institute of Mental Health/);
  for (const [field, said] of Object.entries(before['extraFields'] as Record<string, string | number>))
    expect(String((after['extraFields'] as Record<string, unknown>)[field]).split('\n')).toEqual(
      expect.arrayContaining(String(said).split('\n')),
    );
  expect((await lab.import(['aind', join(path, 'a.json')])).out).toMatch(/Nothing has changed/);
});

test.each(
  foldersOf(
    '44-readiness-misses-us-phone',
    {
      README: 'Requests to Jane Doe\n1 Euclid Ave. S3-399\n(216) 555-0100\n',
      'dataset_description.json': JSON.stringify({ Name: 'Call', BIDSVersion: '1.8.0' }),
      'participants.tsv': 'participant_id\nsub-01\n',
    },
    'set',
  ),
)('a telephone number is found before it is published: %s', async (_, folder) => {
  const id = await imported('bids', folder());
  const { publishReadiness } = await lab.ask<{ publishReadiness: object }>(
    'query ($id: ID!) { publishReadiness(projectId: $id) { code } }',
    { id },
  );
  expect(JSON.stringify(publishReadiness)).toContain('PHONE_NUMBER');
});

test.each(
  foldersOf(
    '32-bids-more-than-200-sidecar-fields',
    {
      'dataset_description.json': JSON.stringify({ Name: 'Sidecars', BIDSVersion: '1.8.0' }),
      ...Object.fromEntries(
        ['T1w', 'bold', 'dwi', 'epi'].flatMap((suffix) => [
          [`sub-01/x/sub-01_${suffix}.nii.gz`, 'x'],
          [
            `sub-01/x/sub-01_${suffix}.json`,
            JSON.stringify(Object.fromEntries(Array.from({ length: 70 }, (_, at) => [`Field${at}`, at]))),
          ],
        ]),
      ),
    },
    'set',
  ),
)('sidecars of any size are stored: %s', async (_, folder) => {
  const { code, out } = await lab.import(['bids', folder(), '--dry-run']);
  expect([code, /to be made/.test(out)]).toEqual([0, true]);
});
