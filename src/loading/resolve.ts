import type { GraphQLResolveInfo } from 'graphql';
import { noteShortenedList } from '../access/note-denials';
import type { Context } from '../context';
import type { ConnectionValue, PageArgs } from '../model/connection';
import type { ManyEdge, ReferenceEdge } from '../model/edges';
import { readFind, type FindArgs } from '../finding/find';
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

/** A page of the far end of an edge; the total is counted only when it is asked for. */
export async function resolveConnection(
  edge: ManyEdge,
  parent: Parent,
  args: PageArgs & FindArgs,
  context: Context,
  info: GraphQLResolveInfo,
): Promise<ConnectionValue> {
  const { access, loaders, tables } = context;
  const target = edge.target();
  const find = readFind(nameOf(target), args);
  const filtered = access.isFiltered(nameOf(edge.owner), edge.field);
  const many: Many = { edge, target, filtered, ...(find && { find }) };
  const page = readPage(args, keyKinds(many, tables), find?.key);
  const id = parent['id'] as string;
  const rows = await loaders.page(edge, page, find).load(id);
  // Of those that a filter has left out nobody has missed any.
  if (context.explanations && !find?.where) await noteShortenedList(edge, parent, context, info);
  const around: Around = {
    count: () => loaders.count(edge, find).load(id),
    isAny: async (there) => (await loaders.page(edge, there, find).load(id)).more,
  };
  return connectionValue(page, rows, around, `${nameOf(edge.owner)}.${edge.field}`);
}

/** A page of everything of a type. */
export async function resolveEverything(
  target: NodeClass,
  field: string,
  args: PageArgs & FindArgs,
  context: Context,
): Promise<ConnectionValue> {
  const find = readFind(nameOf(target), args);
  const filtered = context.access.isFiltered('Query', field);
  const many: Many = { edge: undefined, target, filtered, ...(find && { find }) };
  const page = readPage(args, keyKinds(many, context.tables), find?.key);
  const rows = await context.loaders.everything(many, page);
  const around: Around = {
    count: () => context.loaders.countEverything(many),
    isAny: async (there) => (await context.loaders.everything(many, there)).more,
  };
  return connectionValue(page, rows, around, `Query.${field}`);
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
  return connectionValue<object>(page, await loaders.history(page).load(id), around);
}

/** What is told of a list beyond a page of it, where somebody asks for it. */
interface Around {
  count: () => Promise<number>;
  /** Whether anything is on another page of it. */
  isAny: (there: Page) => Promise<boolean>;
}

/** What is not asked for is not made: there may be thousands of small connections in one answer. */
function connectionValue<T extends object>(
  page: Page,
  { entries, more }: PageRows<T>,
  { count, isAny }: Around,
  field?: string,
): ConnectionValue<T> {
  const { fromEnd, after, before } = page;
  const cursorAt = (index: number): string | null => {
    const entry = entries.at(index);
    return entry ? writeCursor(entry.cursor, page.of) : null;
  };
  return {
    ...(field !== undefined && { field }),
    edges: () => entries.map(({ node, cursor }) => ({ node, cursor: () => writeCursor(cursor, page.of) })),
    nodes: entries.map(({ node }) => node),
    totalCount: once(count),
    pageInfo: {
      hasNextPage: once(() => (more && !fromEnd) || (before !== undefined && isAny(downTo(page, before)))),
      hasPreviousPage: once(() => (more && fromEnd) || (after !== undefined && isAny(upTo(page, after)))),
      startCursor: () => cursorAt(0),
      endCursor: () => cursorAt(-1),
    },
  };
}

/** What is asked under many aliases is looked up once. */
function once<T>(look: () => T): () => T {
  let found: { value: T } | undefined;
  return () => (found ??= { value: look() }).value;
}
