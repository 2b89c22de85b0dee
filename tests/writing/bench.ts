import { randomBytes } from 'node:crypto';
import type { DataSource } from 'typeorm';
import type { Scope, SignedIn } from '../../src/access/viewer';
import { termTypes } from '../../src/model/families';
import { newId, typeOfId, type NodeName } from '../../src/model/ids';
import { classOf } from '../../src/model/node';
import { snakeCase } from '../../src/model/names';
import { createTestDatabase, type TestDatabase } from '../stage/database';
import { startTestServer, type TestServer } from '../stage/server';
import { laboratory, type Lab } from '../publishing/lab';
import { ServedInputs, suited } from './inputs';

/** The parts that are played, each with the same role on everything of a bench. */
export const parts = ['member', 'contributor', 'manager', 'owner', 'ownerThroughGroup'] as const;
export type Part = (typeof parts)[number];

/** One object of each type, private, that hang together; the cast has its roles on all of it. */
export type Things = Readonly<Record<string, string>>;

export interface Cast {
  ids: Readonly<Record<Part | 'stranger' | 'administrator' | 'curator', string>>;
  crew: string;
}

/** A server with a cast, and as many benches as a test needs. */
export class Workshop {
  private constructor(
    readonly database: TestDatabase,
    readonly server: TestServer,
    readonly lab: Lab,
    readonly inputs: ServedInputs,
    readonly cast: Cast,
  ) {}

  static async open(): Promise<Workshop> {
    const database = await createTestDatabase();
    const server = await startTestServer(database.dataSource);
    const lab = laboratory(database.dataSource, typeOfId);
    return new Workshop(database, server, lab, await ServedInputs.of(server), await addCast(lab));
  }

  async close(): Promise<void> {
    await this.server.close();
    await this.database.drop();
  }

  get dataSource(): DataSource {
    return this.database.dataSource;
  }

  as(part: keyof Cast['ids'], ...scopes: Scope[]): SignedIn {
    return {
      kind: 'user',
      userId: this.cast.ids[part],
      isAdministrator: part === 'administrator' || part === 'curator',
      scopes: scopes.length > 0 ? scopes : ['READ', 'WRITE'],
    };
  }

  /** Makes everything anew. The curator owns all of it, and approves terms. */
  async things(): Promise<Things> {
    return addThings(this.dataSource, this.cast, true);
  }

  /** The same, hidden from everybody but the curator. */
  async hiddenThings(): Promise<Things> {
    return addThings(this.dataSource, this.cast, false);
  }

  /** The same as `things`, where somebody has proposed the terms, which are not approved. */
  async proposedThings(part: keyof Cast['ids']): Promise<Things> {
    const things = await this.things();
    for (const type of termTypes)
      await this.rows(`UPDATE "${snakeCase(type)}" SET "is_approved" = FALSE, "proposed_by_id" = $2 WHERE "id" = $1`, [
        things[type],
        this.cast.ids[part],
      ]);
    return things;
  }

  /** One mark of everything that is stored, in every table. */
  async fingerprint(): Promise<string> {
    const tables = await this.rows<{ name: string }>(
      `SELECT "tablename" AS "name" FROM pg_tables WHERE "schemaname" = 'public' ORDER BY 1`,
    );
    const parts = tables.map(({ name }) => `(SELECT md5(string_agg(t::text, '|' ORDER BY t::text)) FROM "${name}" t)`);
    const [row] = await this.rows<{ mark: string }>(`SELECT md5(concat_ws(',', ${parts.join(', ')})) AS "mark"`);
    return row!.mark;
  }

  /** Runs one statement and reads its rows. */
  rows<T = Record<string, unknown>>(statement: string, values: unknown[] = []): Promise<T[]> {
    return this.dataSource.query(statement, values);
  }
}

async function addCast(lab: Lab): Promise<Cast> {
  const ids: Record<string, string> = {};
  for (const part of [...parts, 'stranger', 'administrator', 'curator']) ids[part] = await lab.person(part);
  const crew = await lab.add('Group', { name: 'Crew' });
  await lab.add('GroupMembership', {
    groupId: crew,
    userId: ids['ownerThroughGroup'],
    role: 'MEMBER',
    acceptedAt: new Date(),
  });
  return { ids: ids as Cast['ids'], crew };
}

async function addThings(dataSource: DataSource, cast: Cast, isShared: boolean): Promise<Things> {
  const term = { isApproved: isShared };
  const things: Record<string, string> = {};
  const add = async (type: NodeName, columns: Record<string, unknown>): Promise<string> => {
    const id = newId(type);
    await dataSource
      .createQueryBuilder()
      .insert()
      .into(classOf(type))
      .values({ id, ...columns })
      .execute();
    return (things[type] = id);
  };
  const mark = randomBytes(5).toString('hex');
  const species = await add('Species', { name: `Species ${mark}`, ...term });
  await add('Strain', { name: `Strain ${mark}`, speciesId: species, ...term });
  await add('BrainRegion', { name: `Region ${mark}`, acronym: mark, atlas: 'ALLEN_MOUSE', ...term });
  const setupTypeId = await add('SetupType', { name: `Kind ${mark}`, category: 'UNKNOWN', ...term });
  await add('BehavioralCategory', { name: `Category ${mark}`, ...term });
  const supplierId = await add('Supplier', { name: `Supplier ${mark}`, ...term });
  await add('HardwareDevice', { name: `Device ${mark}`, supplierId, ...term });
  const consumableId = await add('Consumable', { name: `Consumable ${mark}`, supplierId, ...term });
  const journalId = await add('Journal', { name: `Journal ${mark}`, ...term });
  await add('Publication', { title: `Publication ${mark}`, authors: 'A. Author', journalId, ...term });
  const groupId = await add('Group', { name: `Group ${mark}` });
  await add('Laboratory', { name: `Laboratory ${mark}`, groupId });
  const projectId = await add('Project', { name: `Project ${mark}` });
  await add('Contributor', { projectId, name: `Credit ${mark}` });
  await add('BehavioralParadigm', { name: `Paradigm ${mark}`, setupTypeId });
  const setupId = await add('Setup', { name: `Setup ${mark}`, setupTypeId });
  await add('Equipment', { setupId, name: `Camera ${mark}`, ...suited('Equipment') });
  const dataStorageId = await add('DataStorage', { name: `Storage ${mark}` });
  await add('DataStorageProtocol', { dataStorageId, protocol: 'smb', path: `/${mark}` });
  const inventoryId = await add('Inventory', { name: `Inventory ${mark}` });
  await add('ConsumableStock', { inventoryId, consumableId, ...suited('ConsumableStock') });
  const subjectId = await add('Subject', { name: `Subject ${mark}`, speciesId: species, sex: 'FEMALE' });
  const sessionId = await add('Session', { name: `Session ${mark}` });
  await dataSource.query(`INSERT INTO "project_subject" ("project_id", "subject_id") VALUES ($1, $2)`, [
    projectId,
    subjectId,
  ]);
  await dataSource.query(`INSERT INTO "project_session" ("project_id", "session_id") VALUES ($1, $2)`, [
    projectId,
    sessionId,
  ]);
  await add('Collection', { projectId, name: `Collection ${mark}` });
  await add('Cohort', { projectId, name: `Cohort ${mark}` });
  const breedingId = await add('Breeding', { projectId, name: `Breeding ${mark}` });
  await add('BreedingLogEntry', { breedingId, startedAt: new Date(), notes: `Entry ${mark}` });
  await add('Epoch', { sessionId, name: `Epoch ${mark}` });
  await add('Behavior', { sessionId, notes: `Behavior ${mark}` });
  await add('DataAcquisition', { sessionId, ...suited('DataAcquisition'), notes: `Recording ${mark}` });
  await add('Manipulation', { sessionId, ...suited('Manipulation'), notes: `Light ${mark}` });
  const procedureId = await add('Procedure', { subjectId, ...suited('Procedure'), notes: `Surgery ${mark}` });
  const procedureLog = await add('ProcedureLog', { procedureId, ...suited('ProcedureLog') });
  await add('ProcedureLogEntry', { logId: procedureLog, startedAt: new Date(), notes: `Entry ${mark}` });
  const subjectLog = await add('SubjectLog', { subjectId, ...suited('SubjectLog') });
  await add('SubjectLogEntry', { logId: subjectLog, startedAt: new Date(), notes: `Entry ${mark}` });
  await grantCast(dataSource, cast, things, isShared);
  things['User'] = cast.ids.owner;
  return things;
}

const directRoles = ['member', 'contributor', 'manager', 'owner'] as const;

const containers = {
  Project: 'projectId',
  BehavioralParadigm: 'behavioralParadigmId',
  Setup: 'setupId',
  DataStorage: 'dataStorageId',
  Inventory: 'inventoryId',
} as const;

async function grantCast(
  dataSource: DataSource,
  { ids, crew }: Cast,
  things: Things,
  isShared: boolean,
): Promise<void> {
  const acceptedAt = new Date();
  const holders = isShared
    ? [
        ...directRoles.map((part) => ({ userId: ids[part], role: part.toUpperCase() })),
        { groupId: crew, role: 'OWNER' },
      ]
    : [];
  const roles = Object.entries(containers).flatMap(([type, column]) =>
    [{ userId: ids.curator, role: 'OWNER' }, ...holders].map((holder) => ({ ...holder, [column]: things[type] })),
  );
  await dataSource
    .createQueryBuilder()
    .insert()
    .into(classOf('Membership'))
    .values(roles.map((role) => ({ id: newId('Membership'), acceptedAt, ...role })))
    .execute();
  if (!isShared) return;
  const inGroup = [
    ['member', 'MEMBER'],
    ['contributor', 'MEMBER'],
    ['manager', 'MANAGER'],
    ['owner', 'OWNER'],
    ['ownerThroughGroup', 'MEMBER'],
  ] as const;
  await dataSource
    .createQueryBuilder()
    .insert()
    .into(classOf('GroupMembership'))
    .values(
      inGroup.map(([part, role]) => ({
        id: newId('GroupMembership'),
        acceptedAt,
        groupId: things['Group'],
        userId: ids[part],
        role,
      })),
    )
    .execute();
}
