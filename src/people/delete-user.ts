import type { EntityManager } from 'typeorm';
import { describeObject, oneRow } from '../access/who-can-see';
import { isAccepted, isGroupOwner, isOwner } from '../access/memberships';
import { lock } from '../database/locks';
import { name, run, sql, value } from '../database/sql';
import { either } from '../database/conditions';
import { conflict, notFound } from '../errors';
import type { NodeName } from '../model/ids';
import { containerIdIn, containerOfId } from './containers';
import { groupsWithoutOwner, lockedPlaces, withoutOwner } from './owners';

/** What went with an account. */
export interface DeletedUser {
  name: string;
  tokens: number;
  /** Roles on projects and personal attributes, and invitations to have one. */
  roles: number;
}

/**
 * Deletes an account with its roles, memberships, invitations and tokens, and groups that nobody else belongs to, inside
 * the caller's transaction. What the user made stays. Throws NOT_FOUND, or CONFLICT, which names what they are the last
 * owner of.
 */
export async function deleteUser(manager: EntityManager, userId: string): Promise<DeletedUser> {
  await lock(manager, [{ type: 'User', id: userId, hold: 'deleted' }]);
  const [user] = await manager.query<{ name: string }[]>(`SELECT "name" FROM "user" WHERE "id" = $1`, [userId]);
  if (!user) throw notFound('User');
  const gm = Symbol('group membership');
  const groups = await run<{ id: string; owned: boolean }>(
    manager,
    sql`SELECT ${name(gm, 'group_id')} AS "id", ${isGroupOwner(gm)} AS "owned" FROM "group_membership" ${name(gm)}
     WHERE ${name(gm, 'user_id')} = ${value(userId, 'uuid')} AND ${isAccepted(gm)}`,
  );
  const groupIds = groups.map(({ id }) => id);
  await lock(
    manager,
    groupIds.map((id) => ({ type: 'Group', id, hold: 'deleted' })),
  );
  const m = Symbol('membership');
  const isTheirs = either([
    sql`${name(m, 'user_id')} = ${value(userId, 'uuid')}`,
    sql`${name(m, 'group_id')} = ANY(${value(groupIds, 'uuid[]')})`,
  ]);
  const rows = await run<{ id: string }>(
    manager,
    sql`SELECT DISTINCT ${containerIdIn(m)} AS "id" FROM "membership" ${name(m)} WHERE ${isOwner(m)} AND ${isTheirs}`,
  );
  const containers = rows.map(({ id }) => containerOfId(id)!);
  await lock(manager, lockedPlaces(...containers));
  const [gone] = await manager.query<[{ tokens: number; roles: number }]>(
    `SELECT (SELECT count(*)::int FROM "access_token" WHERE "user_id" = $1) AS "tokens",
       (SELECT count(*)::int FROM "membership" WHERE "user_id" = $1) AS "roles"`,
    [userId],
  );
  await manager.query(`DELETE FROM "user" WHERE "id" = $1`, [userId]);
  await deleteEmptyGroups(manager, groupIds);
  const owned = groups.filter((group) => group.owned).map(({ id }) => id);
  const orphans = [...(await withoutOwner(manager, containers)), ...(await groupsWithoutOwner(manager, owned))];
  if (orphans.length > 0)
    throw conflict(
      `${user.name} is the last owner of ${await enumerate(manager, orphans)}: make somebody else an owner first.`,
    );
  return { name: user.name, ...gone };
}

/** A group to which nobody belongs any more could not be managed by anybody either. */
async function deleteEmptyGroups(manager: EntityManager, ids: readonly string[]): Promise<void> {
  const gm = Symbol('group membership');
  await run(
    manager,
    sql`DELETE FROM "group" g WHERE g."id" = ANY(${value(ids, 'uuid[]')}) AND NOT EXISTS (
       SELECT 1 FROM "group_membership" ${name(gm)} WHERE ${name(gm, 'group_id')} = g."id" AND ${isAccepted(gm)})`,
  );
}

const mostNamed = 10;

async function enumerate(manager: EntityManager, objects: readonly { type: NodeName; id: string }[]): Promise<string> {
  const names: string[] = [];
  for (const { type, id } of objects.slice(0, mostNamed))
    names.push(`${describeObject(type, (await oneRow(manager, type, id))!)} (${id})`);
  const rest = objects.length - mostNamed;
  return names.join(', ') + (rest > 0 ? ` and ${rest} more` : '');
}
