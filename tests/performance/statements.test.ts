import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { anonymous } from '../../src/access/viewer';
import { newId, type NodeName } from '../../src/model/ids';
import { classOf } from '../../src/model/node';
import { createTestDatabase, type TestDatabase } from '../stage/database';
import { startTestServer, type TestServer } from '../stage/server';

const deepest = readFileSync(join(__dirname, '../../schema/operations/deepest.graphql'), 'utf8');
const mostStatements = 25;

let database: TestDatabase;
let server: TestServer;
beforeAll(async () => {
  database = await createTestDatabase();
  server = await startTestServer(database.dataSource);
});
afterAll(async () => {
  await server.close();
  await database.drop();
});

type Columns = Record<string, unknown>;

async function add(type: NodeName, rows: Columns[]): Promise<string[]> {
  const withIds = rows.map((row) => ({ id: newId(type), ...row }));
  await database.dataSource
    .createQueryBuilder()
    .insert()
    .into(classOf(type))
    .values(withIds)
    .updateEntity(false)
    .execute();
  return withIds.map(({ id }) => id);
}

async function link(table: string, columns: readonly string[], rows: readonly (readonly unknown[])[]): Promise<void> {
  const values = rows.map((row) => `(${row.map((value) => `'${String(value)}'`).join(', ')})`).join(', ');
  await database.dataSource.query(`INSERT INTO "${table}" (${columns.join(', ')}) VALUES ${values}`);
}

/** A public project in which every edge of the deepest operation leads somewhere, for each of its sessions. */
async function projectWith(sessionCount: number): Promise<string> {
  const now = new Date();
  const [species] = await add('Species', [{ name: `Species ${sessionCount}`, isApproved: true }]);
  const [setupType] = await add('SetupType', [{ name: `Type ${sessionCount}`, category: 'UNKNOWN', isApproved: true }]);
  const [region] = await add('BrainRegion', [
    { name: `R${sessionCount}`, acronym: `R${sessionCount}`, atlas: 'ALLEN_MOUSE', isApproved: true },
  ]);
  const [project] = await add('Project', [{ name: 'Large', isPublic: true, publishedAt: now, firstPublishedAt: now }]);
  const [setup] = await add('Setup', [{ name: 'Rig', setupTypeId: setupType, isPublic: true }]);
  const [paradigm] = await add('BehavioralParadigm', [{ name: 'Task', setupTypeId: setupType, isPublic: true }]);
  const [storage] = await add('DataStorage', [{ name: 'Store', isPublic: true }]);
  await add('DataStorageProtocol', [
    { dataStorageId: storage, protocol: 'https', path: 'https://example.org', isPublic: true },
  ]);
  const [device] = await add('Equipment', [
    { setupId: setup, name: 'Probe', type: 'Amplifier', schemaVersion: '1.0.0' },
  ]);
  const subjectCount = Math.ceil(sessionCount / 10);
  const subjects = await add(
    'Subject',
    Array.from({ length: subjectCount }, (_, n) => ({ name: `S${n}`, speciesId: species, sex: 'MALE' })),
  );
  const procedures = await add(
    'Procedure',
    subjects.map((subjectId) => ({ subjectId, type: 'Implant', schemaVersion: '1.0.0', brainRegionId: region })),
  );
  const procedureLogs = await add(
    'ProcedureLog',
    procedures.map((procedureId) => ({ procedureId, type: 'Impedances', schemaVersion: '1.0.0' })),
  );
  const subjectLogs = await add(
    'SubjectLog',
    subjects.map((subjectId) => ({ subjectId, type: 'Weighing', schemaVersion: '1.0.0' })),
  );
  await add(
    'ProcedureLogEntry',
    procedureLogs.map((logId) => ({ logId, startedAt: now })),
  );
  await add(
    'SubjectLogEntry',
    subjectLogs.map((logId) => ({ logId, startedAt: now })),
  );
  const sessions = await add(
    'Session',
    Array.from({ length: sessionCount }, (_, n) => ({ name: `Session ${n}` })),
  );
  await add(
    'Epoch',
    sessions.map((sessionId) => ({ sessionId, name: 'Task' })),
  );
  const behaviors = await add(
    'Behavior',
    sessions.map((sessionId) => ({ sessionId, setupId: setup, behavioralParadigmId: paradigm })),
  );
  const module = { type: 'ExtracellularEphys', schemaVersion: '1.0.0' };
  const acquisitions = await add(
    'DataAcquisition',
    sessions.map((sessionId) => ({ sessionId, ...module, dataStorageId: storage })),
  );
  const manipulations = await add(
    'Manipulation',
    sessions.map((sessionId) => ({ sessionId, ...module })),
  );
  const collections = await add(
    'Collection',
    Array.from({ length: Math.ceil(sessionCount / 100) }, (_, n) => ({ projectId: project, name: `C${n}` })),
  );
  const subjectOf = (n: number): string => subjects[n % subjects.length]!;
  await link(
    'project_subject',
    ['project_id', 'subject_id'],
    subjects.map((id) => [project, id]),
  );
  await link(
    'project_session',
    ['project_id', 'session_id'],
    sessions.map((id) => [project, id]),
  );
  await link(
    'collection_session',
    ['collection_id', 'session_id', 'project_id', 'position'],
    sessions.map((id, n) => [collections[Math.floor(n / 100)], id, project, n]),
  );
  await link(
    'session_subject',
    ['session_id', 'subject_id'],
    sessions.map((id, n) => [id, subjectOf(n)]),
  );
  await link(
    'session_data_storage',
    ['session_id', 'data_storage_id', 'position'],
    sessions.map((id) => [id, storage, 0]),
  );
  await link(
    'behavior_subject',
    ['behavior_id', 'subject_id'],
    behaviors.map((id, n) => [id, subjectOf(n)]),
  );
  await link(
    'data_acquisition_procedure',
    ['data_acquisition_id', 'procedure_id'],
    acquisitions.map((id, n) => [id, procedures[n % procedures.length]]),
  );
  await link(
    'data_acquisition_equipment',
    ['data_acquisition_id', 'equipment_id'],
    acquisitions.map((id) => [id, device]),
  );
  await link(
    'manipulation_equipment',
    ['manipulation_id', 'equipment_id'],
    manipulations.map((id) => [id, device]),
  );
  return project!;
}

async function statementsFor(projectId: string, sessions: number): Promise<number> {
  server.statements.length = 0;
  const answer = await server.ask(anonymous, deepest, { projectId, collections: 5, sessions: 100 });
  expect(answer.errors).toBeUndefined();
  const { collections } = answer.data!['project'] as { collections: { nodes: { sessions: { nodes: unknown[] } }[] } };
  expect(collections.nodes.flatMap((one) => one.sessions.nodes)).toHaveLength(sessions);
  const empty = JSON.stringify(answer.data).match(/"nodes":\[\]/g);
  expect(empty).toBeNull();
  return server.statements.length;
}

test('the deepest operation takes as many SQL statements for 500 sessions as for one, and few', async () => {
  const one = await statementsFor(await projectWith(1), 1);
  const many = await statementsFor(await projectWith(500), 500);
  expect(many).toBe(one);
  expect(many).toBeLessThanOrEqual(mostStatements);
});
