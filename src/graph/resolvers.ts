import type { GraphQLField, GraphQLObjectType, GraphQLSchema } from 'graphql';
import type { Context } from '../context';
import { resolveConnection, resolveHeld, resolveReference } from '../loading/resolve';
import { allEdges, computedFields, heldConnections, type Edge, type HeldConnection } from '../model/edges';
import { computationOf, type FieldResolver } from './computed';

/** Puts a resolver on every field that models declare as an edge or as computed; the rest is read as it is stored. */
export function attachResolvers(schema: GraphQLSchema): void {
  for (const edge of allEdges())
    if (isShown(edge)) fieldOf(schema, edge.owner.name, edge.field).resolve = resolverOf(edge);
  for (const held of heldConnections()) fieldOf(schema, held.owner.name, held.field).resolve = heldBy(held);
  for (const { owner, field } of computedFields())
    fieldOf(schema, owner.name, field).resolve = computationOf(owner.name, field);
}

function isShown(edge: Edge): boolean {
  return edge.kind === 'connection' || edge.behind === undefined;
}

function resolverOf(edge: Edge): FieldResolver {
  return edge.kind === 'reference'
    ? (parent, _args, context) => resolveReference(edge, parent, context)
    : (parent, args, context, info) => resolveConnection(edge, parent, args, context, info);
}

const heldBy =
  (held: HeldConnection): FieldResolver =>
  (_parent, args, context) =>
    resolveHeld(held, args, context);

function fieldOf(schema: GraphQLSchema, type: string, field: string): GraphQLField<Record<string, unknown>, Context> {
  return (schema.getType(type) as GraphQLObjectType<Record<string, unknown>, Context>).getFields()[field]!;
}
