import { all, either, onlyWhere } from '../database/conditions';
import { name, sql, TRUE, type Alias, type Sql } from '../database/sql';
import { askedRows } from './asked';
import type { Page } from './page';
import { orderOf, partsBetween, type OrderingKey } from './places';
import type { Source } from './source';

/**
 * A page of what sources hold, no two of them the same; of one parent, `p.id`, where there is any. A part that follows another is
 * looked at only where that one does not fill the page.
 */
export function pageSql([first, second]: readonly [Source] | readonly [Source, Source], page: Page): Sql {
  const [ofFirst, ofSecond] = [partsBetween(first.keys, page), second && partsBetween(second.keys, page)];
  const part = (which: 0 | 1, ...conditions: readonly Sql[]): Sql => {
    const within = (parts: readonly Sql[]): Sql => all([parts[which]!, ...conditions]);
    return second
      ? partOfBoth(first, within(ofFirst), second, within(ofSecond!), page, which)
      : partOfOne(first, within(ofFirst), page, which, ofFirst.length > 1);
  };
  if (ofFirst.length === 1) return part(0);
  const left = sql`(SELECT count(*) FROM "near") < ${askedRows}`;
  return sql`WITH "near" AS MATERIALIZED (${part(0)})
    SELECT * FROM (SELECT * FROM "near" UNION ALL (${part(1, left)})) "both" ORDER BY "~part", "~row" LIMIT ${askedRows}`;
}

const number = [sql`0`, sql`1`] as const;

function partOfOne(source: Source, within: Sql, page: Page, which: 0 | 1, isOneOfSeveral: boolean): Sql {
  const { select, from, condition, keys, parent } = source;
  // Whether anything lies there at all is told by any of one parent's, of which there are not too many to look through.
  const order = parent && page.inclusive ? undefined : sql`ORDER BY ${orderOf(keys, page)}`;
  // One page in one part stays as it is ordered; counting its rows would keep the planner from the index that orders them.
  const row = order && (parent || isOneOfSeveral) ? sql`row_number() OVER (${order})` : sql`1`;
  return sql`SELECT ${select}, ${number[which]} AS "~part", ${row} AS "~row" FROM ${from}
    WHERE ${all([parent ? sql`${parent} = p.id` : TRUE, condition, within])} ${order ?? sql``} LIMIT ${askedRows}`;
}

/**
 * Of what the first source has for the page and what the second has, the page is cut. Nothing is asked of what is in the second
 * and would come after all of a page that the first has filled already.
 */
function partOfBoth(first: Source, inFirst: Sql, second: Source, inSecond: Sql, page: Page, which: 0 | 1): Sql {
  const [found, both] = [Symbol('found'), Symbol('both')];
  const rows = ({ select, from, keys }: Source, where: Sql): Sql =>
    sql`SELECT ${select} FROM ${from} WHERE ${where} ORDER BY ${orderOf(keys, page)} LIMIT ${askedRows}`;
  const comes = all([inSecond, mayCome(second.keys[0]!, found, first.keys, page)]);
  const order = sql`ORDER BY ${orderOf(named(first.keys, both), page)}`;
  return sql`WITH ${name(found)} AS MATERIALIZED (${rows(first, all([first.condition, inFirst]))})
    SELECT ${name(both)}.*, ${number[which]} AS "~part", row_number() OVER (${order}) AS "~row"
    FROM (SELECT * FROM ${name(found)} UNION ALL (${rows(second, onlyWhere(comes, second.condition))})) ${name(both)} ${order} LIMIT ${askedRows}`;
}

/** The keys of rows that were read, under an alias. */
const named = (keys: readonly OrderingKey[], alias: Alias): OrderingKey[] =>
  keys.map((key) => ({ ...key, expression: name(alias, key.property) }));

/** Holds where the page is not filled by what was found, and where by its first key something may come before the last of that. */
function mayCome(key: OrderingKey, found: Alias, keys: readonly OrderingKey[], page: Page): Sql {
  const order = orderOf(named(keys, found), { ...page, fromEnd: !page.fromEnd });
  const last = sql`(SELECT ${name(found, key.property)} FROM ${name(found)} ORDER BY ${order} LIMIT 1)`;
  const { expression, descending, nullable, asked } = key;
  const comesBefore = sql`${expression} ${descending === page.fromEnd ? sql`<=` : sql`>=`} ${last}`;
  const room = sql`(SELECT count(*) FROM ${name(found)}) < ${askedRows}`;
  if (!asked || !nullable) return either([room, comesBefore]);
  // What has nothing there stands at one end: before all of it comes what has something, and after that nothing but it.
  return asked.nullsFirst === page.fromEnd
    ? either([room, comesBefore, sql`${last} IS NULL`])
    : either([room, comesBefore, sql`${expression} IS NULL`]);
}
