import { Workshop, type Things } from './bench';
import { operationOf, suited } from './inputs';

let workshop: Workshop;
let things: Things;
beforeAll(async () => {
  workshop = await Workshop.open();
});
beforeEach(async () => {
  things = await workshop.things();
});
afterAll(() => workshop.close());

interface Told {
  path: (string | number)[];
  code: string;
  message: string;
}

/** The faults of an update, as `field CODE`; none where it was accepted. */
async function faultsOf(type: string, input: Record<string, unknown>): Promise<string[]> {
  const { errors } = await workshop.server.ask(
    workshop.as('owner'),
    operationOf({ name: `update${type}`, action: 'update', type }),
    { id: things[type], input },
  );
  return told(errors);
}

async function faultsOfCreating(type: string, input: Record<string, unknown>): Promise<string[]> {
  const { errors } = await workshop.server.ask(
    workshop.as('owner'),
    operationOf({ name: `create${type}`, action: 'create', type }),
    { input: { ...workshop.inputs.valid(type, 'create', things), ...input } },
  );
  return told(errors);
}

function told(errors: { message: string; extensions: Record<string, unknown> }[] | undefined): string[] {
  if (!errors) return [];
  expect(errors[0]!.extensions).toMatchObject({ code: 'BAD_USER_INPUT', errors: expect.any(Array) as unknown });
  return (errors[0]!.extensions['errors'] as Told[]).map(({ path, code }) => `${path.join('.')} ${code}`);
}

test('what is written has to agree with what was stored, whichever of the two comes later', async () => {
  expect(await faultsOf('Subject', { birthDate: '2024-05-02' })).toEqual([]);
  expect(await faultsOf('Subject', { deathDate: '2024-05-01' })).toEqual(['deathDate DISAGREES']);
  expect(await faultsOf('Subject', { deathDate: '2024-05-01', birthDate: '2024-05-01' })).toEqual([]);
  expect(await faultsOf('Subject', { birthDate: '2024-05-03' })).toEqual(['deathDate DISAGREES']);
  expect(await faultsOf('Epoch', { start: 10, end: 9.5 })).toEqual(['end DISAGREES']);
  expect(await faultsOf('Epoch', { start: 10, end: 10 })).toEqual([]);
  expect(await faultsOf('ConsumableStock', { acquiredOn: '2024-02-01', expiresOn: '2024-01-01' })).toEqual([
    'expiresOn DISAGREES',
  ]);
  for (const type of ['SubjectLogEntry', 'ProcedureLogEntry', 'BreedingLogEntry'])
    expect(await faultsOf(type, { endedAt: '2001-01-01T00:00:00Z' })).toEqual(['endedAt DISAGREES']);
});

test('a breeding has two parents, and its days come one after the other', async () => {
  const dam = things['Subject'];
  expect(await faultsOf('Breeding', { damId: dam, startedOn: '2024-02-01' })).toEqual([]);
  expect(await faultsOf('Breeding', { sireId: dam })).toEqual(['sireId DISAGREES']);
  expect(await faultsOf('Breeding', { endedOn: '2024-01-31', birthDate: '2024-01-31' })).toEqual([
    'endedOn DISAGREES',
    'birthDate DISAGREES',
  ]);
  expect(await faultsOf('Breeding', { birthDate: '2024-02-21', weanedOn: '2024-02-20' })).toEqual([
    'weanedOn DISAGREES',
  ]);
  expect(await faultsOf('Breeding', { damId: null, sireId: dam, birthDate: '2024-02-21' })).toEqual([]);
});

test('a strain is of the species, also when only one of the two is written', async () => {
  const other = await workshop.things();
  expect(await faultsOf('Subject', { strainId: things['Strain'] })).toEqual([]);
  expect(await faultsOf('Subject', { strainId: other['Strain'] })).toEqual(['strainId DISAGREES']);
  expect(await faultsOf('Subject', { speciesId: other['Species'] })).toEqual(['speciesId DISAGREES']);
  expect(await faultsOf('Subject', { speciesId: other['Species'], strainId: other['Strain'] })).toEqual([]);
  expect(await faultsOfCreating('Subject', { strainId: other['Strain'] })).toEqual(['strainId DISAGREES']);
});

test.each(['Behavior', 'DataAcquisition', 'Manipulation'])('the epoch of a %s is of its session', async (type) => {
  const other = await workshop.things();
  expect(await faultsOf(type, { epochId: things['Epoch'] })).toEqual([]);
  expect(await faultsOf(type, { epochId: other['Epoch'] })).toEqual(['epochId DISAGREES']);
  expect(await faultsOfCreating(type, { epochId: other['Epoch'] })).toEqual(['epochId DISAGREES']);
});

test.each([
  ['Collection', 'sessionIds', 'Session'],
  ['Cohort', 'subjectIds', 'Subject'],
])('what a %s holds is in its project', async (type, field, member) => {
  const other = await workshop.things();
  expect(await faultsOf(type, { [field]: [things[member]] })).toEqual([]);
  expect(await faultsOf(type, { [field]: [things[member], other[member]] })).toEqual([`${field}.1 DISAGREES`]);
  expect(await faultsOfCreating(type, { name: 'New', [field]: [other[member]] })).toEqual([`${field}.0 DISAGREES`]);
  expect(await faultsOfCreating(type, { name: 'New', [field]: [things[member]] })).toEqual([]);
});

test('names of collections and cohorts are unique in their project only, those of terms among the approved', async () => {
  const other = await workshop.things();
  for (const type of ['Collection', 'Cohort']) {
    expect(await faultsOfCreating(type, { name: 'Best' })).toEqual([]);
    expect(await faultsOfCreating(type, { name: ' Best ' })).toEqual(['name DUPLICATE']);
    expect(await faultsOf(type, { name: 'Best' })).toEqual(['name DUPLICATE']);
    expect(await faultsOfCreating(type, { name: 'Best', projectId: other['Project'] })).toEqual([]);
  }
  const [{ name }] = (await workshop.rows<{ name: string }>(`SELECT "name" FROM "species" WHERE "id" = $1`, [
    things['Species'],
  ])) as [{ name: string }];
  expect(await faultsOfCreating('Species', { name })).toEqual(['name DUPLICATE']);
  const hidden = await workshop.hiddenThings();
  const [proposal] = await workshop.rows<{ name: string }>(`SELECT "name" FROM "species" WHERE "id" = $1`, [
    hidden['Species'],
  ]);
  expect(await faultsOfCreating('Species', { name: proposal!.name })).toEqual([]);
});

test('a type is of the closed list of its kind, its details follow its schema, and the newest version is filled in', async () => {
  for (const type of [
    'DataAcquisition',
    'Manipulation',
    'Procedure',
    'Equipment',
    'ConsumableStock',
    'SubjectLog',
    'ProcedureLog',
  ]) {
    expect([type, await faultsOfCreating(type, { type: 'Nonsense' })]).toEqual([type, ['type NOT_ALLOWED']]);
    expect([type, await faultsOfCreating(type, { ...suited(type), schemaVersion: '0.0.9' })]).toEqual([
      type,
      ['schemaVersion NOT_ALLOWED'],
    ]);
  }
  for (const type of ['DataAcquisition', 'Procedure', 'Equipment', 'ConsumableStock'])
    expect([type, await faultsOf(type, { ...suited(type), details: { nonsense: 1 } })]).toEqual([
      type,
      ['details INVALID_DETAILS'],
    ]);
  expect(await faultsOf('Manipulation', { ...suited('Manipulation'), details: [{}, { nonsense: 1 }] })).toEqual([
    'details.1 INVALID_DETAILS',
  ]);
  expect(await faultsOf('DataAcquisition', { type: 'ExtracellularEphys' })).toEqual([]);
  const [row] = await workshop.rows(`SELECT "schema_version" FROM "data_acquisition" WHERE "id" = $1`, [
    things['DataAcquisition'],
  ]);
  expect(row).toEqual({ schema_version: '1.1.0' });
});

test('details name the place of the fault, and those of an entry follow the type of its log', async () => {
  const log = await workshop.server.ask(
    workshop.as('owner'),
    operationOf({ name: 'createSubjectLog', action: 'create', type: 'SubjectLog' }),
    { input: { subjectId: things['Subject'], type: 'Weighing' } },
  );
  const { id } = (log.data!['result'] as { object: { id: string } }).object;
  const weigh = (weight: unknown): Promise<string[]> =>
    faultsOfCreating('SubjectLogEntry', { logId: id, details: { weight } });
  expect(await weigh({ value: 25.5, unit: 'g' })).toEqual([]);
  expect(await weigh({ value: 'heavy', unit: 'stone' })).toEqual([
    'details.weight.value INVALID_DETAILS',
    'details.weight.unit INVALID_DETAILS',
  ]);
  expect(await faultsOfCreating('SubjectLogEntry', { logId: id })).toEqual(['details INVALID_DETAILS']);
  things = { ...things, SubjectLog: id };
  expect(await faultsOf('SubjectLog', { type: 'Handling' })).toEqual(['type DISAGREES']);
});

test('coordinates are read in a system that there is', async () => {
  for (const type of ['Procedure', 'Equipment']) {
    expect(await faultsOf(type, { coordinates: { x: 1 } })).toEqual(['coordinateSystem REQUIRED']);
    expect(await faultsOf(type, { coordinateSystem: 'Nowhere' })).toEqual(['coordinateSystem NOT_ALLOWED']);
    expect(
      await faultsOf(type, { coordinateSystem: 'External_XYZ_Absolute', coordinates: { x: { value: 'far' } } }),
    ).toEqual(['coordinates.x.value INVALID_DETAILS']);
    expect(
      await faultsOf(type, { coordinateSystem: 'External_XYZ_Absolute', coordinates: { x: { value: 1, unit: 'mm' } } }),
    ).toEqual([]);
  }
});

test('coordinates that are not stated are null, and so are those that are emptied', async () => {
  for (const [type, table] of Object.entries({ Procedure: 'procedure', Equipment: 'equipment' })) {
    const stored = async (): Promise<unknown> =>
      (await workshop.rows(`SELECT "coordinates" FROM "${table}" WHERE "id" = $1`, [things[type]]))[0];
    for (const none of [{}, null]) {
      const coordinates = { x: { value: 1, unit: 'mm' } };
      expect(await faultsOf(type, { coordinateSystem: 'External_XYZ_Absolute', coordinates })).toEqual([]);
      expect(await stored()).toEqual({ coordinates });
      expect(await faultsOf(type, { coordinateSystem: null, coordinates: none })).toEqual([]);
      expect(await stored()).toEqual({ coordinates: null });
    }
  }
});

test('an age is a duration or a range, also one that is open at an end, as sources state it', async () => {
  const faults = async (age: string): Promise<string[]> => faultsOf('Subject', { age });
  for (const age of ['P90D', 'P3M/P6M', 'P12W/', '/P6M', 'P1Y2M', 'PT12H', 'P1.5Y'])
    expect([age, await faults(age)]).toEqual([age, []]);
  for (const age of ['3 months', 'P', '/', 'P3M/P4M/P5M', 'P90D/x', '90', 'P3MT'])
    expect([age, await faults(age)]).toEqual([age, ['age WRONG_FORMAT']]);
});

test('a licence is one of the SPDX list', async () => {
  for (const license of ['CC-BY-4.0', 'CC0-1.0', 'GPL-3.0', 'MIT'])
    expect([license, await faultsOf('Project', { license })]).toEqual([license, []]);
  for (const license of ['cc-by-4.0', 'CC BY 4.0', 'free', 'spdx:CC-BY-4.0'])
    expect([license, await faultsOf('Project', { license })]).toEqual([license, ['license NOT_ALLOWED']]);
});

test('every fault of an input is told at once', async () => {
  const faults = await faultsOfCreating('Subject', {
    name: '  ',
    speciesId: 'nothing',
    supplierId: things['Project'],
    birthDate: '1750-01-01',
    deathDate: '1740-01-01',
    age: 'three months',
    genotype: 'x'.repeat(201),
    tags: ['', 'y'.repeat(101)],
    extraFields: { '1st': 1, fine: true },
  });
  expect(faults.sort()).toEqual(
    [
      'name REQUIRED',
      'speciesId NOT_FOUND',
      'supplierId NOT_FOUND',
      'birthDate OUT_OF_RANGE',
      'deathDate OUT_OF_RANGE',
      'deathDate DISAGREES',
      'age WRONG_FORMAT',
      'genotype TOO_LONG',
      'tags TOO_LONG',
      'extraFields WRONG_FORMAT',
      'extraFields WRONG_TYPE',
    ].sort(),
  );
  expect(await faultsOf('Project', { name: null })).toEqual(['name REQUIRED']);
  expect(await faultsOf('Behavior', { setupId: null })).toEqual(['setupId REQUIRED']);
});

test('two who give the same name at the same time are told so, one of them, without a row of the database', async () => {
  const name = `Twice ${Math.random()}`;
  const answers = await Promise.all(Array.from({ length: 8 }, () => faultsOfCreating('Collection', { name })));
  expect(answers.filter((faults) => faults.length === 0)).toHaveLength(1);
  for (const faults of answers.filter((one) => one.length > 0)) expect(faults[0]).toMatch(/DUPLICATE$/);
});
