import type { Compiler } from '../../access/compiler';
import { all } from '../../database/conditions';
import { join, name, sql, text, type Sql } from '../../database/sql';
import { askedGroups, askedIds } from '../../loading/asked';
import { parentColumn, sourceOf, type Many } from '../../loading/many';
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

/** Stands for the parent of everything, which has none. */
const noParent = sql`'00000000-0000-0000-0000-000000000000'::uuid`;

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
  const { t, from, parent, condition } = sourceOf(many, tables, compiler);
  const id = name(t, 'id');
  const found = (within: Sql): Sql =>
    sql`SELECT "id", row_number() OVER (ORDER BY "id") AS "place" FROM (SELECT ${id} FROM ${from} WHERE ${within} ORDER BY ${id} LIMIT ${mostHits}) each`;
  if (!parent) return sql`SELECT ${noParent} AS "parent", hit.* FROM (${found(condition)}) hit`;
  return sql`SELECT p.id AS "parent", hit.* FROM unnest(${askedIds}) AS p(id) CROSS JOIN LATERAL (${found(all([sql`${parent} = p.id`, condition]))}) hit`;
}

/** The same of any objects of a type: `hits` selects their `parent`, `id` and `place`, each of which the viewer sees. */
export function talliesOf(hits: Sql, type: NodeName, compiler: Compiler, tallies: readonly Tally[]): Sql {
  const each = tallies.map((tally, index) => tallyOf(tally, index, type, compiler));
  return sql`WITH hits AS MATERIALIZED (${hits}),
    total AS MATERIALIZED (SELECT "parent", count(*) FILTER (WHERE "place" <= ${looked}) AS "counted", bool_or("place" > ${looked}) AS "more" FROM hits GROUP BY "parent"),
    taken AS MATERIALIZED (SELECT "parent", "id" FROM hits WHERE "place" <= ${looked})
    ${join(each, ' UNION ALL ')}`;
}

function tallyOf({ facets, setsMissingApart }: Tally, index: number, type: NodeName, compiler: Compiler): Sql {
  const keys = facets.map((_, place) => name(`k${place}`));
  const labels = facets.map((_, place) => name(`l${place}`));
  const values = facets.map((facet) => valuesOf(facet, type, compiler, sql`taken`));
  const joined = values.map((value, place) => {
    const v = name(`v${place}`);
    return sql`LEFT JOIN (${value}) ${v} ON ${v}."parent" = t."parent" AND ${v}."id" = t."id"`;
  });
  const selected = facets.map((_, place) => {
    const v = name(`v${place}`);
    return sql`${v}."key" AS ${keys[place]!}, ${v}."label" AS ${labels[place]!}`;
  });
  const minima = labels.map((label) => sql`min(${label} COLLATE "C") AS ${label}`);
  const order = labels.map((_, place) => sql`min(${labels[place]!} COLLATE "C"), ${keys[place]!} COLLATE "C"`);
  const isMissing = setsMissingApart ? sql`${keys[0]!} IS NULL` : sql`false`;
  const same = keys.map(
    (key) => sql`COALESCE(o.${key}, '') = COALESCE(g.${key}, '') AND (o.${key} IS NULL) = (g.${key} IS NULL)`,
  );
  const told = join(
    keys.map((key, place) => sql`${key}, ${labels[place]!}`),
    ', ',
  );
  return sql`SELECT * FROM (WITH objects AS MATERIALIZED (SELECT t."parent", t."id", ${join(selected, ', ')} FROM taken t ${join(joined, ' ')}),
    groups AS MATERIALIZED (SELECT "parent", ${join(keys, ', ')}, ${join(minima, ', ')}, count(*) AS "count", ${isMissing} AS "missing",
      row_number() OVER (PARTITION BY "parent", ${isMissing} ORDER BY count(*) DESC, ${join(order, ', ')}) AS "place" FROM objects GROUP BY "parent", ${join(keys, ', ')}),
    told AS (SELECT "parent", jsonb_agg(jsonb_build_array("count", ${told}) ORDER BY "place") FILTER (WHERE NOT "missing" AND "place" <= ${askedGroups}) AS "groups",
      COALESCE(sum("count") FILTER (WHERE "missing"), 0) AS "missing" FROM groups GROUP BY "parent"),
    beyond AS (SELECT o."parent", count(DISTINCT o."id") AS "others" FROM objects o JOIN groups g ON o."parent" = g."parent" AND ${join(same, ' AND ')}
      WHERE NOT g."missing" AND g."place" > ${askedGroups} GROUP BY o."parent")
    SELECT total."parent" AS ${name(parentColumn)}, ${text(String(index))}::integer AS "tally", told."groups", COALESCE(beyond."others", 0) AS "others",
      told."missing"::bigint AS "missing", total."counted", total."more" FROM total JOIN told USING ("parent") LEFT JOIN beyond USING ("parent")) tally`;
}
