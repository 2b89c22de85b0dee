import { normalizeId, typeOfId, type NodeName } from '../../model/ids';
import { renamed, type Fault } from '../../writing/faults';
import { readObject } from '../../writing/read-object';
import { shapeOf } from '../../writing/shape';
import type { FaultList } from './faults';
import { isImported, readingOf, requiredOf, type ImportedType } from './types';

/** An entry that was read: what it says of its own columns, and whom it refers to. */
export interface ReadEntry {
  line: number;
  type: ImportedType;
  key: string;
  /** The key, where it is the id of an object of this type. */
  keyId: string | null;
  columns: Record<string, unknown>;
  references: EntryReference[];
  /** The lists of references that are given, empty ones too. */
  lists: string[];
  /** What is not given though a new object cannot be without it. */
  lacking: string[];
}

interface EntryReference {
  field: string;
  /** The place in a list; null for a single reference. */
  position: number | null;
  key: string;
  target: NodeName;
}

/** In every alphabet short enough for an index of the database. */
const longestKey = 800;

/** Reads one entry by itself; what is wrong with it is added to the faults. Undefined when it cannot be placed at all. */
export function readEntry(line: number, value: unknown, faults: FaultList): ReadEntry | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    faults.add({ line, key: null }, 'WRONG_TYPE', [], 'An entry has to be an object with a `type` and a `key`.');
    return undefined;
  }
  const { type, key: givenKey, ...given } = value as Record<string, unknown>;
  const key = typeof givenKey === 'string' ? givenKey.trim() : '';
  const place = { line, key: key.length > 0 && key.length <= longestKey ? key : null };
  if (place.key === null)
    faults.add(place, 'REQUIRED', ['key'], `\`key\` has to be a text of 1 to ${longestKey} characters.`);
  if (!isImported(type)) {
    const message = `\`type\` has to be the name of a type that is imported: ${importable()}.`;
    faults.add(place, 'UNKNOWN_TYPE', ['type'], message);
    return undefined;
  }
  const own = ownFields(type, given);
  const { columns, mentions, lists, faults: told } = readObject(type, own, readingOf(type));
  faults.tell(place, asTree(type, told));
  if (place.key === null) return undefined;
  return {
    line,
    type,
    key,
    keyId: idIn(key, type),
    columns,
    references: mentions.map(({ edge: { field }, position, name, target }) => ({ field, position, key: name, target })),
    lists: lists.map(({ field }) => field),
    lacking: requiredOf(type).filter((name) => own[name] === undefined),
  };
}

/** A module's own `type` cannot stand beside the entry's: it is called `moduleType` in a tree. */
const moduleTypeField = 'moduleType';

function hasModuleType(type: ImportedType): boolean {
  return shapeOf(type).fields.some(({ name }) => name === 'type');
}

/** How a field is called in a tree. */
export function toldAs(type: ImportedType, name: string): string {
  return name === 'type' && hasModuleType(type) ? moduleTypeField : name;
}

/** Faults with the names of a tree. */
export function asTree(type: ImportedType, faults: readonly Fault[]): Fault[] {
  return renamed(faults, new Map([['type', toldAs(type, 'type')]]));
}

/** The fields of an entry by the names of the graph. */
function ownFields(type: ImportedType, given: Record<string, unknown>): Record<string, unknown> {
  if (!hasModuleType(type)) return given;
  const { [moduleTypeField]: moduleType, ...others } = given;
  return { ...others, ...(moduleType !== undefined && { type: moduleType }) };
}

function idIn(key: string, type: ImportedType): string | null {
  const id = normalizeId(key);
  return id !== undefined && typeOfId(id) === type ? id : null;
}

function importable(): string {
  return 'Project, Subject, Session, … (see the schema)';
}
