import type { EntityManager } from 'typeorm';
import { conflict } from '../errors';
import { containerColumn, containerIdColumns, containerOfId, containerTable, type Container } from './containers';

/*
 * There is always at least one owner. Whatever may take one away locks first, always in this order: users, groups,
 * containers, each by their ids. Whoever waits for a lock then sees what was committed before it was granted, so two
 * owners who remove each other at the same moment cannot both succeed, nor wait for each other in a circle.
 */

/** Keeps users from being deleted until the transaction ends. */
export async function keepUsers(manager: EntityManager, ids: readonly (string | null | undefined)[]): Promise<void> {
  const wanted = ids.filter((id) => id != null);
  await manager.query(`SELECT 1 FROM "user" WHERE "id" = ANY($1::uuid[]) ORDER BY "id" FOR KEY SHARE`, [wanted]);
}

/** Locks groups: nobody joins or leaves them, and they become owner of nothing, until the transaction ends. */
export async function lockGroups(manager: EntityManager, ids: readonly (string | null | undefined)[]): Promise<void> {
  const wanted = ids.filter((id) => id != null);
  await manager.query(`SELECT 1 FROM "group" WHERE "id" = ANY($1::uuid[]) ORDER BY "id" FOR UPDATE`, [wanted]);
}

/** Locks containers, so that their roles do not change until the transaction ends. Returns those that still exist. */
export async function lockContainers(manager: EntityManager, containers: readonly Container[]): Promise<Container[]> {
  const inOrder = [...containers].sort((one, other) => (one.id < other.id ? -1 : 1));
  const existing: Container[] = [];
  for (const container of inOrder) {
    const statement = `SELECT 1 FROM ${containerTable(container.type)} WHERE "id" = $1 FOR UPDATE`;
    const found = await manager.query<unknown[]>(statement, [container.id]);
    if (found.length > 0) existing.push(container);
  }
  return existing;
}

/** Locks what a locked group is owner of, and returns it. */
export async function lockOwnedByGroup(manager: EntityManager, groupId: string): Promise<Container[]> {
  const rows = await manager.query<{ id: string }[]>(
    `SELECT ${containerIdColumns('m')} AS "id" FROM "membership" m WHERE m."group_id" = $1 AND ${accepted('m')} AND ${owner('m')}`,
    [groupId],
  );
  return lockContainers(
    manager,
    rows.map(({ id }) => containerOfId(id)!),
  );
}

/** Those of which no live user is owner any more, neither directly nor through a group. */
export async function withoutOwner(manager: EntityManager, containers: readonly Container[]): Promise<Container[]> {
  const found: Container[] = [];
  for (const container of containers) {
    const owners = await manager.query<unknown[]>(
      `SELECT 1 FROM "membership" m WHERE m.${containerColumn(container.type)} = $1 AND ${accepted('m')} AND ${owner('m')}
         AND (m."user_id" IS NOT NULL
              OR EXISTS (SELECT 1 FROM "group_membership" g WHERE g."group_id" = m."group_id" AND ${accepted('g')}))
       LIMIT 1`,
      [container.id],
    );
    if (owners.length === 0) found.push(container);
  }
  return found;
}

/** Throws CONFLICT where something has no owner any more. */
export async function requireOwners(manager: EntityManager, containers: readonly Container[]): Promise<void> {
  const [orphan] = await withoutOwner(manager, containers);
  if (orphan) throw conflict(`This would leave a ${orphan.type} without an owner: make somebody else its owner first.`);
}

/** Those of some groups, as far as they exist, that have no owner any more. */
export async function groupsWithoutOwner(
  manager: EntityManager,
  ids: readonly string[],
): Promise<{ type: 'Group'; id: string }[]> {
  const rows = await manager.query<{ id: string }[]>(
    `SELECT "id" FROM "group" WHERE "id" = ANY($1::uuid[]) AND NOT EXISTS (
       SELECT 1 FROM "group_membership" g WHERE g."group_id" = "group"."id" AND ${accepted('g')} AND ${owner('g')})
     ORDER BY "id"`,
    [ids],
  );
  return rows.map(({ id }) => ({ type: 'Group', id }));
}

/** Throws CONFLICT where a group has no owner any more. */
export async function requireGroupOwner(manager: EntityManager, groupId: string): Promise<void> {
  if ((await groupsWithoutOwner(manager, [groupId])).length > 0)
    throw conflict('This would leave the group without an owner: make somebody else its owner first, or delete it.');
}

const accepted = (alias: string): string => `${alias}."accepted_at" IS NOT NULL`;
const owner = (alias: string): string => `${alias}."role" = 'OWNER'`;
