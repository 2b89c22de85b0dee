import type { NodeName } from '../model/ids';
import { snakeCase } from '../model/names';
import { findType, type ModuleKind, moduleKindNames, readRegistry } from '../domain/module/registry';
import { plainSpelling } from './spelled-values';

const moduleTypes = readRegistry();

/**
 * The fields by which a module says what it is. The name of the module's type stands under `moduleType`, since `type`
 * is the type of the entry itself.
 */
export function ofType(kind: ModuleKind, moduleType: string): { moduleType: string; schemaVersion: string } {
  const found = findType(moduleTypes, kind, moduleType);
  if (!found) throw new Error(`There is no ${kind} of the type ${moduleType}.`);
  return { moduleType, schemaVersion: found.version };
}

/** Whether a module type holds a field, and the details that follow its schema. */
export function hasDetail(kind: ModuleKind, moduleType: string, field: string): boolean {
  return detailFields(kind, moduleType).some(({ name }) => name === field);
}

/** The codes of the types of a kind, in their order. */
export function moduleTypesOf(kind: ModuleKind): string[] {
  return [...new Set(moduleTypes.filter((one) => one.kind === kind).map(({ type }) => type))];
}

/** Codes by kind and by the plain spelling of code or title; the first of one spelling counts. */
const bySpelling = new Map(
  [...moduleTypes]
    .reverse()
    .flatMap(({ kind, type, title }) => [title, type].map((name) => [`${kind} ${plainSpelling(name)}`, type] as const)),
);

/** The code that a text spells, or the title, in any case and with any signs between its words; null for neither. */
export function spelledModuleType(kind: ModuleKind, text: string): string | null {
  return bySpelling.get(`${kind} ${plainSpelling(text)}`) ?? null;
}

/** A field of a module's details; `units` are those that a measure may be in. */
export interface DetailField {
  name: string;
  is: 'text' | 'number' | 'whole' | 'truth' | 'list' | 'measure';
  choices: readonly (string | number)[];
  units: readonly string[];
  isRequired: boolean;
}

interface DetailSchema {
  type?: string;
  enum?: (string | number)[];
  properties?: Record<string, DetailSchema>;
  required?: string[];
  items?: DetailSchema;
}

const detailKinds: Readonly<Record<string, DetailField['is']>> = {
  ...{ number: 'number', integer: 'whole', boolean: 'truth', array: 'list', object: 'measure' },
};

const knownFields = new Map<string, readonly DetailField[]>();

/** What the details of a type may state, in its newest version. */
export function detailFields(kind: ModuleKind, moduleType: string): readonly DetailField[] {
  const name = `${kind} ${moduleType}`;
  const fields = knownFields.get(name) ?? readFields(kind, moduleType);
  knownFields.set(name, fields);
  return fields;
}

function readFields(kind: ModuleKind, moduleType: string): DetailField[] {
  const schema = findType(moduleTypes, kind, moduleType)?.schema as DetailSchema | undefined;
  const { properties = {}, required = [] } = schema?.items ?? schema ?? {};
  return Object.entries(properties).map(([name, field]) => ({
    ...{ name, is: detailKinds[field.type ?? 'string'] ?? 'text', choices: field.enum ?? [] },
    ...{ units: (field.properties?.['unit']?.enum as string[]) ?? [], isRequired: required.includes(name) },
  }));
}

/** The kind of modules that objects of a type are; undefined where they have no module type. */
export function kindOf(type: NodeName): ModuleKind | undefined {
  const code = snakeCase(type).toUpperCase();
  return moduleKindNames.find((kind) => kind === code);
}

/** The field of a type's details or coordinates that a name spells; undefined where the type has none. */
export function detailCalled(kind: ModuleKind, moduleType: string, name: string): DetailField | undefined {
  const fields = detailFields(kind, moduleType);
  return (
    fields.find((field) => field.name === name) ??
    fields.find((field) => plainSpelling(field.name) === plainSpelling(name))
  );
}
