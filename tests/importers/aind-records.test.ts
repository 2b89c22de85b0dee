import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readAind } from '../../src/importers/aind/read-aind';
import type { SourceTree } from '../../src/importers/source-tree';
import type { Entry } from '../../src/tree/entry';
import { brokenEntryRules } from './entry-rules';
import { finding, fixture, folderOf, removeFolders } from './reading';

afterAll(removeFolders);

const ofType = (type: string, from: SourceTree): Entry[] => from.entries.filter((entry) => entry.type === type);
const one = (type: string, fields: object, from: SourceTree): void => {
  expect(ofType(type, from)).toEqual(expect.arrayContaining([expect.objectContaining(fields)]));
};
const part = (name: string): Record<string, unknown> =>
  JSON.parse(readFileSync(join(fixture('rig'), `${name}.json`), 'utf8')) as Record<string, unknown>;

describe('a record in one file, and a folder of them', () => {
  const record = (changes: Record<string, object | null> = {}): Record<string, unknown> => {
    const names = ['subject', 'procedures', 'session', 'rig', 'data_description'];
    const parts = Object.fromEntries(
      names.map((name) => [name, changes[name] === null ? null : { ...part(name), ...changes[name] }]),
    );
    return { _id: 'r1', location: 's3://harbour-data/FIP_h7_2024-06-10_09-30-00', ...parts };
  };

  it('is the same, with where its files lie', async () => {
    const folder = folderOf({ 'one.json': JSON.stringify(record()) });
    const single = (await readAind(join(folder, 'one.json'))).tree;
    expect(brokenEntryRules(single)).toEqual([]);
    one('DataStorage', { key: 'storage:s3://harbour-data', organization: ['SESSIONS'] }, single);
    one(
      'DataStorageProtocol',
      { dataStorage: 'storage:s3://harbour-data', protocol: 's3', path: 's3://harbour-data' },
      single,
    );
    one(
      'Session',
      { dataStorages: ['storage:s3://harbour-data'], nameUsedInStorage: 'FIP_h7_2024-06-10_09-30-00' },
      single,
    );
  });

  it('two sessions of one subject in one rig are one subject, one setup, one project', async () => {
    const second = record({
      session: {
        session_start_time: '2024-06-11T09:30:00-07:00',
        session_end_time: '2024-06-11T10:30:00-07:00',
        stimulus_epochs: [],
        data_streams: [],
      },
    });
    const both = (await readAind(folderOf({ 'a.json': JSON.stringify(record()), 'b.json': JSON.stringify(second) })))
      .tree;
    expect(brokenEntryRules(both)).toEqual([]);
    const counts = ['Project', 'Subject', 'Setup', 'Session', 'Procedure'].map((type) => ofType(type, both).length);
    expect(counts).toEqual([1, 1, 1, 2, 7]);
  });

  it('a start without a zone is no instant, unless the files were made in the same second', async () => {
    const times = {
      session_start_time: '2024-06-10T09:30:00',
      session_end_time: '2024-06-10T10:30:00',
      data_streams: [],
      stimulus_epochs: [],
    };
    const read = async (creation: string): Promise<unknown> => {
      const folder = folderOf({
        'a.json': JSON.stringify(record({ session: times, data_description: { creation_time: creation } })),
      });
      return ofType('Session', (await readAind(folder)).tree)[0]?.startedAt;
    };
    expect(await read('2024-06-10T10:31:00-07:00')).toBeUndefined();
    expect(await read('2024-06-10T09:30:00-07:00')).toBe('2024-06-10T16:30:00.000Z');
  });

  it('a part that ends before it begins has no end, and keeps what is stated', async () => {
    const epoch = {
      stimulus_name: 'Backwards',
      stimulus_start_time: '2024-06-10T09:40:00.250-07:00',
      stimulus_end_time: '2024-06-10T09:35:00.250-07:00',
    };
    const session = { data_streams: [], stimulus_epochs: [epoch] };
    const read = await readAind(folderOf({ 'a.json': JSON.stringify(record({ session })) }));
    expect(brokenEntryRules(read.tree)).toEqual([]);
    expect(ofType('Epoch', read.tree)).toEqual([expect.objectContaining({ name: 'Backwards', start: 600 })]);
    expect(ofType('Epoch', read.tree)[0]).not.toHaveProperty('end');
    expect(finding(read.report, 'ends before it begins').example.value).toBe('2024-06-10T09:35:00.250-07:00');
    expect(ofType('Session', read.tree)[0]?.extraFields).toMatchObject({
      stimulusEpoch: expect.stringContaining('2024-06-10T09:35:00.250-07:00') as string,
    });
  });

  it('an unknown version is read by its fields, and reported', async () => {
    const folder = folderOf({ 'a.json': JSON.stringify(record({ subject: { schema_version: '7.0.0' } })) });
    const read = await readAind(folder);
    expect(finding(read.report, 'subject: an unknown version').example.value).toBe('7.0.0');
    one('Subject', { sex: 'FEMALE' }, read.tree);
  });

  it('version 2: coordinates by the axes of the system that they name', async () => {
    const system = {
      name: 'HARBOUR',
      origin: 'Bregma',
      axis_unit: 'millimeter',
      axes: ['AP', 'ML', 'SI', 'Depth'].map((name) => ({ name })),
    };
    const place = [
      [
        { object_type: 'Translation', translation: [1.5, -2, 0, 3] },
        { object_type: 'Rotation', angles: [20, 0, 0, 0], angles_unit: 'degrees' },
      ],
    ];
    const injection = {
      object_type: 'Brain injection',
      coordinate_system_name: 'HARBOUR',
      coordinates: place,
      dynamics: [{ profile: 'Bolus', volume: 150, volume_unit: 'nanoliter' }],
      injection_materials: [],
    };
    const procedures = {
      schema_version: '2.0.34',
      subject_id: 'h8',
      subject_procedures: [
        {
          object_type: 'Surgery',
          start_date: '2025-01-02',
          experimenters: ['Bo Mast'],
          coordinate_system: system,
          procedures: [injection],
        },
      ],
    };
    const read = (await readAind(folderOf({ 'procedures.json': JSON.stringify(procedures) }))).tree;
    expect(brokenEntryRules(read)).toEqual([]);
    one(
      'Procedure',
      {
        moduleType: 'Injection',
        coordinateSystem: 'Stereotaxic_BregmaBrainSurface',
        coordinates: {
          apCoordinate: { value: 1.5, unit: 'mm' },
          mlCoordinate: { value: -2, unit: 'mm' },
          depth: { value: 3, unit: 'mm' },
        },
        details: { injectionVolume: { value: 150, unit: 'nL' }, injectionProfile: 'Bolus Injection' },
        notes: expect.stringContaining('angles: 20, 0, 0, 0') as string,
      },
      read,
    );
  });
});
