import { all, either, onlyWhere } from '../database/conditions';
import { beginningWith, join, name, sql, TRUE, type Alias, type Sql } from '../database/sql';
import { askedRows } from './asked';
import type { Page } from './page';
import { orderOf, partsBetween, type OrderingKey } from './places';
import type { Source } from './source';

/**
 * A page of what sources hold, no two of them the same; of one parent, `p.id`, where there is any. A part that follows another is
 * looked at only where that one does not fill the page.
 *
 * @param named what the statement begins with, in which the sources stand
 */
export function pageSql(sources: readonly [Source, ...Source[]], page: Page, named: readonly Sql[] = []): Sql {
  const parts = sources.map(({ keys }) => partsBetween(keys, page));
  const count = parts[0]!.length;
  const part = (which: 0 | 1, ...conditions: readonly Sql[]): Query => {
    const within = parts.map((of) => all([of[which]!, ...conditions]));
    return sources.length > 1
      ? partOfSeveral(sources, within, page, which)
      : { named: [], query: partOfOne(sources[0], within[0]!, page, which, count > 1) };
  };
  const near = part(0);
  if (count === 1) return beginningWith([...named, ...near.named], near.query);
  const far = part(1, sql`(SELECT count(*) FROM "near") < ${askedRows}`);
  return beginningWith(
    [...named, sql`"near" AS MATERIALIZED (${beginningWith(near.named, near.query)})`],
    sql`SELECT * FROM (SELECT * FROM "near" UNION ALL (${beginningWith(far.named, far.query)})) "both" ORDER BY "~part", "~row" LIMIT ${askedRows}`,
  );
}

/** A query, and what it begins with. */
interface Query {
  named: readonly Sql[];
  query: Sql;
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
 * Of what the first source has for the page and what the others have, the page is cut. Nothing is asked of what is in the others
 * and would come after all of a page that the first has filled already.
 */
function partOfSeveral(
  sources: readonly [Source, ...Source[]],
  within: readonly Sql[],
  page: Page,
  which: 0 | 1,
): Query {
  const [first, ...others] = sources;
  const [found, each] = [Symbol('found'), Symbol('each')];
  const rows = ({ select, from, keys }: Source, where: Sql): Sql =>
    sql`SELECT ${select} FROM ${from} WHERE ${where} ORDER BY ${orderOf(keys, page)} LIMIT ${askedRows}`;
  const ofOthers = others.map((source, place) => {
    if (source.isFew) return sql`(${rows(source, all([source.condition, within[place + 1]!]))})`;
    // Where it is only asked whether anything is there, the first that is found tells, whichever it is.
    if (page.inclusive) {
      const asked = onlyWhere(within[place + 1]!, source.condition);
      return sql`(${rows(source, all([isNotFilledBy(found), asked]))})`;
    }
    const comes = all([within[place + 1]!, mayCome(source.keys[0]!, found, first.keys, page)]);
    return sql`(${rows(source, onlyWhere(comes, source.condition))})`;
  });
  const order = sql`ORDER BY ${orderOf(readKeys(first.keys, each), page)}`;
  return {
    named: [sql`${name(found)} AS MATERIALIZED (${rows(first, all([first.condition, within[0]!]))})`],
    query: sql`SELECT ${name(each)}.*, ${number[which]} AS "~part", row_number() OVER (${order}) AS "~row"
      FROM (SELECT * FROM ${name(found)} UNION ALL ${join(ofOthers, ' UNION ALL ')}) ${name(each)} ${order} LIMIT ${askedRows}`,
  };
}

/** The keys of rows that were read, under an alias. */
const readKeys = (keys: readonly OrderingKey[], alias: Alias): OrderingKey[] =>
  keys.map((key) => ({ ...key, expression: name(alias, key.property) }));

const isNotFilledBy = (found: Alias): Sql => sql`(SELECT count(*) FROM ${name(found)}) < ${askedRows}`;

/** Holds where the page is not filled by what was found, and where by its first key something may come before the last of that. */
function mayCome(key: OrderingKey, found: Alias, keys: readonly OrderingKey[], page: Page): Sql {
  const order = orderOf(readKeys(keys, found), { ...page, fromEnd: !page.fromEnd });
  const last = sql`(SELECT ${name(found, key.property)} FROM ${name(found)} ORDER BY ${order} LIMIT 1)`;
  const { expression, descending, nullable, asked } = key;
  const comesBefore = sql`${expression} ${descending === page.fromEnd ? sql`<=` : sql`>=`} ${last}`;
  const room = isNotFilledBy(found);
  if (!asked || !nullable) return either([room, comesBefore]);
  // What has nothing there stands at one end: before all of it comes what has something, and after that nothing but it.
  return asked.nullsFirst === page.fromEnd
    ? either([room, comesBefore, sql`${last} IS NULL`])
    : either([room, comesBefore, sql`${expression} IS NULL`]);
}
