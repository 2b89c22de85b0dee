import {
  buildClientSchema,
  getIntrospectionQuery,
  getNamedType,
  getNullableType,
  isAbstractType,
  isInterfaceType,
  isLeafType,
  isListType,
  isObjectType,
  type GraphQLField,
  type GraphQLSchema,
  type IntrospectionQuery,
} from 'graphql';
import type { TestServer } from '../stage/server';
import { anonymous } from '../world/cast';
import type { TypeName } from '../world/world';

/** A field that leads from one object to others, as the schema shows it. */
export interface EdgeField {
  name: string;
  target: TypeName;
  isConnection: boolean;
  /** Whether it is a list without pages. */
  isList: boolean;
}

/** What a field has to be told: what makes it tell most. */
const asked: Readonly<Record<string, string>> = { citation: '(style: SCHEMA_ORG_JSON_LD)' };

/** The schema that a server gives to whoever asks, and what operations are made from: nothing here is listed by hand. */
export class ServedSchema {
  private constructor(readonly schema: GraphQLSchema) {}

  static async of(server: TestServer): Promise<ServedSchema> {
    const { data } = await server.ask(anonymous, getIntrospectionQuery());
    return new ServedSchema(buildClientSchema(data as unknown as IntrospectionQuery));
  }

  /** Every type that has an id. */
  nodeTypes(): TypeName[] {
    const node = this.schema.getType('Node');
    if (!isInterfaceType(node)) throw new Error('There is no interface Node.');
    return this.schema.getPossibleTypes(node).map(({ name }) => name as TypeName);
  }

  fieldsOf(type: string): GraphQLField<unknown, unknown>[] {
    const found = this.schema.getType(type);
    if (!isObjectType(found)) throw new Error(`${type} is no object type.`);
    return Object.values(found.getFields());
  }

  interfaceFieldsOf(name: string): GraphQLField<unknown, unknown>[] {
    const found = this.schema.getType(name);
    if (!isInterfaceType(found)) throw new Error(`${name} is no interface.`);
    return Object.values(found.getFields());
  }

  possibleTypesOf(name: string): string[] {
    const found = this.schema.getType(name);
    if (!isInterfaceType(found)) throw new Error(`${name} is no interface.`);
    return this.schema.getPossibleTypes(found).map((type) => type.name);
  }

  edgesOf(type: string): EdgeField[] {
    return this.fieldsOf(type).flatMap((field) => {
      const target = this.targetOf(field);
      const isList = isListType(getNullableType(field.type));
      return target ? [{ name: field.name, target: target.type, isConnection: target.isConnection, isList }] : [];
    });
  }

  /** The fields of `Query` that return one object of a type by its id. */
  byIdFields(): EdgeField[] {
    return this.edgesOf('Query').filter(({ name, isConnection }) => !isConnection && name !== 'viewer');
  }

  /** Whether a field of `Query` finds its object by an argument other than the id. */
  isFoundByName(name: string): boolean {
    const field = this.fieldsOf('Query').find((one) => one.name === name);
    return field!.args.some((argument) => argument.name !== 'id');
  }

  /** The fields of `Query` that return all objects of a type. */
  listFields(): EdgeField[] {
    return this.edgesOf('Query').filter(({ isConnection }) => isConnection);
  }

  /** Everything of a type but its edges, small values with all that is in them. */
  plainFieldsOf(type: string): string {
    return this.plainFieldListOf(type).join(' ');
  }

  plainFieldListOf(type: string): string[] {
    return this.fieldsOf(type).flatMap((field) => {
      if (this.targetOf(field)) return [];
      const named = getNamedType(field.type);
      // What may be of several types is judged in full where it is asked for by its id.
      if (isAbstractType(named)) return [`${field.name} { __typename ... on Node { id } }`];
      const told = `${field.name}${asked[field.name] ?? ''}`;
      return isLeafType(named) ? [told] : [`${field.name} { ${this.plainFieldsOf(named.name)} }`];
    });
  }

  private targetOf(field: GraphQLField<unknown, unknown>): { type: TypeName; isConnection: boolean } | undefined {
    const { name } = getNamedType(field.type);
    const isConnection = name.endsWith('Connection');
    const type = name.replace(/Connection$/, '') as TypeName;
    return this.nodeTypes().includes(type) ? { type, isConnection } : undefined;
  }
}
