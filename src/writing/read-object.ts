import { permissions } from '../access/permissions';
import type { ReferenceEdge } from '../model/edges';
import { isShared } from '../model/families';
import { normalizeId, type NodeName } from '../model/ids';
import { nameOf } from '../model/node';
import type { Fault } from './faults';
import { missing, readValues } from './read-values';
import { shapeOf, type LinkedList, type WritableType } from './shape';

/** Something that an object names: by its id in an input, by its key in a tree. */
export interface Mention {
  edge: ReferenceEdge | LinkedList;
  /** The place in a list; null for a single reference. */
  position: number | null;
  target: NodeName;
  name: string;
}

/** What an object says of itself, and everything that is wrong with it before anything is looked up. */
export interface ReadObject {
  columns: Record<string, unknown>;
  mentions: Mention[];
  /** The lists that are given, empty ones too. */
  lists: LinkedList[];
  faults: Fault[];
}

/** Who an object may name, and what it may be without. */
export interface Reading {
  references: readonly ReferenceEdge[];
  /** Fields that are read elsewhere. */
  further?: readonly string[];
  /** What has to be there and may be cleared all the same. */
  clearable?: readonly string[];
}

/** How an input of the type is read: what it belongs to is read before anything else. */
export function readingOf(type: WritableType): Reading {
  const { parent, references } = shapeOf(type);
  return { references, further: [...(parent ? [parent.field] : []), ...(isShared(type) ? ['projects'] : [])] };
}

/**
 * Reads an object as an input or an entry of a tree gives it, by the names of the graph. Fields that were not given are left
 * alone; null clears.
 */
export function readObject(
  type: WritableType,
  given: Readonly<Record<string, unknown>>,
  { references, further = [], clearable = [] }: Reading,
): ReadObject {
  const { fields, lists, required } = shapeOf(type);
  const needed = new Set([...required].filter((name) => !clearable.includes(name)));
  const { columns, faults } = readValues(type, given, needed);
  const read: ReadObject = { columns, mentions: [], lists: [], faults };
  for (const edge of references) readReference(read, edge, given[edge.field], needed);
  for (const list of lists) readList(read, list, given[list.field], needed);
  const known = new Set([...fields.map(({ name }) => name), ...[...references, ...lists].map(({ field }) => field)]);
  for (const name of Object.keys(given))
    if (!known.has(name) && !further.includes(name)) read.faults.push(notWritten(type, name));
  return read;
}

function readReference(read: ReadObject, edge: ReferenceEdge, value: unknown, needed: ReadonlySet<string>): void {
  const { field, column } = edge;
  const target = nameOf(edge.target());
  if (value === undefined) return;
  if (value === null) {
    if (needed.has(field)) read.faults.push(missing(field));
    else read.columns[column] = null;
  } else if (typeof value === 'string') read.mentions.push({ edge, position: null, target, name: value.trim() });
  else read.faults.push(noName([field], target));
}

function readList(read: ReadObject, list: LinkedList, value: unknown, needed: ReadonlySet<string>): void {
  const { field, mostNamed } = list;
  const target = nameOf(list.target());
  if (value === undefined) return;
  const names: unknown = value ?? [];
  if (!Array.isArray(names)) {
    const message = `\`${field}\` has to be a list of texts, each of which names a ${target}.`;
    read.faults.push({ path: [field], code: 'WRONG_TYPE', message });
    return;
  }
  // Of what is named beyond the bound nothing is looked up.
  if (names.length > mostNamed) {
    read.faults.push({
      path: [field],
      code: 'TOO_LONG',
      message: `\`${field}\` may name ${mostNamed} objects at most.`,
    });
    return;
  }
  // Whether hidden entries would be left is nothing that an answer may tell.
  if (names.length === 0 && needed.has(field)) read.faults.push(missing(field));
  read.lists.push(list);
  const met = new Set<string>();
  names.forEach((name: unknown, position) => {
    const path = [field, position];
    if (typeof name !== 'string') {
      read.faults.push(noName(path, target));
      return;
    }
    const known = normalizeId(name) ?? name.trim();
    if (met.has(known))
      read.faults.push({ path, code: 'DUPLICATE', message: `\`${field}\` names this ${target} twice.` });
    else read.mentions.push({ edge: list, position, target, name: name.trim() });
    met.add(known);
  });
}

const noName = (path: Fault['path'], target: NodeName): Fault => ({
  path,
  code: 'WRONG_TYPE',
  message: `\`${path[0]}\` has to name a ${target} by a text.`,
});

function notWritten(type: WritableType, name: string): Fault {
  if (Object.hasOwn(permissions[type] ?? {}, name))
    return {
      path: [name],
      code: 'NOT_WRITABLE',
      message: 'Only publishing, linking or the server itself changes this field.',
    };
  return { path: [name.slice(0, 100)], code: 'UNKNOWN_FIELD', message: `A ${type} has no such field to write.` };
}

/** What is named is told alike where it is hidden, unknown or no name at all. */
export function notFoundAt(field: string, position: number | null, target: NodeName): Fault {
  const message = `\`${field}\` names no ${target} that you can see.`;
  return { path: placeOf(field, position), code: 'NOT_FOUND', message };
}

/** Where something is named. */
export const placeOf = (field: string, position: number | null): Fault['path'] =>
  position === null ? [field] : [field, position];
