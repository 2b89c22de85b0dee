import type { EntityManager } from 'typeorm';
import { conflict } from '../errors';
import { isAccepted, isGroupOwner, isOwner } from '../access/memberships';
import { either, exists } from '../database/conditions';
import { lock, type Wanted } from '../database/locks';
import { name, run, sql, value } from '../database/sql';
import { containerIdIn, containerOfId, type Container } from './containers';
import type { Place } from './membership-rows';
import { idColumn } from '../model/names';

/*
 * There is always at least one owner. Whatever may take one away locks first. Whoever waits for a lock then sees what was
 * committed before it was granted, so two owners who remove each other at the same moment cannot both succeed.
 */

/** What keeps users from being deleted. */
export const keptUsers = (...ids: (string | null | undefined)[]): Wanted[] =>
  ids.flatMap((id) => (id == null ? [] : { type: 'User', id, hold: 'kept' }));

/** What keeps roles in groups and on containers as they are. */
export const lockedPlaces = (...places: (Place | null | undefined)[]): Wanted[] =>
  places.flatMap((place) => (place ? { type: place.type, id: place.id, hold: 'changed' } : []));

/** The place that a group is, where there is one. */
export const groupOf = (id: string | null): Place | undefined => (id === null ? undefined : { type: 'Group', id });

/** Locks what a locked group is owner of, and returns it. */
export async function lockOwnedByGroup(manager: EntityManager, groupId: string): Promise<Container[]> {
  const m = Symbol('membership');
  const rows = await run<{ id: string }>(
    manager,
    sql`SELECT ${containerIdIn(m)} AS "id" FROM "membership" ${name(m)}
      WHERE ${name(m, 'group_id')} = ${value(groupId, 'uuid')} AND ${isOwner(m)}`,
  );
  const containers = rows.map(({ id }) => containerOfId(id)!);
  const existing = await lock(manager, lockedPlaces(...containers));
  return containers.filter(({ id }) => existing.has(id));
}

/** Those of which no live user is owner any more, neither directly nor through a group. */
export async function withoutOwner(manager: EntityManager, containers: readonly Container[]): Promise<Container[]> {
  const found: Container[] = [];
  for (const container of containers) {
    const [m, g] = [Symbol('membership'), Symbol('group membership')];
    const isLive = either([
      sql`${name(m, 'user_id')} IS NOT NULL`,
      exists(sql`"group_membership" ${name(g)}`, [sql`${name(g, 'group_id')} = ${name(m, 'group_id')}`, isAccepted(g)]),
    ]);
    const owners = await run(
      manager,
      sql`SELECT 1 FROM "membership" ${name(m)} WHERE ${name(m, idColumn(container.type))} = ${value(container.id, 'uuid')}
        AND ${isOwner(m)} AND ${isLive} LIMIT 1`,
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
  const g = Symbol('group membership');
  const rows = await run<{ id: string }>(
    manager,
    sql`SELECT "id" FROM "group" WHERE "id" = ANY(${value(ids, 'uuid[]')}) AND NOT EXISTS (
       SELECT 1 FROM "group_membership" ${name(g)} WHERE ${name(g, 'group_id')} = "group"."id" AND ${isGroupOwner(g)})
     ORDER BY "id"`,
  );
  return rows.map(({ id }) => ({ type: 'Group', id }));
}

/** Throws CONFLICT where a group has no owner any more. */
export async function requireGroupOwner(manager: EntityManager, groupId: string): Promise<void> {
  if ((await groupsWithoutOwner(manager, [groupId])).length > 0)
    throw conflict('This would leave the group without an owner: make somebody else its owner first, or delete it.');
}
