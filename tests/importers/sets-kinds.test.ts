import { readBids } from '../../src/importers/bids/read-bids';
import { readDandiset } from '../../src/importers/dandi/read-dandiset';
import { named } from './bids-cases';
import { dandisetWith, folderOf, type Made, madeOf, removeFolders } from './reading';

afterAll(removeFolders);

type Files = Record<string, string>;
const table = (...rows: string[][]): string => rows.map((cells) => `${cells.join('\t')}\n`).join('');

async function bids(files: Files, timeZone: string | null = null): Promise<ReturnType<typeof madeOf>> {
  const folder = folderOf({ 'dataset_description.json': named('Kinds'), ...files });
  return madeOf((await readBids(folder, undefined, timeZone)).tree);
}

/** What one participant becomes by a column and its cell; `about` is what the JSON says of the column. */
async function oneOf(column: string, cell: string, about: object = {}, files: Files = {}): Promise<Made> {
  const { subjects, species, strains } = await bids({
    'participants.tsv': table(['participant_id', column], ['sub-01', cell]),
    'participants.json': JSON.stringify({ [column]: about }),
    ...files,
  });
  const names = new Map([...species, ...strains].map(({ key, name }) => [key, name]));
  const [subject] = subjects as [Made];
  return { ...subject, species: names.get(subject.species)!, strain: names.get(subject.strain)! };
}

describe('participants of BIDS, as people write them', () => {
  it.each<[column: string, cell: string, about: object, age: string | undefined, kept: string | undefined]>([
    ['age', '34', {}, 'P34Y', undefined],
    ['age', '12,5', {}, 'P12.5Y', undefined],
    ['AGE', '24w', {}, 'P24W', undefined],
    ['age', '3 weeks', { Units: 'days' }, 'P3W', undefined],
    ['age', 'P90D/', {}, 'P90D/', undefined],
    ['age', '/P1Y', {}, '/P1Y', undefined],
    ['age', '8', { Units: 'weeks' }, 'P8W', undefined],
    ['age', '8', { Description: 'Age of the animal in weeks' }, 'P8W', undefined],
    ['age', '8', { Description: 'age in weeks, to the next day' }, 'P8W', undefined],
    ['age (weeks)', '8', {}, 'P8W', undefined],
    ['rat_age_in_days', '8', {}, 'P8D', undefined],
    ['age_months', '8', {}, 'P8M', undefined],
    ['rat_age', '12', {}, undefined, '12'],
    ['rat_age', '1', {}, 'P1Y', undefined],
    ['age', '89+', {}, undefined, '89+'],
    ['age', '8', { Units: 'sessions' }, undefined, '8 (sessions)'],
    ['age', 'unknown', {}, undefined, undefined],
    ['age_at_scan', '8', {}, undefined, undefined],
  ])('%s %s %j: %s', async (column, cell, about, age, kept) => {
    const subject = await oneOf(column, cell, about);
    expect([subject.age, subject.extraFields?.['ageAsStated']]).toEqual([age, kept]);
  });

  it.each<[column: string, cell: string, levels: object | undefined, sex: string]>([
    ['Sex', 'm', undefined, 'MALE'],
    ['gender', 'FEMALE', undefined, 'FEMALE'],
    ['sex', 'o', undefined, 'OTHER'],
    ['sex', 'U', undefined, 'UNKNOWN'],
    ['sex', 'woman', undefined, 'FEMALE'],
    ['sex', '1', undefined, 'UNKNOWN'],
    ['sex', '1', { 1: 'female', 2: 'male' }, 'FEMALE'],
    ['sex', '1', { 1: { Description: 'Female participant' } }, 'FEMALE'],
    ['sex', '1', { 1: 'male or female' }, 'UNKNOWN'],
  ])('%s %s %j: %s', async (column, cell, Levels, sex) => {
    expect((await oneOf(column, cell, { Levels })).sex).toBe(sex);
  });

  it('a sex that is said to be unknown is understood', async () => {
    const files = {
      'dataset_description.json': named('Kinds'),
      'participants.tsv': table(['participant_id', 'sex'], ['sub-01', 'unknown']),
    };
    const { report } = await readBids(folderOf(files));
    expect(report.findings.filter(({ message }) => /\bsex\b/.test(message))).toEqual([]);
  });

  it.each<[column: string, cell: string, species: string]>([
    ['Species', 'mice', 'Mus musculus'],
    ['organism', 'Rattus norvegicus', 'Rattus norvegicus'],
    ['animal', 'mouse', 'Mus musculus'],
    ['animal', 'M17', 'Unspecified'],
    ['species', 'none', 'Unspecified'],
    ['species', 'Unknown', 'Unspecified'],
  ])('%s %s: %s', async (column, cell, species) => expect((await oneOf(column, cell)).species).toBe(species));

  it.each<[what: string, files: Files, column: string, species: string]>([
    [
      'a keyword',
      { 'dataset_description.json': named('Vision', { Keywords: ['Macaca mulatta'] }) },
      'x',
      'Macaca mulatta',
    ],
    ['the end of a sentence', { README: 'We recorded from mice.' }, 'x', 'Mus musculus'],
    ['two of them', { README: 'Mice and rats.' }, 'x', 'Unspecified'],
    ['what people move', { README: 'Healthy volunteers moved a mouse.' }, 'x', 'Unspecified'],
    ['an animal in the name', { 'dataset_description.json': named('Mouse V1') }, 'genotype', 'Mus musculus'],
  ])('by words: %s', async (_, files, column, species) => {
    expect((await oneOf(column, 'wt', {}, files)).species).toBe(species);
  });

  it('zeros that a spreadsheet has dropped are found again, where one folder alone can be meant', async () => {
    const rows = { 'participants.tsv': table(['participant_id', 'sex'], ['1', 'F'], ['2', 'M']) };
    const folders = Object.fromEntries(
      ['01', '02', '002'].map((label) => [`sub-${label}/anat/sub-${label}_T1w.nii`, 'x']),
    );
    const { subjects } = await bids({ ...rows, ...folders });
    expect(Object.fromEntries(subjects.map(({ name, sex }) => [name, sex]))).toEqual({
      ...{ '01': 'FEMALE', '2': 'MALE' },
      ...{ '02': 'UNKNOWN', '002': 'UNKNOWN' },
    });
  });
});

describe('other tables of BIDS', () => {
  it('columns of channels are known in any spelling', async () => {
    const { dataAcquisitions, sessions, subjects } = await bids({
      'participants.tsv': table(['participant_id', 'sex'], ['sub-S1', 'F']),
      'sub-s1/eeg/sub-s1_task-a_eeg.edf': 'x',
      'sub-s1/eeg/sub-s1_task-a_channels.tsv': table(
        ['Name', 'Type', 'STATUS'],
        ['Cz', 'EEG', 'bad'],
        ['Fz', 'EEG', 'good'],
      ),
    });
    expect(subjects).toMatchObject([{ name: 's1', sex: 'FEMALE' }]);
    expect(dataAcquisitions).toMatchObject([{ session: 'session:s1', details: { nChannels: 2 } }]);
    expect(sessions).toMatchObject([{ extraFields: { eeg_channelKinds: '2 EEG', eeg_badChannels: 1 } }]);
  });

  it.each([
    ['31/05/2021 10:00', '2021-05-31T08:00:00.000Z'],
    ['2021-05-31 10:00:00', '2021-05-31T08:00:00.000Z'],
    ['2021-05-31T10:00:00.123456', '2021-05-31T08:00:00.123Z'],
    ['03/04/2021 10:00', undefined],
    ['2021-05-31', undefined],
    ['31.05.1899 10:00', undefined],
  ])('a session at %s starts at %s', async (time, startedAt) => {
    const sessions = table(['session_id', 'acq_time'], ['ses-1', time]);
    const files = { 'participants.tsv': table(['participant_id'], ['sub-01']), 'sub-01/sub-01_sessions.tsv': sessions };
    const { sessions: made } = await bids(files, 'Europe/Zurich');
    expect(made[0]?.startedAt).toBe(startedAt);
    expect(made[0]?.extraFields).toEqual({ acq_time: time });
  });

  it('samples name subjects, and their JSON says what their cells mean', async () => {
    const { subjects, project } = await bids({
      'participants.tsv': table(['participant_id'], ['sub-01']),
      'samples.tsv': table(['sample_id', 'participant_id', 'kind'], ['sample-A', 'sub-02', '1']),
      'samples.json': JSON.stringify({ Kind: { Description: 'what it is', Levels: { 1: 'slice' } } }),
    });
    expect(subjects.map(({ name, extraFields }) => [name, extraFields?.['samples']])).toEqual([
      ['01', undefined],
      ['02', 'sample-A: kind 1 (slice)'],
    ]);
    expect(project.extraFields['samplesColumns']).toContain('what it is');
  });

  it.each(['10.18112/openneuro.ds000117', 'https://openneuro.org/datasets/ds000117/versions/1.0.3', 'DS000117'])(
    'a set of OpenNeuro is one by its number: %s',
    async (DatasetDOI) => {
      const folder = folderOf({ 'dataset_description.json': named('Faces', { DatasetDOI }) });
      expect((await readBids(folder)).tree.source.identifier).toBe('ds000117');
    },
  );
});

describe('DANDI', () => {
  const participant = (more: object): object => ({ identifier: 'a', species: { name: 'House mouse' }, ...more });
  const dandi = async (metadata: object, more: object = {}): Promise<ReturnType<typeof madeOf>> => {
    const asset = JSON.stringify({ path: 'sub-a/sub-a.nwb', size: 1, metadata });
    return madeOf((await readDandiset(folderOf({ 'dandiset.json': dandisetWith(more), 'assets.jsonl': asset }))).tree);
  };

  it('a file that tells of its samples alone is of whom they were taken from', async () => {
    const brain = { identifier: 'brain', wasAttributedTo: [participant({ sex: { name: 'Male' } })] };
    const { subjects, sessions } = await dandi({ wasDerivedFrom: [{ identifier: 'slice', wasDerivedFrom: [brain] }] });
    expect(subjects).toMatchObject([{ name: 'a', sex: 'MALE' }]);
    expect(sessions[0]?.extraFields).toEqual({ wasDerivedFrom: 'slice ← brain (of a)' });
  });

  it('a species or strain that is said to be unknown is none', async () => {
    const { species, strains } = await dandi({
      wasAttributedTo: [participant({ species: { name: 'unknown' }, strain: 'none' })],
    });
    expect([species.map(({ name }) => name), strains]).toEqual([['Unspecified'], []]);
  });

  it('people are no funders, also those who are known by their ORCID iD alone', async () => {
    const contributor = [
      { schemaKey: 'Person', name: 'One, A', roleName: ['dcite:Funder'], awardNumber: 'R01' },
      { name: 'Two, B', roleName: ['dcite:Sponsor'], identifier: '0000-0002-1825-0097' },
      { name: 'A fund', roleName: ['dcite:Funder'] },
    ];
    expect((await dandi({}, { contributor })).project.funding.map(({ funder }) => funder)).toEqual(['A fund']);
  });
});
