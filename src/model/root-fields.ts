import { projectTypes, withinAttributes, wordTypes } from './families';
import { fieldName } from './names';
import type { NodeName } from './ids';

/** How the fields of `Query` for one type are called: one object by id, and the connection of all. */
export interface RootField {
  type: NodeName;
  one: string;
  many: string;
}

/** Where English has one word for one and many, the connection is called `all…`. */
const irregular: Partial<Record<NodeName, string>> = {
  Equipment: 'allEquipment',
  Species: 'allSpecies',
  Inventory: 'inventories',
  Laboratory: 'laboratories',
  BehavioralCategory: 'behavioralCategories',
};

/** What has no life outside its parent: reached by `node` alone. */
const parts: readonly NodeName[] = ['Contributor', 'ProcedureLogEntry', 'SubjectLogEntry', 'DataStorageProtocol'];

const types = [
  ...projectTypes,
  ...withinAttributes,
  ...wordTypes,
  ...(['User', 'Group', 'Laboratory'] as const),
].filter((type) => !parts.includes(type));

/** Every type of the domain. What has no life outside its parent (a contributor, a log entry) is reached by `node`. */
export const rootFields: readonly RootField[] = types.map((type) => ({
  type,
  one: fieldName(type),
  many: irregular[type] ?? `${fieldName(type)}s`,
}));

/** The type that a by-id field returns; undefined for `node`, which returns any. */
export function typeOfRootField(field: string): NodeName | undefined {
  return rootFields.find(({ one }) => one === field)?.type;
}
