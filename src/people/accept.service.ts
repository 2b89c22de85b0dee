import type { EntityManager } from 'typeorm';
import { table } from '../access/compiler';
import { isAcceptedAfter, isInvitation, isMeantFor, isOwnerSince, isSentBy, isUnclaimed } from '../access/memberships';
import { either, exists } from '../database/conditions';
import { lock } from '../database/locks';
import { name, run, runChange, sql, value } from '../database/sql';
import { act, type Acting, type Actor } from '../access/act';
import { requireScopeToLetPublish } from '../access/letting-publish';
import { conflict, forbidden, notFound } from '../errors';
import { typeOfId } from '../model/ids';
import { readId } from '../model/read-id';
import { normalizeAddress } from './addresses';
import { isStillGranted } from './invite.service';
import type { MembershipChange } from './member.service';
import {
  deleteRow,
  findHeldBy,
  findRow,
  isInvitee,
  placeColumn,
  tableOf,
  type MembershipKind,
  type MembershipRow,
} from './membership-rows';
import { groupOf, keptUsers, lockedPlaces } from './owners';

const invitation = 'invitation';

/**
 * Makes an invitation of the viewer, or of a group that they manage, a role. Accepting again changes nothing. Throws
 * NOT_FOUND, FORBIDDEN (somebody else is invited) or CONFLICT (it is no longer valid; they have a role there already).
 */
export async function accept(actor: Actor, text: string): Promise<MembershipChange & { kind: MembershipKind }> {
  const kind = kindOf(text);
  return act(actor, async (acting) => {
    const { manager } = acting;
    const before = await findRow(acting, kind, text, invitation);
    const { place, holderGroupId } = before;
    await requireInvitee(acting, before, 'accept');
    await lock(manager, [...keptUsers(actor.viewer.userId), ...lockedPlaces(groupOf(holderGroupId), place)]);
    const row = await findRow(acting, kind, text, invitation);
    await requireInvitee(acting, row, 'accept');
    if (row.isAccepted) return { kind, id: row.id, changed: false };
    await requireValid(acting, row);
    await requireScopeToLetPublish(
      acting,
      'acceptInvitation',
      place.type === 'Group' ? { groupId: place.id } : { role: row.role },
    );
    if (row.holderGroupId === null) await requireNoOther(acting, row);
    await manager.query(
      `UPDATE ${tableOf(kind)} SET "user_id" = COALESCE("user_id", "claimed_by_id"), "claimed_by_id" = NULL,
         "invited_email" = NULL, "accepted_at" = clock_timestamp(), "expires_at" = NULL, "updated_at" = clock_timestamp(), "version" = "version" + 1
       WHERE "id" = $1`,
      [row.id],
    );
    return { kind, id: row.id, changed: true };
  });
}

/** Refuses an invitation, which is then gone. Throws NOT_FOUND, FORBIDDEN or CONFLICT (it is accepted already). */
export async function decline(actor: Actor, text: string): Promise<string> {
  const kind = kindOf(text);
  return act(actor, async (acting) => {
    const { manager } = acting;
    const before = await findRow(acting, kind, text, invitation);
    await requireInvitee(acting, before, 'decline');
    await lock(manager, lockedPlaces(before.place));
    const row = await findRow(acting, kind, text, invitation);
    await requireInvitee(acting, row, 'decline');
    if (row.isAccepted) throw conflict('This is accepted already: to end it, leave.');
    await deleteRow(manager, row);
    return row.id;
  });
}

/** Asked before anything is locked as well: whoever is not meant holds up nobody. */
async function requireInvitee(acting: Acting, row: MembershipRow, what: 'accept' | 'decline'): Promise<void> {
  if (!(await isInvitee(acting, row))) throw forbidden(`Only whoever is invited can ${what}.`);
}

/** What the identity provider says of an address, at a sign-in. */
export interface ProvidedAddress {
  email: string;
  /** The provider has made sure that whoever signs in reads mail at this address. */
  emailVerified: boolean;
}

/**
 * Gives a user the invitations that were sent to their address, to accept or decline; the inviters learn nothing by it.
 * Nothing is given for an address that is not verified: anybody can claim to have that. To be called at every sign-in.
 *
 * @returns how many invitations are theirs now that were not before
 */
export async function claimInvitations(
  manager: EntityManager,
  userId: string,
  { email, emailVerified }: ProvidedAddress,
): Promise<number> {
  // Normalizing may turn one mailbox into another (the Kelvin sign is a `K`): fine in what an inviter typed, not in a proof.
  if (!emailVerified || email.normalize('NFC') !== email) return 0;
  await lock(manager, keptUsers(userId));
  let claimed = 0;
  for (const kind of ['Membership', 'GroupMembership'] as const) {
    const m = Symbol(kind);
    const [theirs, address] = [value(userId, 'uuid'), value(normalizeAddress(email), 'text')];
    claimed += await runChange(
      manager,
      sql`UPDATE ${table(kind, m)} SET "claimed_by_id" = ${theirs} WHERE ${isUnclaimed(m, address)} AND NOT ${isSentBy(m, theirs)}`,
    );
  }
  return claimed;
}

/** Whether there are invitations to an address that nobody has claimed: asked at every sign-in, claimed at few. */
export async function isInvited(manager: EntityManager, email: string): Promise<boolean> {
  const address = value(normalizeAddress(email), 'text');
  const unclaimed = (['Membership', 'GroupMembership'] as const).map((kind) => {
    const m = Symbol(kind);
    return exists(table(kind, m), [isUnclaimed(m, address)]);
  });
  const [row] = await run<{ found: boolean }>(manager, sql`SELECT ${either(unclaimed)} AS "found"`);
  return row!.found;
}

function kindOf(text: string): MembershipKind {
  const id = readId(text);
  const type = id === undefined ? undefined : typeOfId(id);
  if (type !== 'Membership' && type !== 'GroupMembership') throw notFound(invitation);
  return type;
}

async function requireValid(acting: Acting, row: MembershipRow): Promise<void> {
  const { manager } = acting;
  if (
    !row.isOpen ||
    !(await isStillGranted(acting, row)) ||
    (await hasNewcomers(manager, row)) ||
    (await ownsMore(manager, row))
  )
    throw conflict('This invitation is no longer valid: ask to be invited again.');
}

/** A group that has grown since it was invited is another than the inviter had in mind. */
async function hasNewcomers(manager: EntityManager, { id, holderGroupId }: MembershipRow): Promise<boolean> {
  if (holderGroupId === null) return false;
  const [g, m] = [Symbol('group membership'), Symbol('membership')];
  const found = await run(
    manager,
    sql`SELECT 1 FROM ${table('GroupMembership', g)} JOIN ${table('Membership', m)} ON ${name(m, 'group_id')} = ${name(g, 'group_id')}
     WHERE ${name(m, 'id')} = ${value(id, 'uuid')} AND ${isAcceptedAfter(g, name(m, 'created_at'))} LIMIT 1`,
  );
  return found.length > 0;
}

/** A group that has come to own something since somebody was invited to it: whoever invites now knows what they grant. */
async function ownsMore(manager: EntityManager, { id, place }: MembershipRow): Promise<boolean> {
  if (place.type !== 'Group') return false;
  const [g, m] = [Symbol('group membership'), Symbol('membership')];
  const found = await run(
    manager,
    sql`SELECT 1 FROM ${table('GroupMembership', g)} JOIN ${table('Membership', m)} ON ${name(m, 'group_id')} = ${name(g, 'group_id')}
     WHERE ${name(g, 'id')} = ${value(id, 'uuid')} AND ${isOwnerSince(m, name(g, 'created_at'))} LIMIT 1`,
  );
  return found.length > 0;
}

/** A user has one role in a place: one that they have stays, and this one takes the place of other invitations. */
async function requireNoOther({ manager, viewer }: Acting, row: MembershipRow): Promise<void> {
  const { userId } = viewer;
  const held = await findHeldBy(manager, row.place, { column: 'user_id', value: userId });
  if (held?.isAccepted) throw conflict('You have a role there already: decline this invitation, or leave first.');
  const m = Symbol(row.kind);
  await run(
    manager,
    sql`DELETE FROM ${table(row.kind, m)} WHERE ${name(m, placeColumn(row.place))} = ${value(row.place.id, 'uuid')}
      AND ${name(m, 'id')} <> ${value(row.id, 'uuid')} AND ${isInvitation(m)} AND ${isMeantFor(m, value(userId, 'uuid'))}`,
  );
}
