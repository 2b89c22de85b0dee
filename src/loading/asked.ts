import type { ForViewer } from '../access/composed';
import { later, type Sql, type SqlType, type Statement } from '../database/sql';
import type { Page } from './page';

/** What the statements of the loaders are run with. Their text depends on none of it. */
export interface Asked extends ForViewer {
  /** The ids of what is looked up, or of what has the lists. */
  ids: readonly string[];
  page?: Page;
  /** Where it stops: as many rows as that are more than may be handed out. */
  room?: number;
  /** Of how many groups it is told how many objects are in each. */
  groups?: number;
}

/** A statement with what it is run with. */
export interface Question {
  statement: Statement<Asked>;
  asked: Asked;
  /** It is composed for this request alone, and not prepared: there is no end of others like it. */
  isOneOff?: boolean;
}

export const askedIds = later<Asked>(({ ids }) => ids, 'uuid[]');
/** A page is read with one row more than asked for, which tells of a next page. */
export const askedRows = later<Asked>(({ page }) => page!.size + 1, 'bigint');
export const askedGroups = later<Asked>(({ groups }) => groups, 'bigint');
export const askedRoom = later<Asked>(({ room }) => room, 'integer');

/** A value of one of the cursors that a page lies between, from the first or, below zero, the last; without one it is endless. */
export function askedCursor(which: 'after' | 'before', place: number, type: SqlType): Sql {
  return later<Asked>(({ page }) => page![which]!.at(place) ?? 'infinity', type);
}

/** What of a page the text of its statement depends on. */
export function shapeOf({ fromEnd, after, before, inclusive }: Page): string {
  const cursors = [...(after ? ['after'] : []), ...(before ? ['before'] : []), ...(inclusive ? ['inclusive'] : [])];
  return [fromEnd ? 'last' : 'first', ...cursors].join(' ');
}
