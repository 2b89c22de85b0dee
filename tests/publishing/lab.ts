import type { DataSource } from 'typeorm';
import type { Scope, Viewer } from '../../src/access/viewer';
import { newId, typeOfId, type NodeName } from '../../src/model/ids';
import { classOf } from '../../src/model/node';
import { createTestDatabase, type TestDatabase } from '../stage/database';
import { startTestServer, type TestServer } from '../stage/server';

/** Rows as a test writes them; only what matters to it is said. */
export interface Lab {
  add(type: NodeName, columns: Record<string, unknown>): Promise<string>;
  link(table: string, columns: Record<string, unknown>): Promise<void>;
  /** Somebody with a role on some things. */
  person(name: string, role?: string, on?: readonly string[]): Promise<string>;
}

const containerColumns: Partial<Record<NodeName, string>> = {
  Project: 'projectId',
  Setup: 'setupId',
  BehavioralParadigm: 'behavioralParadigmId',
  DataStorage: 'dataStorageId',
  Inventory: 'inventoryId',
};

export function laboratory(dataSource: DataSource, typeOf: (id: string) => NodeName | undefined): Lab {
  const add: Lab['add'] = async (type, columns) => {
    const id = newId(type);
    await dataSource.getRepository(classOf(type)).insert({ id, ...columns });
    return id;
  };
  return {
    add,
    link: async (table, columns) => {
      const names = Object.keys(columns);
      await dataSource.query(
        `INSERT INTO "${table}" (${names.map((name) => `"${name}"`).join(', ')}) VALUES (${names.map((_, index) => `$${index + 1}`).join(', ')})`,
        Object.values(columns),
      );
    },
    person: async (name, role, on = []) => {
      const userId = await add('User', { name });
      for (const id of on) {
        await add('Membership', { [containerColumns[typeOf(id)!]!]: id, userId, role, acceptedAt: new Date() });
      }
      return userId;
    },
  };
}

export function viewerWith(userId: string, ...scopes: Scope[]): Viewer {
  return { kind: 'user', userId, isAdministrator: false, scopes };
}

/** A project with two sessions of one subject, one of them shared with another project, in a private setup. */
export async function aProject(
  lab: Lab,
): Promise<
  Record<'project' | 'other' | 'subject' | 'session' | 'shared' | 'setup' | 'behavior' | 'storage' | 'protocol', string>
> {
  const species = await lab.add('Species', { name: `Mus ${Math.random()}`, isApproved: true });
  const setupType = await lab.add('SetupType', { name: `Box ${Math.random()}`, category: 'UNKNOWN', isApproved: true });
  const project = await lab.add('Project', { name: 'Sleep' });
  const other = await lab.add('Project', { name: 'Other' });
  const subject = await lab.add('Subject', { name: 'Anna', speciesId: species, sex: 'FEMALE' });
  const session = await lab.add('Session', { name: 'Night' });
  const shared = await lab.add('Session', { name: 'Day' });
  const setup = await lab.add('Setup', { name: 'Secret box', setupTypeId: setupType });
  const storage = await lab.add('DataStorage', { name: 'Server' });
  const protocol = await lab.add('DataStorageProtocol', { dataStorageId: storage, protocol: 'smb', path: '/data' });
  const behavior = await lab.add('Behavior', { sessionId: session, setupId: setup });
  await lab.add('DataAcquisition', {
    sessionId: shared,
    type: 'ExtracellularEphys',
    schemaVersion: '1.0.0',
    dataStorageId: storage,
    fileUrl: 'https://example.org/file',
  });
  await lab.link('project_subject', { project_id: project, subject_id: subject });
  for (const [projectId, sessionId] of [
    [project, session],
    [project, shared],
    [other, shared],
  ]) {
    await lab.link('project_session', { project_id: projectId, session_id: sessionId });
  }
  for (const sessionId of [session, shared])
    await lab.link('session_subject', { session_id: sessionId, subject_id: subject });
  return { project, other, subject, session, shared, setup, behavior, storage, protocol };
}

/** A server over a database of its own, and short words for what to put there. */
export interface LabServer {
  database: TestDatabase;
  server: TestServer;
  lab: Lab;
}

/** One for all tests of a file, from its beginning to its end. */
export function openLabServer(): LabServer {
  const opened = {} as LabServer;
  beforeAll(async () => {
    opened.database = await createTestDatabase();
    opened.server = await startTestServer(opened.database.dataSource);
    opened.lab = laboratory(opened.database.dataSource, typeOfId);
  });
  afterAll(async () => {
    await opened.server.close();
    await opened.database.drop();
  });
  return opened;
}
