import type { Compiler } from '../access/compiler';
import { keptCount } from '../access/kept-counts';
import { ownRows, partsOf, type Own } from '../access/parts';
import { all, isPlain, onlyWhere } from '../database/conditions';
import { beginningWith, FALSE, join, name, sql, TRUE, type Alias, type Sql } from '../database/sql';
import { leadTo, type Lead } from '../finding/leads';
import { nameOf } from '../model/node';
import { sourceOf, type Many } from './many';
import type { Page } from './page';
import { askedAlone, pageSql, type PageAsked } from './page-sql';
import type { Source } from './source';
import type { Tables } from './tables';

/*
 * Everything of a type that a viewer sees, read from two sides: what everybody sees by the indexes that hold just that, and what the
 * viewer sees besides from what they have a role on. Together they would be found by neither.
 */

/** The one page of everything, with one row more than asked for, which tells of a next page. */
export function pageStatement(many: Many, tables: Tables, compiler: Compiler, page: Page): Sql {
  return pageOfEverything(many, tables, compiler, page, askedAlone);
}

/**
 * The same within another statement.
 *
 * @param columns what is read of each, under the alias of its table; what there is to read, if left out
 */
export function pageOfEverything(
  many: Many,
  tables: Tables,
  compiler: Compiler,
  page: Page,
  asked: PageAsked,
  columns?: (t: Alias) => Sql,
): Sql {
  const { named, sources } = armsOf(many, tables, compiler);
  const [first, ...others] = sources.map((source) => (columns ? { ...source, columns: columns(source.t) } : source));
  return pageSql([first!, ...others], page, asked, named);
}

/** How much of everything there is. How much everybody sees, of which nothing is asked, is kept and need not be counted. */
export function countEverythingStatement(many: Many, tables: Tables, compiler: Compiler): Sql {
  const { target, filtered, held = false, find } = many;
  const { named, sources } = armsOf(many, tables, compiler);
  const kept = filtered && !held && !find?.where ? keptCount(compiler, nameOf(target)) : undefined;
  const counted = (kept ? sources.slice(1) : sources).map(
    ({ from, condition }) => sql`(SELECT count(*) FROM ${from} WHERE ${condition})`,
  );
  return beginningWith(named, sql`SELECT ${join([...(kept ? [kept] : []), ...counted], ' + ')} AS "count"`);
}

/** From where everything is read. */
export interface Arms {
  /** What a statement begins with in which they stand. */
  named: readonly Sql[];
  /** They have no row in common. */
  sources: readonly [Source, ...Source[]];
}

export function armsOf(many: Many, tables: Tables, compiler: Compiler): Arms {
  const { target, filtered, held = false, find } = many;
  if (!held && !filtered) return { named: [], sources: [sourceOf(many, tables, compiler)] };
  const type = nameOf(target);
  const { open, own } = partsOf(compiler, type, held ? 'MEMBER' : 'visible');
  const seen = open(Symbol(type));
  const lead = find?.where && isPlain(seen) ? leadTo(type, find.where.condition, compiler) : undefined;
  const everybodys = (): Source => sourceOf(many, tables, compiler, open);
  const ofOpen: Arms['sources'] = lead ? [walked(everybodys(), lead), looked(everybodys(), lead)] : [everybodys()];
  const owned = own && ownArm(many, tables, compiler, own, lead);
  const sources: Arms['sources'] = !owned ? ofOpen : seen === FALSE ? [owned] : [...ofOpen, owned];
  return { named: lead?.named ?? [], sources };
}

/** What is walked through, where what is asked does not lead to few rows; … */
const walked = (source: Source, { isFew }: Lead): Source => ({
  ...source,
  condition: all([sql`NOT ${isFew}`, source.condition]),
});

/** … and those looked up, where it does. */
const looked = (source: Source, { isFew, ids }: Lead): Source => ({
  ...source,
  condition: all([isFew, sql`${name(source.t, 'id')} = ANY(${ids})`, source.condition]),
  isFew: true,
});

function ownArm(many: Many, tables: Tables, compiler: Compiler, own: Own, lead: Lead | undefined): Source {
  const source = sourceOf(many, tables, compiler, () => TRUE);
  const from = ownRows(nameOf(many.target), own, source.t);
  if (!lead) return { ...source, from };
  const isLedTo = sql`(NOT ${lead.isFew} OR ${name(source.t, 'id')} IN (${lead.listed}))`;
  return { ...source, from, condition: onlyWhere(isLedTo, source.condition) };
}
