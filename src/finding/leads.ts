import { table, type Compiler } from '../access/compiler';
import { ownRows, partsOf, type Own } from '../access/parts';
import { all, either, isPlain } from '../database/conditions';
import { join, name, sql, text, TRUE, type Alias, type Sql } from '../database/sql';
import type { ManyEdge } from '../model/edges';
import type { NodeName } from '../model/ids';
import { endsFor } from '../model/links';
import { snakeCase } from '../model/names';
import { nameOf } from '../model/node';
import { byIndex, conjuncts } from './indexed';
import { foundSql } from './sql';
import type { Condition } from './where';

/*
 * What is asked may hold of very few rows, and nobody knows before: to walk through a list until a page is full would then be to walk
 * through all of it. Where indexes lead to what is asked for at the far end of an edge, a few of that are looked up first. Are there no
 * more, the list is read from them, and else walked through, since it cannot take long until enough is found.
 */

/** A way from what is asked for at the far end of an edge to the rows that have it. */
export interface Lead {
  /** What a statement begins with that follows it. */
  named: readonly Sql[];
  /** Whether it leads to few rows; and then the ids of these, of which everything is still to be asked. */
  isFew: Sql;
  ids: Sql;
  /** Selects the same. */
  listed: Sql;
}

/** So much at the far end is followed, and so many rows to which it leads. */
const [mostFar, mostNear] = [1000, 5000];

const number = (constant: number): Sql => sql`${text(String(constant))}::integer`;

/** The way to the rows of `type` of which a condition can hold; undefined where no index leads to any part of it. */
export function leadTo(type: NodeName, condition: Condition, compiler: Compiler): Lead | undefined {
  for (const part of conjuncts(condition)) {
    if (part.kind !== 'some' || !isJudgedItself(type, part.edge, compiler)) continue;
    const target = nameOf(part.edge.target());
    const { open, own } = partsOf(compiler, target);
    if (!isPlain(open(Symbol(target))) || byIndex(target, part.of).served.length === 0) continue;
    return leadFrom(part.edge, farOnes(target, part.of, compiler, open, own), type, compiler);
  }
  return undefined;
}

/** Whether just what the viewer sees at the far end is shown there, however they came to it. */
const isJudgedItself = (type: NodeName, { field }: ManyEdge, { rules }: Compiler): boolean =>
  rules.permissions[type]?.[field]?.kind === 'filtered';

/** Selects the ids of those that everybody sees, and of those that the viewer sees besides, of which the condition holds. */
function farOnes(target: NodeName, of: Condition, compiler: Compiler, open: (f: Alias) => Sql, own?: Own): Sql {
  const f = Symbol('far');
  const select = (from: Sql, seen: Sql): Sql =>
    sql`(SELECT ${name(f, 'id')} FROM ${from} WHERE ${foundSql(seen, of, compiler, target, f)} LIMIT ${number(mostFar + 1)})`;
  const everybodys = select(table(target, f), open(f));
  if (!own) return everybodys;
  return join([everybodys, select(ownRows(target, own, f), TRUE)], ' UNION ALL ');
}

/** From where the far ends of an edge, and with each its near end, are looked up. */
function farEndOf({ by, owner, target }: ManyEdge): { from: Sql; farId: Sql; nearId: Sql } {
  const far = Symbol('far end');
  if ('column' in by)
    return { from: table(nameOf(target()), far), farId: name(far, 'id'), nearId: name(far, snakeCase(by.column)) };
  const ends = endsFor(by.link, owner);
  return {
    from: sql`${name(by.link.table)} ${name(far)}`,
    farId: name(far, ends.far.column),
    nearId: name(far, ends.near.column),
  };
}

function leadFrom(edge: ManyEdge, farIds: Sql, type: NodeName, compiler: Compiler): Lead {
  const [far, near] = [Symbol('far ones'), Symbol('near ones')];
  const ids = (of: Alias): Sql => sql`(SELECT "ids" FROM ${name(of)})::uuid[]`;
  const atMost = (of: Alias, most: number): Sql => sql`(SELECT cardinality("ids") FROM ${name(of)}) <= ${number(most)}`;
  const { from, farId, nearId } = farEndOf(edge);
  // Only what the viewer sees counts: whether the way is followed would else tell how much is hidden at its end.
  const seen = Symbol('seen');
  const { open, own } = partsOf(compiler, type);
  const isSeen = own ? either([open(seen), sql`${name(seen, 'id')} = ANY(${own.ids})`]) : open(seen);
  return {
    named: [
      sql`${name(far)} AS MATERIALIZED (SELECT ARRAY(${farIds}) AS "ids")`,
      sql`${name(near)} AS MATERIALIZED (SELECT ARRAY(SELECT ${nearId} FROM ${from} JOIN ${table(type, seen)} ON ${name(seen, 'id')} = ${nearId} WHERE ${farId} = ANY(${ids(far)}) AND ${isSeen} LIMIT ${number(mostNear + 1)}) AS "ids")`,
    ],
    isFew: all([atMost(far, mostFar), atMost(near, mostNear)]),
    ids: ids(near),
    listed: sql`SELECT unnest("ids") FROM ${name(near)}`,
  };
}
