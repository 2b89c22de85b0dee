import type { EntityManager } from 'typeorm';
import { authorizeAll, idsWith, type Demand } from '../access/authorize';
import { table } from '../access/compiler';
import { isOpenInvitation, isSentBy } from '../access/memberships';
import { requireScopeToLetPublish } from '../access/letting-publish';
import { oneAtATime, type Wanted } from '../database/locks';
import { join, quote, run, sql, value } from '../database/sql';
import { act, type Acting, type Actor } from '../access/act';
import { badInput, conflict, forbidden, notFound } from '../errors';
import { newId } from '../model/ids';
import { readId } from '../model/read-id';
import { grants, grantsAllOf, roleOn } from './granting';
import { readAddress } from './addresses';
import { announceInvitation } from './invitation-mail';
import { invitationDays } from './invitation';
import { mostInvitations } from '../model/bounds';
import {
  deleteRow,
  findHeldBy,
  kindFor,
  placeColumn,
  tableOf,
  type MembershipRow,
  type Place,
} from './membership-rows';
import { keptUsers } from './owners';
import type { Role } from '../domain/people/role';

/** Who is invited: exactly one of these. */
export interface Guest {
  userId?: string | null | undefined;
  groupId?: string | null | undefined;
  email?: string | null | undefined;
}

/**
 * Invites a user, a group or an e-mail address to a role in a place; it counts once it is accepted. An address is stored
 * and never looked up, so the reply is the same whether it belongs to an account or not. Throws NOT_FOUND, FORBIDDEN,
 * BAD_USER_INPUT, or CONFLICT (who is invited already has a role or an invitation there, or the viewer has too many open).
 *
 * @returns the id of the membership
 */
export async function invite(actor: Actor, place: Place, guest: Guest, role: Role): Promise<string> {
  const holder = readGuest(guest);
  const { userId } = actor.viewer;
  const id = await act(actor, async (acting) => {
    const { manager } = acting;
    await oneAtATime(manager, 'invitations', userId);
    const demand: Demand = { ...place, atLeast: 'MANAGER', hold: 'changed' };
    await authorizeAll(acting, [demand], async () => keptHolder(userId, holder));
    await requireGrant(acting, place, role);
    if (holder.value === userId) throw forbidden('Nobody can invite themself.');
    await requireVisible(acting, holder);
    await (place.type === 'Group'
      ? requireScopeToLetPublish(acting, 'inviteGroupMember', { groupId: place.id })
      : requireScopeToLetPublish(acting, 'inviteMember', { role }));
    await clearTheWay(acting, place, holder);
    await requireRoom(manager, userId);
    return store(manager, place, holder, role, userId);
  });
  if (holder.type === undefined) announceInvitation({ id, to: holder.value, invitedById: userId });
  return id;
}

/** Whether the inviter may still grant what they offered: an invitation lapses when they may not. */
export async function isStillGranted({ manager, access }: Acting, row: MembershipRow): Promise<boolean> {
  const { invitedById, place } = row;
  if (invitedById === null || invitedById === (row.userId ?? row.claimedById)) return false;
  if (!grants(await roleOn(manager, access, invitedById, place), row.role)) return false;
  return place.type !== 'Group' || grantsAllOf(manager, access, invitedById, place.id);
}

type Holder =
  | { type: 'User'; column: 'user_id'; value: string | undefined }
  | { type: 'Group'; column: 'group_id'; value: string | undefined }
  | { type: undefined; column: 'invited_email'; value: string };

function readGuest({ userId, groupId, email }: Guest): Holder {
  if ([userId, groupId, email].filter((one) => one != null).length !== 1)
    throw badInput('Say who is invited in exactly one way: by `userId`, by `groupId` or by `email`.');
  if (userId != null) return { type: 'User', column: 'user_id', value: readId(userId, 'User') };
  if (groupId != null) return { type: 'Group', column: 'group_id', value: readId(groupId, 'Group') };
  return { type: undefined, column: 'invited_email', value: readAddress(email!) };
}

/** Who is written into the row is not deleted meanwhile. */
function keptHolder(inviterId: string, { type, value }: Holder): Wanted[] {
  const group: Wanted[] = type === 'Group' && value !== undefined ? [{ type, id: value, hold: 'kept' }] : [];
  return [...keptUsers(inviterId, type === 'User' ? value : undefined), ...group];
}

async function requireGrant({ manager, access, viewer }: Acting, place: Place, role: Role): Promise<void> {
  if (!grants(await roleOn(manager, access, viewer.userId, place), role))
    throw forbidden(`Only an owner can grant the role ${role}.`);
  if (place.type === 'Group' && !(await grantsAllOf(manager, access, viewer.userId, place.id)))
    throw forbidden('This group has roles that you cannot grant, so you cannot add anybody to it.');
}

async function requireVisible({ manager, access, viewer }: Acting, holder: Holder): Promise<void> {
  const { type, value: id } = holder;
  if (type === undefined) return;
  if (id === undefined || !(await idsWith(manager, access, viewer, type, [id])).has(id)) throw notFound(type);
}

/** An invitation that can no longer be accepted gives way to the new one. Of an address only one's own are known. */
async function clearTheWay(acting: Acting, place: Place, holder: Holder): Promise<void> {
  const { manager, viewer } = acting;
  const existing = await findHeldBy(manager, place, {
    column: holder.column,
    value: holder.value!,
    ...(holder.type === undefined && { invitedBy: viewer.userId }),
  });
  if (!existing) return;
  if (existing.isAccepted) throw conflict('They have a role here already: change that one.');
  if (existing.isOpen && (await isStillGranted(acting, existing)))
    throw conflict('They are invited here already: remove that invitation first, or wait for their answer.');
  await deleteRow(manager, existing);
}

/** Nobody buries what others were sent under invitations of their own. Throws CONFLICT. */
async function requireRoom(manager: EntityManager, inviterId: string): Promise<void> {
  const counts = (['Membership', 'GroupMembership'] as const).map((kind) => {
    const m = Symbol(kind);
    return sql`(SELECT count(*) FROM ${table(kind, m)} WHERE ${isSentBy(m, value(inviterId, 'uuid'))} AND ${isOpenInvitation(m)})`;
  });
  const [row] = await run<{ count: number }>(manager, sql`SELECT (${join(counts, ' + ')})::int AS "count"`);
  const { count } = row!;
  if (count >= mostInvitations)
    throw conflict(`You have ${count} invitations that nobody has answered yet: remove one first, or wait.`);
}

async function store(
  manager: EntityManager,
  place: Place,
  holder: Holder,
  role: Role,
  inviterId: string,
): Promise<string> {
  const kind = kindFor(place);
  const id = newId(kind);
  // The time is that of the statement: it runs under the lock, so what was accepted before it bears an earlier time.
  await manager.query(
    `INSERT INTO ${tableOf(kind)} ("id", ${quote(placeColumn(place))}, ${quote(holder.column)}, "role", "invited_by_id", "created_at", "updated_at", "expires_at")
     VALUES ($1, $2, $3, $4, $5, clock_timestamp(), clock_timestamp(), clock_timestamp() + make_interval(days => $6))`,
    [id, place.id, holder.value, role, inviterId, invitationDays],
  );
  return id;
}
