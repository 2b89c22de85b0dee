import { seenDocuments, type Taken } from '../../access/documents';
import { all } from '../../database/conditions';
import { join, name, sql, TRUE, value, type Alias, type Sql } from '../../database/sql';
import type { NodeName } from '../../model/types';
import { mostCounted } from '../count';
import { noParent } from '../counts/tally-sql';
import type { Reader } from './expand';
import { judged } from './judged';
import { groups } from './searchable';
import type { SearchWhere } from './where';

/**
 * So many of what is found in each group of types are put in order; where there are more, the newest of them instead: very common words
 * stay quick.
 */
export const mostRanked = 5000;
const ranked: Taken = { most: mostRanked, newest: { among: 20_000, most: 2000, areMany: 1000 } };

/** What is looked for among which documents. */
export interface Search {
  /** As the database takes it: see expand.ts. */
  condition: string;
  types: readonly NodeName[];
  where: SearchWhere;
}

export interface HitRow {
  id: string;
  score: number;
}

/**
 * A page of the hits, the best first, with one row more than asked for. How near the words stand to each other does not count: with
 * a word that is put into many terms, that takes a second for each few documents.
 */
export function hitsStatement(search: Search, reader: Reader, after: HitRow | undefined, rows: number): Sql {
  const condition = value(search.condition, 'tsquery');
  const { from, seen } = found(search, reader, condition, ranked);
  const [d, hit] = [Symbol('document'), Symbol('hit')];
  const beyond = after
    ? sql`(${name(hit, 'score')}, ${name(hit, 'id')}) < (${value(after.score, 'double precision')}, ${value(after.id, 'uuid')})`
    : TRUE;
  return sql`SELECT ${name(hit, 'id')}, ${name(hit, 'score')} FROM (
      SELECT ${name(d, 'id')}, ts_rank(${name(d, 'document')}, ${condition}, 1)::double precision AS "score" FROM ${from(d)} WHERE ${seen(d)}) ${name(hit)}
    WHERE ${beyond} ORDER BY ${name(hit, 'score')} DESC, ${name(hit, 'id')} DESC LIMIT ${value(rows, 'integer')}`;
}

/** How many documents of a group are looked at to count what is found, where more is asked of each than that it is found, or not. */
const mostAsked = (isMoreAsked: boolean): number => (isMoreAsked ? mostRanked : mostCounted + 1);

/** How many hits there are, up to one more than is counted; and whether more may be found of which nothing was asked. */
export function countStatement(search: Search, reader: Reader): Sql {
  const most = mostAsked(search.where.size > 0);
  const { from, seen, isJudged } = found(search, reader, value(search.condition, 'tsquery'), { most });
  const d = Symbol('document');
  const limit = value(mostCounted + 1, 'integer');
  if (!isJudged)
    return sql`SELECT count(*) AS "count", false AS "isCut" FROM (SELECT 1 FROM ${from(d)} LIMIT ${limit}) "each"`;
  return sql`SELECT COALESCE(sum("each"."count"), 0)::bigint AS "count", COALESCE(bool_or("each"."asked" >= ${value(most, 'integer')}), false) AS "isCut" FROM (
    SELECT ${name(d, 'source')}, count(*) AS "asked", count(*) FILTER (WHERE ${seen(d)}) AS "count" FROM ${from(d)} GROUP BY ${name(d, 'source')}) "each"`;
}

/** How many of a type were found, and whether more may be of which nothing was asked. */
export interface TypeCountRow {
  type: number;
  count: number;
  isCut: boolean;
}

/** How many hits there are of each type that has any, each up to one more than is counted. */
export function typesStatement(search: Search, reader: Reader): Sql {
  const most = mostAsked(search.where.size > 0);
  const condition = value(search.condition, 'tsquery');
  const apart = search.types.map((type) => [type]);
  const { from, seen } = found(search, reader, condition, { most }, apart);
  const d = Symbol('document');
  return sql`SELECT "each"."type", sum("each"."count")::bigint AS "count", bool_or("each"."asked" >= ${value(most, 'integer')}) AS "isCut" FROM (
    SELECT ${name(d, 'type')}, count(*) AS "asked", count(*) FILTER (WHERE ${seen(d)}) AS "count" FROM ${from(d)} GROUP BY ${name(d, 'type')}, ${name(d, 'source')}) "each"
    GROUP BY "each"."type"`;
}

/**
 * The hits of one type as they are counted: see `talliesOf`. The newest stand first; where more may be found of which nothing was asked, a
 * row at a place beyond all that are counted says so.
 */
export function hitsOfType(search: Search, type: NodeName, reader: Reader): Sql {
  const most = mostAsked(search.where.has(type));
  const condition = value(search.condition, 'tsquery');
  const { from, seen } = found({ ...search, types: [type] }, reader, condition, { most }, [[type]]);
  const d = Symbol('document');
  const limit = value(mostCounted + 1, 'integer');
  return sql`WITH "asked" AS MATERIALIZED (SELECT ${name(d, 'id')}, ${name(d, 'source')}, ${seen(d)} AS "seen" FROM ${from(d)})
    SELECT ${noParent} AS "parent", "id", row_number() OVER (ORDER BY "id" DESC) AS "place"
      FROM (SELECT "id" FROM "asked" WHERE "seen" ORDER BY "id" DESC LIMIT ${limit}) "newest"
    UNION ALL SELECT ${noParent}, NULL::uuid, ${limit}::bigint
      WHERE EXISTS (SELECT 1 FROM "asked" GROUP BY "source" HAVING count(*) >= ${value(most, 'integer')})`;
}

interface Found {
  from: (d: Alias) => Sql;
  seen: (d: Alias) => Sql;
  isJudged: boolean;
}

/**
 * The documents of each group of which the condition holds, the newest of very many, and what still has to hold of them.
 *
 * @param apart what is looked through by itself, each up to as many as are taken
 */
function found(
  { types, where }: Search,
  { access, viewer }: Reader,
  condition: Sql,
  taken: Taken,
  apart = groups,
): Found {
  const asked = apart.map((group) => group.filter((type) => types.includes(type))).filter((some) => some.length > 0);
  const seen = asked.map((some) => seenDocuments(access, viewer, some, condition, taken));
  const isJudged = where.size > 0 || seen.some(({ areToBeJudged }) => areToBeJudged);
  const newest = seen
    .flatMap(({ sources }) => sources)
    .map((source, place) => {
      const s = Symbol('source');
      return sql`(SELECT ${name(s)}.*, ${value(place, 'integer')} AS "source" FROM (${source}) ${name(s)} ORDER BY ${name(s, 'id')} DESC LIMIT ${value(taken.most, 'integer')})`;
    });
  return {
    from: (d) => sql`(${join(newest, ' UNION ALL ')}) ${name(d)}`,
    seen: (d) => (isJudged ? all([judged(access, viewer, types, where, d)]) : TRUE),
    isJudged,
  };
}
