import type { EntityManager } from 'typeorm';
import { lock } from '../database/locks';
import { act } from '../access/act';
import { requireScopeToLetPublish } from '../access/letting-publish';
import { conflict, forbidden, notFound } from '../errors';
import { typeOfId } from '../model/ids';
import { readId } from '../model/read-id';
import { normalizeAddress } from './addresses';
import { isStillGranted, type MemberActor } from './invite.service';
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
export async function accept(actor: MemberActor, text: string): Promise<{ kind: MembershipKind; id: string }> {
  const kind = kindOf(text);
  return act(actor, async (manager) => {
    const before = await findRow(manager, actor, kind, text, invitation);
    const { place, holderGroupId } = before;
    await requireInvitee(manager, actor, before, 'accept');
    await lock(manager, [...keptUsers(actor.viewer.userId), ...lockedPlaces(groupOf(holderGroupId), place)]);
    const row = await findRow(manager, actor, kind, text, invitation);
    await requireInvitee(manager, actor, row, 'accept');
    if (row.isAccepted) return row;
    await requireValid(manager, actor, row);
    await requireScopeToLetPublish(
      manager,
      actor.viewer,
      'acceptInvitation',
      place.type === 'Group' ? { groupId: place.id } : { role: row.role },
    );
    if (row.holderGroupId === null) await requireNoOther(manager, actor, row);
    await manager.query(
      `UPDATE ${tableOf(kind)} SET "user_id" = COALESCE("user_id", "claimed_by_id"), "claimed_by_id" = NULL,
         "invited_email" = NULL, "accepted_at" = clock_timestamp(), "expires_at" = NULL, "updated_at" = clock_timestamp(), "version" = "version" + 1
       WHERE "id" = $1`,
      [row.id],
    );
    return row;
  });
}

/** Refuses an invitation, which is then gone. Throws NOT_FOUND, FORBIDDEN or CONFLICT (it is accepted already). */
export async function decline(actor: MemberActor, text: string): Promise<string> {
  const kind = kindOf(text);
  return act(actor, async (manager) => {
    const before = await findRow(manager, actor, kind, text, invitation);
    await requireInvitee(manager, actor, before, 'decline');
    await lock(manager, lockedPlaces(before.place));
    const row = await findRow(manager, actor, kind, text, invitation);
    await requireInvitee(manager, actor, row, 'decline');
    if (row.isAccepted) throw conflict('This is accepted already: to end it, leave.');
    await deleteRow(manager, row);
    return row.id;
  });
}

/** Asked before anything is locked as well: whoever is not meant holds up nobody. */
async function requireInvitee(
  manager: EntityManager,
  actor: MemberActor,
  row: MembershipRow,
  what: 'accept' | 'decline',
): Promise<void> {
  if (!(await isInvitee(manager, actor, row))) throw forbidden(`Only whoever is invited can ${what}.`);
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
    const [, count] = await manager.query<[unknown[], number]>(
      `UPDATE ${tableOf(kind)} SET "claimed_by_id" = $1 WHERE "invited_email" = $2 AND "claimed_by_id" IS NULL
         AND "expires_at" > now() AND "invited_by_id" <> $1`,
      [userId, normalizeAddress(email)],
    );
    claimed += count;
  }
  return claimed;
}

/** Whether there are invitations to an address that nobody has claimed: asked at every sign-in, claimed at few. */
export async function isInvited(manager: EntityManager, email: string): Promise<boolean> {
  const unclaimed = (['Membership', 'GroupMembership'] as const).map(
    (kind) =>
      `EXISTS (SELECT 1 FROM ${tableOf(kind)} WHERE "invited_email" = $1 AND "claimed_by_id" IS NULL AND "expires_at" > now())`,
  );
  const [row] = await manager.query<[{ found: boolean }]>(`SELECT ${unclaimed.join(' OR ')} AS "found"`, [
    normalizeAddress(email),
  ]);
  return row.found;
}

function kindOf(text: string): MembershipKind {
  const id = readId(text);
  const type = id === undefined ? undefined : typeOfId(id);
  if (type !== 'Membership' && type !== 'GroupMembership') throw notFound(invitation);
  return type;
}

async function requireValid(manager: EntityManager, actor: MemberActor, row: MembershipRow): Promise<void> {
  if (
    !row.isOpen ||
    !(await isStillGranted(manager, actor, row)) ||
    (await hasNewcomers(manager, row)) ||
    (await ownsMore(manager, row))
  )
    throw conflict('This invitation is no longer valid: ask to be invited again.');
}

/** A group that has grown since it was invited is another than the inviter had in mind. */
async function hasNewcomers(manager: EntityManager, { id, holderGroupId }: MembershipRow): Promise<boolean> {
  if (holderGroupId === null) return false;
  const found = await manager.query<unknown[]>(
    `SELECT 1 FROM "group_membership" g, "membership" m
     WHERE m."id" = $1 AND g."group_id" = m."group_id" AND g."accepted_at" > m."created_at" LIMIT 1`,
    [id],
  );
  return found.length > 0;
}

/** A group that has come to own something since somebody was invited to it: whoever invites now knows what they grant. */
async function ownsMore(manager: EntityManager, { id, place }: MembershipRow): Promise<boolean> {
  if (place.type !== 'Group') return false;
  const found = await manager.query<unknown[]>(
    `SELECT 1 FROM "group_membership" g JOIN "membership" m ON m."group_id" = g."group_id"
     WHERE g."id" = $1 AND m."accepted_at" IS NOT NULL AND m."role" = 'OWNER'
       AND GREATEST(m."accepted_at", m."updated_at") > g."created_at" LIMIT 1`,
    [id],
  );
  return found.length > 0;
}

/** A user has one role in a place: one that they have stays, and this one takes the place of other invitations. */
async function requireNoOther(manager: EntityManager, actor: MemberActor, row: MembershipRow): Promise<void> {
  const { userId } = actor.viewer;
  const held = await findHeldBy(manager, row.place, { column: '"user_id"', value: userId });
  if (held?.isAccepted) throw conflict('You have a role there already: decline this invitation, or leave first.');
  await manager.query(
    `DELETE FROM ${tableOf(row.kind)} WHERE ${placeColumn(row.place)} = $1 AND "id" <> $2
       AND "accepted_at" IS NULL AND ("user_id" = $3 OR "claimed_by_id" = $3)`,
    [row.place.id, row.id, userId],
  );
}
