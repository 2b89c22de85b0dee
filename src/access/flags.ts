import { either } from '../database/conditions';
import { name, run, sql, value, type Alias, type Runner, type Sql } from '../database/sql';
import type { ContainerType, ProposedType } from '../model/families';
import type { NodeName } from '../model/ids';
import { snakeCase } from '../model/names';

/*
 * What stands in an object's own flags: for whoever sets them, and for what is only put where they stand so. Who sees an
 * object is asked of the compiler.
 */

/** Those of some objects of a type whose flag stands as asked. */
export async function idsWithFlag(
  runner: Runner,
  type: ContainerType | 'DataStorageProtocol',
  ids: readonly string[],
  isPublic: boolean,
): Promise<Set<string>> {
  return idsWhere(runner, type, ids, sql`"is_public" = ${value(isPublic, 'boolean')}`);
}

/** Holds for an object whose flag is up; without an alias, of the one table that is asked. */
export const isFlagUp = (alias?: Alias): Sql => (alias ? name(alias, 'is_public') : name('is_public'));

/** Those of some proposed objects of a type that are approved. */
export async function approvedAmong(runner: Runner, type: ProposedType, ids: readonly string[]): Promise<Set<string>> {
  return idsWhere(runner, type, ids, sql`"is_approved"`);
}

/** Holds for a term (under `alias`) that a user may have meant by its name: an approved one, or their own proposal. */
export const isApprovedOrOwn = (alias: Alias, userId: Sql): Sql =>
  either([name(alias, 'is_approved'), sql`${name(alias, 'proposed_by_id')} = ${userId}`]);

/** Orders the approved terms before proposals. */
export const approvedFirst = (alias: Alias): Sql => sql`${name(alias, 'is_approved')} DESC`;

async function idsWhere(runner: Runner, type: NodeName, ids: readonly string[], condition: Sql): Promise<Set<string>> {
  const rows = await run<{ id: string }>(
    runner,
    sql`SELECT "id" FROM ${name(snakeCase(type))} WHERE "id" = ANY(${value(ids, 'uuid[]')}) AND ${condition}`,
  );
  return new Set(rows.map(({ id }) => id));
}
