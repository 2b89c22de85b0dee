import type { Compiler } from '../../access/compiler';
import { table } from '../../access/compiler';
import { keptTypes } from '../../access/kept-counts';
import { all } from '../../database/conditions';
import { join, name, sql, text, type Alias, type Sql } from '../../database/sql';
import type { NodeName } from '../../model/ids';
import { idColumn } from '../../model/names';
import { mostListed } from './dashboard.types';

/*
 * How much the public sees is not counted when it is asked, but kept: triggers of the database note what every write adds or
 * takes away, in its own transaction (the table public_tally). What they note by, and what it has to come to by the rules of
 * access, is said here; `verify-tallies.ts` compares the two.
 *
 * Whether a term is approved, and whether the inventory of a stock is public, is noted nowhere: it is asked where it is read.
 */

/** By what each kind is counted, under an alias of the type whose objects it counts: those that the public sees. */
export const tallied = {
  Project: { type: 'Project', key: monthOf('published_at') },
  Subject: { type: 'Subject', key: monthOf('public_since') },
  Session: { type: 'Session', key: monthOf('public_since') },
  Collection: { type: 'Collection', key: () => text('') },
  Cohort: { type: 'Cohort', key: () => text('') },
  Behavior: { type: 'Behavior', key: () => text('') },
  DataAcquisition: { type: 'DataAcquisition', key: columnOf('type') },
  Manipulation: { type: 'Manipulation', key: columnOf('type') },
  Procedure: { type: 'Procedure', key: columnOf('type') },
  Species: { type: 'Subject', key: columnOf('species_id') },
  Strain: { type: 'Subject', key: columnOf('strain_id') },
  BrainRegion: { type: 'Procedure', key: columnOf('brain_region_id') },
  ConsumableStock: { type: 'Procedure', key: columnOf('consumable_stock_id') },
  HardwareDevice: { type: 'Equipment', key: columnOf('hardware_device_id') },
} as const satisfies Record<string, { type: NodeName; key: (alias: Alias) => Sql }>;

export type Tallied = keyof typeof tallied;

function monthOf(column: string): (alias: Alias) => Sql {
  return (alias) => sql`to_char(${name(alias, column)} AT TIME ZONE 'UTC', 'YYYY-MM')`;
}

function columnOf(column: string): (alias: Alias) => Sql {
  return (alias) => sql`${name(alias, column)}::text`;
}

/** The kinds that count what uses a term, by the id of that. */
const ofTerms = ['Species', 'Strain', 'BrainRegion', 'HardwareDevice'] as const satisfies Tallied[];

/** What is read: a number of something. */
export interface Tally {
  kind: (typeof keptTypes)[number] | (typeof ofTerms)[number] | 'Consumable';
  key: string;
  count: number;
}

const oneOf = (kinds: readonly Tallied[]): Sql => sql`"kind" IN (${join(kinds.map(text), ', ')})`;

/** All that the dashboard counts; of terms those that are used most. */
export function talliesStatement(compiler: Compiler): Sql {
  const each = [
    sql`SELECT "kind", "key", "count" FROM "tally" WHERE ${oneOf(keptTypes)}`,
    ...ofTerms.map((type) => {
      const t = Symbol(type);
      return mostUsed(type, t, compiler, {
        from: sql`"tally" "y" JOIN ${table(type, t)} ON ${name(t, 'id')} = "y"."key"::uuid`,
        where: sql`"y"."kind" = ${text(type)}`,
      });
    }),
    mostUsedConsumables(compiler),
  ];
  return sql`WITH "tally" AS MATERIALIZED (
      SELECT "kind", "key", sum("change") AS "count" FROM "public_tally" WHERE ${oneOf([...keptTypes, ...ofTerms])}
      GROUP BY "kind", "key" HAVING sum("change") > 0)
    ${join(each, ' UNION ALL ')}`;
}

/** Of stocks that the public does not see nobody is told what they are stocks of. */
function mostUsedConsumables(compiler: Compiler): Sql {
  const [stock, consumable] = [Symbol('stock'), Symbol('consumable')];
  return mostUsed('Consumable', consumable, compiler, {
    from: sql`(SELECT "key", sum("change") AS "count" FROM "public_tally" WHERE ${oneOf(['ConsumableStock'])} GROUP BY "key") "y"
      JOIN ${table('ConsumableStock', stock)} ON ${name(stock, 'id')} = "y"."key"::uuid
      JOIN ${table('Consumable', consumable)} ON ${name(consumable, 'id')} = ${name(stock, idColumn('Consumable'))}`,
    where: compiler.rows('ConsumableStock', stock),
  });
}

function mostUsed(
  type: Tally['kind'] & NodeName,
  term: Alias,
  compiler: Compiler,
  { from, where }: { from: Sql; where: Sql },
): Sql {
  return sql`(SELECT ${text(type)}, ${name(term, 'id')}::text, sum("y"."count")::bigint FROM ${from}
    WHERE ${all([where, compiler.rows(type, term)])} GROUP BY ${name(term, 'id')} HAVING sum("y"."count") > 0
    ORDER BY 3 DESC, 2 LIMIT ${text(String(mostListed))}::integer)`;
}

/** The projects that were published last. */
export function recentStatement(compiler: Compiler): Sql {
  const t = Symbol('project');
  return sql`SELECT ${name(t, 'id')} FROM ${table('Project', t)} WHERE ${compiler.rows('Project', t)}
    ORDER BY ${name(t, 'published_at')} DESC NULLS LAST, ${name(t, 'id')} DESC LIMIT ${text(String(mostListed))}::integer`;
}
