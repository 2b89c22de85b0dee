import type { FieldNode, GraphQLResolveInfo } from 'graphql';
import { noteShortenedList } from '../access/note-denials';
import type { Context } from '../context';
import type { ConnectionValue, PageArgs } from '../model/connection';
import type { HeldConnection, ManyEdge, ReferenceEdge } from '../model/edges';
import type { FindArgs } from '../finding/find';
import { nameOf, type Node, type NodeClass } from '../model/node';
import { askedOfAll, askedOfEdge, askedOfHeld, type AskedList } from './asked-list';
import { historyCountOf, historyOf } from './history';
import type { Loaders } from './loaders';
import { fieldOf, type Many } from './many';
import { readPage } from './page';
import type { PageRows } from './page-rows';
import { ReadConnection, type ListReader } from './read-connection';
import type { Loader } from './ready';
import { after, type Soon } from '../model/soon';

type Parent = Record<string, unknown>;

/** Follows a foreign key. Where a rule guards the field, it has admitted the viewer before this runs. */
export function resolveReference(edge: ReferenceEdge, parent: Parent, context: Context): Soon<Node | null> {
  const id = parent[edge.column] as string | null;
  if (id === null) return null;
  const target = nameOf(edge.target());
  const guarded = context.access.isRuled(nameOf(edge.owner), edge.field);
  return after(context.loaders[guarded ? 'visible' : 'plain'](target).load(id), (found) => {
    if (!found) throw new Error(`${nameOf(edge.owner)}.${edge.field} refers to nothing.`);
    return found;
  });
}

/** What one field asks of a list, whosever list it is, and what looks it up. */
type ReadList = AskedList & { rows: Loader<PageRows> };

/** What was read of the arguments of each field: what is written out in a query is a new object for each parent. */
const askedBy = new WeakMap<Loaders, Map<FieldNode, Map<ManyEdge, ReadList>>>();

function askedList(edge: ManyEdge, args: PageArgs & FindArgs, context: Context, info: GraphQLResolveInfo): ReadList {
  const { loaders } = context;
  const [node] = info.fieldNodes as readonly [FieldNode];
  const ofRequest = askedBy.get(loaders) ?? new Map<FieldNode, Map<ManyEdge, ReadList>>();
  askedBy.set(loaders, ofRequest);
  const ofNode = ofRequest.get(node) ?? new Map<ManyEdge, ReadList>();
  ofRequest.set(node, ofNode);
  const asked = ofNode.get(edge) ?? readList(edge, args, context);
  ofNode.set(edge, asked);
  return asked;
}

function readList(edge: ManyEdge, args: PageArgs & FindArgs, context: Context): ReadList {
  const asked = askedOfEdge(edge, args, context);
  return { ...asked, rows: context.loaders.page(edge, asked.page, asked.find) };
}

/** A connection of objects, with what it is of: what is asked of all of them, not of its page alone, is asked of that. */
export type PageOf = ReadConnection<Node, { many: Many; parent: string | undefined }>;

/** A page of the far end of an edge; the total is counted only when it is asked for. */
export function resolveConnection(
  edge: ManyEdge,
  parent: Parent,
  args: PageArgs & FindArgs,
  context: Context,
  info: GraphQLResolveInfo,
): Soon<PageOf> {
  const { many, find, page, rows } = askedList(edge, args, context, info);
  const id = parent['id'] as string;
  const { loaders } = context;
  const reader: ListReader<Node> = {
    rows: () => rows.load(id),
    count: () => loaders.count(edge, find).load(id),
    isAny: (there) => after(loaders.page(edge, there, find).load(id), ({ more }) => more),
  };
  const value = new ReadConnection(page, reader, fieldOf(edge), { many, parent: id });
  // Of those that a filter has left out nobody has missed any.
  if (!context.explanations || find?.where) return value;
  return noteShortenedList(edge, parent, context, info).then(() => value);
}

/** A page of everything of a type. */
export async function resolveEverything(
  target: NodeClass,
  field: string,
  args: PageArgs & FindArgs,
  context: Context,
): Promise<PageOf> {
  return everything(askedOfAll(target, field, args, context), `Query.${field}`, context);
}

/** A page of everything of a type that the viewer has a role on. The rule of the field has made sure that it is on their account. */
export async function resolveHeld(
  { owner, field, target }: HeldConnection,
  args: PageArgs & FindArgs,
  context: Context,
): Promise<PageOf> {
  return everything(askedOfHeld(target(), args, context), `${nameOf(owner)}.${field}`, context);
}

function everything({ many, page }: AskedList, field: string, { loaders }: Context): PageOf {
  const reader: ListReader<Node> = {
    rows: () => loaders.everything(many, page),
    count: () => loaders.countEverything(many),
    isAny: (there) => after(loaders.everything(many, there), ({ more }) => more),
  };
  return new ReadConnection(page, reader, field, { many, parent: undefined });
}

/** A page of the record of publications of an object. */
export async function resolveHistory(
  { id }: { id: string },
  args: PageArgs,
  { loaders }: Context,
): Promise<ConnectionValue<object>> {
  const page = readPage(args, ['integer']);
  const reader: ListReader<object> = {
    rows: () => historyOf(loaders, page).load(id),
    count: () => historyCountOf(loaders).load(id),
    isAny: (there) => after(historyOf(loaders, there).load(id), ({ more }) => more),
  };
  return new ReadConnection<object>(page, reader, 'visibilityHistory', undefined);
}
