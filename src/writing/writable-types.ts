import type { NodeName } from '../model/ids';

/**
 * The types that authors write. Accounts, groups, roles and tokens have mutations of their own; a subject or session is
 * in its projects by linking, which is no part of its own fields.
 */
export const writableTypes = [
  'Project',
  'Contributor',
  'Subject',
  'Session',
  'Collection',
  'Cohort',
  'Epoch',
  'Behavior',
  'DataAcquisition',
  'Manipulation',
  'Procedure',
  'ProcedureLog',
  'ProcedureLogEntry',
  'SubjectLog',
  'SubjectLogEntry',
  'BehavioralParadigm',
  'Setup',
  'Equipment',
  'DataStorage',
  'DataStorageProtocol',
  'Inventory',
  'ConsumableStock',
  'Species',
  'Strain',
  'BrainRegion',
  'SetupType',
  'BehavioralCategory',
  'Supplier',
  'HardwareDevice',
  'Consumable',
  'Journal',
  'Publication',
  'Laboratory',
] as const satisfies readonly NodeName[];

export type WritableType = (typeof writableTypes)[number];

/** Shared words: proposed by anybody with an account, approved by administrators. */
export const wordTypes = [
  'Species',
  'Strain',
  'BrainRegion',
  'SetupType',
  'BehavioralCategory',
  'Supplier',
  'HardwareDevice',
  'Consumable',
  'Journal',
  'Publication',
] as const satisfies readonly WritableType[];

export type WordType = (typeof wordTypes)[number];

export function isWord(type: NodeName | undefined): type is WordType {
  return (wordTypes as readonly (NodeName | undefined)[]).includes(type);
}

/** What is in one or several projects: linked to each, one by one. */
export const sharedTypes = ['Subject', 'Session'] as const satisfies readonly WritableType[];

export type SharedType = (typeof sharedTypes)[number];

export function isShared(type: NodeName | undefined): type is SharedType {
  return (sharedTypes as readonly (NodeName | undefined)[]).includes(type);
}
