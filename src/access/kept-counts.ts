import { sql, text, type Sql } from '../database/sql';
import type { NodeName } from '../model/ids';
import type { Compiler } from './compiler';
import { policy } from './policy';

/**
 * The types of which triggers of the database keep how many the public sees (the table public_tally), each object noted once under
 * the name of its type. What they note by is said in discovery/dashboard/tallies.ts, and compared there with the rules.
 */
export const keptTypes = [
  ...(['Project', 'Subject', 'Session', 'Collection', 'Cohort'] as const),
  ...(['Behavior', 'DataAcquisition', 'Manipulation', 'Procedure'] as const),
] satisfies NodeName[];

/**
 * How many of a type everybody sees, added up from what is kept; undefined where nothing is kept of it. It holds for the rules that
 * it was kept for, and not for what somebody supposes to be public.
 */
export function keptCount(compiler: Compiler, type: NodeName): Sql | undefined {
  const isKept = keptTypes.some((kept) => kept === type);
  if (!isKept || compiler.isSupposing || compiler.rules.policy !== policy) return undefined;
  return sql`(SELECT COALESCE(sum("change"), 0)::bigint FROM "public_tally" WHERE "kind" = ${text(type)})`;
}
