import type { Node } from '../model/node';
import type { Cursor, Page } from './page';

/** A page as it was read: the objects with their cursors, and whether more lie beyond it. */
export interface PageRows<T extends object = Node> {
  entries: { node: T; cursor: Cursor }[];
  more: boolean;
}

/** A page was read with one row more than asked for, and from whichever end it was asked for. */
export function pageOf<T extends object>(page: Page, entries: PageRows<T>['entries']): PageRows<T> {
  const kept = entries.slice(0, page.size);
  if (page.fromEnd) kept.reverse();
  return { entries: kept, more: entries.length > page.size };
}
