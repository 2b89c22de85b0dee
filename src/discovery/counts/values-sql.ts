import { table, type Compiler } from '../../access/compiler';
import { all } from '../../database/conditions';
import { join, name, NULL, sql, type Alias, type Sql } from '../../database/sql';
import { farEnd } from '../../finding/sql';
import type { Edge } from '../../model/edges';
import type { NodeName } from '../../model/ids';
import { snakeCase } from '../../model/names';
import { nameOf } from '../../model/node';
import { storedFieldsOf } from '../../model/written-fields';
import type { Facet, FacetKind, Way } from './facets';

/**
 * The values that objects of a type have for a facet, each once for each object: `parent`, `id`, `key` and `label`. Every step on the
 * way, and what stands at its end, is what the viewer reads there: the compiler is asked exactly as for a filter.
 *
 * @param objects what is looked at: `parent` and `id` of objects that the viewer sees
 */
export function valuesOf({ kind, ways }: Facet, type: NodeName, compiler: Compiler, objects: Sql): Sql {
  const each = ways.map((way) => alongWay(way, kind, type, compiler, objects));
  // Texts that differ in case or accents alone are one value, called as the first of them.
  return sql`SELECT "parent", "id", "key", min("label" COLLATE "C") AS "label" FROM (${join(each, ' UNION ALL ')}) each WHERE "key" IS NOT NULL GROUP BY "parent", "id", "key"`;
}

function alongWay(way: Way, kind: FacetKind, type: NodeName, compiler: Compiler, objects: Sql): Sql {
  const [hit, near] = [Symbol('hit'), Symbol(type)];
  let at: Alias = near;
  const steps = way.edges.map((edge) => {
    const far = Symbol('far');
    const { from, condition } = step(edge, at, far, compiler);
    at = far;
    return sql`JOIN ${from} ON ${condition}`;
  });
  const { key, label, from } = atEnd(way, kind, at, compiler);
  return sql`SELECT ${name(hit, 'parent')}, ${name(hit, 'id')}, ${key} AS "key", ${label} AS "label" FROM ${objects} ${name(hit)}
    JOIN ${table(type, near)} ON ${name(near, 'id')} = ${name(hit, 'id')} ${join(steps, ' ')} ${from}`;
}

/** What is at the far end of an edge, as far as it is shown there; of a list that reads as null, nothing is. */
function step(edge: Edge, near: Alias, far: Alias, compiler: Compiler): { from: Sql; condition: Sql } {
  const target = nameOf(edge.target());
  const seen = compiler.shows(edge, near, far);
  if (edge.kind === 'reference') {
    const linked = sql`${name(far, 'id')} = ${name(near, snakeCase(edge.column))}`;
    return { from: table(target, far), condition: all([linked, seen]) };
  }
  const { from, linked } = farEnd(edge, target, near, far);
  const inOne = 'link' in edge.by ? sql`(${from})` : from;
  return { from: inOne, condition: all([linked, compiler.answersList(nameOf(edge.owner), edge.field, near), seen]) };
}

interface End {
  key: Sql;
  label: Sql;
  /** Where the values come from, where one field holds several. */
  from: Sql;
}

const nothingMore = sql``;

function atEnd({ type, field }: Way, kind: FacetKind, at: Alias, compiler: Compiler): End {
  if (field === undefined)
    return { key: sql`${name(at, 'id')}::text`, label: compiler.value(type, 'name', at), from: nothingMore };
  const read = field === 'isPublic' ? compiler.isPublic(type, at) : compiler.value(type, field, at);
  // Null for every row, and of no type that anything could be made of.
  if (read === NULL) return { key: sql`NULL::text`, label: sql`NULL::text`, from: nothingMore };
  switch (kind) {
    case 'text':
      return { key: sql`folded(${read})`, label: sql`${read}::text`, from: nothingMore };
    case 'words':
    case 'choices': {
      const each = Symbol('each');
      const word = name(each, 'word');
      const from = sql`CROSS JOIN LATERAL unnest(${read}) AS ${name(each)}("word")`;
      return { key: kind === 'words' ? sql`folded(${word})` : word, label: word, from };
    }
    case 'year':
      return { ...sameOf(yearOf(inUtc(type, field, read))), from: nothingMore };
    case 'month': {
      const time = inUtc(type, field, read);
      return { ...sameOf(sql`${yearOf(time)} || to_char(${time}, '-MM')`), from: nothingMore };
    }
    case 'object':
    case 'code':
    case 'choice':
    case 'flag':
      return { ...sameOf(sql`(${read})::text`), from: nothingMore };
  }
}

const sameOf = (value: Sql): { key: Sql; label: Sql } => ({ key: value, label: value });

const yearOf = (time: Sql): Sql => sql`extract(year FROM ${time})::integer::text`;

/** A day is one everywhere; a moment is taken as it is in UTC. */
function inUtc(type: NodeName, field: string, read: Sql): Sql {
  const isDay = storedFieldsOf(type).some(({ name: stored, value }) => stored === field && value.is === 'day');
  return isDay ? read : sql`(${read} AT TIME ZONE 'UTC')`;
}
