import type { NodeName } from './ids';

/** Families of types that are treated alike; every list of types in the code is made of these. */

/** Projects and what is in them: visible by the projects that they belong to. */
export const projectTypes = [
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
] as const satisfies readonly NodeName[];

/** What is in one or several projects: linked to each, one by one. */
export const sharedTypes = ['Subject', 'Session'] as const satisfies readonly NodeName[];

export type SharedType = (typeof sharedTypes)[number];

/** Personal attributes, each shared on its own. */
export const attributeTypes = [
  'BehavioralParadigm',
  'Setup',
  'Inventory',
  'DataStorage',
] as const satisfies readonly NodeName[];

export type AttributeType = (typeof attributeTypes)[number];

/** Personal attributes and what is in them: they belong to whoever made them, not to a project. */
export const withinAttributes = [
  ...attributeTypes,
  'Equipment',
  'DataStorageProtocol',
  'ConsumableStock',
] as const satisfies readonly NodeName[];

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
] as const satisfies readonly NodeName[];

export type WordType = (typeof wordTypes)[number];

/** What is seen by its proposer and administrators until one of them approves it. */
export const proposedTypes = [...wordTypes, 'Laboratory'] as const satisfies readonly NodeName[];

export type ProposedType = (typeof proposedTypes)[number];

/** Whether a type is one of a family. */
export function isOneOf<T extends NodeName>(family: readonly T[], type: NodeName | undefined): type is T {
  return (family as readonly (NodeName | undefined)[]).includes(type);
}

export const isWord = (type: NodeName | undefined): type is WordType => isOneOf(wordTypes, type);
export const isProposed = (type: NodeName | undefined): type is ProposedType => isOneOf(proposedTypes, type);
export const isShared = (type: NodeName | undefined): type is SharedType => isOneOf(sharedTypes, type);
