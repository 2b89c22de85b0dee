import type { Find } from '../finding/find';
import type { ManyEdge } from '../model/edges';
import type { NodeName } from '../model/ids';
import { everythingOf, fieldOf, type Many } from './many';
import type { Page } from './page';

/*
 * What loaders are called in a request. Whoever reads something before it is asked for puts it under the name of the loader that
 * would look it up: see soon.ts and planning/.
 */

export const visibleName = (type: NodeName): string => `visible ${type}`;
export const plainName = (type: NodeName): string => `plain ${type}`;
export const ruledName = (type: NodeName): string => `ruled ${type}`;

export function pageName(edge: ManyEdge, page: Page, find: Find | undefined): string {
  return `page ${fieldOf(edge)} ${JSON.stringify(page)} ${find?.key}`;
}

export function countName(edge: ManyEdge, find: Find | undefined): string {
  return `count ${fieldOf(edge)} ${find?.key}`;
}

/** Everything of a type is one list, and so its page and its number are found under no id. */
export const ofAll = '';

export function everythingName(many: Many, page: Page): string {
  return `page ${everythingOf(many)} ${JSON.stringify(page)} ${many.find?.key}`;
}

export function countOfEverythingName(many: Many): string {
  return `count ${everythingOf(many)} ${many.find?.key}`;
}
