import { readAind } from '../../src/importers/aind/read-aind';
import { readBids } from '../../src/importers/bids/read-bids';
import { readDandiset } from '../../src/importers/dandi/read-dandiset';
import { brokenEntryRules } from './entry-rules';
import { dandisetWith, entry, finding, folderOf, madeOf, removeFolders } from './reading';

afterAll(removeFolders);

describe('DANDI', () => {
  const asset = (metadata: object): string => JSON.stringify({ path: 'sub-a/sub-a_ses-1_ecephys.nwb', metadata });

  it('a sample is told with all that it was taken from', async () => {
    const organ = { schemaKey: 'BioSample', identifier: 'brain-1', sampleType: { name: 'whole organ' } };
    const slice = { schemaKey: 'BioSample', identifier: 'slice-1', sampleType: { name: 'tissue slice' } };
    const wasDerivedFrom = [{ ...slice, wasDerivedFrom: [organ] }];
    const folder = folderOf({ 'dandiset.json': dandisetWith(), 'assets.jsonl': asset({ wasDerivedFrom }) });
    const { tree, report } = await readDandiset(folder);
    const chain = 'slice-1 (tissue slice) ← brain-1 (whole organ)';
    expect(entry(madeOf(tree).sessions, 'session:a/1').extraFields['wasDerivedFrom']).toBe(chain);
    expect(report.left.map(({ column }) => column)).not.toContain('metadata.wasDerivedFrom.identifier');
  });

  it('everybody in a file of several participants is in its session', async () => {
    const wasAttributedTo = [{ identifier: 'a' }, { identifier: 'b_2', age: { value: 'P9D' } }, { altName: 'nobody' }];
    const folder = folderOf({ 'dandiset.json': dandisetWith(), 'assets.jsonl': asset({ wasAttributedTo }) });
    const { tree, report } = await readDandiset(folder);
    expect(brokenEntryRules(tree)).toEqual([]);
    expect(entry(madeOf(tree).sessions, 'session:a/1').subjects).toEqual(['subject:a', 'subject:b-2']);
    expect(entry(madeOf(tree).subjects, 'subject:b-2')).toMatchObject({ identifier: 'b_2', age: 'P9D' });
    expect(finding(report, 'participant without an identifier').example.value).toContain('nobody');
  });

  it('a licence that SPDX does not list is kept as it is stated', async () => {
    const folder = folderOf({ 'dandiset.json': dandisetWith({ license: ['spdx:OUR-OWN'] }) });
    const { project } = madeOf((await readDandiset(folder)).tree);
    expect([project.license, project.extraFields['licenseAsStated']]).toEqual([undefined, 'spdx:OUR-OWN']);
  });

  it('n/a says nothing, and is reported', async () => {
    const folder = folderOf({ 'dandiset.json': dandisetWith({ description: 'n/a', keywords: ['N/A', 'a'] }) });
    const { tree, report } = await readDandiset(folder);
    expect([madeOf(tree).project.description, madeOf(tree).project.tags]).toEqual([undefined, ['a']]);
    expect(finding(report, 'n/a says that nothing is stated').count).toBe(2);
  });
});

describe('BIDS', () => {
  const named = (rest: object = {}): string => JSON.stringify({ Name: 'Shapes', ...rest });

  it('phenotypes are of their subject or session, their columns told with the project', async () => {
    const folder = folderOf({
      'dataset_description.json': named(),
      'participants.tsv': 'participant_id\nsub-01\n',
      'phenotype/mood.tsv': 'participant_id\tsession_id\tscore\nsub-01\tses-a\t7\nsub-01\tses-b\t1\n',
      'phenotype/hand.tsv': 'participant_id\tscore\tside\nsub-01\t0.50\tL\nsub-02\t1\tR\n',
      'phenotype/hand.json': JSON.stringify({ side: { Description: 'Preferred', Levels: { L: 'left', R: 'right' } } }),
    });
    const { tree, report } = await readBids(folder);
    expect(brokenEntryRules(tree)).toEqual([]);
    const { subjects, sessions, project } = madeOf(tree);
    expect(subjects.map(({ name, extraFields }) => [name, extraFields])).toEqual([
      ['01', { hand_score: '0.50', hand_side: 'L (left)' }],
      ['02', { hand_score: 1, hand_side: 'R (right)' }],
    ]);
    expect(sessions.map(({ name, extraFields }) => [name, extraFields])).toEqual([
      ['a', { mood_score: 7 }],
      ['b', { mood_score: 1 }],
    ]);
    expect(project.extraFields['phenotype_hand']).toMatch(/^side: Preferred .*left/);
    expect([report.left, finding(report, 'or phenotypes names is a subject').example.value]).toEqual([[], '02']);
  });

  it('what was computed from a set is told with it; a set that was computed says so, and from what', async () => {
    const whole = await readBids(
      folderOf({
        'dataset_description.json': named(),
        'derivatives/sorted/dataset_description.json': named({ Name: 'Sorted', GeneratedBy: [{ Name: 'sorter' }] }),
        'derivatives/sorted/sub-01/sub-01_spikes.tsv': 'a\n',
      }),
    );
    expect(madeOf(whole.tree).project.extraFields['derivatives']).toMatch(/^sorted: Sorted .*sorter/);
    expect(whole.report.left).toMatchObject([{ files: 'derivatives/sorted/', column: null }]);
    const SourceDatasets = [{ DOI: 'doi:10.18112/openneuro.ds000001.v1.0.0', Version: '1' }];
    const computed = folderOf({ 'dataset_description.json': named({ DatasetType: 'derivative', SourceDatasets }) });
    const { project } = madeOf((await readBids(computed)).tree);
    expect(project).toMatchObject({
      tags: ['derivative'],
      repositoryLinks: [{ repository: 'OPENNEURO', url: 'https://doi.org/10.18112/openneuro.ds000001.v1.0.0' }],
    });
  });

  it('columns of tables of sessions, and what JSON files of the whole set say, are told with the project', async () => {
    const folder = folderOf({
      'dataset_description.json': named(),
      'sub-01/sub-01_sessions.tsv': 'session_id\tmood\nses-a\tx\n',
      'sub-01/sub-01_sessions.json': JSON.stringify({ mood: { Description: 'As told' } }),
      'task-rest_events.json': JSON.stringify({ trial_type: { Levels: { go: 'A lantern is lit' } }, note: 'Calm.' }),
    });
    const { extraFields } = madeOf((await readBids(folder)).tree).project;
    expect(extraFields).toMatchObject({
      sessionsColumns: 'mood: As told',
      task_rest_events: 'trial_type: {"go":"A lantern is lit"}\nnote: Calm.',
    });
  });
});

describe('AIND', () => {
  it('numbers, times and identifiers are read as a document store exports them', async () => {
    const record = {
      _id: { $oid: '64b0' },
      subject: { subject_id: 'm1', sex: 'Male', date_of_birth: '2024-01-02' },
      session: {
        ...{ subject_id: 'm1', session_start_time: { $date: '2024-09-01T09:00:00Z' }, rig_id: 'r1' },
        ...{ animal_weight_prior: { $numberDouble: '21.5' }, big: { $numberLong: '9007199254740993' } },
        stimulus_epochs: [
          { stimulus_start_time: { $date: { $numberLong: '1725181200000' } }, trials_total: { $numberInt: '12' } },
        ],
      },
    };
    const { tree } = await readAind(folderOf({ 'a.json': JSON.stringify(record) }));
    expect(brokenEntryRules(tree)).toEqual([]);
    const [session] = madeOf(tree).sessions;
    expect(session).toMatchObject({
      startedAt: '2024-09-01T09:00:00.000Z',
      extraFields: { recordId: '64b0', animalWeightPrior: 21.5, big: '9007199254740993' },
    });
    expect(tree.entries.find(({ type }) => type === 'Behavior')?.notes).toContain('trials_total: 12');
  });

  it('a stream of several fields of view is one acquisition for each, of two photons where the light says so', async () => {
    const field = (index: number, depth: number, acronym: string): object => ({
      ...{ index, imaging_depth: depth, imaging_depth_unit: 'micrometer', targeted_structure: { acronym } },
      ...{ frame_rate: '9.5', frame_rate_unit: 'hertz' },
    });
    const stream = (wavelength: number): object => ({
      stream_modalities: [{ abbreviation: 'pophys', name: 'Planar optical physiology' }],
      light_sources: [{ name: 'Laser A', wavelength, wavelength_unit: 'nanometer' }],
      ophys_fovs: [field(0, 150, 'VISp'), field(1, 230, 'VISl')],
      notes: 'Calm.',
    });
    const read = async (wavelength: number): Promise<ReturnType<typeof madeOf>> => {
      const session = {
        subject_id: 'm1',
        session_start_time: '2024-09-01T09:00:00Z',
        data_streams: [stream(wavelength)],
      };
      const { tree } = await readAind(folderOf({ 'session.json': JSON.stringify(session) }));
      expect(brokenEntryRules(tree)).toEqual([]);
      return madeOf(tree);
    };
    const { dataAcquisitions, sessions } = await read(920);
    const details = (depth: number): object => ({
      ...{ imagingDepth: { value: depth, unit: 'µm' }, frameRate: { value: 9.5, unit: 'Hz' } },
      excitationWavelength: { value: 920, unit: 'nm' },
    });
    expect(dataAcquisitions).toMatchObject([
      { moduleType: 'TwoPhotonMicroscopy', details: details(150), notes: expect.stringContaining('VISp') as string },
      { moduleType: 'TwoPhotonMicroscopy', details: details(230), notes: expect.stringContaining('VISl') as string },
    ]);
    expect(sessions[0]?.extraFields['dataStream']).toContain('Calm.');
    // Light of 405 nm may only stimulate: it does not say with what the image was made.
    const unknown = (await read(405)).dataAcquisitions;
    expect(unknown.map(({ moduleType }) => moduleType)).toEqual(['GeneralTimeSeries', 'GeneralTimeSeries']);
  });

  it('what nothing in the project refers to is among one’s own, and counted as not in the project', async () => {
    const rig = { rig_id: 'r1', mouse_platform: {}, modalities: [], notes: 'Third floor.' };
    const { report } = await readAind(folderOf({ 'rig.json': JSON.stringify(rig) }));
    expect(finding(report, 'a setup to which nothing in the project refers').example.value).toBe('setup:r1');
    expect(report.left).toContainEqual({ files: 'rig.json', column: 'notes', count: 1, example: 'Third floor.' });
  });
});
