import type { Compiler } from '../access/compiler';
import { all } from '../database/conditions';
import { name, sql, TRUE, type Alias, type Sql } from '../database/sql';
import { durationOrder } from '../finding/duration-sql';
import type { OrderKind } from '../finding/orderable';
import { foundSql } from '../finding/sql';
import type { Find } from '../finding/find';
import type { OrderKey } from '../finding/order';
import { endsFor } from '../model/links';
import type { ManyEdge } from '../model/edges';
import { nameOf, type NodeClass } from '../model/node';
import { askedIds, askedRoom } from './asked';
import type { Cursor, KeyKind, Page } from './page';
import { askedAlone, pageSql, type PageAsked } from './page-sql';
import type { Row } from './snapshot';
import type { Source } from './source';
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
  descending?: boolean;
  /** How it was asked to order; it holds no null where nobody has asked. */
  asked?: OrderKey;
  /** Whether there are rows that have nothing there. */
  nullable?: boolean;
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
  // In a join table an index has the ids in order for each near end; its own table would be read from its beginning.
  const idOf: Key['expression'] = (t, l) =>
    edge && 'link' in edge.by ? name(l, endsFor(edge.by.link, edge.owner).far.column) : name(t, 'id');
  const byId: Key = { kind: 'id', expression: idOf, property: 'id' };
  if (find?.order) {
    const keys = find.order.map((asked, place) => askedKey(asked, place, table));
    // The id runs as the last of them does: then a range of an index holds all that lies beyond a cursor.
    return [...keys, { ...byId, descending: find.order.at(-1)!.descending }];
  }
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
  return {
    kind: keyKindOf(kind),
    expression: (t) => ordering(kind, table.column(t, field)),
    property: `~key${place}`,
    asked,
    descending: asked.descending,
    // Of a text that is no duration nothing is known.
    nullable: kind === 'duration' || table.isNullable(field),
  };
}

function keyKindOf(kind: OrderKind): KeyKind {
  if (kind === 'duration') return 'decimal?';
  return kind === 'code' ? 'text?' : `${kind}?`;
}

function ordering(kind: OrderKind, column: Sql): Sql {
  if (kind === 'duration') return durationOrder(column);
  return kind === 'text' ? sql`folded(${column})` : column;
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

/** @param seen which of them the viewer sees, where that is not what the policy says of all */
export function sourceOf(many: Many, tables: Tables, compiler: Compiler, seen?: (alias: Alias) => Sql): Source {
  const { edge, target, filtered, find } = many;
  const where = find?.where;
  const type = nameOf(target);
  const table = tables[type];
  const [t, l] = [Symbol(type), Symbol('link')];
  const conditionOn = seen ?? ((alias: Alias): Sql => (filtered ? compiler.rows(type, alias) : TRUE));
  const keys = keysOf(many, tables);
  const selected = keys
    .filter(({ asked }) => asked)
    .map((key) => sql`${key.expression(t, l)} AS ${name(key.property)}`);
  const source = {
    t,
    keys: keys.map(({ kind, expression, property, lookedUp, descending = false, asked, nullable = false }) => ({
      ...{ kind, property, descending, asked, nullable },
      expression: expression(t, l),
      lookedUp: lookedUp ? (id: Sql, otherwise: Sql) => positionOf(id, otherwise) : undefined,
    })),
    condition: where ? foundSql(conditionOn(t), where.condition, compiler, type, t) : conditionOn(t),
    keyColumns: selected,
    columns: table.columns(t),
  };
  const own = table.from(t);
  if (!edge) return { ...source, from: own, counted: own, parent: undefined };
  if ('column' in edge.by) return { ...source, from: own, counted: own, parent: table.column(t, edge.by.column) };
  const { link } = edge.by;
  const { near, far } = endsFor(link, edge.owner);
  const joined = (linkAlias: Alias, alias: Alias): Sql =>
    sql`${name(link.table)} ${name(linkAlias)} JOIN ${table.from(alias)} ON ${name(alias, 'id')} = ${name(linkAlias, far.column)}`;
  /** The position of an object in an ordered list, as far as the viewer sees it there; of any other, what is given. */
  const positionOf = (id: Sql, otherwise: Sql): Sql => {
    const [cl, ct] = [Symbol('link of cursor'), Symbol('cursor')];
    return sql`COALESCE((SELECT ${name(cl, 'position')} FROM ${joined(cl, ct)}
      WHERE ${name(cl, near.column)} = ${name(l, near.column)} AND ${name(ct, 'id')} = ${id} AND ${conditionOn(ct)}), ${otherwise})`;
  };
  return {
    ...source,
    keyColumns: link.ordered ? [...selected, sql`${name(l, 'position')} AS "~position"`] : selected,
    from: joined(l, t),
    counted: source.condition === TRUE ? sql`${name(link.table)} ${name(l)}` : joined(l, t),
    parent: name(l, near.column),
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

const ofParents: PageAsked = { ...askedAlone, parent: sql`p.id`, isNumbered: true };

/** One such page each for many parents; of all of them together no more than so many rows. */
export function pagesStatement(many: Many, tables: Tables, compiler: Compiler, page: Page): Sql {
  const one = pageSql([sourceOf(many, tables, compiler)], page, ofParents);
  return sql`SELECT p.id AS ${name(parentColumn)}, page.* FROM unnest(${askedIds}) AS p(id) CROSS JOIN LATERAL (${one}) page
    ORDER BY page."~part", page."~row" LIMIT ${askedRoom}`;
}

/** How many there are, for many parents at once. */
export function countStatement(many: Many, tables: Tables, compiler: Compiler): Sql {
  const { counted, parent, condition } = sourceOf(many, tables, compiler);
  return sql`SELECT ${parent!} AS ${name(parentColumn)}, count(*) AS "count" FROM ${counted}
    WHERE ${parent!} = ANY(${askedIds}) AND ${condition} GROUP BY ${parent!}`;
}

/** How many there are of one parent. */
export function countOfOne(many: Many, tables: Tables, compiler: Compiler, near: Sql): Sql {
  const { counted, parent, condition } = sourceOf(many, tables, compiler);
  return sql`SELECT count(*) AS "count" FROM ${counted} WHERE ${all([sql`${parent!} = ${near}`, condition])}`;
}

/** What of the rows of a list stands in its cursors: as what each row has it, and its column under an alias of such rows. */
export function cursorKeys(
  many: Many,
  tables: Tables,
): { property: string; kind: KeyKind; column: (row: Alias) => Sql }[] {
  const table = tables[nameOf(many.target)];
  return inCursors(keysOf(many, tables)).map(({ property, kind }) => ({
    ...{ property, kind },
    column: (row) => (property.startsWith('~') ? name(row, property) : table.column(row, property)),
  }));
}

/** What an edge is called where it is asked for. */
export const fieldOf = (edge: ManyEdge): string => `${nameOf(edge.owner)}.${edge.field}`;

/** The same of everything of a type. */
export const everythingOf = ({ target, filtered, held = false }: Many): string =>
  `of ${held ? 'held' : filtered ? 'seen' : 'every'} ${nameOf(target)}`;
