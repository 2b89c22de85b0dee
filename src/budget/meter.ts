import {
  defaultFieldResolver,
  getNamedType,
  getNullableType,
  isLeafType,
  isListType,
  isObjectType,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
} from 'graphql';
import type { Context } from '../context';
import { isJson } from '../model/scalars';
import { never } from './budget';
import { isCounted, isEmbedded, selectionCost } from './selection';

/** A field that hands out objects or lists. */
interface Metered {
  /** As in the schema: `Project.contributors`. */
  name: string;
  target: GraphQLNamedType;
  /** What each thing handed out counts as. */
  objects: number;
}

/**
 * Puts the budget of the request behind every field that hands out objects or lists, whatever its resolver does: what it
 * hands out is counted, and given to the executor in pieces that leave the event loop free for others.
 */
export function meterSchema(schema: GraphQLSchema): GraphQLSchema {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    for (const field of Object.values(type.getFields())) meterField(type.name, field as GraphQLField<unknown, Context>);
  }
  return schema;
}

function meterField(type: string, field: GraphQLField<unknown, Context>): void {
  const target = getNamedType(field.type);
  const isList = isListType(getNullableType(field.type));
  if (isEmbedded(field as GraphQLField<unknown, unknown>) || (isLeafType(target) && !isList)) return;
  const isPlain = isLeafType(target) && !isJson(target);
  const metered: Metered = { name: `${type}.${field.name}`, target, objects: !isPlain && isCounted(target) ? 1 : 0 };
  const resolve = field.resolve ?? defaultFieldResolver;
  field.resolve = (source, args, context, info): unknown => {
    if (context.budget.isOver) return never();
    const result = resolve(source, args, context, info);
    return isPromise(result)
      ? result.then((value) => handOut(value, named(metered, source), context, info))
      : handOut(result, named(metered, source), context, info);
  };
}

/** What a page holds is told as of the field that the page is of. */
function named(metered: Metered, source: unknown): Metered {
  const name = isPage.test(metered.name) ? (source as { field?: string }).field : undefined;
  return name === undefined ? metered : { ...metered, name };
}

const isPage = /Connection\./;

function isPromise(value: unknown): value is Promise<unknown> {
  return typeof (value as Promise<unknown> | null | undefined)?.then === 'function';
}

function handOut(value: unknown, metered: Metered, context: Context, info: GraphQLResolveInfo): unknown {
  if (value === null || value === undefined || value instanceof Error) return value;
  const { budget } = context;
  const items = Array.isArray(value) ? (value as unknown[]) : undefined;
  const count = items ? items.length : 1;
  const each = selectionCost(info, metered.target, info.fieldNodes, (type, field) =>
    context.access.isRuled(type, field),
  );
  if (!budget.spend(metered.name, count * (metered.objects + each.objects), count * each.values)) return never();
  const { capacity } = context.turns;
  if (items && count * each.work > capacity) return inPieces(items, each.work, context);
  const turn = budget.lane.pass(count * each.work);
  return turn ? turn.then(() => value) : value;
}

/** A long list, handed out piece by piece: each item of it once its piece has got its turn. */
function inPieces(items: readonly unknown[], work: number, { budget, turns }: Context): unknown[] {
  const length = Math.max(1, Math.floor(turns.capacity / (2 * work)));
  let turn: Promise<void> | undefined;
  return items.map((item, index) => {
    if (index % length === 0) turn = budget.lane.pass(Math.min(length, items.length - index) * work);
    return turn ? turn.then(() => item) : item;
  });
}
