import type { Entry } from '../../src/tree/entry';

/** A tree with an entry of every type, in no helpful order: what is referred to comes last. */
export function wholeTree(project = 'lab:maze'): Entry[] {
  return [
    {
      type: 'Session',
      key: 's1',
      name: 'Night 1',
      startedAt: '2024-03-01T20:00:00Z',
      subjects: ['m1', 'm2'],
      dataStorages: ['nas', 'cloud'],
      tags: ['night'],
    },
    { type: 'Session', key: 's2', name: 'Night 2', subjects: ['m1'], dataStorages: ['cloud'] },
    { type: 'Epoch', key: 's1/task', session: 's1', name: 'Task', start: 0, end: 900.5 },
    {
      type: 'Behavior',
      key: 's1/b',
      session: 's1',
      epoch: 's1/task',
      subjects: ['m1'],
      setup: 'rig',
      behavioralParadigm: 'maze-task',
      notes: 'Eager.',
    },
    {
      type: 'DataAcquisition',
      key: 's1/ephys',
      session: 's1',
      moduleType: 'ExtracellularEphys',
      details: {},
      procedures: ['m1/implant'],
      equipment: ['rig/amp'],
      fileName: 'a.nwb',
      fileUrl: 'https://example.org/a.nwb',
      fileSizeBytes: 938143891298,
      dataStorage: 'nas',
    },
    {
      type: 'Manipulation',
      key: 's1/opto',
      session: 's1',
      moduleType: 'OptogeneticStimulation',
      details: [],
      equipment: ['rig/amp'],
      procedures: ['m1/implant'],
      order: 2,
    },
    { type: 'Collection', key: 'nights', name: 'All nights', sessions: ['s2', 's1'] },
    { type: 'Cohort', key: 'pair', name: 'The pair', subjects: ['m2', 'm1'] },
    {
      type: 'Subject',
      key: 'm1',
      name: 'Mia',
      species: 'mouse',
      strain: 'black6',
      sex: 'FEMALE',
      supplier: 'jax',
      birthDate: '2023-11-01',
      deathDate: '2024-05-31',
      extraFields: { cage: 7, door: 'left' },
    },
    { type: 'Subject', key: 'm2', name: 'Max', species: 'mouse', sex: 'MALE', status: 'ACTIVE' },
    {
      type: 'Procedure',
      key: 'm1/implant',
      subject: 'm1',
      moduleType: 'GenericImplant',
      details: { implantType: implantType() },
      dateTime: '2024-01-02T10:00:00Z',
      brainRegion: 'ca1',
      coordinateSystem: 'CCF_XYZ_Absolute',
      coordinates: { x: { value: 1.5, unit: 'mm' } },
      equipment: ['rig/amp'],
      consumableStock: 'freezer/vial',
    },
    { type: 'ProcedureLog', key: 'm1/implant/log', procedure: 'm1/implant', moduleType: 'Impedances' },
    {
      type: 'ProcedureLogEntry',
      key: 'm1/implant/log/1',
      log: 'm1/implant/log',
      startedAt: '2024-01-03T10:00:00Z',
      details: { impedances: [1.5, 2] },
    },
    { type: 'SubjectLog', key: 'm1/weight', subject: 'm1', moduleType: 'Weighing' },
    {
      type: 'SubjectLogEntry',
      key: 'm1/weight/1',
      log: 'm1/weight',
      startedAt: '2024-01-03T10:00:00Z',
      endedAt: '2024-01-03T10:01:00Z',
      details: { weight: { value: 21, unit: 'g' } },
    },
    { type: 'Contributor', key: 'ann', name: 'Ann Lee', roles: ['AUTHOR'], orcid: '0000-0002-1825-0097' },
    {
      type: 'Project',
      key: project,
      name: 'Maze',
      description: 'Nights in a maze.',
      publications: ['paper'],
      license: 'CC-BY-4.0',
      funding: [{ funder: 'Fund' }],
      repositoryLinks: [{ repository: 'DANDI', url: 'https://example.org/1' }],
    },
    {
      type: 'Setup',
      key: 'rig',
      name: 'Rig 1',
      setupType: 'open-maze',
      image: 'https://example.org/rig.png',
      specifications: [{ name: 'Width', value: '1', unit: 'm' }],
    },
    {
      type: 'Equipment',
      key: 'rig/amp',
      setup: 'rig',
      name: 'Amplifier',
      moduleType: 'Amplifier',
      hardwareDevice: 'intan',
    },
    {
      type: 'BehavioralParadigm',
      key: 'maze-task',
      name: 'Find the door',
      setupType: 'open-maze',
      category: 'navigation',
    },
    { type: 'DataStorage', key: 'nas', name: 'NAS', organization: ['PROJECTS', 'SESSIONS'] },
    { type: 'DataStorage', key: 'cloud', name: 'Cloud' },
    { type: 'DataStorageProtocol', key: 'nas/smb', dataStorage: 'nas', protocol: 'smb', path: '//nas/data' },
    { type: 'Inventory', key: 'freezer', name: 'Freezer' },
    {
      type: 'ConsumableStock',
      key: 'freezer/vial',
      inventory: 'freezer',
      consumable: 'virus',
      moduleType: 'ChemicalReagent',
      details: { chemicalType: chemicalType() },
      acquiredOn: '2023-01-01',
      expiresOn: '2025-01-01',
    },
    { type: 'Strain', key: 'black6', name: 'C57BL/6J', species: 'mouse' },
    { type: 'Species', key: 'mouse', name: 'Mus musculus' },
    { type: 'BrainRegion', key: 'ca1', name: 'Field CA1', acronym: 'CA1', atlas: 'ALLEN_MOUSE' },
    { type: 'SetupType', key: 'open-maze', name: 'Open maze', category: 'FREELY_MOVING_AWAKE' },
    { type: 'BehavioralCategory', key: 'navigation', name: 'Spatial navigation' },
    { type: 'HardwareDevice', key: 'intan', name: 'RHD2000', supplier: 'intan-inc' },
    { type: 'Supplier', key: 'intan-inc', name: 'Intan' },
    { type: 'Supplier', key: 'jax', name: 'JAX', externalIdentifiers: [{ source: 'ROR', identifier: '021sy4w91' }] },
    { type: 'Consumable', key: 'virus', name: 'AAV5', supplier: 'jax' },
    { type: 'Publication', key: 'paper', title: 'A maze', authors: 'Lee A', doi: '10.1234/maze', journal: 'journal' },
    { type: 'Journal', key: 'journal', name: 'Journal of Mazes' },
  ];
}

const allowed = (kind: string, type: string, field: string): string => {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { types } = require(`../../schema/module-types/${kind}.json`) as {
    types: { type: string; schema: { properties: Record<string, { enum?: string[] }> } }[];
  };
  return types.find((one) => one.type === type)!.schema.properties[field]!.enum?.[0] ?? 'Other';
};

const implantType = (): string => allowed('Procedure', 'GenericImplant', 'implantType');
const chemicalType = (): string => allowed('ConsumableStock', 'ChemicalReagent', 'chemicalType');

export const asLines = (entries: readonly unknown[]): string =>
  entries.map((one) => `${JSON.stringify(one)}\n`).join('');
