import type { GraphQLResolveInfo } from 'graphql';
import { noteShortenedList } from '../access/note-denials';
import type { Context } from '../context';
import type { ConnectionValue, PageArgs } from '../model/connection';
import type { HeldConnection, ManyEdge, ReferenceEdge } from '../model/edges';
import { readFind, type FindArgs } from '../finding/find';
import { newestFirst } from '../finding/order';
import { nameOf, type Node, type NodeClass } from '../model/node';
import { keyKinds, type Many } from './many';
import { readPage, writeCursor, type Page } from './page';
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
  return connectionValue(page, rows, () => loaders.count(edge, find).load(id), `${nameOf(edge.owner)}.${edge.field}`);
}

/** A page of everything of a type. */
export async function resolveEverything(
  target: NodeClass,
  field: string,
  args: PageArgs & FindArgs,
  context: Context,
): Promise<ConnectionValue> {
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
): Promise<ConnectionValue> {
  const many: Many = { edge: undefined, target: target(), filtered: true, held: true };
  return everything(many, `${nameOf(owner)}.${field}`, args, context);
}

async function everything(
  of: Many,
  field: string,
  args: PageArgs & FindArgs,
  { loaders, tables }: Context,
): Promise<ConnectionValue> {
  const type = nameOf(of.target);
  const find = readFind(type, args, newestFirst[type]);
  const many: Many = { ...of, ...(find && { find }) };
  const page = readPage(args, keyKinds(many, tables), find?.key);
  const rows = await loaders.everything(many, page);
  return connectionValue(page, rows, () => loaders.countEverything(many), field);
}

/** A page of the record of publications of an object. */
export async function resolveHistory(
  { id }: { id: string },
  args: PageArgs,
  { loaders }: Context,
): Promise<ConnectionValue<object>> {
  const page = readPage(args, ['integer']);
  return connectionValue<object>(page, await loaders.history(page).load(id), () => loaders.historyCount().load(id));
}

/** What is not asked for is not made: there may be thousands of small connections in one answer. */
function connectionValue<T extends object>(
  page: Page,
  { entries, more }: PageRows<T>,
  totalCount: () => Promise<number>,
  field?: string,
): ConnectionValue<T> {
  const cursorAt = (index: number): string | null => {
    const entry = entries.at(index);
    return entry ? writeCursor(entry.cursor, page.of) : null;
  };
  return {
    ...(field !== undefined && { field }),
    edges: () => entries.map(({ node, cursor }) => ({ node, cursor: () => writeCursor(cursor, page.of) })),
    nodes: entries.map(({ node }) => node),
    totalCount,
    pageInfo: {
      hasNextPage: page.fromEnd ? page.before !== undefined : more,
      hasPreviousPage: page.fromEnd ? more : page.after !== undefined,
      startCursor: () => cursorAt(0),
      endCursor: () => cursorAt(-1),
    },
  };
}
