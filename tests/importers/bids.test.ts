import { cpSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { spdxOf } from '../../src/importers/licenses';
import { readBids, type ReadProgress } from '../../src/importers/bids/read-bids';
import type { SourceTree } from '../../src/importers/source-tree';
import type { Entry } from '../../src/tree/entry';
import type { Report } from '../../src/importers/report';
import { sexOfSpelling } from '../../src/importers/vocabulary';
import { brokenEntryRules } from './entry-rules';
import { entry, finding, fixture, folderOf, removeFolders } from './reading';

afterAll(removeFolders);

describe('the harbour set, which holds everything odd', () => {
  let tree: SourceTree;
  let report: Report;
  const get = (key: string): Entry => entry(tree.entries, key);
  const keysOf = (type: Entry['type']): string[] =>
    tree.entries.filter((candidate) => candidate.type === type).map(({ key }) => key);
  beforeAll(async () => {
    ({ tree, report } = await readBids(fixture('harbour')));
  });

  it('breaks no rule of a tree', () => expect(brokenEntryRules(tree)).toEqual([]));

  it('gives the same tree when read again', async () => {
    expect((await readBids(fixture('harbour'))).tree).toEqual(tree);
  });

  it('says how far the reading has come', async () => {
    const seen: ReadProgress[] = [];
    await readBids(fixture('harbour'), (progress) => seen.push(progress));
    expect(seen.length).toBeGreaterThan(10);
    expect(seen.every(({ filesRead, filesInSet }, index) => filesRead === index + 1 && filesRead <= filesInSet)).toBe(
      true,
    );
  });

  describe('project', () => {
    it('has its DOI’s identity, its licence, tags, funding and README', () => {
      expect(tree.source).toMatchObject({ kind: 'BIDS', identifier: 'ds990001', version: '2.1.0', openAccess: null });
      expect(get('project:ds990001')).toMatchObject({
        ...{ name: 'Fog horns at Harbour Lab', license: 'CC0-1.0', tags: ['fog', 'horn'] },
        funding: [{ funder: 'Lighthouse Trust 007' }],
        nameUsedInStorage: 'ds990001',
        publications: ['publication:doi:10.1234/fog.1'],
      });
      expect(get('project:ds990001').description).toMatch(/^# Fog horns/);
    });

    it('has links, a storage and each author once', () => {
      const links = get('project:ds990001').repositoryLinks as { repository: string }[];
      expect(links.map(({ repository }) => repository)).toEqual(['OPENNEURO', 'GITHUB']);
      expect(keysOf('DataStorageProtocol')).toHaveLength(1);
      expect(keysOf('Contributor')).toEqual(['contributor:name:ada pier', 'contributor:name:bo quay']);
      expect(get('publication:doi:10.1234/fog.1').title).toBe('Pier A, Quay B (2020). Hearing in fog.');
    });

    it('keeps the rest, but no e-mail address', () => {
      const { extraFields } = get('project:ds990001') as unknown as { extraFields: Record<string, string> };
      expect(extraFields).toMatchObject({ EthicsApprovals: 'Harbour board 12', BIDSVersion: '1.9.0' });
      expect(extraFields.changes).toContain('More fog.');
      expect(extraFields.relatedResources).toContain('see the harbour master');
      expect(extraFields.participantsColumns).toContain('buoy: where they were found (nmi)');
      expect(extraFields.sidecar_task_calm_bold).toContain('"RepetitionTime":2');
      expect(extraFields).not.toHaveProperty('Acknowledgements');
      expect(JSON.stringify({ tree, report })).not.toContain('@example.org');
      expect(finding(report, 'e-mail').count).toBe(2);
    });
  });

  describe('subjects', () => {
    const subjects = (): Entry[] => tree.entries.filter(({ type }) => type === 'Subject');

    it('are the rows, and the folders without a row', () => {
      expect(keysOf('Subject')).toEqual(['01', '02', '03', '04', '05', '99'].map((label) => `subject:${label}`));
      expect(finding(report, 'does not list').example.value).toBe('99');
    });

    it('have the sex that the levels or the spelling say; 1 and 2 only where they are explained', () => {
      expect(subjects().map(({ sex }) => sex)).toEqual(['MALE', 'FEMALE', 'FEMALE', 'UNKNOWN', 'UNKNOWN', 'UNKNOWN']);
      expect(get('subject:04').extraFields).toMatchObject({ sexAsStated: '?' });
    });

    it('have an age in the unit of the JSON; what is no number stays as stated', () => {
      expect(subjects().map(({ age }) => age)).toEqual(['P34M', undefined, undefined, 'P3M/P6M', undefined, undefined]);
      expect(get('subject:02').extraFields).toMatchObject({ ageAsStated: '89+ (months)' });
      expect(get('subject:03').extraFields).toMatchObject({ ageAsStated: '10-12 (months)' });
      expect(finding(report, 'an age is no number').count).toBe(2);
    });

    it('have species and strain, and say where none is stated', () => {
      expect(subjects().map(({ species }) => species)).toEqual([
        ...['species:NCBITaxon:9606', 'species:NCBITaxon:9606', 'species:unspecified', 'species:NCBITaxon:10090'],
        ...['species:lumen felis', 'species:unspecified'],
      ]);
      expect(get(String(get('subject:04').strain))).toMatchObject({ name: 'C57BL/6J', rrid: 'RRID:IMSR_JAX:000664' });
    });

    it('keep every other column, codes with their meaning, numbers as numbers', () => {
      expect(get('subject:01').extraFields).toEqual({
        ...{ group: 'A (Sailors)', handedness: 'R (right)', buoy: '007', remark: 'deaf, a little' },
      });
      expect(get('subject:03').extraFields).toMatchObject({ buoy: 12.5 });
    });

    it('are in the cohorts of their groups, whatever the case', () => {
      expect(get('cohort:group/a')).toMatchObject({ name: 'Sailors', subjects: ['subject:01', 'subject:02'] });
      expect(get('cohort:group/b')).toMatchObject({ name: 'Landlubbers', subjects: ['subject:03', 'subject:04'] });
    });
  });

  describe('sessions', () => {
    it('are those of folders and tables, and one for recordings without', () => {
      const labels = ['01/post', '01/pre', '02', '03/z', '99/z'];
      expect(keysOf('Session')).toEqual(labels.map((label) => `session:${label}`));
      expect(finding(report, 'without ses- labels').count).toBe(1);
    });

    it('start where a zone says when; a local time is kept as text', () => {
      expect(get('session:01/pre').startedAt).toBe('2024-01-05T08:30:00.000Z');
      expect(get('session:01/post').startedAt).toBeUndefined();
      expect(get('session:01/post').extraFields).toEqual({ acq_time: '2024-01-06T09:30:00', weather: 'C (clear)' });
      expect(finding(report, 'shifted date').example.value).toBe('1901-05-05T08:00:00Z');
    });

    it('keep what their files say, once where it is the same, else by recording', () => {
      expect(get('session:01/pre').extraFields).toMatchObject({
        ieeg_Manufacturer: 'Foghorn & Co',
        ieeg_RecordingDuration: 'task-horn_run-1: 61.5\ntask-horn_run-2: 62',
        ieeg_HardwareFilters: '{"HighPass":{"Hz":0.1}}',
        ieeg_channelKinds: '2 ECOG, 1 ECG',
        ieeg_badChannels: 1,
        scans_noise: 'task-horn_run-1 ieeg: low\ntask-horn_run-2 ieeg: high',
        coordsystem_iEEGCoordinateUnits: 'mm',
      });
    });
  });

  describe('recordings', () => {
    const run = (number: number): Entry => get(`file:sub-01/ses-pre/ieeg/sub-01_ses-pre_task-horn_run-${number}_ieeg`);

    it('inherit from sidecars above, the particular one first', () => {
      const format = 'BrainVision';
      expect(run(1).details).toEqual({ format, sr: { value: 1000, unit: 'Hz' }, nChannels: 3 });
      expect(run(2).details).toEqual({ format, sr: { value: 500, unit: 'Hz' } });
      expect(run(1)).toMatchObject({ moduleType: 'ExtracellularEphys', session: 'session:01/pre', order: 1 });
      expect(run(1).notes).toBe('Task: horn. Acquired: 2024-01-05T08:40:00Z.');
      expect(finding(report, 'lists other channels').example.value).toBe('3 listed, 4 counted');
    });

    it('are one however many files they have, and folders may be one', () => {
      expect(get('file:sub-02/eeg/sub-02_task-horn_eeg')).toMatchObject({
        ...{ fileName: 'sub-02/eeg/sub-02_task-horn_eeg.set', fileSizeBytes: 5 },
        details: { format: 'EEGLAB', nChannels: 32 },
      });
      expect(get('session:02').extraFields).toEqual({ eeg_SamplingFrequency: 'fast', eeg_EEGChannelCount: 32 });
      const um = (value: number): object => ({ value, unit: 'µm' });
      expect(get('file:sub-03/ses-z/micr/sub-03_ses-z_sample-x_CONF')).toMatchObject({
        moduleType: 'ConfocalMicroscopy',
        details: { format: 'OME-Zarr', xVoxelSize: um(1), yVoxelSize: um(2), zVoxelSize: um(3) },
      });
    });

    it('of an unknown kind are time series, and reported', () => {
      const odd = get('file:sub-01/ses-pre/odd/sub-01_ses-pre_splash');
      expect([odd.moduleType, finding(report, 'BIDS does not name').count]).toEqual(['GeneralTimeSeries', 1]);
    });

    it('of implanted electrodes refer to the implantation, which is one for several spaces', () => {
      const [key, ...others] = keysOf('Procedure');
      expect(others).toEqual([]);
      expect(get(key!)).toMatchObject({
        moduleType: 'GenericImplant',
        details: { implantType: 'electrode', implantName: 'intracranial EEG grid, strip' },
      });
      expect([run(1).procedures, run(2).procedures]).toEqual([[key], [key]]);
    });
  });

  it('says what was not read', () => {
    const left = report.left.map(({ files, column }) => [files, column]);
    expect(left).toEqual(
      expect.arrayContaining([...['derivatives/', 'code/', '*_events.tsv'].map((files) => [files, null])]),
    );
    expect(left).toContainEqual(['*_electrodes.tsv', 'x']);
  });
});

describe('links', () => {
  const description = JSON.stringify({ Name: 'Linked' });

  it('out of the set are not followed, inside it they are', async () => {
    const secret = folderOf({ 'secret.tsv': 'participant_id\nsub-secret\n' });
    const folder = folderOf({ 'dataset_description.json': description, '.git/annex/p': 'participant_id\nsub-in\n' });
    symlinkSync(join(secret, 'secret.tsv'), join(folder, 'README'));
    symlinkSync(secret, join(folder, 'sub-out'));
    symlinkSync('.git/annex/p', join(folder, 'participants.tsv'));
    symlinkSync('..', join(folder, 'sub-loop'));
    const { tree, report } = await readBids(folder);
    expect(tree.entries.filter(({ type }) => type === 'Subject').map(({ key }) => key)).toEqual(['subject:in']);
    expect(JSON.stringify(tree)).not.toContain('secret');
    expect(finding(report, 'leads out of the set').count).toBe(3);
  });

  it('to content that is not here are recordings without a size', async () => {
    const folder = folderOf({ 'dataset_description.json': description, 'sub-1/eeg/sub-1_channels.tsv': 'name\n' });
    symlinkSync('../../.git/annex/none', join(folder, 'sub-1/eeg/sub-1_task-a_eeg.edf'));
    const { tree } = await readBids(folder);
    const recording = entry(tree.entries, 'file:sub-1/eeg/sub-1_task-a_eeg');
    expect(recording).toMatchObject({ fileName: 'sub-1/eeg/sub-1_task-a_eeg.edf' });
    expect(recording).not.toHaveProperty('fileSizeBytes');
  });
});

describe('cohorts', () => {
  const cohortsOf = async (participants: string, json: object = {}): Promise<unknown[]> => {
    const { tree } = await readBids(
      folderOf({
        'dataset_description.json': JSON.stringify({ Name: 'Groups' }),
        'participants.tsv': participants,
        'participants.json': JSON.stringify(json),
      }),
    );
    expect(brokenEntryRules(tree)).toEqual([]);
    return tree.entries.filter(({ type }) => type === 'Cohort').map(({ name }) => name);
  };

  it('are none where all are of one group, or each of their own', async () => {
    expect(await cohortsOf('participant_id\tgroup\nsub-1\ta\nsub-2\ta\n')).toEqual([]);
    expect(await cohortsOf('participant_id\tgroup\nsub-1\ta\nsub-2\tb\n')).toEqual([]);
  });

  it('of several columns or of one meaning have names of their own', async () => {
    const rows = 'participant_id\tgroup\tdiagnosis\nsub-1\t1\tx\nsub-2\t2\tx\nsub-3\t2\ty\n';
    const levels = { group: { Levels: { 1: 'ill', 2: 'well' } }, diagnosis: { Levels: { x: 'ill', y: 'fine' } } };
    expect(await cohortsOf(rows, levels)).toEqual(['group 1', 'well', 'diagnosis x', 'fine']);
  });
});

it('a folder alone makes a subject, without a session', async () => {
  const { tree } = await readBids(folderOf({ 'dataset_description.json': '{"Name":"Bare"}', 'sub-7/notes.txt': 'x' }));
  expect(tree.entries.map(({ key }) => key)).toEqual([
    expect.stringMatching(/^project:Bare @ [0-9a-f]{12}$/),
    ...['species:unspecified', 'subject:7'],
  ]);
});

describe('the vocabularies', () => {
  it.each([
    ['CC0', 'CC0-1.0'],
    ['PDDL', 'PDDL-1.0'],
    ['CC BY 4.0', 'CC-BY-4.0'],
    ['as in http://www.opendatacommons.org/licenses/pddl/1.0/', 'PDDL-1.0'],
    ['PD', null],
    ['ask the harbour master', null],
  ])('the licence %s is %s', (license, spdx) => expect(spdxOf(license)).toBe(spdx));

  it.each([
    ['M', 'MALE'],
    ['f', 'FEMALE'],
    ['Female', 'FEMALE'],
    ['o', 'OTHER'],
    ['unknown', 'UNKNOWN'],
    ['PATO_0000384', 'MALE'],
    ['1', null],
    ['M,', null],
  ])('the sex %s is %s', (spelling, sex) => expect(sexOfSpelling(spelling)).toBe(sex));
});

it('folders count where a file name says otherwise', async () => {
  const { tree, report } = await readBids(
    folderOf({ 'dataset_description.json': '{"Name":"Moved"}', 'sub-1/eeg/sub-2_task-a_eeg.edf': 'x' }),
  );
  expect(entry(tree.entries, 'file:sub-1/eeg/sub-2_task-a_eeg').session).toBe('session:1');
  expect(finding(report, 'disagree about subject').count).toBe(1);
});

it('the tree does not depend on where the folder lies', async () => {
  const copy = join(folderOf({}), 'elsewhere');
  cpSync(fixture('harbour'), copy, { recursive: true });
  expect((await readBids(copy)).tree).toEqual((await readBids(fixture('harbour'))).tree);
});
