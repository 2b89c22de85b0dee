import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';

/** In milliseconds: how often it is looked whether there is something to add up. */
const interval = 60_000;

/** How many rows have to have come for that, and how many are added up at once. */
const worthwhile = 1000;
const mostAtOnce = 20_000;

/**
 * Adds up rows of the same kind and key. Nobody who writes waits for it, since nobody but this takes rows away; of two who do so at
 * once, each row is taken by one. Whoever reads sees the rows, or what they come to.
 */
const addUp = `WITH "taken" AS (
    DELETE FROM "public_tally" WHERE "id" IN (SELECT "id" FROM "public_tally" WHERE "id" <= $1 ORDER BY "id" LIMIT ${mostAtOnce})
    RETURNING "kind", "key", "change"), "kept" AS (
    INSERT INTO "public_tally" ("kind", "key", "change")
    SELECT "kind", "key", sum("change")::integer FROM "taken" GROUP BY "kind", "key" HAVING sum("change") <> 0)
  SELECT count(*)::integer AS "count" FROM "taken"`;

/** Adds up all that has come so far. */
export async function compactTallies(pool: Pick<Pool, 'query'>): Promise<void> {
  const last = await lastTally(pool);
  for (let taken = mostAtOnce; taken === mostAtOnce;) {
    const { rows } = await pool.query<{ count: number }>(addUp, [last]);
    taken = rows[0]!.count;
  }
}

async function lastTally(pool: Pick<Pool, 'query'>): Promise<string> {
  const { rows } = await pool.query<{ last: string }>(`SELECT COALESCE(max("id"), 0) AS "last" FROM "public_tally"`);
  return rows[0]!.last;
}

/**
 * Keeps what the dashboard reads short, in the background, as long as the server runs. Where it fails, it is tried again later:
 * nothing is wrong until then, only slower.
 *
 * @returns what ends it
 */
export function keepTalliesShort(pool: Pool, onFailure: (error: unknown) => void): () => Promise<void> {
  const ending = new AbortController();
  let known = 0;
  const look = async (): Promise<void> => {
    if (Number(await lastTally(pool)) - known < worthwhile) return;
    await compactTallies(pool);
    known = Number(await lastTally(pool));
  };
  const keep = async (): Promise<void> => {
    while (!ending.signal.aborted) {
      await sleep(interval, undefined, { signal: ending.signal, ref: false }).catch(() => undefined);
      if (!ending.signal.aborted) await look().catch(onFailure);
    }
  };
  const kept = keep();
  return () => {
    ending.abort();
    return kept;
  };
}
