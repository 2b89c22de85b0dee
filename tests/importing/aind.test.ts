import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readAind } from '../../src/importing/aind/read-aind';
import type { Entry, SourceTree } from '../../src/importing/entry';
import type { Report } from '../../src/importing/report';
import { brokenEntries } from './aind-rules';
import { finding, fixture, folderOf, removeFolders } from './reading';

afterAll(removeFolders);

let tree: SourceTree;
let report: Report;
beforeAll(async () => {
  ({ tree, report } = await readAind(fixture('harbour')));
});

const ofType = (type: string, from = tree): Entry[] => from.entries.filter((entry) => entry.type === type);
const one = (type: string, fields: object, from = tree): void => {
  expect(ofType(type, from)).toEqual(expect.arrayContaining([expect.objectContaining(fields)]));
};
const part = (name: string): Record<string, unknown> =>
  JSON.parse(readFileSync(join(fixture('harbour'), `${name}.json`), 'utf8')) as Record<string, unknown>;

describe('a folder with the documents of one record', () => {
  it('gives a tree without faults, the same each time', async () => {
    expect(brokenEntries(tree)).toEqual([]);
    expect((await readAind(fixture('harbour'))).tree).toEqual(tree);
  });

  it('the data description is the project, with funding and credits', () => {
    one('Project', {
      key: 'project:AIND:tides and dopamine',
      name: 'Tides and dopamine',
      license: 'CC-BY-4.0',
      funding: [
        {
          funder: 'Tide Fund',
          awardNumber: 'T-1',
          identifier: 'https://ror.org/012abcd34',
          url: 'https://ror.org/012abcd34',
        },
      ],
    });
    one('Contributor', { name: 'Ada Keel', orcid: '0000-0002-1825-0097', roles: ['INVESTIGATOR'], order: 0 });
    expect(ofType('Project')[0]?.extraFields).toMatchObject({ fundee: 'Tide Fund T-1: Ada Keel', group: 'ophys' });
  });

  it('the subject, with where it comes from', () => {
    one('Subject', {
      name: 'h7',
      species: 'species:NCBITaxon:10090',
      sex: 'FEMALE',
      birthDate: '2024-02-29',
      supplier: 'supplier:harbour mice',
    });
    one('Supplier', {
      name: 'Harbour Mice',
      externalIdentifiers: [{ source: 'ROR', identifier: '012abcd34', url: 'https://ror.org/012abcd34' }],
    });
    one('Strain', { name: 'Harbour black', species: 'species:NCBITaxon:10090' });
    expect(ofType('Subject')[0]?.extraFields).toMatchObject({ breedingGroup: 'HB-1', cageId: 'c12' });
  });

  it('a surgery is an anaesthesia and what was done in it', () => {
    one('Procedure', {
      moduleType: 'Anesthesia',
      details: { anestheticAgent: 'Isoflurane', route: 'Inhalation', duration: { value: 90, unit: 'min' } },
    });
    one('Procedure', {
      moduleType: 'Headpost',
      details: { headpostId: 'HF-3', material: 'Steel' },
      dateTime: '2024-05-02T00:00:00.000Z',
    });
    one('Procedure', {
      moduleType: 'Craniotomy',
      details: { dimensions: '3 millimeter', shape: 'Circle' },
      coordinateSystem: 'Stereotaxic_LambdaAbsolute',
    });
    expect(ofType('Procedure').every(({ notes }) => /Performed by (Ada Keel|Bo Mast)\./.test(String(notes)))).toBe(
      true,
    );
    expect(ofType('Subject')[0]?.extraFields).toMatchObject({
      surgery: expect.stringContaining('"workstation_id":"Bench 2"') as string,
    });
  });

  it('an injection at two depths is two, from a stock with its titer', () => {
    const shots = ofType('Procedure').filter(({ moduleType }) => moduleType === 'VirusInjection');
    expect(shots.map(({ details }) => details)).toEqual([
      { injectionVolume: { value: 200, unit: 'nL' } },
      { injectionVolume: { value: 300, unit: 'nL' } },
    ]);
    expect(shots[1]).toMatchObject({
      coordinateSystem: 'Stereotaxic_BregmaBrainSurface',
      coordinates: {
        apCoordinate: { value: -3.05, unit: 'mm' },
        mlCoordinate: { value: -0.6, unit: 'mm' },
        depth: { value: 2.9, unit: 'mm' },
      },
      brainRegion: 'region:ALLEN_MOUSE/VTA',
      consumableStock: 'stock:aav-buoy/L55',
    });
    one('ConsumableStock', {
      moduleType: 'VirusSolution',
      details: { titer: { value: 21e12, unit: 'vg/mL' }, batchId: 'L55' },
    });
    one('ConsumableStock', {
      key: 'stock:red beads/B2',
      moduleType: 'ChemicalReagent',
      consumable: 'consumable:red beads',
    });
    one('Consumable', { name: 'Red beads', supplier: 'supplier:beadworks' });
    expect(shots[0]?.notes).toContain('Mixed with red beads/B2.');
    expect(shots[0]?.notes).toContain('injection_angle: 0 degrees.');
  });

  it('a fiber keeps the angle that no field means, and its region as a text', () => {
    one('Procedure', {
      moduleType: 'OpticFiberImplant',
      details: { fiberId: 'Fiber 0' },
      coordinateSystem: 'Stereotaxic_BregmaAbsolute',
      notes: expect.stringMatching(
        /angle: 4 degrees\..*targeted_structure: VTA\.|targeted_structure: VTA\..*angle: 4 degrees\./,
      ) as string,
    });
  });

  it('days without water are a log, clearing a procedure, and other work stays in the extra fields', () => {
    one('SubjectLogEntry', {
      startedAt: '2024-06-01T00:00:00.000Z',
      endedAt: '2024-06-20T00:00:00.000Z',
      details: { responsiblePerson: 'Ada Keel' },
    });
    one('Procedure', { moduleType: 'TissueClearing', consumableStock: 'stock:wash buffer/W1' });
    const fields = ofType('Subject')[0]?.extraFields;
    expect(fields).toMatchObject({ specimenProcedure: expect.stringContaining('"kind":"Embedding"') as string });
    expect(finding(report, 'a kind of procedure has no type').example.value).toBe('Kite flying');
  });

  it('the rig is a setup with equipment; optics are its specifications', () => {
    one('Setup', { key: 'setup:R1_20240101', setupType: 'setupType:rig' });
    expect(ofType('Equipment').map(({ name, moduleType }) => [name, moduleType])).toEqual([
      ['Disc 1', 'RunningWheel'],
      ['Face camera', 'Camera'],
      ['Blue laser', 'Laser'],
      ['Board', 'DataAcquisitionSystem'],
    ]);
    one('HardwareDevice', { name: 'Lenswerk Q5', supplier: 'supplier:lenswerk' });
    one('Equipment', { name: 'Face camera', notes: expect.stringContaining('serial_number: S-1.') as string });
    one('Equipment', { name: 'Blue laser', notes: expect.stringContaining('manufacturer name: Other.') as string });
    expect(ofType('Setup')[0]?.specifications).toEqual(
      expect.arrayContaining([expect.objectContaining({ name: 'Lens: Face lens' })]),
    );
  });

  it('the session begins at an instant, and its parts count from there', () => {
    one('Session', {
      name: 'FIP_h7_2024-06-10_09-30-00',
      startedAt: '2024-06-10T16:30:00.250Z',
      subjects: ['subject:h7'],
      tags: ['Foraging'],
      description: 'Calm.\n\nOne hour of foraging.',
    });
    expect(ofType('Epoch').map(({ name, start, end }) => [name, start, end])).toEqual([
      ['Two spouts', 120, 1800],
      ['Rest', 2100, 2400],
      ['Data stream: Fiber photometry', 60, 3540],
    ]);
  });

  it('a stream is a data acquisition with the devices that are known', () => {
    one('DataAcquisition', {
      moduleType: 'FiberPhotometry',
      details: { excitationWavelength: { value: 473, unit: 'nm' }, laserPower: { value: 20, unit: 'µW' } },
      equipment: ['Face camera', 'Board', 'Blue laser'].map((name) => expect.stringContaining(name) as string),
      notes: expect.stringContaining('Lost board') as string,
    });
  });

  it('an epoch with trials is a behavior, and each kind of stimulus a manipulation', () => {
    one('Behavior', {
      behavioralParadigm: 'paradigm:two spouts',
      setup: 'setup:R1_20240101',
      subjects: ['subject:h7'],
      notes: expect.stringContaining('trials_total: 120') as string,
    });
    expect(ofType('Manipulation').map(({ moduleType, details }) => [moduleType, details])).toEqual([
      ['AuditoryStimulation', []],
      [
        'OptogeneticStimulation',
        [
          expect.objectContaining({
            profile: 'Square',
            duration: { value: 2, unit: 's' },
            repetitions: 5,
            wavelength: { value: 473, unit: 'nm' },
          }),
        ],
      ],
    ]);
    expect(finding(report, 'a kind of stimulus has no type').count).toBe(2);
  });
});

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
    expect(brokenEntries(single)).toEqual([]);
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
    expect(brokenEntries(both)).toEqual([]);
    const counts = ['Project', 'Subject', 'Setup', 'Session', 'Procedure'].map((type) => ofType(type, both).length);
    expect(counts).toEqual([1, 1, 1, 2, ofType('Procedure').length]);
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
    expect(brokenEntries(read.tree)).toEqual([]);
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
    expect(brokenEntries(read)).toEqual([]);
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
