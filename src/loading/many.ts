import type { Compiler } from '../access/compiler';
import { all, either } from '../database/conditions';
import { FALSE, join, name, NULL, sql, TRUE, value, type Alias, type Sql, type SqlType } from '../database/sql';
import { foundSql } from '../finding/sql';
import type { Find } from '../finding/find';
import type { OrderKey } from '../finding/order';
import { endsFor } from '../model/links';
import type { ManyEdge } from '../model/edges';
import { nameOf, type NodeClass } from '../model/node';
import { askedCursor, askedIds, askedRoom, askedRows } from './asked';
import type { Cursor, KeyKind, Page } from './page';
import type { Row } from './snapshot';
import type { Table, Tables } from './tables';

/** Many objects of one type: those at the far end of an edge, or (without an edge) all there are. */
export interface Many {
  target: NodeClass;
  edge: ManyEdge | undefined;
  /** Whether the SQL condition of the policy is needed: not where seeing the parent means seeing these. */
  filtered: boolean;
  /** Whether they are only those on which the viewer has a role. */
  held?: boolean;
  /** What is asked of them, and in what order. */
  find?: Find;
}

/** The column that says to which parent a row belongs; no property is ever called so. */
export const parentColumn = '~parent';

interface Key {
  kind: KeyKind;
  /** What orders, of the objects' table and of the join table. */
  expression: (t: Alias, l: Alias) => Sql;
  property: string;
  /** Whether it is left out of cursors, since a gap would tell of what is hidden there: it is looked up by the id. */
  lookedUp?: boolean;
  /** How it was asked to order; it does so from the least on, and holds no null, where nobody has asked. */
  asked?: OrderKey;
}

/** What orders by other than the id; one that may be empty comes last then. */
const columnKeys: Record<string, { kind: KeyKind; ifEmpty?: Sql }> = {
  order: { kind: 'integer' },
  startedAt: { kind: 'instant' },
  dateTime: { kind: 'instant?', ifEmpty: sql`'infinity'::timestamptz` },
  start: { kind: 'decimal?', ifEmpty: sql`'Infinity'::double precision` },
};

/** What orders many objects, the id last. */
function keysOf(many: Many, tables: Tables): Key[] {
  const { edge, target, filtered, find } = many;
  const table = tables[nameOf(target)];
  const byId: Key = { kind: 'id', expression: (t) => name(t, 'id'), property: 'id' };
  if (find?.order) return [...find.order.map((asked, place) => askedKey(asked, place, table)), byId];
  const keys: Key[] = [];
  if (edge && 'link' in edge.by && edge.by.link.ordered)
    keys.push({
      kind: 'integer',
      expression: (_t, l) => name(l, 'position'),
      property: '~position',
      lookedUp: filtered,
    });
  for (const property of edge?.orderBy ?? []) {
    const key = columnKeys[property];
    if (!key) throw new Error(`Nothing says how ${nameOf(target)}.${property} orders a list.`);
    const { kind, ifEmpty } = key;
    const expression: Key['expression'] = (t) => {
      const column = table.column(t, property);
      return ifEmpty ? sql`COALESCE(${column}, ${ifEmpty})` : column;
    };
    keys.push({ kind, expression, property });
  }
  return [...keys, byId];
}

function askedKey(asked: OrderKey, place: number, table: Table): Key {
  const { field, kind } = asked;
  const expression = (t: Alias): Sql => {
    const column = table.column(t, field);
    return kind === 'text' ? sql`folded(${column})` : column;
  };
  return { kind: kind === 'code' ? 'text?' : `${kind}?`, expression, property: `~key${place}`, asked };
}

export function keyKinds(many: Many, tables: Tables): KeyKind[] {
  return inCursors(keysOf(many, tables)).map(({ kind }) => kind);
}

/** The cursor of a row that a page statement returned. */
export function cursorOf(many: Many, tables: Tables, row: Row): Cursor {
  return inCursors(keysOf(many, tables)).map(({ property }) => {
    const value = row[property];
    return value instanceof Date ? value.toISOString() : (value as string | number | null);
  });
}

const inCursors = (keys: readonly Key[]): Key[] => keys.filter(({ lookedUp }) => !lookedUp);

/** Where many objects are read from. */
interface Source {
  /** The alias of their own table. */
  t: Alias;
  from: Sql;
  parent: Sql | undefined;
  keys: readonly { kind: KeyKind; expression: Sql; lookedUp: boolean; asked: OrderKey | undefined }[];
  select: Sql;
  condition: Sql;
  /** The position of an object in an ordered list, as far as the viewer sees it there; of any other, what is given. */
  positionOf: (id: Sql, otherwise: Sql) => Sql;
}

function sourceOf(many: Many, tables: Tables, compiler: Compiler): Source {
  const { edge, target, filtered, held = false, find } = many;
  const where = find?.where;
  const type = nameOf(target);
  const table = tables[type];
  const [t, l] = [Symbol(type), Symbol('link')];
  const conditionOn = (alias: Alias): Sql =>
    held ? compiler.rows(type, alias, 'MEMBER') : filtered ? compiler.rows(type, alias) : TRUE;
  const keys = keysOf(many, tables);
  const selected = keys
    .filter(({ asked }) => asked)
    .map((key) => sql`${key.expression(t, l)} AS ${name(key.property)}`);
  const source = {
    t,
    keys: keys.map(({ kind, expression, lookedUp = false, asked }) => ({
      kind,
      lookedUp,
      asked,
      expression: expression(t, l),
    })),
    condition: where ? foundSql(conditionOn(t), where.condition, compiler, type, t) : conditionOn(t),
    positionOf: (): Sql => NULL,
    select: join([table.columns(t), ...selected], ', '),
  };
  if (!edge) return { ...source, from: table.from(t), parent: undefined };
  if ('column' in edge.by) return { ...source, from: table.from(t), parent: table.column(t, edge.by.column) };
  const { link } = edge.by;
  const { near, far } = endsFor(link, edge.owner);
  const joined = (linkAlias: Alias, alias: Alias): Sql =>
    sql`${name(link.table)} ${name(linkAlias)} JOIN ${table.from(alias)} ON ${name(alias, 'id')} = ${name(linkAlias, far.column)}`;
  return {
    ...source,
    select: link.ordered ? sql`${source.select}, ${name(l, 'position')} AS "~position"` : source.select,
    from: joined(l, t),
    parent: name(l, near.column),
    positionOf: (id, otherwise) => {
      const [cl, ct] = [Symbol('link of cursor'), Symbol('cursor')];
      return sql`COALESCE((SELECT ${name(cl, 'position')} FROM ${joined(cl, ct)}
        WHERE ${name(cl, near.column)} = ${name(l, near.column)} AND ${name(ct, 'id')} = ${id} AND ${conditionOn(ct)}), ${otherwise})`;
    },
  };
}

/** How much of what is left out is looked at: more than is ever told. */
const mostLeftOut = sql`1001`;

/** What the policy leaves out at the far end, for many parents at once: ids only; perhaps only what somebody else sees. */
export function leftOutStatement(many: Many, tables: Tables, compiler: Compiler, seenBy: Compiler | undefined): Sql {
  const { t, from, parent, condition } = sourceOf(many, tables, compiler);
  const seen = seenBy ? seenBy.rows(nameOf(many.target), t) : TRUE;
  return sql`SELECT ${name(t, 'id')}, ${parent!} AS ${name(parentColumn)} FROM ${from}
    WHERE ${parent!} = ANY(${askedIds}) AND (${condition}) IS NOT TRUE AND ${seen} ORDER BY ${name(t, 'id')} LIMIT ${mostLeftOut}`;
}

/** The one page of everything, with one row more than asked for, which tells of a next page. */
export function pageStatement(many: Many, tables: Tables, compiler: Compiler, page: Page): Sql {
  const source = sourceOf(many, tables, compiler);
  const { from, select } = source;
  return sql`SELECT ${select} FROM ${from} WHERE ${within(source, page)} ORDER BY ${orderOf(source, page)} LIMIT ${askedRows}`;
}

/** One such page each for many parents; of all of them together no more than so many rows. */
export function pagesStatement(many: Many, tables: Tables, compiler: Compiler, page: Page): Sql {
  const source = sourceOf(many, tables, compiler);
  const { from, parent, select } = source;
  const order = orderOf(source, page);
  const one = sql`SELECT ${select}, row_number() OVER (ORDER BY ${order}) AS "~row" FROM ${from}
    WHERE ${parent!} = p.id AND ${within(source, page)} ORDER BY ${order} LIMIT ${askedRows}`;
  return sql`SELECT p.id AS ${name(parentColumn)}, page.* FROM unnest(${askedIds}) AS p(id) CROSS JOIN LATERAL (${one}) page
    ORDER BY page."~row" LIMIT ${askedRoom}`;
}

/** How many there are, for many parents at once (or, without an edge, of all). */
export function countStatement(many: Many, tables: Tables, compiler: Compiler): Sql {
  const { from, parent, condition } = sourceOf(many, tables, compiler);
  if (!parent) return sql`SELECT count(*) AS "count" FROM ${from} WHERE ${condition}`;
  return sql`SELECT ${parent} AS ${name(parentColumn)}, count(*) AS "count" FROM ${from}
    WHERE ${parent} = ANY(${askedIds}) AND ${condition} GROUP BY ${parent}`;
}

function orderOf({ keys }: Source, { fromEnd }: Page): Sql {
  return join(
    keys.map(({ expression, asked }) => {
      const direction = (asked?.descending ?? false) === fromEnd ? sql`ASC` : sql`DESC`;
      if (!asked) return sql`${expression} ${direction}`;
      return sql`${expression} ${direction} ${asked.nullsFirst === fromEnd ? sql`NULLS LAST` : sql`NULLS FIRST`}`;
    }),
    ', ',
  );
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

/** What the viewer sees, between the cursors. From an entry that has left an ordered list, the page begins anew at that end. */
function within(source: Source, page: Page): Sql {
  const { after, before } = page;
  if (source.keys.some(({ asked }) => asked))
    return all([source.condition, ...(['after', 'before'] as const).map((side) => beyondCursor(source, page, side))]);
  const row = tuple(source.keys.map(({ expression }) => expression));
  return all([
    source.condition,
    ...(after ? [sql`${row} > ${placeOf(source, 'after', sql`-1`)}`] : []),
    ...(before ? [sql`${row} < ${placeOf(source, 'before', sql`2147483647`)}`] : []),
  ]);
}

/**
 * Beyond a cursor in an order that was asked for: where the first keys are as in it, and the next one is further. Each is
 * compared by itself, since they may run in different directions, and null stands at either end.
 */
function beyondCursor({ keys }: Source, page: Page, side: 'after' | 'before'): Sql {
  const cursor = page[side];
  if (!cursor) return TRUE;
  const values = keys.map(({ kind }, place) => (cursor[place] === null ? NULL : value(cursor[place], types[kind])));
  const same = keys.map(({ expression }, place) =>
    cursor[place] === null ? sql`${expression} IS NULL` : sql`${expression} = ${values[place]!}`,
  );
  const further = keys.map(({ expression, asked }, place) => {
    const nullsAreFurther = (asked?.nullsFirst ?? false) === (side === 'before');
    if (cursor[place] === null) return nullsAreFurther ? FALSE : sql`${expression} IS NOT NULL`;
    const upwards = (asked?.descending ?? false) === (side === 'before');
    const beyond = sql`${expression} ${upwards ? sql`>` : sql`<`} ${values[place]!}`;
    return asked && nullsAreFurther ? sql`(${beyond} OR ${expression} IS NULL)` : beyond;
  });
  return either(keys.map((_, place) => all([...same.slice(0, place), further[place]!])));
}

function placeOf({ keys, positionOf }: Source, side: 'after' | 'before', otherwise: Sql): Sql {
  let place = 0;
  const id = askedCursor(side, -1, 'uuid');
  return tuple(
    keys.map(({ kind, lookedUp }) => {
      if (lookedUp) return positionOf(id, otherwise);
      return kind === 'id' ? id : askedCursor(side, place++, types[kind]);
    }),
  );
}

const tuple = (parts: Sql[]): Sql => sql`(${join(parts, ', ')})`;

/** What an edge is called where it is asked for. */
export const fieldOf = (edge: ManyEdge): string => `${nameOf(edge.owner)}.${edge.field}`;

/** The same of everything of a type. */
export const everythingOf = ({ target, filtered, held = false }: Many): string =>
  `of ${held ? 'held' : filtered ? 'seen' : 'every'} ${nameOf(target)}`;
