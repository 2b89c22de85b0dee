import type { Access } from '../access/access';
import { readFind, type Find, type FindArgs } from '../finding/find';
import { newestFirst } from '../finding/order';
import type { PageArgs } from '../model/connection';
import type { ManyEdge } from '../model/edges';
import { nameOf, type NodeClass } from '../model/node';
import { keyKinds, type Many } from './many';
import { readPage, type Page } from './page';
import type { Tables } from './tables';

/** What a field asks of a list, as its resolver reads it, and whoever reads ahead of that. */
export interface AskedList {
  many: Many;
  find: Find | undefined;
  page: Page;
}

interface Given {
  access: Access;
  tables: Tables;
}

/** Of the far ends of an edge, whosever. Throws BAD_USER_INPUT. */
export function askedOfEdge(edge: ManyEdge, args: PageArgs & FindArgs, { access, tables }: Given): AskedList {
  const target = edge.target();
  const find = readFind(nameOf(target), args);
  const filtered = access.isFiltered(nameOf(edge.owner), edge.field);
  return paged({ edge, target, filtered }, find, args, tables);
}

/** Of everything of a type, at a field of `Query`. Throws BAD_USER_INPUT. */
export function askedOfAll(target: NodeClass, field: string, args: PageArgs & FindArgs, given: Given): AskedList {
  const filtered = given.access.isFiltered('Query', field);
  return askedOfEverything({ edge: undefined, target, filtered }, args, given);
}

/** Of everything of a type that the viewer has a role on. Throws BAD_USER_INPUT. */
export function askedOfHeld(target: NodeClass, args: PageArgs & FindArgs, given: Given): AskedList {
  return askedOfEverything({ edge: undefined, target, filtered: true, held: true }, args, given);
}

function askedOfEverything(of: Many, args: PageArgs & FindArgs, { tables }: Given): AskedList {
  const type = nameOf(of.target);
  return paged(of, readFind(type, args, newestFirst[type]), args, tables);
}

function paged(of: Many, find: Find | undefined, args: PageArgs, tables: Tables): AskedList {
  const many: Many = { ...of, ...(find && { find }) };
  return { many, find, page: readPage(args, keyKinds(many, tables), find?.key) };
}
