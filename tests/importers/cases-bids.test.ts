import { readBids } from '../../src/importers/bids/read-bids';
import { fieldsOf, named, right } from './bids-cases';
import { tellWhereCasesAre } from './cases';
import { entry, finding, folderOf, madeOf, removeFolders } from './reading';

afterAll(removeFolders);
tellWhereCasesAre();

describe('shapes of BIDS', () => {
  right(
    'what the JSON beside scans and channels says is kept',
    '10-bids-scans-json',
    {
      'dataset_description.json': named('Scans'),
      'participants.tsv': 'participant_id\tsex\nsub-01\tF\n',
      'sub-01/eeg/sub-01_task-rest_eeg.edf': 'x',
      'sub-01/eeg/sub-01_task-rest_channels.tsv': 'name\ttype\nA1\tEEG\n',
      'sub-01/eeg/sub-01_task-rest_channels.json': '{"type": {"Description": "kinds"}}',
      'sub-01/sub-01_scans.tsv': 'filename\tacq_time\tquality\neeg/sub-01_task-rest_eeg.edf\tn/a\t2\n',
      'sub-01/sub-01_scans.json':
        '{"quality": {"Description": "rating", "Levels": {"1": "good", "2": "unusable, subject fell asleep"}}}',
    },
    ({ made }) => {
      expect(made.sessions[0]?.extraFields).toMatchObject({
        scans_quality: '2 (unusable, subject fell asleep)',
        eeg_channels_columns: 'type: kinds',
        scans_columns: expect.stringContaining('quality: rating') as string,
      });
    },
  );

  right(
    'a row for each session: what they agree about is the subject’s',
    '20-bids-row-per-session',
    {
      'dataset_description.json': named('Rows'),
      'participants.tsv': 'participant_id\tsession\tage\tsex\nsub-01\tses-17mo\t17\tF\nsub-01\tses-23mo\t23\tF\n',
      'sub-01/ses-17mo/anat/sub-01_ses-17mo_T1w.nii.gz': 'x',
      'sub-01/ses-23mo/anat/sub-01_ses-23mo_T1w.nii.gz': 'x',
    },
    ({ made, report }) => {
      expect(made.subjects).toMatchObject([{ name: '01', sex: 'FEMALE' }]);
      expect(made.subjects[0]?.age).toBeUndefined();
      expect(made.sessions.map(({ name, extraFields }) => [name, extraFields])).toEqual([
        ['17mo', { age: 17 }],
        ['23mo', { age: 23 }],
      ]);
      expect(finding(report, 'a row for each session').count).toBe(1);
    },
  );

  right(
    'what .bidsignore names is left out',
    '21-bids-bidsignore',
    {
      '.bidsignore': 'sub-99/\n*_ct.nii.gz\n',
      'dataset_description.json': named('Ignoring'),
      'participants.tsv': 'participant_id\nsub-01\n',
      'sub-01/anat/sub-01_T1w.nii.gz': 'x',
      'sub-01/anat/sub-01_ct.nii.gz': 'x',
      'sub-99/anat/sub-99_T1w.nii.gz': 'x',
    },
    ({ made, report }) => {
      expect(made.subjects.map(({ name }) => name)).toEqual(['01']);
      expect(made.dataAcquisitions.map(({ fileName }) => fileName)).toEqual(['sub-01/anat/sub-01_T1w.nii.gz']);
      expect(report.left).toContainEqual(expect.objectContaining({ files: 'what .bidsignore names', count: 2 }));
    },
  );

  right(
    'rats stay rats',
    '31-bids-rats-become-humans',
    {
      'dataset_description.json': named('Resting (rats)'),
      'participants.tsv':
        'participant_id\trat_strain\trat_sex\trat_age\nsub-01\tLong Evans\tMale\t2-4\nsub-02\tWistar\tFemale\t4-6\n',
    },
    ({ tree, made }) => {
      expect(made.species.map(({ name }) => name)).toEqual(['Rattus norvegicus']);
      expect(made.subjects.map(({ sex }) => sex)).toEqual(['MALE', 'FEMALE']);
      expect(made.subjects.map(({ strain }) => entry(tree.entries, strain)['name'])).toEqual(['Long Evans', 'Wistar']);
      expect(fieldsOf(made, 0)).toEqual({ ageAsStated: '2-4' });
    },
    { part: 'set' },
  );

  it('where nothing tells the species it is not stated', async () => {
    const files = {
      'dataset_description.json': named('Pictures of a cat'),
      'participants.tsv': 'participant_id\nsub-01\n',
    };
    expect(madeOf((await readBids(folderOf(files))).tree).species.map(({ name }) => name)).toEqual(['Unspecified']);
  });

  const sidecar = (count: number): string =>
    JSON.stringify(Object.fromEntries(Array.from({ length: count }, (_, at) => [`DicomField${at}`, at])));
  right(
    'sidecars of more fields than an object may have are folded, not refused',
    '32-bids-more-than-200-sidecar-fields',
    {
      'dataset_description.json': named('Sidecars'),
      'participants.tsv': 'participant_id\nsub-01\n',
      ...Object.fromEntries(
        ['anat/sub-01_T1w', 'dwi/sub-01_dwi', 'fmap/sub-01_dir-AP_epi', 'func/sub-01_task-rest_bold'].flatMap(
          (stem) => [
            [`sub-01/${stem}.nii.gz`, 'x'],
            [`sub-01/${stem}.json`, sidecar(60)],
          ],
        ),
      ),
    },
    ({ made, report }) => {
      expect(made.dataAcquisitions).toHaveLength(4);
      const fields = made.sessions[0]!.extraFields;
      expect(Object.keys(fields).length).toBeLessThanOrEqual(200);
      expect(JSON.stringify(fields).match(/DicomField/g)!.length).toBeGreaterThanOrEqual(200);
      expect(finding(report, 'more than 200; those of one kind').count).toBeGreaterThan(0);
    },
    { part: 'set' },
  );

  right(
    'microelectrodes: recordings, probes, samples',
    '33-bids-microephys-not-read',
    {
      'dataset_description.json': named('Reach'),
      'participants.tsv': 'participant_id\tspecies\tsex\nsub-i\tMacaca mulatta\tM\n',
      'samples.tsv': 'sample_id\tparticipant_id\tsample_type\nsample-01\tsub-i\ttissue\n',
      'sub-i/ses-140703/ecephys/sub-i_ses-140703_probes.tsv':
        'probe_name\ttype\tmanufacturer\tdevice_serial_number\nprobe-01\tutah-array\tBlackrock Microsystems\t8596-001139\n',
      'sub-i/ses-140703/ecephys/sub-i_ses-140703_task-r2g_run-001_channels.tsv': 'name\ttype\nch001\tLFP\nch002\tHP\n',
      'sub-i/ses-140703/ecephys/sub-i_ses-140703_task-r2g_run-001_ecephys.json': '{"SamplingFrequency": 30000}',
      'sub-i/ses-140703/ecephys/sub-i_ses-140703_task-r2g_run-001_ecephys.nix': '',
      'sub-i/ses-140703/icephys/sub-i_ses-140703_sample-01_icephys.nwb': '',
    },
    ({ tree, made }) => {
      expect(made.dataAcquisitions.map(({ moduleType }) => moduleType)).toEqual([
        'ExtracellularEphys',
        'IntracellularEphys',
      ]);
      expect(made.dataAcquisitions[0]).toMatchObject({
        details: { format: 'NIX', sr: { value: 30_000, unit: 'Hz' }, nChannels: 2 },
        procedures: ['procedure:sub-i/ses-140703/ecephys/probe-01'],
      });
      expect(made.dataAcquisitions[1]).toMatchObject({ details: { format: 'NWB' } });
      expect(entry(tree.entries, 'procedure:sub-i/ses-140703/ecephys/probe-01')['notes']).toMatch(
        /utah-array.*Blackrock Microsystems.*8596-001139/,
      );
      expect(fieldsOf(made, 0)['samples']).toContain('sample-01: sample_type tissue');
    },
    { part: 'set' },
  );

  const local = {
    'dataset_description.json': named('Local'),
    'participants.tsv': 'participant_id\nsub-01\n',
    'sub-01/sub-01_sessions.tsv': 'session_id\tacq_time\nses-01\t2021-08-31T11:12:50\n',
  };
  right(
    'a local time is kept as it is',
    '34-bids-local-time-gives-no-start',
    local,
    ({ made }) => {
      expect(made.sessions[0]).toMatchObject({ extraFields: { acq_time: '2021-08-31T11:12:50' } });
      expect(made.sessions[0]?.startedAt).toBeUndefined();
    },
    { part: 'set' },
  );
  right(
    'a local time is an instant where somebody tells the zone',
    '34-bids-local-time-gives-no-start',
    local,
    ({ made }) => expect(made.sessions[0]?.startedAt).toBe('2021-08-31T09:12:50.000Z'),
    { part: 'set', timeZone: 'Europe/Zurich' },
  );

  right(
    'papers are found in HowToAcknowledge, and without an address',
    '35-bids-paper-in-howtoacknowledge',
    {
      'dataset_description.json': named('Papers', {
        HowToAcknowledge: 'Please cite: One A, Recordings, 2023, https://doi.org/10.1016/j.clinph.2023.03.008.',
        ReferencesAndLinks: [
          'One D, Two KJ (2015). Stimulus dependence of gamma oscillations. Cerebral Cortex 25(9):2951-9.',
        ],
      }),
      'participants.tsv': 'participant_id\nsub-01\n',
    },
    ({ made }) => {
      expect(made.publications.map(({ title, doi }) => [doi, title.slice(0, 12)])).toEqual([
        [undefined, 'One D, Two K'],
        ['10.1016/j.clinph.2023.03.008', expect.stringContaining('One A')],
      ]);
    },
    { part: 'set' },
  );

  right(
    'columns of channels are kept where they agree, else named',
    '36-bids-channels-dropped-in-silence',
    {
      'dataset_description.json': named('Channels'),
      'participants.tsv': 'participant_id\nsub-01\n',
      'sub-01/ieeg/sub-01_task-rest_ieeg.vhdr': '',
      'sub-01/ieeg/sub-01_task-rest_channels.tsv':
        'name\ttype\tunits\tlow_cutoff\thigh_cutoff\treference\tgroup\tstatus\tstatus_description\nLAF1\tECOG\tuV\t0\t500\tscalp\tgrid\tbad\tin white matter\nLAF2\tECOG\tuV\t0\t500\tscalp\tgrid\tgood\tn/a\n',
    },
    ({ made, report }) => {
      expect(made.sessions[0]?.extraFields).toMatchObject({
        ...{ ieeg_channels_units: 'uV', ieeg_channels_low_cutoff: 0, ieeg_channels_high_cutoff: 500 },
        ...{ ieeg_channels_reference: 'scalp', ieeg_channels_group: 'grid' },
        ieeg_channels_status_description: 'LAF1: in white matter',
      });
      const names = { files: '*_channels.tsv', column: 'name', count: 2, example: 'LAF1' };
      expect(report.left).toContainEqual(names);
    },
    { part: 'set' },
  );

  right(
    'a DOI may hold any sign',
    '12-bids-sici',
    {
      'dataset_description.json': named('SICI', {
        ReferencesAndLinks: [
          'One 1996, doi:10.1002/(SICI)1096-9861(19960129)365:1<113::AID-CNE9>3.0.CO;2-6',
          'https://doi.org/10.1002/(SICI)1096-9861(19960129)365:1%3C113::AID-CNE9%3E3.0.CO;2-6',
        ],
      }),
      'participants.tsv': 'participant_id\nsub-01\n',
    },
    ({ made }) => {
      expect(made.publications.map(({ doi }) => doi)).toEqual([
        '10.1002/(sici)1096-9861(19960129)365:1<113::aid-cne9>3.0.co;2-6',
      ]);
      expect(made.publications[0]).toMatchObject({ url: expect.not.stringMatching(/[<>]/) as string });
    },
  );
});
