import {
  getNamedType,
  type GraphQLInputField,
  type GraphQLInputObjectType,
  type GraphQLInputType,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import { importedTypes, isImported, type ImportedType } from '../importing/storing/types';
import { nodeNames, type NodeName } from '../model/ids';
import { writtenFieldsOf } from '../model/written-fields';
import { mayBeEmptyInTree } from '../tree/may-be-empty';
import type { WritableField, WritableKind, WritableType } from '../tree/writable';

/** What entries of each type may state, read off what the inputs of the schema take. */
export function describeEntries(schema: GraphQLSchema): WritableType[] {
  const reader = new TypeReader(schema);
  return importedTypes.map((type) => {
    const description = schema.getType(type)?.description ?? '';
    return { type, plural: reader.pluralOf(type), description, fields: reader.fieldsOf(type) };
  });
}

/** Fields that are written as one kind whatever their type in the graph. */
const kindsByName: Readonly<Record<string, WritableKind>> = {
  ...{ details: 'details', coordinates: 'coordinates', extraFields: 'extraFields' },
  coordinateSystem: 'coordinateSystem',
};

const kindsByScalar: Readonly<Record<string, WritableKind>> = {
  ...{ String: 'text', URL: 'address', Float: 'number', Int: 'whole', SafeInt: 'whole', Boolean: 'truth' },
  ...{ Date: 'day', DateTime: 'moment', ModuleTypeCode: 'moduleType', Details: 'details' },
};

interface Reference {
  name: string;
  target: NodeName;
  description: string;
}

class TypeReader {
  constructor(private readonly schema: GraphQLSchema) {}

  fieldsOf(type: ImportedType): WritableField[] {
    const fields: WritableField[] = [];
    for (const field of Object.values(this.inputOf('Create', type)!.getFields())) {
      // The project of a tree is understood.
      if (/^projectIds?$/.test(field.name)) continue;
      const reference = this.referenceOf(type, field.name);
      if (reference === null || isImported(reference.target)) fields.push(this.field(field, type, reference));
    }
    return fields;
  }

  pluralOf(type: NodeName): string {
    const root = Object.values(this.schema.getQueryType()!.getFields());
    const list = root.find((field) => getNamedType(field.type).name === `${type}Connection`);
    return list?.name ?? `${type.charAt(0).toLowerCase()}${type.slice(1)}s`;
  }

  private field(field: GraphQLInputField, type: ImportedType, reference: Reference | null): WritableField {
    const own = this.valueField(field);
    const name = field.name === 'type' ? 'moduleType' : (reference?.name ?? own.name);
    const isList = own.isList || isListInside(type, field.name);
    // A list of references that may be empty has to be said to be so.
    const mayBeAbsent = mayBeEmptyInTree[type]?.includes(name) === true && !(reference && isList);
    return {
      ...own,
      ...(reference && { ...reference, is: 'reference' }),
      name,
      isList,
      isRequired: own.isRequired && !mayBeAbsent,
      isParent: reference !== null && this.inputOf('Update', type)?.getFields()[field.name] === undefined,
    };
  }

  private valueField({ name, type, description }: GraphQLInputField): WritableField {
    const told = description ?? '';
    const named = getNamedType(type);
    const longest = /At most ([\d,]+) characters/.exec(told)?.[1];
    return {
      ...{ name, is: kindOf(name, type), isList: isList(type), isRequired: isNonNullType(type), isParent: false },
      ...{ description: told, longest: longest === undefined ? null : Number(longest.replaceAll(',', '')) },
      choices: isEnumType(named) ? named.getValues().map((value) => value.name) : [],
      target: null,
      parts: isInputObjectType(named) ? Object.values(named.getFields()).map((part) => this.valueField(part)) : [],
    };
  }

  /** `subjectIds` are the keys of `subjects`, as the object's own field is called. */
  private referenceOf(type: NodeName, input: string): Reference | null {
    const stem = /^(.+)Ids?$/.exec(input)?.[1];
    const object = this.schema.getType(type);
    if (stem === undefined || !isObjectType(object)) return null;
    const names = input.endsWith('s') ? [`${stem}s`, stem, stem.replace(/y$/, 'ies')] : [stem];
    for (const name of names) {
      const field = object.getFields()[name];
      const target = field && getNamedType(field.type).name.replace(/Connection$/, '');
      if (isNodeName(target)) return { name, target, description: field?.description ?? '' };
    }
    return null;
  }

  private inputOf(verb: 'Create' | 'Update', type: NodeName): GraphQLInputObjectType | null {
    const input = this.schema.getType(`${verb}${type}Input`);
    return isInputObjectType(input) ? input : null;
  }
}

/** Whether a field that is one value of the graph holds a list, as details of manipulations do. */
function isListInside(type: NodeName, name: string): boolean {
  return writtenFieldsOf(type).some((field) => field.name === name && field.value.is === 'objects');
}

function kindOf(name: string, type: GraphQLInputType): WritableKind {
  const named = getNamedType(type);
  const kind = kindsByName[name] ?? (isEnumType(named) ? 'choice' : isInputObjectType(named) ? 'record' : undefined);
  return kind ?? kindsByScalar[named.name] ?? 'text';
}

function isList(type: GraphQLInputType): boolean {
  return isListType(isNonNullType(type) ? type.ofType : type);
}

function isNodeName(name: string | undefined): name is NodeName {
  return (nodeNames as readonly (string | undefined)[]).includes(name);
}
