import {
  GraphQLInterfaceType,
  GraphQLNonNull,
  GraphQLSchema,
  isNonNullType,
  type GraphQLFieldConfig,
  type GraphQLObjectType,
} from 'graphql';
import { nodeNames, typeOfId } from '../model/ids';
import { narrowed, sharedShapes, type SharedShape } from '../model/interfaces';
import type { Node } from '../model/node';

/** The schema with the interfaces of what types have in common: their fields are taken from the types themselves. */
export function withInterfaces(schema: GraphQLSchema): GraphQLSchema {
  const made = new Map<string, GraphQLInterfaceType>();
  for (const shape of sharedShapes) {
    const members = membersOf(schema, shape);
    const type = makeInterface(shape, members[0]!, made);
    made.set(shape.name, type);
    for (const member of members) (member.getInterfaces() as GraphQLInterfaceType[]).push(type);
  }
  for (const [coordinate, name] of Object.entries(narrowed)) narrow(schema, coordinate, made.get(name)!);
  const { types, ...config } = schema.toConfig();
  return new GraphQLSchema({ ...config, types: [...types, ...made.values()] });
}

/** The types that an interface is of. */
function membersOf(schema: GraphQLSchema, { of, fields }: SharedShape): GraphQLObjectType[] {
  if (of) return of.map((name) => objectType(schema, name));
  const all = nodeNames.map((name) => objectType(schema, name));
  return all.filter((type) => Object.keys(fields).every((field) => field in type.getFields()));
}

/** @param member a type that has its fields */
function makeInterface(
  { name, description, fields, within = [] }: SharedShape,
  member: GraphQLObjectType,
  made: ReadonlyMap<string, GraphQLInterfaceType>,
): GraphQLInterfaceType {
  const [node] = member.getInterfaces() as [GraphQLInterfaceType];
  const model = member.toConfig().fields;
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
