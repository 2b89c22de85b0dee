import type { FieldNode, GraphQLResolveInfo } from 'graphql';
import { noteShortenedList } from '../access/note-denials';
import type { Context } from '../context';
import type { ConnectionValue, PageArgs } from '../model/connection';
import type { HeldConnection, ManyEdge, ReferenceEdge } from '../model/edges';
import { readFind, type Find, type FindArgs } from '../finding/find';
import { newestFirst } from '../finding/order';
import type { NodeName } from '../model/ids';
import { nameOf, type Node, type NodeClass } from '../model/node';
import { keyKinds, type Many } from './many';
import { downTo, readPage, upTo, writeCursor, type Page } from './page';
import type { PageRows } from './page-rows';

type Parent = Record<string, unknown>;

/** Follows a foreign key. Where a rule guards the field, it has admitted the viewer before this runs. */
export async function resolveReference(edge: ReferenceEdge, parent: Parent, context: Context): Promise<Node | null> {
  const id = parent[edge.column] as string | null;
  if (id === null) return null;
  const target = nameOf(edge.target());
  const guarded = context.access.isRuled(nameOf(edge.owner), edge.field);
  const found = await context.loaders[guarded ? 'visible' : 'plain'](target).load(id);
  if (!found) throw new Error(`${nameOf(edge.owner)}.${edge.field} refers to nothing.`);
  return found;
}

/** What was read of the arguments of each field of a request: what is written out in a query is a new object for each parent. */
const found = new WeakMap<Context, Map<FieldNode, Find | undefined>>();

function findOf(type: NodeName, args: FindArgs, context: Context, info: GraphQLResolveInfo): Find | undefined {
  const [node] = info.fieldNodes as readonly [FieldNode];
  const ofRequest = found.get(context) ?? new Map<FieldNode, Find | undefined>();
  found.set(context, ofRequest);
  if (!ofRequest.has(node)) ofRequest.set(node, readFind(type, args));
  return ofRequest.get(node);
}

/** A page of the far end of an edge; the total is counted only when it is asked for. */
export async function resolveConnection(
  edge: ManyEdge,
  parent: Parent,
  args: PageArgs & FindArgs,
  context: Context,
  info: GraphQLResolveInfo,
): Promise<PageOf> {
  const { access, loaders, tables } = context;
  const target = edge.target();
  const find = findOf(nameOf(target), args, context, info);
  const filtered = access.isFiltered(nameOf(edge.owner), edge.field);
  const many: Many = { edge, target, filtered, ...(find && { find }) };
  const page = readPage(args, keyKinds(many, tables), find?.key);
  const id = parent['id'] as string;
  const rows = readOnce(() => loaders.page(edge, page, find).load(id));
  // Of those that a filter has left out nobody has missed any.
  if (context.explanations && !find?.where) await noteShortenedList(edge, parent, context, info);
  const around: Around = {
    count: () => loaders.count(edge, find).load(id),
    isAny: async (there) => (await loaders.page(edge, there, find).load(id)).more,
  };
  const field = `${nameOf(edge.owner)}.${edge.field}`;
  return { ...connectionValue(page, rows, around, field), of: { many, parent: id } };
}

/** A page of everything of a type. */
export async function resolveEverything(
  target: NodeClass,
  field: string,
  args: PageArgs & FindArgs,
  context: Context,
): Promise<PageOf> {
  return everything(
    { edge: undefined, target, filtered: context.access.isFiltered('Query', field) },
    `Query.${field}`,
    args,
    context,
  );
}

/** A page of everything of a type that the viewer has a role on. The rule of the field has made sure that it is on their account. */
export async function resolveHeld(
  { owner, field, target }: HeldConnection,
  args: PageArgs & FindArgs,
  context: Context,
): Promise<PageOf> {
  const many: Many = { edge: undefined, target: target(), filtered: true, held: true };
  return everything(many, `${nameOf(owner)}.${field}`, args, context);
}

async function everything(
  of: Many,
  field: string,
  args: PageArgs & FindArgs,
  { loaders, tables }: Context,
): Promise<PageOf> {
  const type = nameOf(of.target);
  const find = readFind(type, args, newestFirst[type]);
  const many: Many = { ...of, ...(find && { find }) };
  const page = readPage(args, keyKinds(many, tables), find?.key);
  const rows = readOnce(() => loaders.everything(many, page));
  const around: Around = {
    count: () => loaders.countEverything(many),
    isAny: async (there) => (await loaders.everything(many, there)).more,
  };
  return { ...connectionValue(page, rows, around, field), of: { many, parent: undefined } };
}

/** A page of the record of publications of an object. */
export async function resolveHistory(
  { id }: { id: string },
  args: PageArgs,
  { loaders }: Context,
): Promise<ConnectionValue<object>> {
  const page = readPage(args, ['integer']);
  const around: Around = {
    count: () => loaders.historyCount().load(id),
    isAny: async (there) => (await loaders.history(there).load(id)).more,
  };
  const rows = readOnce(() => loaders.history(page).load(id));
  return connectionValue<object>(page, rows, around);
}

/** What is told of a list beyond a page of it, where somebody asks for it. */
interface Around {
  count: () => Promise<number>;
  /** Whether anything is on another page of it. */
  isAny: (there: Page) => Promise<boolean>;
}

/** A connection of objects, with what it is of: what is asked of all of them, not of its page alone, is asked of that. */
export interface PageOf extends ConnectionValue {
  of: { many: Many; parent: string | undefined };
}

/** Reads once what several ask for, under many aliases too, and not before one of them does. */
function readOnce<T>(read: () => Promise<T>): () => Promise<T> {
  let reading: Promise<T> | undefined;
  return () => (reading ??= read());
}

/** What is not asked for is not made, nor read: there may be thousands of small connections in one answer, or only a count. */
function connectionValue<T extends object>(
  page: Page,
  rows: () => Promise<PageRows<T>>,
  { count, isAny }: Around,
  field?: string,
): ConnectionValue<T> {
  const { fromEnd, after, before } = page;
  const cursorAt = async (index: number): Promise<string | null> => {
    const entry = (await rows()).entries.at(index);
    return entry ? writeCursor(entry.cursor, page.of) : null;
  };
  const more = async (): Promise<boolean> => (await rows()).more;
  return {
    ...(field !== undefined && { field }),
    edges: async () =>
      (await rows()).entries.map(({ node, cursor }) => ({ node, cursor: () => writeCursor(cursor, page.of) })),
    nodes: async () => (await rows()).entries.map(({ node }) => node),
    totalCount: readOnce(count),
    pageInfo: {
      hasNextPage: readOnce(
        async () => (!fromEnd && (await more())) || (before !== undefined && isAny(downTo(page, before))),
      ),
      hasPreviousPage: readOnce(
        async () => (fromEnd && (await more())) || (after !== undefined && isAny(upTo(page, after))),
      ),
      startCursor: () => cursorAt(0),
      endCursor: () => cursorAt(-1),
    },
  };
}
