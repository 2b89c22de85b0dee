import {
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLSchema,
} from 'graphql';
import { fieldName } from '../../src/model/names';
import { ServedSchema } from '../visibility/schema';
import type { TestServer } from '../stage/server';
import type { Things } from './bench';

/** Module types that empty details follow. */
const suitedTypes: Record<string, [type: string, schemaVersion: string]> = {
  DataAcquisition: ['Audio', '1.1.0'],
  Manipulation: ['AuditoryStimulation', '1.1.0'],
  Procedure: ['BurrHole', '1.1.0'],
  Equipment: ['Amplifier', '1.0.0'],
  ConsumableStock: ['SiliconProbe', '1.0.0'],
  SubjectLog: ['Handling', '1.0.0'],
  ProcedureLog: ['Tetrodes8', '1.1.0'],
};

export function suited(type: string): { type: string; schemaVersion: string } {
  const [code, schemaVersion] = suitedTypes[type]!;
  return { type: code, schemaVersion };
}

/** Texts that have to be written in a certain way. */
const texts: Record<string, string> = {
  age: 'P90D/P100D',
  orcid: '0000-0002-1825-0097',
  acronym: 'ABC',
  license: 'CC-BY-4.0',
  doi: '10.1000/182',
  // Of an identifier, whose scheme is the first: a DOI.
  value: '10.1000/183',
};

const scalars: Record<string, unknown> = {
  Int: 3,
  Float: 1.5,
  Boolean: true,
  SafeInt: 12_345_678_901,
  DateTime: '2024-05-31T09:30:00.000Z',
  Date: '2024-05-31',
  URL: 'https://example.org/page',
  JSONObject: {},
  Details: {},
};

/** What has to agree with another field, as no value of its own can: coordinates, another animal than the dam. */
const agreeing = ['coordinateSystem', 'sireId'];

export interface WritingMutation {
  name: string;
  action: string;
  type: string;
}

/** Everything that can be written, read off the schema that the server gives out: nothing here is listed by hand. */
export class ServedInputs {
  private made = 0;

  private constructor(readonly schema: GraphQLSchema) {}

  static async of(server: TestServer): Promise<ServedInputs> {
    return new ServedInputs((await ServedSchema.of(server)).schema);
  }

  fields(): GraphQLField<unknown, unknown>[] {
    return Object.values(this.schema.getMutationType()!.getFields());
  }

  /** `createX`, `updateX` and `deleteX` of every type that is written in versions: groups and tokens are not. */
  mutations(): WritingMutation[] {
    const fields = this.schema.getMutationType()!.getFields();
    return Object.keys(fields).flatMap((name) => {
      const [, action, type] = /^(create|update|delete)([A-Z]\w*)$/.exec(name) ?? [];
      const isVersioned = fields[`update${type}`]?.args.some((arg) => arg.name === 'ifVersion') === true;
      return action && isVersioned ? [{ name, action, type: type! }] : [];
    });
  }

  /** The types that can be written. */
  types(): string[] {
    return this.mutations().flatMap(({ action, type }) => (action === 'create' ? [type] : []));
  }

  inputFields(input: string): GraphQLInputField[] {
    const type = this.schema.getType(input);
    if (!isInputObjectType(type)) throw new Error(`${input} is no input.`);
    return Object.values(type.getFields());
  }

  /** The type that a reference or list of an input leads to. */
  targetOf(type: string, input: string): string {
    const object = this.schema.getType(type);
    if (!isObjectType(object)) throw new Error(`${type} is no object type.`);
    return getNamedType(object.getFields()[this.shownAs(type, input)]!.type).name.replace(/Connection$/, '');
  }

  /** The field in which an object shows what an input names by id. */
  shownAs(type: string, input: string): string {
    const object = this.schema.getType(type);
    if (!isObjectType(object)) throw new Error(`${type} is no object type.`);
    const fields = object.getFields();
    const found = [input.replace(/Ids?$/, ''), input.replace(/Ids$/, 's')].find((name) => name in fields);
    if (found === undefined) throw new Error(`${type} shows nothing of its input's \`${input}\`.`);
    return found;
  }

  /** The other way round. */
  inputNameOf(type: string, shown: string): string {
    return this.lists(type).find(({ field }) => this.shownAs(type, field) === shown)!.field;
  }

  /** The fields of an input that hold lists of ids. */
  lists(type: string): { field: string; target: string }[] {
    return this.inputFields(`Update${type}Input`)
      .filter((field) => isListType(getNullableType(field.type)) && getNamedType(field.type).name === 'ID')
      .map(({ name }) => ({ field: name, target: this.targetOf(type, name) }));
  }

  /** The fields of an input that hold one id. */
  references(input: string, type: string): { field: string; target: string }[] {
    return this.inputFields(input)
      .filter((field) => !isListType(getNullableType(field.type)) && getNamedType(field.type).name === 'ID')
      .map(({ name }) => ({ field: name, target: this.targetOf(type, name) }));
  }

  /** A valid input: what has to be there, or everything. */
  valid(type: string, action: string, things: Things, all = false): Record<string, unknown> {
    const input = action === 'create' ? `Create${type}Input` : `Update${type}Input`;
    const wanted = this.inputFields(input).filter(
      (field) => (all && !agreeing.includes(field.name)) || isNonNullType(field.type),
    );
    return Object.fromEntries(wanted.map((field) => [field.name, this.value(type, field, things)]));
  }

  private value(type: string, { name, type: fieldType }: GraphQLInputField, things: Things): unknown {
    const inner = getNamedType(fieldType);
    const isList = isListType(getNullableType(fieldType));
    const one = (): unknown => {
      if (inner.name === 'ID') return things[this.targetOf(type, name)];
      if (isEnumType(inner)) return inner.getValues()[0]!.name;
      if (isInputObjectType(inner))
        return Object.fromEntries(
          Object.values(inner.getFields()).map((field) => [field.name, this.value(type, field, things)]),
        );
      if (!['String', 'ModuleTypeCode'].includes(inner.name)) return scalars[inner.name];
      if (name === 'type' || name === 'schemaVersion') return suited(type)[name];
      this.made += 1;
      return texts[name] === undefined ? `${name} ${this.made}` : name === 'acronym' ? `A${this.made}` : texts[name];
    };
    if (type === 'Manipulation' && name === 'details') return [];
    return isList ? [one()] : one();
  }
}

/** One mutation with its input or id as variables. */
export function operationOf({ name, action, type }: WritingMutation, fields = ''): string {
  switch (action) {
    case 'create':
      return `mutation ($input: Create${type}Input!) { result: ${name}(input: $input) { changed isPublic message object: ${fieldName(type)} { id ${fields} } } }`;
    case 'update':
      return `mutation ($id: ID!, $input: Update${type}Input!, $ifVersion: Int) { result: ${name}(id: $id, input: $input, ifVersion: $ifVersion) { changed isPublic message object: ${fieldName(type)} { id ${fields} } } }`;
    default:
      return `mutation ($id: ID!, $ifVersion: Int) { result: ${name}(id: $id, ifVersion: $ifVersion) { deletedId changed message revoked } }`;
  }
}
