import { readAind } from '../../src/importers/aind/read-aind';
import type { SourceTree } from '../../src/importers/source-tree';
import type { Entry } from '../../src/tree/entry';
import { brokenEntryRules } from './entry-rules';
import { finding, folderOf, removeFolders } from './reading';

afterAll(removeFolders);

const start = '2025-02-01T09:00:00Z';
const acquisition = (...streams: object[]): string =>
  JSON.stringify({
    ...{ object_type: 'Acquisition', schema_version: '2.0.30', subject_id: 'm1', acquisition_start_time: start },
    data_streams: streams.map((stream) => ({ stream_start_time: start, ...stream })),
  });
const read = (...streams: object[]): ReturnType<typeof readAind> =>
  readAind(folderOf({ 'acquisition.json': acquisition(...streams) }));
const acquisitionsIn = ({ entries }: SourceTree): Entry[] => entries.filter(({ type }) => type === 'DataAcquisition');
const region = (acronym: string): object => ({ atlas: 'CCFv3', id: '385', acronym, name: `Area ${acronym}` });

const plane = (depth: number, acronym: string): object => ({
  ...{ object_type: 'Plane', depth, depth_unit: 'micrometer', targeted_structure: region(acronym) },
  ...{ power: depth / 10, power_unit: 'milliwatt' },
});
const imaging = (...planes: object[]): object => ({
  modalities: [{ name: 'Planar optical physiology', abbreviation: 'pophys' }],
  configurations: [
    { object_type: 'Laser config', device_name: 'Laser A', wavelength: 920, wavelength_unit: 'nanometer' },
    {
      ...{ object_type: 'Imaging config', device_name: 'Scope' },
      images: planes.map((one) => ({ object_type: 'Planar image', channel_name: 'green', planes: [one] })),
      sampling_strategy: { frame_rate: 9.5, frame_rate_unit: 'hertz' },
    },
  ],
});

test('planes that were imaged are one acquisition each, at its depth and in its region', async () => {
  const { tree, report } = await read(imaging(plane(150, 'VISp'), plane(230, 'VISl'), plane(230, 'VISl')));
  expect(brokenEntryRules(tree)).toEqual([]);
  const of = (depth: number): object => ({
    ...{ imagingDepth: { value: depth, unit: 'µm' }, laserPower: { value: depth / 10, unit: 'mW' } },
    ...{ frameRate: { value: 9.5, unit: 'Hz' }, excitationWavelength: { value: 920, unit: 'nm' } },
  });
  const made = acquisitionsIn(tree);
  expect(made.map(({ moduleType, details }) => [moduleType, details])).toEqual([
    ['TwoPhotonMicroscopy', of(150)],
    ['TwoPhotonMicroscopy', of(230)],
    ['TwoPhotonMicroscopy', of(230)],
  ]);
  expect(made[0]!['notes']).toMatch(/^Planar optical physiology, 150 µm VISp\./);
  expect(new Set(made.map(({ key }) => key)).size).toBe(3);
  expect(finding(report, 'one acquisition for each plane').example.value).toBe('3');
  const session = tree.entries.find(({ type }) => type === 'Session')!;
  expect(JSON.stringify(session['extraFields'])).toContain('green');
});

test('one plane is the acquisition, with its depth', async () => {
  const { tree } = await read(imaging(plane(150, 'VISp')));
  const [made, ...others] = acquisitionsIn(tree);
  expect(others).toEqual([]);
  expect(made!['details']).toMatchObject({ imagingDepth: { value: 150, unit: 'µm' } });
  expect(JSON.stringify(made!['notes'])).toContain('VISp');
});

test('probes that recorded are one acquisition each; what else the stream recorded does not repeat them', async () => {
  const assembly = (device: string, acronym: string): object => ({
    ...{ object_type: 'Ephys assembly config', device_name: `Assembly ${device}` },
    manipulator: { object_type: 'Manipulator config', device_name: `Manipulator ${device}` },
    probes: [
      {
        ...{ object_type: 'Probe config', device_name: device, primary_targeted_structure: region(acronym) },
        transform: [{ object_type: 'Translation', translation: Array.from({ length: 200 }, (_, at) => at + 0.25) }],
      },
    ],
  });
  const stream = {
    modalities: [
      { name: 'Behavior videos', abbreviation: 'behavior-videos' },
      { name: 'Extracellular electrophysiology', abbreviation: 'ecephys' },
    ],
    configurations: [assembly('46105', 'VM'), assembly('46110', 'CA1')],
  };
  const { tree } = await read(stream);
  expect(brokenEntryRules(tree)).toEqual([]);
  const made = acquisitionsIn(tree);
  expect(made.map(({ moduleType }) => moduleType)).toEqual([
    'ExtracellularEphys',
    'ExtracellularEphys',
    'VideoTracking',
  ]);
  // What is too long for notes is whole in the session, and depth and region stand first all the same.
  expect(made[0]!['notes']).toMatch(/^Extracellular electrophysiology, 46105, VM\./);
  expect(made[1]!['notes']).toMatch(/^Extracellular electrophysiology, 46110, CA1\./);
  expect(made[2]!['notes']).not.toMatch(/CA1|46110\b.*translation/);
  const session = tree.entries.find(({ type }) => type === 'Session')!;
  expect(session['extraFields']).toMatchObject({ probe: expect.stringContaining('199.25') as string });
});
