import type { EntityManager } from 'typeorm';
import { notFound } from '../errors';
import { containerIdColumns, containerOfId } from './containers';
import { lockContainers, lockGroups, requireGroupOwner, requireOwners } from './owners';

/**
 * Deletes an account with its roles, memberships, invitations and tokens, inside the caller's transaction. What the user
 * made stays. Throws NOT_FOUND, or CONFLICT where they are the last owner of something.
 */
export async function deleteUser(manager: EntityManager, userId: string): Promise<void> {
  const found = await manager.query<unknown[]>(`SELECT 1 FROM "user" WHERE "id" = $1 FOR UPDATE`, [userId]);
  if (found.length === 0) throw notFound('User');
  const groups = await manager.query<{ id: string; owned: boolean }[]>(
    `SELECT "group_id" AS "id", "role" = 'OWNER' AS "owned" FROM "group_membership"
     WHERE "user_id" = $1 AND "accepted_at" IS NOT NULL`,
    [userId],
  );
  const groupIds = groups.map(({ id }) => id);
  await lockGroups(manager, groupIds);
  const rows = await manager.query<{ id: string }[]>(
    `SELECT DISTINCT ${containerIdColumns('m')} AS "id" FROM "membership" m
     WHERE m."accepted_at" IS NOT NULL AND m."role" = 'OWNER' AND (m."user_id" = $1 OR m."group_id" = ANY($2::uuid[]))`,
    [userId, groupIds],
  );
  const containers = await lockContainers(
    manager,
    rows.map(({ id }) => containerOfId(id)!),
  );
  await manager.query(`DELETE FROM "user" WHERE "id" = $1`, [userId]);
  await requireOwners(manager, containers);
  for (const { id, owned } of groups) if (owned) await requireGroupOwner(manager, id);
}
