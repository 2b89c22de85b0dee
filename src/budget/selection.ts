import {
  defaultFieldResolver,
  getNamedType,
  getNullableType,
  isAbstractType,
  isLeafType,
  isListType,
  isObjectType,
  type FieldNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
} from 'graphql';
import { collectSubfields } from 'graphql/execution/collectFields';

/** What it takes to answer a selection for one object, without what its own lists and look-ups lead to. */
export interface SelectionCost {
  /** Objects that are handed out along with it, such as the node of an edge. */
  objects: number;
  /** Fields that are selected. */
  values: number;
  /** How long it takes, in plain values: see Turns. */
  work: number;
}

/** A resolver costs several plain values, and a rule in front of it many: it is a chain of promises. */
const resolverWork = 8;
const ruleWork = 30;

type IsRuled = (type: string, field: string) => boolean;

/** The executor makes these lists anew for each request, and once for all objects of a level. */
const known = new WeakMap<readonly FieldNode[], Map<string, SelectionCost>>();

/** What the selection under a field costs for each object of that type. */
export function selectionCost(
  info: GraphQLResolveInfo,
  type: GraphQLNamedType,
  nodes: readonly FieldNode[],
  isRuled: IsRuled,
): SelectionCost {
  const byType = known.get(nodes) ?? new Map<string, SelectionCost>();
  known.set(nodes, byType);
  const cost = byType.get(type.name) ?? measure(info, type, nodes, isRuled);
  byType.set(type.name, cost);
  return cost;
}

function measure(
  info: GraphQLResolveInfo,
  type: GraphQLNamedType,
  nodes: readonly FieldNode[],
  isRuled: IsRuled,
): SelectionCost {
  if (isLeafType(type)) return { objects: 0, values: 1, work: 1 };
  if (isAbstractType(type)) {
    const costs = info.schema.getPossibleTypes(type).map((one) => selectionCost(info, one, nodes, isRuled));
    const most = (part: keyof SelectionCost): number => Math.max(...costs.map((cost) => cost[part]));
    return { objects: most('objects'), values: most('values'), work: most('work') };
  }
  const sum: SelectionCost = { objects: 0, values: 0, work: 1 };
  if (!isObjectType(type)) return sum;
  for (const fieldNodes of collectSubfields(info.schema, info.fragments, info.variableValues, type, nodes).values()) {
    sum.values += 1;
    const field = type.getFields()[fieldNodes[0]!.name.value];
    const { objects, values, work } = costOfField(info, type, field, fieldNodes, isRuled);
    sum.objects += objects;
    sum.values += values;
    sum.work += work;
  }
  return sum;
}

function costOfField(
  info: GraphQLResolveInfo,
  type: GraphQLObjectType,
  field: GraphQLField<unknown, unknown> | undefined,
  nodes: readonly FieldNode[],
  isRuled: IsRuled,
): SelectionCost {
  if (!field) return { objects: 0, values: 0, work: 1 }; // __typename
  if (isRuled(type.name, field.name)) return { objects: 0, values: 0, work: ruleWork };
  if (!isEmbedded(field)) return { objects: 0, values: 0, work: resolverWork };
  const target = getNamedType(field.type);
  if (isLeafType(target)) return { objects: 0, values: 0, work: 1 };
  const below = selectionCost(info, target, nodes, isRuled);
  return { ...below, objects: below.objects + (isCounted(target) ? 1 : 0) };
}

/** Whether a field is read from its object without a resolver, and is no list: then it comes with its object. */
export function isEmbedded(field: GraphQLField<unknown, unknown>): boolean {
  const { resolve } = field;
  return (resolve === undefined || resolve === defaultFieldResolver) && !isListType(getNullableType(field.type));
}

/** Whether a type's values count as objects: not the frame around a page. */
export function isCounted({ name }: GraphQLNamedType): boolean {
  return !/(Connection|Edge)$|^PageInfo$/.test(name);
}
