import {
  GraphQLInterfaceType,
  GraphQLNonNull,
  GraphQLSchema,
  isNonNullType,
  type GraphQLFieldConfig,
  type GraphQLObjectType,
} from 'graphql';
import { typeOfId } from '../model/ids';
import { narrowed, sharedShapes, type SharedShape } from '../model/interfaces';
import type { Node } from '../model/node';

/** The schema with the interfaces of what types have in common: their fields are taken from the types themselves. */
export function withInterfaces(schema: GraphQLSchema): GraphQLSchema {
  const made = new Map<string, GraphQLInterfaceType>();
  for (const shape of sharedShapes) {
    const type = makeInterface(schema, shape, made);
    made.set(shape.name, type);
    for (const name of shape.of) (objectType(schema, name).getInterfaces() as GraphQLInterfaceType[]).push(type);
  }
  for (const [coordinate, name] of Object.entries(narrowed)) narrow(schema, coordinate, made.get(name)!);
  const { types, ...config } = schema.toConfig();
  return new GraphQLSchema({ ...config, types: [...types, ...made.values()] });
}

function makeInterface(
  schema: GraphQLSchema,
  { name, description, of, fields, within = [] }: SharedShape,
  made: ReadonlyMap<string, GraphQLInterfaceType>,
): GraphQLInterfaceType {
  const node = schema.getType('Node') as GraphQLInterfaceType;
  const model = objectType(schema, of[0]!).toConfig().fields;
  const own = Object.entries(fields).map(([field, told]): [string, GraphQLFieldConfig<Node, unknown>] => [
    field,
    { ...model[field]!, description: told },
  ]);
  return new GraphQLInterfaceType({
    name,
    description,
    interfaces: [node, ...within.map((wider) => made.get(wider)!)],
    fields: { ...node.toConfig().fields, ...Object.fromEntries(own) },
    resolveType: ({ id }: Node) => typeOfId(id),
  });
}

function narrow(schema: GraphQLSchema, coordinate: string, to: GraphQLInterfaceType): void {
  const [type, name] = coordinate.split('.') as [string, string];
  const field = objectType(schema, type).getFields()[name]!;
  field.type = isNonNullType(field.type) ? new GraphQLNonNull(to) : to;
}

function objectType(schema: GraphQLSchema, name: string): GraphQLObjectType {
  return schema.getType(name) as GraphQLObjectType;
}
