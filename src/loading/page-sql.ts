import { all, either, onlyWhere } from '../database/conditions';
import { beginningWith, join, name, sql, TRUE, type Alias, type Sql } from '../database/sql';
import { askedCursor, askedRows } from './asked';
import type { Page } from './page';
import { orderOf, partsBetween, type CursorSql, type OrderingKey } from './places';
import type { Source } from './source';

/** Of which parent a page is read, where there is any, and what stands in the statement for what is known when it is run. */
export interface PageAsked {
  parent?: Sql;
  rows: Sql;
  cursor: CursorSql;
  /** Whether each row says where it stands: pages of many parents come in one list. */
  isNumbered: boolean;
}

export const askedAlone: PageAsked = { rows: askedRows, cursor: askedCursor, isNumbered: false };

/**
 * A page of what sources hold, no two of them the same; of one parent, where there is any. A part that follows another is
 * looked at only where that one does not fill the page.
 *
 * @param named what the statement begins with, in which the sources stand
 */
export function pageSql(
  sources: readonly [Source, ...Source[]],
  page: Page,
  asked: PageAsked,
  named: readonly Sql[] = [],
): Sql {
  const parts = sources.map(({ keys }) => partsBetween(keys, page, asked.cursor));
  const count = parts[0]!.length;
  const part = (which: 0 | 1, ...conditions: readonly Sql[]): Query => {
    const within = parts.map((of) => all([of[which]!, ...conditions]));
    return sources.length > 1
      ? partOfSeveral(sources, within, page, asked.rows, which)
      : { named: [], query: partOfOne(sources[0], within[0]!, page, asked, which, count > 1) };
  };
  const near = part(0);
  if (count === 1) return beginningWith([...named, ...near.named], near.query);
  const far = part(1, sql`(SELECT count(*) FROM "near") < ${asked.rows}`);
  return beginningWith(
    [...named, sql`"near" AS MATERIALIZED (${beginningWith(near.named, near.query)})`],
    sql`SELECT * FROM (SELECT * FROM "near" UNION ALL (${beginningWith(far.named, far.query)})) "both" ORDER BY "~part", "~row" LIMIT ${asked.rows}`,
  );
}

/** A query, and what it begins with. */
interface Query {
  named: readonly Sql[];
  query: Sql;
}

const number = [sql`0`, sql`1`] as const;

const selectOf = ({ columns, keyColumns }: Source): Sql => join([columns, ...keyColumns], ', ');

function partOfOne(
  source: Source,
  within: Sql,
  page: Page,
  asked: PageAsked,
  which: 0 | 1,
  isOneOfSeveral: boolean,
): Sql {
  const { from, condition, keys, parent } = source;
  // Whether anything lies there at all is told by any of one parent's, of which there are not too many to look through.
  const order = parent && page.inclusive ? undefined : sql`ORDER BY ${orderOf(keys, page)}`;
  // One page in one part stays as it is ordered; counting its rows would keep the planner from the index that orders them.
  const row = order && (asked.isNumbered || isOneOfSeveral) ? sql`row_number() OVER (${order})` : sql`1`;
  return sql`SELECT ${selectOf(source)}, ${number[which]} AS "~part", ${row} AS "~row" FROM ${from}
    WHERE ${all([parent ? sql`${parent} = ${asked.parent!}` : TRUE, condition, within])} ${order ?? sql``} LIMIT ${asked.rows}`;
}

/**
 * Of what the first source has for the page and what the others have, the page is cut. Nothing is asked of what is in the others
 * and would come after all of a page that the first has filled already.
 */
function partOfSeveral(
  sources: readonly [Source, ...Source[]],
  within: readonly Sql[],
  page: Page,
  most: Sql,
  which: 0 | 1,
): Query {
  const [first, ...others] = sources;
  const [found, each] = [Symbol('found'), Symbol('each')];
  const rows = (source: Source, where: Sql): Sql =>
    sql`SELECT ${selectOf(source)} FROM ${source.from} WHERE ${where} ORDER BY ${orderOf(source.keys, page)} LIMIT ${most}`;
  const ofOthers = others.map((source, place) => {
    if (source.isFew) return sql`(${rows(source, all([source.condition, within[place + 1]!]))})`;
    // Where it is only asked whether anything is there, the first that is found tells, whichever it is.
    if (page.inclusive) {
      const asked = onlyWhere(within[place + 1]!, source.condition);
      return sql`(${rows(source, all([isNotFilledBy(found, most), asked]))})`;
    }
    const comes = all([within[place + 1]!, mayCome(source.keys[0]!, found, first.keys, page, most)]);
    return sql`(${rows(source, onlyWhere(comes, source.condition))})`;
  });
  const order = sql`ORDER BY ${orderOf(readKeys(first.keys, each), page)}`;
  return {
    named: [sql`${name(found)} AS MATERIALIZED (${rows(first, all([first.condition, within[0]!]))})`],
    query: sql`SELECT ${name(each)}.*, ${number[which]} AS "~part", row_number() OVER (${order}) AS "~row"
      FROM (SELECT * FROM ${name(found)} UNION ALL ${join(ofOthers, ' UNION ALL ')}) ${name(each)} ${order} LIMIT ${most}`,
  };
}

/** The keys of rows that were read, under an alias. */
const readKeys = (keys: readonly OrderingKey[], alias: Alias): OrderingKey[] =>
  keys.map((key) => ({ ...key, expression: name(alias, key.property) }));

const isNotFilledBy = (found: Alias, most: Sql): Sql => sql`(SELECT count(*) FROM ${name(found)}) < ${most}`;

/** Holds where the page is not filled by what was found, and where by its first key something may come before the last of that. */
function mayCome(key: OrderingKey, found: Alias, keys: readonly OrderingKey[], page: Page, most: Sql): Sql {
  const order = orderOf(readKeys(keys, found), { ...page, fromEnd: !page.fromEnd });
  const last = sql`(SELECT ${name(found, key.property)} FROM ${name(found)} ORDER BY ${order} LIMIT 1)`;
  const { expression, descending, nullable, asked } = key;
  const comesBefore = sql`${expression} ${descending === page.fromEnd ? sql`<=` : sql`>=`} ${last}`;
  const room = isNotFilledBy(found, most);
  if (!asked || !nullable) return either([room, comesBefore]);
  // What has nothing there stands at one end: before all of it comes what has something, and after that nothing but it.
  return asked.nullsFirst === page.fromEnd
    ? either([room, comesBefore, sql`${last} IS NULL`])
    : either([room, comesBefore, sql`${expression} IS NULL`]);
}
