import type { Access } from '../../access/access';
import { compilerFor, table } from '../../access/compiler';
import { anonymous } from '../../access/viewer';
import { join, run, sql, text, type Runner, type Sql } from '../../database/sql';
import { tallied, type Tallied } from './tallies';

/** Where what is kept is not what the public sees. */
export interface TallyDrift {
  kind: Tallied;
  key: string;
  kept: number;
  seen: number;
}

/** Compares what is kept with what the rules show the public, object by object. Reads everything that is public. */
export async function driftOfTallies(runner: Runner, access: Access): Promise<TallyDrift[]> {
  return run<TallyDrift>(runner, sql`${drift(access)} ORDER BY "kind", "key"`);
}

/**
 * Sets right what is kept, and returns what was not. One statement reads all of it in one state of the database, to which
 * everybody who writes meanwhile adds their own: nobody waits.
 */
export async function repairTallies(runner: Runner, access: Access): Promise<TallyDrift[]> {
  return run<TallyDrift>(
    runner,
    sql`WITH "drift" AS MATERIALIZED (${drift(access)}), "repaired" AS (
      INSERT INTO "public_tally" ("kind", "key", "change") SELECT "kind", "key", "seen" - "kept" FROM "drift")
    SELECT * FROM "drift" ORDER BY "kind", "key"`,
  );
}

function drift(access: Access): Sql {
  const compiler = compilerFor(access, anonymous);
  const seen = (Object.keys(tallied) as Tallied[]).map((kind) => {
    const { type, key } = tallied[kind];
    const t = Symbol(type);
    return sql`SELECT ${text(kind)} AS "kind", ${key(t)} AS "key", count(*) AS "count" FROM ${table(type, t)}
      WHERE ${compiler.rows(type, t)} AND ${key(t)} IS NOT NULL GROUP BY 1, 2`;
  });
  // What used a stock that is deleted forgets it, and is counted as before perhaps, if it is published just then: nobody is told.
  const isOfStockThatIsGone = sql`"kind" = 'ConsumableStock' AND NOT EXISTS (SELECT 1 FROM "consumable_stock" WHERE "id" = "key"::uuid)`;
  return sql`SELECT "kind", "key", COALESCE("kept"."count", 0)::integer AS "kept", COALESCE("seen"."count", 0)::integer AS "seen"
    FROM (SELECT "kind"::text, "key"::text, sum("change") AS "count" FROM "public_tally" GROUP BY 1, 2) "kept"
    FULL JOIN (${join(seen, ' UNION ALL ')}) "seen" USING ("kind", "key")
    WHERE COALESCE("kept"."count", 0) <> COALESCE("seen"."count", 0) AND NOT (${isOfStockThatIsGone})`;
}
