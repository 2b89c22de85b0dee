import type { ReferenceEdge } from '../../model/edges';
import { isOneOf, isTerm, withinAttributes } from '../../model/families';
import { nameOf } from '../../model/node';
import type { Reading } from '../../writing/read-object';
import { mayBeEmptyInTree } from '../../tree/may-be-empty';
import { shapeOf, writableTypes, type LinkedList, type WritableType } from '../../writing/shape';

/** A type of which a tree has entries. */
export type ImportedType = Exclude<WritableType, 'Laboratory'>;

export const importedTypes = writableTypes.filter((type): type is ImportedType => type !== 'Laboratory');

const known: ReadonlySet<string> = new Set(importedTypes);

export function isImported(type: unknown): type is ImportedType {
  return typeof type === 'string' && known.has(type);
}

/** The field that holds the key of what an object belongs to; the project alone is understood. */
export function parentOf(type: ImportedType): ReferenceEdge | undefined {
  const { parent } = shapeOf(type);
  return parent && nameOf(parent.target()) !== 'Project' ? parent : undefined;
}

/** Whether an object of the type names the one project of the tree in a column of its own. */
export function namesProject(type: ImportedType): boolean {
  const { parent } = shapeOf(type);
  return parent !== undefined && nameOf(parent.target()) === 'Project';
}

/** What is inside a project: all of it is in its tree. Of anything else, only what is referred to. */
export const contentTypes: ReadonlySet<ImportedType> = new Set(
  importedTypes.filter((type) => !isTerm(type) && !isOneOf(withinAttributes, type)),
);

/** The single references of a type, what it belongs to among them. Accounts are no part of a tree. */
export function referencesOf(type: ImportedType): readonly ReferenceEdge[] {
  const parent = parentOf(type);
  const others = shapeOf(type).references.filter((edge) => isImported(nameOf(edge.target())));
  return parent ? [parent, ...others] : others;
}

/** The lists of references of a type. */
export function listsOf(type: ImportedType): readonly LinkedList[] {
  return shapeOf(type).lists;
}

/** How an entry of the type is read. */
export function readingOf(type: ImportedType): Reading {
  return { references: referencesOf(type), clearable: mayBeEmptyInTree[type] ?? [] };
}

/** What a new object of the type cannot be without: a list that may be empty has to be said to be so. */
export function requiredOf(type: ImportedType): string[] {
  const absent = (mayBeEmptyInTree[type] ?? []).filter((name) => !listsOf(type).some(({ field }) => field === name));
  return [...shapeOf(type).required].filter(
    (name) => !absent.includes(name) && !(namesProject(type) && name === 'project'),
  );
}

let order: readonly ImportedType[] | undefined;

/** Every type after those that it refers to: the order in which objects are stored. */
export function storingOrder(): readonly ImportedType[] {
  if (order) return order;
  const placed = new Set<ImportedType>(['Project']);
  const place = (type: ImportedType): void => {
    if (placed.has(type)) return;
    for (const edge of referencesOf(type)) place(nameOf(edge.target()) as ImportedType);
    placed.add(type);
  };
  importedTypes.forEach(place);
  return (order = [...placed]);
}
