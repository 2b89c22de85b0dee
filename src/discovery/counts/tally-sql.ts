import type { Compiler } from '../../access/compiler';
import { all } from '../../database/conditions';
import { beginningWith, join, name, sql, text, type Sql } from '../../database/sql';
import { armsOf } from '../../loading/arms';
import { askedGroups, askedIds } from '../../loading/asked';
import { parentColumn, sourceOf, type Many } from '../../loading/many';
import type { Source } from '../../loading/source';
import type { Tables } from '../../loading/tables';
import type { NodeName } from '../../model/ids';
import { nameOf } from '../../model/node';
import { mostCounted } from '../count';
import type { Facet } from './facets';
import { valuesOf } from './values-sql';

/** What objects are counted by: one facet, or several at once. */
export interface Tally {
  facets: readonly Facet[];
  /** Whether those without a value are told apart, and in no group. */
  setsMissingApart: boolean;
}

/** What counts by one facet alone. */
export const eachByItself = (facet: Facet): Tally => ({ facets: [facet], setsMissingApart: true });

/** One row for each tally and parent, as the statement returns it. */
export interface TallyRow {
  tally: number;
  /** Of each group how many objects are in it, then the key and the label of each facet. */
  groups: (readonly [count: number, ...keys: (string | null)[]])[] | null;
  /** How many objects are in a group that is not told of. */
  others: number;
  missing: number;
  /** How many were counted, and whether there are more. */
  counted: number;
  more: boolean;
}

const looked = sql`${text(String(mostCounted))}::bigint`;
/** One more tells that there are too many. */
const mostHits = sql`${text(String(mostCounted + 1))}::bigint`;

/** Of so many combinations of what objects have groups are made: one object may have thousands of values of several facets. */
const mostCombined = sql`1000000`;

/** Stands for the parent of everything, which has none. */
export const noParent = sql`'00000000-0000-0000-0000-000000000000'::uuid`;

/**
 * Counts many objects, by several tallies in one statement: those that the viewer sees and that are found, the first in the order of
 * ids where there are too many. Which are counted does not depend on what is hidden, nor on where rows lie.
 */
export function talliesStatement(many: Many, tables: Tables, compiler: Compiler, tallies: readonly Tally[]): Sql {
  const hits = hitsOf(many, tables, compiler);
  return talliesOf(hits, nameOf(many.target), compiler, tallies);
}

/** What is counted: of each parent the id of each object, and its place among them. */
function hitsOf(many: Many, tables: Tables, compiler: Compiler): Sql {
  const placed = (ids: Sql): Sql => sql`SELECT "id", row_number() OVER (ORDER BY "id") AS "place" FROM (${ids}) each`;
  if (!many.edge) {
    const { named, sources } = armsOf(many, tables, compiler);
    const first = sources.map((source) => sql`(${firstOf(source)})`);
    const ids = beginningWith(
      named,
      sql`SELECT "id" FROM (${join(first, ' UNION ALL ')}) each ORDER BY "id" LIMIT ${mostHits}`,
    );
    return sql`SELECT ${noParent} AS "parent", hit.* FROM (${placed(ids)}) hit`;
  }
  const source = sourceOf(many, tables, compiler);
  const ids = firstOf({ ...source, condition: all([sql`${source.parent!} = p.id`, source.condition]) });
  return sql`SELECT p.id AS "parent", hit.* FROM unnest(${askedIds}) AS p(id) CROSS JOIN LATERAL (${placed(ids)}) hit`;
}

function firstOf({ t, from, condition }: Source): Sql {
  const id = name(t, 'id');
  return sql`SELECT ${id} FROM ${from} WHERE ${condition} ORDER BY ${id} LIMIT ${mostHits}`;
}

/** The same of any objects of a type: `hits` selects their `parent`, `id` and `place`, each of which the viewer sees. */
export function talliesOf(hits: Sql, type: NodeName, compiler: Compiler, tallies: readonly Tally[]): Sql {
  const each = tallies.map((tally, index) => tallyOf(tally, index, type, compiler));
  return sql`WITH hits AS MATERIALIZED (${hits}),
    total AS MATERIALIZED (SELECT "parent", count(*) FILTER (WHERE "place" <= ${looked}) AS "counted", bool_or("place" > ${looked}) AS "more" FROM hits GROUP BY "parent"),
    taken AS MATERIALIZED (SELECT "parent", "id" FROM hits WHERE "place" <= ${looked})
    ${join(each, ' UNION ALL ')}`;
}

/**
 * Nothing here is joined but rows of few parents: the planner knows too little of what is counted to join it well. What objects
 * have is put together by object, and what is in groups is kept with them.
 */
function tallyOf({ facets, setsMissingApart }: Tally, index: number, type: NodeName, compiler: Compiler): Sql {
  const places = facets.map((_, place) => place);
  const [keys, labels] = [places.map((place) => name(`k${place}`)), places.map((place) => name(`l${place}`))];
  const list = (parts: readonly Sql[]): Sql => join([...parts], ', ');
  const values = facets.map((facet, place) => {
    const of = valuesOf(facet, type, compiler, sql`taken`);
    return sql`SELECT "parent", "id", "key", "label", ${number(place)} AS "facet" FROM (${of}) had`;
  });
  const had = places.map((place) => {
    const only = sql`FILTER (WHERE "facet" = ${number(place)})`;
    return sql`array_agg("key") ${only} AS ${keys[place]!}, array_agg("label") ${only} AS ${labels[place]!}`;
  });
  const each = places.map((place) => {
    const columns = sql`${name(`v${place}`)}(${keys[place]!}, ${labels[place]!})`;
    return sql`LEFT JOIN LATERAL unnest(o.${keys[place]!}, o.${labels[place]!}) AS ${columns} ON true`;
  });
  const combinations = keys.map((key) => sql`GREATEST(1, COALESCE(cardinality(${key}), 0))::numeric`);
  const taken = places.map((place) => sql`${name(`v${place}`, `k${place}`)}, ${name(`v${place}`, `l${place}`)}`);
  const first = labels.map((label) => sql`min(${label} COLLATE "C")`);
  const told = places.map((place) => sql`${keys[place]!}, ${labels[place]!}`);
  const order = places.map((place) => sql`${first[place]!}, ${keys[place]!} COLLATE "C"`);
  const missing = setsMissingApart ? sql`${keys[0]!} IS NULL` : sql`false`;
  return sql`SELECT * FROM (WITH had AS (SELECT "parent", "id", NULL AS "key", NULL AS "label", -1 AS "facet" FROM taken UNION ALL ${join(values, ' UNION ALL ')}),
    objects AS (SELECT "parent", "id", ${list(had)} FROM had GROUP BY "parent", "id"),
    combined AS MATERIALIZED (SELECT *, sum(${join(combinations, ' * ')}) OVER (PARTITION BY "parent" ORDER BY "id") AS "reach" FROM objects),
    groups AS MATERIALIZED (SELECT "parent", ${list(keys)}, ${list(first.map((one, place) => sql`${one} AS ${labels[place]!}`))}, count(*) AS "count", array_agg("id") AS "ids", ${missing} AS "missing",
      row_number() OVER (PARTITION BY "parent", ${missing} ORDER BY count(*) DESC, ${list(order)}) AS "place"
      FROM (SELECT o."parent", o."id", ${list(taken)} FROM combined o ${join(each, ' ')} WHERE o."reach" <= ${mostCombined}) one GROUP BY "parent", ${list(keys)}),
    told AS (SELECT "parent", jsonb_agg(jsonb_build_array("count", ${list(told)}) ORDER BY "place") FILTER (WHERE NOT "missing" AND "place" <= ${askedGroups}) AS "groups",
      COALESCE(sum("count") FILTER (WHERE "missing"), 0) AS "missing" FROM groups GROUP BY "parent"),
    cut AS (SELECT "parent", bool_or("reach" > ${mostCombined}) AS "cut" FROM combined GROUP BY "parent"),
    beyond AS (SELECT "parent", count(DISTINCT within."id") AS "others" FROM groups CROSS JOIN LATERAL unnest("ids") AS within("id")
      WHERE NOT "missing" AND "place" > ${askedGroups} GROUP BY "parent")
    SELECT total."parent" AS ${name(parentColumn)}, ${number(index)} AS "tally", told."groups", COALESCE(beyond."others", 0) AS "others",
      COALESCE(told."missing", 0)::bigint AS "missing", total."counted", total."more" OR COALESCE(cut."cut", false) AS "more"
      FROM total LEFT JOIN told USING ("parent") LEFT JOIN cut USING ("parent") LEFT JOIN beyond USING ("parent")) tally`;
}

const number = (constant: number): Sql => sql`${text(String(constant))}::integer`;
