import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NodeName } from '../model/ids';
import { projectFolder } from '../project-folder';

/** What a field of an entry takes: a reference is the key of another entry, a record an object of the fields in `parts`. */
export type WritableKind =
  | ('text' | 'address' | 'number' | 'whole' | 'truth' | 'day' | 'moment' | 'choice')
  | ('moduleType' | 'coordinateSystem' | 'details' | 'coordinates' | 'extraFields' | 'record' | 'reference');

/** A field that an entry of a tree may state, as the schema tells it. */
export interface WritableField {
  /** As in a tree: a module's own type is `moduleType`, what is referred to is called as in the graph. */
  name: string;
  is: WritableKind;
  isList: boolean;
  isRequired: boolean;
  /** What the object belongs to: stated once, never changed. */
  isParent: boolean;
  description: string;
  /** The most characters of a text; null where the schema names no bound. */
  longest: number | null;
  /** The values of a closed list. */
  choices: readonly string[];
  target: NodeName | null;
  parts: readonly WritableField[];
}

/** A type of which a tree has entries. */
export interface WritableType {
  type: NodeName;
  /** How several of it are called, as the root of the graph does: `dataAcquisitions`. */
  plural: string;
  description: string;
  fields: readonly WritableField[];
}

/** The file that says it: drawn from the schema, as anybody may read it, and emitted with it. */
export const entriesFile = join(projectFolder, 'schema', 'entries.json');

let known: ReadonlyMap<NodeName, WritableType> | undefined;

/** Every type of which a tree has entries. */
export function writableTypes(): ReadonlyMap<NodeName, WritableType> {
  known ??= new Map((JSON.parse(readFileSync(entriesFile, 'utf8')) as WritableType[]).map((one) => [one.type, one]));
  return known;
}

/** What entries of a type may state, in the order of the schema; empty for a type that a tree has no entries of. */
export function writableFields(type: NodeName): readonly WritableField[] {
  return writableTypes().get(type)?.fields ?? [];
}
