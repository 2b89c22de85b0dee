import type { EntityManager } from 'typeorm';
import { authorizeAll, type Demand } from '../access/authorize';
import { lock } from '../database/locks';
import { act, type Acting, type Actor } from '../access/act';
import { requireScopeToLetPublish } from '../access/letting-publish';
import { conflict, forbidden } from '../errors';
import { grants, isOwner, isRaise, roleOn } from './granting';
import {
  deleteRow,
  findHeldBy,
  findRow,
  tableOf,
  type MembershipKind,
  type MembershipRow,
  type Place,
} from './membership-rows';
import { groupOf, keptUsers, lockedPlaces, lockOwnedByGroup, requireGroupOwner, requireOwners } from './owners';
import type { Container } from './containers';
import type { Role } from '../domain/people/role';

/** A membership or invitation, and whether it was changed. */
export interface MembershipChange {
  id: string;
  changed: boolean;
}

/** Whoever loses a role loses it now, whatever they or others are in the middle of. */
const takesBack = { goesFirst: true };

/**
 * Changes an accepted role. Throws NOT_FOUND, FORBIDDEN (also for raising oneself) or CONFLICT (the last owner; a mere
 * invitation).
 */
export async function changeRole(
  actor: Actor,
  kind: MembershipKind,
  text: string,
  wanted: Role,
): Promise<MembershipChange> {
  return act(
    actor,
    async (acting) => {
      const { manager } = acting;
      const before = await findRow(acting, kind, text);
      const { userId, holderGroupId, place } = before;
      await requireChange(acting, before, wanted);
      await lock(manager, [...keptUsers(userId), ...lockedPlaces(groupOf(holderGroupId), place)]);
      const row = await findRow(acting, kind, text);
      await requireChange(acting, row, wanted);
      if (row.userId === actor.viewer.userId && isRaise(row.role, wanted))
        throw forbidden('Nobody can raise their own role.');
      if (!row.isAccepted)
        throw conflict('This is an invitation that is not accepted yet: remove it, and invite to the other role.');
      if (!isRaise(row.role, wanted) && !isRaise(wanted, row.role)) return { id: row.id, changed: false };
      if (place.type !== 'Group') await requireScopeToLetPublish(acting, 'changeMemberRole', { role: wanted });
      await manager.query(
        `UPDATE ${tableOf(kind)} SET "role" = $2, "updated_at" = clock_timestamp(), "version" = "version" + 1 WHERE "id" = $1`,
        [row.id, wanted],
      );
      await requireOwnersWithout(manager, row, []);
      return { id: row.id, changed: true };
    },
    takesBack,
  );
}

/** Ends a role, or takes back an invitation. Throws NOT_FOUND, FORBIDDEN or CONFLICT (the last owner). */
export async function remove(actor: Actor, kind: MembershipKind, text: string): Promise<string> {
  return act(
    actor,
    async (acting) => {
      const { manager } = acting;
      const before = await findRow(acting, kind, text);
      const { place } = before;
      await requireRemoval(acting, before);
      await lock(manager, lockedPlaces(place));
      const owned = await ownedBy(manager, place);
      const row = await findRow(acting, kind, text);
      await requireRemoval(acting, row);
      await deleteRow(manager, row);
      if (row.isAccepted) await requireOwnersWithout(manager, row, owned);
      return row.id;
    },
    takesBack,
  );
}

/** Ends the viewer's own role in a place. Throws NOT_FOUND, FORBIDDEN (they have none) or CONFLICT. */
export async function leave(actor: Actor, place: Place): Promise<string> {
  return act(
    actor,
    async (acting) => {
      const { manager } = acting;
      const demand: Demand = { ...place, atLeast: 'MEMBER', hold: 'changed' };
      await authorizeAll(acting, [demand], async () => {
        await ownRow(acting, place);
        return [];
      });
      const owned = await ownedBy(manager, place);
      const row = await ownRow(acting, place);
      await deleteRow(manager, row);
      await requireOwnersWithout(manager, row, owned);
      return row.id;
    },
    takesBack,
  );
}

/*
 * Asked before anything is locked as well: taking something back goes before others, and whoever may not do it neither
 * waits nor makes anybody else give way.
 */

async function requireChange(
  { manager, access, viewer }: Acting,
  { place, role }: MembershipRow,
  wanted: Role,
): Promise<void> {
  const held = await roleOn(manager, access, viewer.userId, place);
  if (!grants(held, role) || !grants(held, wanted))
    throw forbidden(`It takes another role than yours to change ${role} to ${wanted} here.`);
}

async function requireRemoval({ manager, access, viewer }: Acting, { place, role }: MembershipRow): Promise<void> {
  if (!grants(await roleOn(manager, access, viewer.userId, place), role))
    throw forbidden(`It takes another role than yours to remove somebody with the role ${role} here.`);
}

/** The role that the viewer holds in a place themselves. */
async function ownRow({ manager, viewer }: Acting, place: Place): Promise<MembershipRow> {
  const row = await findHeldBy(manager, place, { column: 'user_id', value: viewer.userId });
  if (!row?.isAccepted) throw conflict('You are here through a group alone: leave that group instead.');
  return row;
}

/** Locks what a locked place is owner of, where it is a group, and returns it. */
async function ownedBy(manager: EntityManager, { type, id }: Place): Promise<Container[]> {
  return type === 'Group' ? lockOwnedByGroup(manager, id) : [];
}

/** After a role was ended or lowered: throws CONFLICT where it was the last that made somebody an owner. */
async function requireOwnersWithout(
  manager: EntityManager,
  { place, role }: MembershipRow,
  ownedByGroup: readonly Container[],
): Promise<void> {
  if (place.type !== 'Group') return isOwner(role) ? requireOwners(manager, [place]) : undefined;
  if (isOwner(role)) await requireGroupOwner(manager, place.id);
  await requireOwners(manager, ownedByGroup);
}
