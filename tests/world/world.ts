import type { NodeName } from '../../src/model/ids';

/** The name of a type of which a world holds rows: every GraphQL type that has an id. */
export type TypeName = NodeName;

export type Value = string | number | boolean | null | readonly Value[] | { readonly [key: string]: Value };

/** One row, its columns named as properties; moments are ISO texts in UTC, to the millisecond. */
export type Row = { readonly id: string } & Record<string, Value>;

/** The join tables, and the properties of their rows besides `position`. */
export const linkColumns = {
  project_subject: ['projectId', 'subjectId'],
  project_session: ['projectId', 'sessionId'],
  project_publication: ['projectId', 'publicationId'],
  session_subject: ['sessionId', 'subjectId'],
  session_data_storage: ['sessionId', 'dataStorageId'],
  session_setup: ['sessionId', 'setupId'],
  behavior_subject: ['behaviorId', 'subjectId'],
  data_acquisition_procedure: ['dataAcquisitionId', 'procedureId'],
  data_acquisition_equipment: ['dataAcquisitionId', 'equipmentId'],
  manipulation_procedure: ['manipulationId', 'procedureId'],
  manipulation_equipment: ['manipulationId', 'equipmentId'],
  procedure_equipment: ['procedureId', 'equipmentId'],
  collection_session: ['collectionId', 'sessionId'],
  cohort_subject: ['cohortId', 'subjectId'],
  breeding_offspring: ['breedingId', 'subjectId'],
  laboratory_principal_investigator: ['laboratoryId', 'userId'],
  laboratory_invited_investigator: ['laboratoryId', 'userId'],
} as const;

export type LinkName = keyof typeof linkColumns;
export const linkNames = Object.keys(linkColumns) as LinkName[];

export type LinkRow = Record<string, string | number>;

/** One act of publishing or revoking, as the record of publications has it. */
export interface EventRow {
  readonly objectId: string;
  readonly action: 'PUBLISH' | 'REVOKE';
  readonly happenedAt: string;
  readonly actor: 'USER' | 'OPERATOR';
  readonly userId: string | null;
  readonly userName: string | null;
  readonly tokenName: string | null;
}

/** Where a canary was put. */
export interface Perch {
  type: TypeName;
  id: string;
  column: string;
}

/** Everything that a database holds, as plain data. */
export interface World {
  readonly rows: Readonly<Record<TypeName, Row[]>>;
  readonly links: Readonly<Record<LinkName, LinkRow[]>>;
  /** The record of publications, the oldest first. */
  readonly events: readonly EventRow[];
  /** Every text in the world is a canary that occurs once: from its token to the place where it sits. */
  readonly canaries: ReadonlyMap<string, Perch>;
}

/** Finds rows by id, of whatever type. */
export function indexById(world: World): Map<string, { type: TypeName; row: Row }> {
  const found = new Map<string, { type: TypeName; row: Row }>();
  for (const [type, rows] of Object.entries(world.rows) as [TypeName, Row[]][])
    for (const row of rows) found.set(row.id, { type, row });
  return found;
}

/** How many objects a world holds. */
export function sizeOf(world: World): number {
  return Object.values(world.rows).reduce((sum, rows) => sum + rows.length, 0);
}
