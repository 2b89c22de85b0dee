import type { ClassType } from 'type-graphql';
import type { NodeName } from './ids';

/** A closed list of names, as `defineChoice` makes it. */
export interface Choice {
  name: string;
  values: readonly string[];
  graphqlType: object;
}

/** What may be written into a field; its default is what stands there when it is left out or cleared. */
export type WrittenValue = { defaultValue?: unknown } &
  /** A text of several lines is free; one of a single line is a name, or like one; or a code of a closed list that is data; or a duration. */
  (
    | { is: 'text'; max: number; lines?: boolean; code?: boolean; duration?: boolean }
    | { is: 'webAddress'; max: number }
    | { is: 'instant' | 'day' | 'decimal' | 'count' }
    | { is: 'words'; most: number; longest: number }
    | { is: 'object'; bytes: number }
    | { is: 'objects'; most: number; bytes: number }
    | { is: 'choice' | 'choices'; choice: Choice }
    | { is: 'values'; of: () => ClassType; most: number; bytes: number }
  );

/** What stands in the column of a field. */
export type StoredValue = WrittenValue | { is: 'id' | 'flag' };

/** A field with a column of its own: what filters are made from. */
export interface StoredField {
  name: string;
  value: StoredValue;
}

/** One that authors write: what the inputs of mutations and imports are made from. */
export interface WrittenField extends StoredField {
  /** As type-graphql takes it: in the input as in the answer. */
  type: () => unknown;
  description: string;
  required: boolean;
  value: WrittenValue;
}

const stored = new Map<string, StoredField[]>();
const written = new Map<string, WrittenField[]>();

export function registerStoredField(prototype: object, field: StoredField): void {
  add(stored, prototype, field);
}

export function registerWrittenField(prototype: object, field: WrittenField): void {
  add(stored, prototype, field);
  add(written, prototype, field);
}

function add<Field>(fields: Map<string, Field[]>, prototype: object, field: Field): void {
  const { name } = prototype.constructor;
  fields.set(name, [...(fields.get(name) ?? []), field]);
}

/** The fields of a type that have a column of their own, in the order of the model. */
export function storedFieldsOf(type: NodeName): readonly StoredField[] {
  return stored.get(type) ?? [];
}

/** The fields of a type that authors write, in the order of the model. Flags such as `isPublic` are never among them. */
export function writtenFieldsOf(type: NodeName): readonly WrittenField[] {
  return written.get(type) ?? [];
}
