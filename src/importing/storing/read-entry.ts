import { permissions } from '../../access/permissions';
import { normalizeId, typeOfId } from '../../model/ids';
import { nameOf } from '../../model/node';
import { readValues } from '../../writing/read-values';
import { tooManyNamed } from '../../writing/references';
import { shapeOf } from '../../writing/shape';
import type { FaultList } from './faults';
import { isImported, listsOf, mayBeAbsentIn, referencesOf, requiredOf, type ImportedType } from './types';

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

export interface EntryReference {
  field: string;
  /** The place in a list; null for a single reference. */
  position: number | null;
  key: string;
  target: ImportedType;
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
  const entry: ReadEntry = {
    line,
    type,
    key,
    keyId: idIn(key, type),
    columns: {},
    references: [],
    lists: [],
    lacking: [],
  };
  const own = ownFields(type, given);
  entry.lacking = requiredOf(type)
    .filter((name) => own[name] === undefined)
    .map((name) => toldAs(type, name));
  const cleared = mayBeAbsentIn(type).filter((name) => own[name] === null && isPlain(type, name));
  const read = readValues(type, Object.fromEntries(Object.entries(own).filter(([name]) => !cleared.includes(name))));
  entry.columns = { ...read.columns, ...Object.fromEntries(cleared.map((name) => [name, null])) };
  for (const fault of read.faults) {
    const [first, ...rest] = fault.path;
    faults.add(place, fault.code, [toldAs(type, String(first)), ...rest], fault.message);
  }
  readReferences(entry, own, place, faults);
  refuseOthers(type, own, place, faults);
  return place.key === null ? undefined : entry;
}

function isPlain(type: ImportedType, name: string): boolean {
  return shapeOf(type).fields.some((field) => field.name === name);
}

/** A module's own `type` cannot stand beside the entry's: it is called `moduleType` in a tree. */
export const moduleTypeField = 'moduleType';

export function hasModuleType(type: ImportedType): boolean {
  return shapeOf(type).fields.some(({ name }) => name === 'type');
}

/** How a field is called in a tree. */
export function toldAs(type: ImportedType, name: string): string {
  return name === 'type' && hasModuleType(type) ? moduleTypeField : name;
}

function ownFields(type: ImportedType, given: Record<string, unknown>): Record<string, unknown> {
  if (!hasModuleType(type)) return given;
  const { [moduleTypeField]: moduleType, ...others } = given;
  return { ...others, ...(moduleType !== undefined && { type: moduleType }) };
}

function readReferences(
  entry: ReadEntry,
  given: Record<string, unknown>,
  place: { line: number; key: string | null },
  faults: FaultList,
): void {
  for (const { field, column, target, required } of referencesOf(entry.type)) {
    const key = given[field];
    if (key === undefined) continue;
    if (key === null && !required) entry.columns[column] = null;
    else if (typeof key !== 'string' || key.trim() === '')
      faults.add(
        place,
        key === null ? 'REQUIRED' : 'WRONG_TYPE',
        [field],
        `\`${field}\` has to be the key of an entry.`,
      );
    else entry.references.push({ field, position: null, key: key.trim(), target: nameOf(target()) as ImportedType });
  }
  for (const list of listsOf(entry.type)) {
    const { field, target } = list;
    const keys = given[field];
    if (keys === undefined) continue;
    const named = nameOf(target()) as ImportedType;
    if (!Array.isArray(keys) || !keys.every((one): one is string => typeof one === 'string' && one.trim() !== '')) {
      faults.add(place, 'WRONG_TYPE', [field], `\`${field}\` has to be a list of keys of entries.`);
    } else if (keys.length > list.mostNamed) {
      const { code, message } = tooManyNamed(list);
      faults.add(place, code, [field], message);
    } else {
      entry.lists.push(field);
      const seen = new Set<string>();
      keys.forEach((one, position) => {
        const key = one.trim();
        if (seen.has(key)) faults.add(place, 'DUPLICATE', [field, position], `\`${field}\` names this key twice.`);
        else entry.references.push({ field, position, key, target: named });
        seen.add(key);
      });
    }
  }
}

function refuseOthers(
  type: ImportedType,
  given: Record<string, unknown>,
  place: { line: number; key: string | null },
  faults: FaultList,
): void {
  const written = new Set([
    ...shapeOf(type).fields.map(({ name }) => name),
    ...referencesOf(type).map(({ field }) => field),
    ...listsOf(type).map(({ field }) => field),
  ]);
  for (const name of Object.keys(given)) {
    if (written.has(name)) continue;
    if (Object.hasOwn(permissions[type] ?? {}, name))
      faults.add(place, 'NOT_WRITABLE', [name], 'Only publishing, linking or the server itself changes this field.');
    else faults.add(place, 'UNKNOWN_FIELD', [name.slice(0, 100)], `A ${type} has no such field to write.`);
  }
}

function idIn(key: string, type: ImportedType): string | null {
  const id = normalizeId(key);
  return id !== undefined && typeOfId(id) === type ? id : null;
}

function importable(): string {
  return 'Project, Subject, Session, … (see the schema)';
}
