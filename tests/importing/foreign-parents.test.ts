import { setUpStage, type Stage } from './stage';
import { asLines, wholeTree } from './whole-tree';

let stage: Stage;
let ann: string;
let project: string;
beforeAll(async () => {
  stage = await setUpStage();
  ann = (await stage.token(await stage.lab.person('Ann'))).secret;
  project = (await stage.import(ann, wholeTree())).projectId!;
  const publish = `mutation { publishProject(id: "${project}", confirm: true) { isPublic } }`;
  expect((await stage.ask(ann, publish)).errors).toBeUndefined();
  for (const table of ['setup', 'data_storage', 'inventory'])
    await stage.database.dataSource.query(`UPDATE "${table}" SET "is_public" = TRUE`);
  for (const { name } of await stage.database.dataSource.query<{ name: string }[]>(
    `SELECT table_name AS "name" FROM information_schema.columns WHERE column_name = 'is_approved' AND table_schema = 'public'`,
  ))
    await stage.database.dataSource.query(`UPDATE "${name}" SET "is_approved" = TRUE`);
});
afterAll(() => stage.close());

async function idOf(table: string): Promise<string> {
  const rows = await stage.database.dataSource.query<{ id: string }[]>(
    `SELECT "id" FROM "${table}" ORDER BY 1 LIMIT 1`,
  );
  return rows[0]!.id;
}

const detailsOf = (type: string): unknown => wholeTree().find((one) => one.type === type)!['details'];

/** What each is put into belongs to somebody else, and is there for everybody to see. */
const additions: [type: string, parent: string, table: string, entry: object][] = [
  ['Epoch', 'session', 'session', { name: 'Planted', start: 0, end: 1 }],
  ['Behavior', 'session', 'session', { subjects: [], notes: 'Planted' }],
  ['DataAcquisition', 'session', 'session', { moduleType: 'ExtracellularEphys', details: {} }],
  ['Manipulation', 'session', 'session', { moduleType: 'OptogeneticStimulation', details: [] }],
  ['Procedure', 'subject', 'subject', { moduleType: 'GenericImplant', details: detailsOf('Procedure') }],
  ['SubjectLog', 'subject', 'subject', { moduleType: 'Weighing' }],
  [
    'SubjectLogEntry',
    'log',
    'subject_log',
    { startedAt: '2024-01-03T10:00:00Z', details: detailsOf('SubjectLogEntry') },
  ],
  ['ProcedureLog', 'procedure', 'procedure', { moduleType: 'Impedances' }],
  [
    'ProcedureLogEntry',
    'log',
    'procedure_log',
    { startedAt: '2024-01-03T10:00:00Z', details: detailsOf('ProcedureLogEntry') },
  ],
  ['Equipment', 'setup', 'setup', { name: 'Planted', moduleType: 'Amplifier' }],
  [
    'ConsumableStock',
    'inventory',
    'inventory',
    { consumable: 'virus', moduleType: 'ChemicalReagent', details: detailsOf('ConsumableStock') },
  ],
  ['DataStorageProtocol', 'dataStorage', 'data_storage', { protocol: 'smb', path: '//planted' }],
];

test.each(additions)(
  'nothing is put by an import into what belongs to others: %s',
  async (type, parent, table, entry) => {
    const stan = (await stage.token(await stage.lab.person('Stan'))).secret;
    const before = await stage.everything();
    const { status, outcome } = await stage.post(
      stan,
      asLines([
        { type: 'Project', key: 'mine', name: 'Mine' },
        { type: 'Consumable', key: 'virus', name: 'AAV5', supplier: 'jax' },
        { type: 'Supplier', key: 'jax', name: 'JAX' },
        { type, key: 'planted', [parent]: await idOf(table), ...entry },
      ]),
    );
    expect([status, outcome.faults]).toEqual([422, [expect.objectContaining({ key: 'planted', path: [parent] })]]);
    expect(await stage.everything()).toBe(before);
  },
);

test('a contributor credits nobody by an import: that takes an owner, as by hand', async () => {
  const carl = (await stage.token(await stage.lab.person('Carl', 'CONTRIBUTOR', [project]))).secret;
  const before = await stage.everything();
  for (const key of ['ann', 'new']) {
    const entry = { type: 'Contributor', key, name: 'Carl', roles: ['PROJECT_LEADER'] };
    const { outcome } = await stage.post(carl, asLines([{ type: 'Project', key: project }, entry]));
    expect(outcome.faults[0]).toMatchObject({ key, code: 'FORBIDDEN' });
  }
  expect(await stage.everything()).toBe(before);
});
