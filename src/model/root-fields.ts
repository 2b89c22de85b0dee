import { fieldName } from './names';
import { nodeNames, types, type NodeName } from './types';

/** How the fields of `Query` for one type are called: one object by id, the connection of all, and their numbers. */
export interface RootField {
  type: NodeName;
  one: string;
  many: string;
  /** What counts all of them in groups. */
  counts: string;
}

/** The word for many. Where English has the same for one, that is what the connection is called, as it is everywhere. */
const plurals: Partial<Record<NodeName, string>> = {
  Equipment: 'equipment',
  Species: 'species',
};

/** Every type of the domain, but what somebody holds: one by its id, and all of them. */
export const rootFields: readonly RootField[] = nodeNames
  .filter((type) => types[type].family !== 'held')
  .map((type) => {
    const name = fieldName(type);
    const plural = plurals[type] ?? name.replace(/y$/, 'ie').concat('s');
    return { type, one: plural === name ? `${name}ById` : name, many: plural, counts: `${name}Counts` };
  });

/** The type that a by-id field returns; undefined for `node`, which returns any. */
export function typeOfRootField(field: string): NodeName | undefined {
  return rootFields.find(({ one }) => one === field)?.type;
}
