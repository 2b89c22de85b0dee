import { all, either } from '../database/conditions';
import { join, NULL, sql, TRUE, value, type Sql, type SqlType } from '../database/sql';
import type { OrderKey } from '../finding/order';
import type { Cursor, KeyKind, Page } from './page';

/** What orders a list, as it stands in a statement. */
export interface OrderingKey {
  kind: KeyKind;
  expression: Sql;
  /** What the value is called in the rows that are read. */
  property: string;
  /** Whether it is left out of cursors, and looked up by the id: its position, as far as the viewer sees it there; else what is given. */
  lookedUp: ((id: Sql, otherwise: Sql) => Sql) | undefined;
  descending: boolean;
  /** How it was asked to order; it holds no null where nobody has asked. */
  asked: OrderKey | undefined;
  /** Whether there are rows that have nothing there. */
  nullable: boolean;
}

export type Side = 'after' | 'before';

/** A value of a cursor that is known only when the statement is run: see `askedCursor`. */
export type CursorSql = (side: Side, place: number, type: SqlType) => Sql;

/** The order in which a page is read: from its end, everything turns round. */
export function orderOf(keys: readonly OrderingKey[], { fromEnd }: Page): Sql {
  const each = keys.map(({ expression, descending, asked, nullable }) => {
    const direction = descending === fromEnd ? sql`ASC` : sql`DESC`;
    // Where there are no nulls, nothing is said of them: an index then serves both directions.
    if (!asked || !nullable) return sql`${expression} ${direction}`;
    return sql`${expression} ${direction} ${asked.nullsFirst === fromEnd ? sql`NULLS LAST` : sql`NULLS FIRST`}`;
  });
  return join(each, ', ');
}

/**
 * What lies between the cursors of a page, in parts that follow each other: what has nothing in the first key stands at one
 * end of an order, and is a part of its own, since no range of an index holds it together with the rest.
 */
export function partsBetween(keys: readonly OrderingKey[], page: Page, cursor: CursorSql): Sql[] {
  if (!keys.some(({ asked }) => asked)) return [betweenPlaces(keys, page, cursor)];
  const [near, far]: [Side, Side] = page.fromEnd ? ['before', 'after'] : ['after', 'before'];
  const end = new Beyond(keys, page, far).condition();
  return new Beyond(keys, page, near).parts().map((part) => all([part, end]));
}

const types: Record<KeyKind, SqlType> = {
  integer: 'integer',
  instant: 'timestamptz',
  'instant?': 'timestamptz',
  'decimal?': 'double precision',
  'text?': 'text',
  'day?': 'date',
  'count?': 'bigint',
  id: 'uuid',
};

/** In the order that a list has by itself, which is one comparison. From an entry that has left an ordered list, the page begins anew at that end. */
function betweenPlaces(
  keys: readonly OrderingKey[],
  { after, before, inclusive = false }: Page,
  cursor: CursorSql,
): Sql {
  const row = tuple(keys.map(({ expression }) => expression));
  // With its cursor, a page is what another page leaves out, which has the cursor at its other end.
  const or = inclusive ? sql`=` : sql``;
  const [start, end] = inclusive ? [sql`2147483647`, sql`-1`] : [sql`-1`, sql`2147483647`];
  return all([
    ...(after ? [sql`${row} >${or} ${placeOf(keys, cursor, 'after', start)}`] : []),
    ...(before ? [sql`${row} <${or} ${placeOf(keys, cursor, 'before', end)}`] : []),
  ]);
}

function placeOf(keys: readonly OrderingKey[], cursor: CursorSql, side: Side, otherwise: Sql): Sql {
  let place = 0;
  const id = cursor(side, -1, 'uuid');
  return tuple(
    keys.map(({ kind, lookedUp }) => {
      if (lookedUp) return lookedUp(id, otherwise);
      return kind === 'id' ? id : cursor(side, place++, types[kind]);
    }),
  );
}

/**
 * What lies beyond a cursor in an order that was asked for. Keys that run in one direction are compared as one row, which is a
 * range of an index; where the next one runs in the other, the range of the first still bounds what is looked at.
 */
class Beyond {
  private readonly cursor: Cursor | undefined;
  private readonly values: readonly Sql[];

  constructor(
    private readonly keys: readonly OrderingKey[],
    private readonly page: Page,
    private readonly side: Side,
  ) {
    this.cursor = page[side];
    this.values = keys.map(({ kind }, place) => {
      const given = this.cursor?.[place] ?? null;
      return given === null ? NULL : value(given, types[kind]);
    });
  }

  condition(): Sql {
    return this.cursor ? either(this.beyond(0)) : TRUE;
  }

  /** The same in parts that follow each other. */
  parts(): Sql[] {
    return this.cursor ? this.beyond(0) : [TRUE];
  }

  /** Beyond the cursor from one key on, where those before are as in it. */
  private beyond(place: number): Sql[] {
    const { expression } = this.keys[place]!;
    if (this.isNull(place)) {
      const among = all([sql`${expression} IS NULL`, either(this.beyond(place + 1))]);
      return this.hasNullsBeyond(place) ? [among] : [among, sql`${expression} IS NOT NULL`];
    }
    return this.hasNullsBeyond(place) ? [this.further(place), sql`${expression} IS NULL`] : [this.further(place)];
  }

  private further(place: number): Sql {
    const comparison = this.runsUpwards(place) ? sql`>` : sql`<`;
    if (this.areOneRow(place)) {
      const or = this.page.inclusive ? sql`=` : sql``;
      const row = tuple(this.keys.slice(place).map(({ expression }) => expression));
      return sql`${row} ${comparison}${or} ${tuple(this.values.slice(place))}`;
    }
    const [key, given] = [this.keys[place]!.expression, this.values[place]!];
    const same = all([sql`${key} = ${given}`, either(this.beyond(place + 1))]);
    return all([sql`${key} ${comparison}= ${given}`, either([sql`${key} ${comparison} ${given}`, same])]);
  }

  /** Whether all keys from one on can be compared at once: in one direction, and none holds nulls that lie beyond. */
  private areOneRow(from: number): boolean {
    return this.keys.every(
      (_, place) =>
        place <= from ||
        (this.runsUpwards(place) === this.runsUpwards(from) && !this.isNull(place) && !this.hasNullsBeyond(place)),
    );
  }

  private isNull(place: number): boolean {
    return this.values[place] === NULL;
  }

  private runsUpwards(place: number): boolean {
    return this.keys[place]!.descending === (this.side === 'before');
  }

  /** Of nulls themselves: whether nothing but they is left. */
  private hasNullsBeyond(place: number): boolean {
    const { nullable, asked } = this.keys[place]!;
    return nullable && asked !== undefined && asked.nullsFirst === (this.side === 'before');
  }
}

const tuple = (parts: readonly Sql[]): Sql => sql`(${join([...parts], ', ')})`;
