import { table, type Compiler } from '../access/compiler';
import { keptCount } from '../access/kept-counts';
import { partsOf, type Own } from '../access/parts';
import { all } from '../database/conditions';
import { FALSE, name, sql, TRUE, type Alias, type Sql } from '../database/sql';
import type { NodeName } from '../model/ids';
import { nameOf } from '../model/node';
import { sourceOf, type Many } from './many';
import type { Page } from './page';
import { pageSql } from './page-sql';
import type { Source } from './source';
import type { Tables } from './tables';

/*
 * Everything of a type that a viewer sees, read from two sides: what everybody sees by the indexes that hold just that, and what the
 * viewer sees besides from what they have a role on. Together they would be found by neither.
 */

/** The one page of everything, with one row more than asked for, which tells of a next page. */
export function pageStatement(many: Many, tables: Tables, compiler: Compiler, page: Page): Sql {
  return pageSql(armsOf(many, tables, compiler), page);
}

/** How much of everything there is. How much everybody sees, of which nothing is asked, is kept and need not be counted. */
export function countEverythingStatement(many: Many, tables: Tables, compiler: Compiler): Sql {
  const { target, filtered, held = false, find } = many;
  const [first, second] = armsOf(many, tables, compiler);
  const counted = ({ from, condition }: Source): Sql => sql`(SELECT count(*) FROM ${from} WHERE ${condition})`;
  const kept = filtered && !held && !find?.where ? keptCount(compiler, nameOf(target)) : undefined;
  const ofFirst = kept ?? counted(first);
  return sql`SELECT ${second ? sql`${ofFirst} + ${counted(second)}` : ofFirst} AS "count"`;
}

/** From where everything is read: sources that have no row in common. */
export function armsOf(many: Many, tables: Tables, compiler: Compiler): readonly [Source] | readonly [Source, Source] {
  const { target, filtered, held = false } = many;
  if (!held && !filtered) return [sourceOf(many, tables, compiler)];
  const type = nameOf(target);
  const { open, own } = partsOf(compiler, type, held ? 'MEMBER' : 'visible');
  const everybodys = (): Source => sourceOf(many, tables, compiler, open);
  if (!own) return [everybodys()];
  const owned = ownArm(many, tables, compiler, own);
  return open(Symbol(type)) === FALSE ? [owned] : [everybodys(), owned];
}

/**
 * What the viewer sees besides is collected before anything is asked of it, whatever the planner finds cheaper (hence the offset): it
 * would else ask what is hidden, and how long that takes would tell of it.
 */
function ownArm(many: Many, tables: Tables, compiler: Compiler, own: Own): Source {
  const source = sourceOf(many, tables, compiler, () => TRUE);
  return { ...source, from: collected(nameOf(many.target), own, source.t) };
}

function collected(type: NodeName, { ids, isNotOpen }: Own, as: Alias): Sql {
  const t = Symbol(type);
  const conditions = all([sql`${name(t, 'id')} = ANY(${ids})`, isNotOpen(t)]);
  return sql`(SELECT * FROM ${table(type, t)} WHERE ${conditions} OFFSET 0) ${name(as)}`;
}
