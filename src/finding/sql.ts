import { table, type Compiler } from '../access/compiler';
import { all, either, exists, isPlain, onlyWhere } from '../database/conditions';
import { FALSE, name, NULL, sql, text, TRUE, value, type Alias, type Sql, type SqlType } from '../database/sql';
import type { ManyEdge } from '../model/edges';
import type { NodeName } from '../model/ids';
import { endsFor } from '../model/links';
import { snakeCase } from '../model/names';
import { nameOf } from '../model/node';
import { durationSql } from './duration-sql';
import { byIndex } from './indexed';
import type { JsonKind, Test, TestedKind } from './operators';
import type { Condition } from './where';

/**
 * A condition that holds for the rows of `type` (under `alias`) which the viewer sees and of which what they ask holds.
 *
 * What is hidden is left before anything is asked of it (`onlyWhere`), whatever the planner finds cheaper: how long an answer takes
 * would tell what was asked of hidden rows. Beside it stands only what is asked of an index that holds nothing hidden, which
 * there is where one column of a row says that everybody sees it.
 */
export function foundSql(seen: Sql, condition: Condition, compiler: Compiler, type: NodeName, alias: Alias): Sql {
  const holds = (parts: readonly Condition[]): Sql =>
    all(parts.map((part) => conditionSql(part, compiler, type, alias)));
  if (!isPlain(seen)) return onlyWhere(seen, holds([condition]));
  const { served, rest } = byIndex(type, condition);
  return all([seen, holds(served), rest.length === 0 ? TRUE : onlyWhere(seen, holds(rest))]);
}

/**
 * A condition on rows of `type` (under `alias`) that the viewer sees. The values are parameters: its text follows from the
 * shape of the filter alone.
 *
 * It may be unknown where it is not true: nothing asks for the difference, but what turns a condition round, which takes
 * unknown for untrue (`IS NOT TRUE`).
 */
function conditionSql(condition: Condition, compiler: Compiler, type: NodeName, alias: Alias): Sql {
  const inner = (one: Condition): Sql => conditionSql(one, compiler, type, alias);
  switch (condition.kind) {
    case 'all':
      return all(condition.of.map(inner));
    case 'any':
      return either(condition.of.map(inner));
    case 'not':
      return untrue(inner(condition.of));
    case 'value':
      return valueSql(condition.field, condition.test, compiler, type, alias);
    case 'json':
      return jsonSql(condition, compiler.value(type, condition.field, alias));
    case 'values':
      return valuesSql(condition, compiler.value(type, condition.field, alias));
    case 'one': {
      const far = Symbol('one');
      const { edge, of } = condition;
      const target = nameOf(edge.target());
      const linked = sql`${name(far, 'id')} = ${name(alias, snakeCase(edge.column))}`;
      const seen = compiler.shows(edge, alias, far);
      if (!of) return untrue(exists(table(target, far), [linked, seen]));
      return exists(table(target, far), [linked, foundSql(atFarEnd(linked, seen), of, compiler, target, far)]);
    }
    case 'some':
    case 'every':
    case 'none':
    case 'count':
      return onlyWhere(compiler.answersList(type, condition.edge.field, alias), listSql(condition, compiler, alias));
  }
}

type ListCondition = Extract<Condition, { kind: 'some' | 'every' | 'none' | 'count' }>;

function listSql(condition: ListCondition, compiler: Compiler, alias: Alias): Sql {
  const { edge } = condition;
  const target = nameOf(edge.target());
  const far = Symbol('far');
  const { from, linked } = farEnd(edge, target, alias, far);
  const seen = compiler.shows(edge, alias, far);
  const first = atFarEnd(linked, seen);
  const some = (of: Condition): Sql => exists(from, [linked, foundSql(first, of, compiler, target, far)]);
  switch (condition.kind) {
    case 'some':
      return some(condition.of);
    case 'none':
      return untrue(some(condition.of));
    case 'every': {
      const other = onlyWhere(first, untrue(conditionSql(condition.of, compiler, target, far)));
      return untrue(exists(from, [linked, other]));
    }
    case 'count':
      return testSql(condition.test, sql`(SELECT count(*) FROM ${from} WHERE ${all([linked, seen])})`);
  }
}

/**
 * What has to hold before anything is asked of what is linked: that it is seen. Where it is seen by its near end alone, it is asked
 * only of what is linked to that: the planner would else ask all rows first, and look which are linked then.
 */
const atFarEnd = (linked: Sql, seen: Sql): Sql => (seen === TRUE ? linked : seen);

/** Where the far ends are read from, and what makes them those of one row. */
export function farEnd(edge: ManyEdge, target: NodeName, alias: Alias, far: Alias): { from: Sql; linked: Sql } {
  const id = name(alias, 'id');
  if ('column' in edge.by)
    return { from: table(target, far), linked: sql`${name(far, snakeCase(edge.by.column))} = ${id}` };
  const link = Symbol('link');
  const ends = endsFor(edge.by.link, edge.owner);
  return {
    from: sql`${name(edge.by.link.table)} ${name(link)} JOIN ${table(target, far)} ON ${name(far, 'id')} = ${name(link, ends.far.column)}`,
    linked: sql`${name(link, ends.near.column)} = ${id}`,
  };
}

function untrue(condition: Sql): Sql {
  if (condition === TRUE) return FALSE;
  return condition === FALSE ? TRUE : sql`(${condition}) IS NOT TRUE`;
}

function valueSql(field: string, test: Test, compiler: Compiler, type: NodeName, alias: Alias): Sql {
  const read = readSql(field, compiler, type, alias);
  // Null for every row, and of no type that could be compared.
  if (read === NULL) return test.operator === 'isNull' && test.yes ? TRUE : FALSE;
  return testSql(test, read);
}

function readSql(field: string, compiler: Compiler, type: NodeName, alias: Alias): Sql {
  if (field === 'isPublic') return compiler.isPublic(type, alias);
  return field === 'viewerRole' ? compiler.role(type, alias) : compiler.value(type, field, alias);
}

/** What is at a path, by its kind; null where that is another. */
const typed: Readonly<Record<JsonKind, (found: Sql) => Sql>> = {
  text: (found) => sql`CASE WHEN jsonb_typeof(${found}) = 'string' THEN ${found} #>> '{}' END`,
  number: (found) => sql`CASE WHEN jsonb_typeof(${found}) = 'number' THEN ${found}::numeric END`,
  flag: (found) => sql`CASE WHEN jsonb_typeof(${found}) = 'boolean' THEN ${found}::boolean END`,
};

function jsonSql({ path, isAbsent, tests }: Extract<Condition, { kind: 'json' }>, read: Sql): Sql {
  const json = Symbol('json');
  const found = name(json, 'found');
  const from = sql`jsonb_path_query(${read}, ${value(path, 'jsonpath')}) AS ${name(json)}("found")`;
  const something = exists(from, [
    sql`jsonb_typeof(${found}) <> 'null'`,
    ...tests.map((each) => either(each.map(({ kind, test }) => testSql(test, sql`(${typed[kind](found)})`)))),
  ]);
  return isAbsent ? untrue(something) : something;
}

/** What is asked of the small values in a list; of one that reads as null nothing holds. */
function valuesSql({ asks, tests }: Extract<Condition, { kind: 'values' }>, read: Sql): Sql {
  if (read === NULL) return FALSE;
  const values = Symbol('values');
  const each = all(tests.map(({ member, test }) => testSql(test, sql`(${name(values, 'one')} ->> ${text(member)})`)));
  const some = (of: Sql): Sql => exists(sql`jsonb_array_elements(${read}) AS ${name(values)}("one")`, [of]);
  switch (asks) {
    case 'some':
      return some(each);
    case 'every':
      return onlyWhere(sql`${read} IS NOT NULL`, untrue(some(untrue(each))));
    case 'none':
      return onlyWhere(sql`${read} IS NOT NULL`, untrue(some(each)));
    case 'count':
      return all(tests.map(({ test }) => testSql(test, sql`jsonb_array_length(${read})`)));
  }
}

const sqlTypes: Readonly<Record<TestedKind, SqlType>> = {
  text: 'text',
  code: 'text',
  choice: 'text',
  id: 'uuid',
  flag: 'boolean',
  count: 'bigint',
  decimal: 'double precision',
  instant: 'timestamptz',
  day: 'date',
  duration: 'text',
  words: 'text',
  choices: 'text',
  json: 'text',
  number: 'numeric',
};

function testSql(test: Test, read: Sql): Sql {
  if (test.kind === 'duration' && test.operator !== 'isNull') return durationSql(test, read);
  const type = sqlTypes[test.kind];
  const one = (given: unknown): Sql => folding(test.kind, value(given, type), 'folded');
  const many = (given: unknown): Sql => folding(test.kind, value(given, `${type}[]` as SqlType), 'folded_each');
  const asked = folding(test.kind, read, test.kind === 'words' ? 'folded_each' : 'folded');
  switch (test.operator) {
    case 'isNull':
      return test.yes ? sql`${read} IS NULL` : sql`${read} IS NOT NULL`;
    case 'isEmpty': {
      const empty = sql`cardinality(${read}) = 0`;
      return test.yes ? empty : sql`NOT (${empty})`;
    }
    case 'equals':
      return sql`${asked} = ${one(test.value)}`;
    case 'in':
      return sql`${asked} = ANY(${many(test.value)})`;
    case 'gt':
      return sql`${asked} > ${one(test.value)}`;
    case 'gte':
      return sql`${asked} >= ${one(test.value)}`;
    case 'lt':
      return sql`${asked} < ${one(test.value)}`;
    case 'lte':
      return sql`${asked} <= ${one(test.value)}`;
    case 'between':
      return sql`${asked} BETWEEN ${one(test.from)} AND ${one(test.to)}`;
    case 'contains':
      return sql`${asked} LIKE '%' || ${pattern(test.value)} || '%'`;
    case 'startsWith':
      return sql`${asked} LIKE ${pattern(test.value)} || '%'`;
    case 'endsWith':
      return sql`${asked} LIKE '%' || ${pattern(test.value)}`;
    case 'has':
      return sql`${asked} @> ${many([test.value])}`;
    case 'hasAny':
      return sql`${asked} && ${many(test.value)}`;
    case 'hasAll':
      return sql`${asked} @> ${many(test.value)}`;
  }
}

const pattern = (given: unknown): Sql => sql`folded_pattern(${value(given, 'text')})`;

/** Texts that people write are compared without regard to case and accents. */
function folding(kind: TestedKind, given: Sql, by: 'folded' | 'folded_each'): Sql {
  if (kind !== 'text' && kind !== 'words') return given;
  return by === 'folded' ? sql`folded(${given})` : sql`folded_each(${given})`;
}
