import type { EntityManager } from 'typeorm';
import { conflict } from '../errors';
import { lock, type Wanted } from '../database/locks';
import { containerColumn, containerIdColumns, containerOfId, type Container } from './containers';
import type { Place } from './membership-rows';

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
  const rows = await manager.query<{ id: string }[]>(
    `SELECT ${containerIdColumns('m')} AS "id" FROM "membership" m WHERE m."group_id" = $1 AND ${accepted('m')} AND ${owner('m')}`,
    [groupId],
  );
  const containers = rows.map(({ id }) => containerOfId(id)!);
  const existing = await lock(manager, lockedPlaces(...containers));
  return containers.filter(({ id }) => existing.has(id));
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
