import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  buildSchema,
  getNamedType,
  type GraphQLField,
  isEnumType,
  isListType,
  isNonNullType,
  isObjectType,
  isScalarType,
  type GraphQLOutputType,
} from 'graphql';
import type { SourceTree } from '../../src/importers/source-tree';
import type { Entry } from '../../src/tree/entry';

const schemaFolder = join(__dirname, '../../schema');
const schema = buildSchema(readFileSync(join(schemaFolder, 'schema.graphql'), 'utf8'));

interface ModuleType {
  type: string;
  version: string;
  schema: object;
}

const kinds = [
  'DataAcquisition',
  'Manipulation',
  'Procedure',
  'Equipment',
  'ConsumableStock',
  'SubjectLog',
  'ProcedureLog',
];
const ajv = new Ajv({ strict: false });
addFormats(ajv);
const modules = new Map(
  kinds.flatMap((kind) => {
    const { types } = JSON.parse(readFileSync(join(schemaFolder, `module-types/${kind}.json`), 'utf8')) as {
      types: ModuleType[];
    };
    return types.map((type) => [`${kind} ${type.type}`, { ...type, validate: ajv.compile(type.schema) }] as const);
  }),
);

/** What a writer of the graph decides, never a source. */
const neverStated = ['id', 'createdAt', 'updatedAt', 'version', 'viewerRole', 'members', 'isPublic', 'isApproved'];

/** What a module or its parent must say, since the graph has no object without it. */
const required: Partial<Record<string, string[]>> = {
  Project: ['name'],
  Subject: ['name', 'species', 'sex'],
  Session: ['name'],
  DataAcquisition: ['session', 'moduleType', 'schemaVersion'],
  Manipulation: ['session', 'moduleType', 'schemaVersion'],
  Procedure: ['subject', 'moduleType', 'schemaVersion'],
  DataStorageProtocol: ['dataStorage', 'protocol', 'path'],
  Cohort: ['name', 'subjects'],
  Strain: ['name', 'species'],
};

/**
 * Every way in which a tree of entries breaks the rules that any must keep, whatever its source; they are read off the
 * schema. Fields exist and hold what their type allows, references lead to an entry of the right type, keys are unique,
 * texts fit, details follow the module's schema, and nothing is null or a list of nothing. Empty for a good tree.
 */
export function brokenEntryRules({ entries }: SourceTree): string[] {
  const types = new Map(entries.map(({ key, type }) => [key, type]));
  const projects = entries.filter(({ type }) => type === 'Project').length;
  return [
    ...(types.size === entries.length ? [] : ['keys are used twice']),
    ...(projects === 1 ? [] : [`there are ${projects} projects`]),
    ...(/"email"|"isPublic"/.test(JSON.stringify(entries)) ? ['an e-mail address or isPublic is there'] : []),
    ...entries.flatMap((entry) => [
      ...missing(entry),
      ...fieldsOf(entry).flatMap(([name, value]) => brokenField(entry, name, value, types)),
      ...brokenModule(entry),
    ]),
    ...brokenOrders(entries),
  ];
}

function fieldsOf({ type: _type, key: _key, moduleType: _module, ...fields }: Entry): [string, unknown][] {
  return Object.entries(fields);
}

function missing(entry: Entry): string[] {
  const absent = (required[entry.type] ?? []).filter((name) => entry[name] === undefined || entry[name] === null);
  return absent.map((name) => `${entry.key} has no ${name}`);
}

function brokenField(entry: Entry, name: string, value: unknown, types: Map<string, string>): string[] {
  const type = schema.getType(entry.type);
  const field = isObjectType(type) ? type.getFields()[name] : undefined;
  if (!field || neverStated.includes(name)) return [`${entry.key}: ${entry.type} has no ${name} to import`];
  if (value === null) return [`${entry.key}: ${name} is null`];
  if (typeof value === 'object' && Object.keys(value).length === 0) return [`${entry.key}: ${name} is empty`];
  if (name === 'extraFields') return brokenExtraFields(entry, value);
  // Of details, the schema of the type says which of both they are.
  const isList =
    name === 'details'
      ? entry.type === 'Manipulation'
      : isListType(isNonNullType(field.type) ? field.type.ofType : field.type) || isConnection(field.type);
  if (isList !== Array.isArray(value)) return [`${entry.key}: ${name} is ${isList ? 'no list' : 'a list'}`];
  const values: unknown[] = Array.isArray(value) ? value : [value];
  const faults = values.flatMap((one) => brokenValue(field, one, types));
  // Two measures of a setup may be alike; the same word or object twice in a list says nothing.
  const words = values.filter((one) => typeof one === 'string');
  const twice = new Set(words).size === words.length ? [] : ['the same twice'];
  return [...faults, ...twice].map((fault) => `${entry.key}: ${name}: ${fault}`);
}

function isConnection(type: GraphQLOutputType): boolean {
  return getNamedType(type).name.endsWith('Connection');
}

function brokenValue(field: GraphQLField<unknown, unknown>, value: unknown, types: Map<string, string>): string[] {
  const named = getNamedType(field.type);
  if (isEnumType(named)) return named.getValue(String(value)) ? [] : [`${String(value)} is no ${named.name}`];
  if (isScalarType(named)) return brokenScalar(named.name, value, field.description ?? '');
  const target = named.name.replace(/Connection$/, '');
  const type = schema.getType(target);
  if (!isObjectType(type)) return [`a reference to something that is no object: ${target}`];
  if (type.getInterfaces().some(({ name }) => name === 'Node')) {
    const found = types.get(String(value));
    return found === target ? [] : [`${String(value)} is ${found ?? 'nothing'}, not a ${target}`];
  }
  return Object.entries(value as object).flatMap(([name, inner]) => {
    const innerField = type.getFields()[name];
    if (!innerField) return [`${target} has no ${name}`];
    if (inner === null) return isNonNullType(innerField.type) ? [`${name} is null`] : [];
    return brokenValue(innerField, inner, types);
  });
}

function brokenScalar(scalar: string, value: unknown, description: string): string[] {
  const text = String(value);
  const good: Record<string, () => boolean> = {
    String: () =>
      typeof value === 'string' && value !== '' && value === value.trim() && !/[\0\p{Surrogate}]/u.test(value),
    ModuleTypeCode: () => /^[A-Z]\w*$/.test(text),
    DateTime: () => !Number.isNaN(Date.parse(text)) && new Date(text).toISOString() === text,
    Date: () => new Date(`${text}T00:00:00Z`).toISOString().startsWith(text),
    URL: () => /^(https?|ftp):\/\//.test(text),
    Int: () => Number.isInteger(value),
    Float: () => Number.isFinite(value),
    SafeInt: () => Number.isSafeInteger(value) && Number(value) >= 0,
    Boolean: () => typeof value === 'boolean',
    JSONObject: () => typeof value === 'object',
    Details: () => typeof value === 'object',
  };
  const limit = Number(description.match(/At most (\d+) characters/)?.[1] ?? Infinity);
  const isTooLong = text.length > limit ? [`longer than ${limit}`] : [];
  return [...((good[scalar] ?? (() => false))() ? [] : [`${text.slice(0, 80)} is no ${scalar}`]), ...isTooLong];
}

function brokenExtraFields(entry: Entry, fields: unknown): string[] {
  const bad = Object.entries(fields as object).filter(
    ([key, value]) => !/^[A-Za-z][A-Za-z0-9_]*$/.test(key) || !(typeof value === 'string' || Number.isFinite(value)),
  );
  return bad.map(([key]) => `${entry.key}: the extra field ${key}`);
}

function brokenModule(entry: Entry): string[] {
  if (!kinds.includes(entry.type)) return [];
  const module = modules.get(`${entry.type} ${String(entry.moduleType)}`);
  if (!module) return [`${entry.key} has the unknown type ${String(entry.moduleType)}`];
  const version =
    module.version === entry.schemaVersion ? [] : [`${entry.key} is of version ${String(entry.schemaVersion)}`];
  // What a log notes stands in its entries.
  if (entry.type.endsWith('Log')) return version;
  return module.validate(entry.details ?? (entry.type === 'Manipulation' ? [] : {}))
    ? version
    : [...version, `${entry.key}: ${ajv.errorsText(module.validate.errors)}`];
}

function brokenOrders(entries: Entry[]): string[] {
  const places = entries
    .filter(({ session, order }) => session !== undefined && order !== undefined)
    .map((entry) => `${entry.type} ${String(entry.session)} ${String(entry.order)}`);
  return new Set(places).size === places.length ? [] : ['two modules have one place in a session'];
}
