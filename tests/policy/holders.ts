import type { TypeName } from '../world/world';

/** What is visible to whoever sees what it is a part of, with the column that names that; its roles are the roles there. */
export const holders: Partial<Record<TypeName, string>> = {
  // "its project is visible"; a credit is a part of the project that gives it.
  Collection: 'projectId',
  Cohort: 'projectId',
  Contributor: 'projectId',
  Breeding: 'projectId',
  // "its subject; its procedure's subject"; an entry is a part of its log.
  Procedure: 'subjectId',
  SubjectLog: 'subjectId',
  ProcedureLog: 'procedureId',
  ProcedureLogEntry: 'logId',
  SubjectLogEntry: 'logId',
  // "its breeding"
  BreedingLogEntry: 'breedingId',
  // "its session"
  Epoch: 'sessionId',
  Behavior: 'sessionId',
  DataAcquisition: 'sessionId',
  Manipulation: 'sessionId',
  // "its setup; its inventory"
  Equipment: 'setupId',
  ConsumableStock: 'inventoryId',
};

export type RoleName = 'MEMBER' | 'CONTRIBUTOR' | 'MANAGER' | 'OWNER';

export const ranks: readonly RoleName[] = ['MEMBER', 'CONTRIBUTOR', 'MANAGER', 'OWNER'];

/** The lists of what a user has roles on, as the graph calls them. */
export const heldLists: ReadonlyMap<string, TypeName> = new Map([
  ['projects', 'Project'],
  ['behavioralParadigms', 'BehavioralParadigm'],
  ['setups', 'Setup'],
  ['dataStorages', 'DataStorage'],
  ['inventories', 'Inventory'],
]);

/** What is told to the user alone whom it is about. */
export const onesOwn: ReadonlySet<string> = new Set([
  ...heldLists.keys(),
  ...['recentlyEdited', 'accessTokens', 'invitations', 'invitedToLead'],
]);
