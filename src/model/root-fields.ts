import { projectTypes, withinAttributes, wordTypes } from './families';
import { fieldName } from './names';
import type { NodeName } from './ids';

/** How the fields of `Query` for one type are called: one object by id, and the connection of all. */
export interface RootField {
  type: NodeName;
  one: string;
  many: string;
}

/** The word for many. Where English has the same for one, that is what the connection is called, as it is everywhere. */
const plurals: Partial<Record<NodeName, string>> = {
  Equipment: 'equipment',
  Species: 'species',
};

const types = [...projectTypes, ...withinAttributes, ...wordTypes, ...(['User', 'Group', 'Laboratory'] as const)];

/** Every type of the domain: one by its id, and all of them. */
export const rootFields: readonly RootField[] = types.map((type) => {
  const name = fieldName(type);
  const plural = plurals[type] ?? name.replace(/y$/, 'ie').concat('s');
  return { type, one: plural === name ? `${name}ById` : name, many: plural };
});

/** The type that a by-id field returns; undefined for `node`, which returns any. */
export function typeOfRootField(field: string): NodeName | undefined {
  return rootFields.find(({ one }) => one === field)?.type;
}
