import type { Many } from '../loading/many';
import { shapeOf as shapeOfPage } from '../loading/asked';
import type { Page } from '../loading/page';
import type { ReferenceEdge } from '../model/edges';
import type { NodeName } from '../model/ids';

/** What is read of all objects of a type, wherever in an operation they stand: so they are whole, whoever meets them. */
export interface ReadOfType {
  /** The properties that are read with the row. */
  columns: Set<string>;
  /** The fields in columns behind a rule each. */
  ruled: Set<string>;
}

/** What is read of an object, and of what it leads to. */
export interface ObjectPlan {
  type: NodeName;
  read: ReadOfType;
  references: Map<string, ReferencePlan>;
  lists: Map<string, ListPlan>;
  counts: Map<string, CountPlan>;
}

/** The one object behind a foreign key. */
export interface ReferencePlan {
  edge: ReferenceEdge;
  /** Whether only what the viewer sees is read. */
  guarded: boolean;
  object: ObjectPlan;
}

/** What is asked of a page beyond its objects, wherever in an operation it stands: the same page of one object may be met twice. */
export interface WantedOfPage {
  /** Whether there is more than is on it. */
  more: boolean;
  cursors: boolean;
}

/** A page of a list: of an object's, or of everything of a type. */
export interface ListPlan {
  many: Many;
  page: Page;
  /** Its place among the pages of the plan, which are values of the statement. */
  place: number;
  wants: WantedOfPage;
  object: ObjectPlan;
}

export interface CountPlan {
  many: Many;
}

/** What a statement begins at: objects by their ids, everything of a type, or its number. */
export type Root =
  | { kind: 'objects'; type: NodeName; ids: Set<string>; guarded: boolean; object: ObjectPlan }
  | { kind: 'everything'; list: ListPlan }
  | { kind: 'count'; count: CountPlan };

/** What is read for an operation, in one statement, before it is executed. */
export interface Plan {
  roots: readonly Root[];
  pages: readonly Page[];
  /** Whether nothing else will be read for the operation: then the statement is its own snapshot. */
  isWhole: boolean;
  /** Whether its statement is of this request alone: it holds values that were asked with. */
  isOneOff: boolean;
}

/** How many rows the statement of a plan could read: pages are full, and each leads to others. */
export function mostRows({ roots }: Plan): number {
  return roots.reduce((sum, root) => sum + rowsOfRoot(root), 0);
}

function rowsOfRoot(root: Root): number {
  if (root.kind === 'count') return 1;
  return root.kind === 'objects' ? root.ids.size * rowsOf(root.object) : rowsOfList(root.list);
}

function rowsOf({ references, lists, counts }: ObjectPlan): number {
  let rows = 1 + counts.size;
  for (const { object } of references.values()) rows += rowsOf(object);
  for (const list of lists.values()) rows += rowsOfList(list);
  return rows;
}

const rowsOfList = (list: ListPlan): number => rowsRead(list) * rowsOf(list.object);

/** A row more than asked for tells of a next page. */
export const rowsRead = ({ page, wants }: ListPlan): number => page.size + (wants.more ? 1 : 0);

/** All that the text of a plan's statement depends on, beside the viewer. */
export function shapeOf({ roots }: Plan): string {
  return `plan ${roots.map(shapeOfRoot).join(' ')}`;
}

function shapeOfRoot(root: Root): string {
  switch (root.kind) {
    case 'objects':
      return `${root.guarded ? 'seen' : 'every'} ${root.ids.size === 1 ? 'one' : 'some'} ${shapeOfObject(root.object)}`;
    case 'everything':
      return `all ${shapeOfList(root.list)}`;
    case 'count':
      return `number ${shapeOfMany(root.count)}`;
  }
}

function shapeOfObject({ type, read, references, lists, counts }: ObjectPlan): string {
  const parts = [`${type} ${[...read.columns].join()}`, [...read.ruled].join()];
  for (const { edge, guarded, object } of references.values())
    parts.push(`${edge.field}${guarded ? '?' : ''} ${shapeOfObject(object)}`);
  for (const [, list] of lists) parts.push(shapeOfList(list));
  for (const [, count] of counts) parts.push(`number ${shapeOfMany(count)}`);
  return `(${parts.join(';')})`;
}

function shapeOfList(list: ListPlan): string {
  // Its place as well: its cursors are found by that when the statement is run.
  const asked = `${rowsRead(list)}${list.wants.cursors ? '*' : ''}@${list.place}`;
  return `${shapeOfMany(list)} ${shapeOfPage(list.page)} ${asked} ${shapeOfObject(list.object)}`;
}

function shapeOfMany({ many }: CountPlan): string {
  const { edge, target, filtered, held, find } = many;
  return `${edge ? edge.field : target.name} ${filtered} ${held} ${find?.key ?? ''}`;
}
