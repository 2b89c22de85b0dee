import { all, either } from '../database/conditions';
import { name, sql, type Alias, type Sql } from '../database/sql';
import { roleConditions } from './role-conditions';
import { rolesFrom } from './rules';

/*
 * What a stored membership says, on its own: of a place or of a group. Whether it lets somebody see anything is asked of the
 * compiler; this is for whoever gives roles, takes them and answers invitations.
 */

const { accepted, groupAccepted, rank } = roleConditions;

/** Holds for a membership that counts: it was accepted. */
export const isAccepted = (m: Alias): Sql => accepted(m);

/** Holds for one that makes an owner of a project or attribute, … */
export const isOwner = (m: Alias): Sql => all([accepted(m), rank(m, rolesFrom('OWNER'))]);

/** … and of a group. */
export const isGroupOwner = (gm: Alias): Sql => all([groupAccepted(gm), rank(gm, rolesFrom('OWNER'))]);

/** Holds for one that counts since after a moment. */
export const isAcceptedAfter = (m: Alias, moment: Sql): Sql => sql`${name(m, 'accepted_at')} > ${moment}`;

/** Holds for one that makes an owner, and did not yet at a moment. */
export const isOwnerSince = (m: Alias, moment: Sql): Sql =>
  all([isOwner(m), sql`GREATEST(${name(m, 'accepted_at')}, ${name(m, 'updated_at')}) > ${moment}`]);

/** Holds for an invitation, whether it can still be accepted or not. */
export const isInvitation = (m: Alias): Sql => sql`${name(m, 'accepted_at')} IS NULL`;

/** Holds for an invitation that can still be accepted. */
export const isOpenInvitation = (m: Alias): Sql => all([isInvitation(m), sql`${name(m, 'expires_at')} > now()`]);

/** Holds for one to an address that nobody has shown to be theirs so far. */
export const isUnclaimed = (m: Alias, address: Sql): Sql =>
  all([
    sql`${name(m, 'invited_email')} = ${address}`,
    sql`${name(m, 'claimed_by_id')} IS NULL`,
    sql`${name(m, 'expires_at')} > now()`,
  ]);

/** Holds for what a user was invited by, or has, themself. */
export const isMeantFor = (m: Alias, userId: Sql): Sql =>
  either([sql`${name(m, 'user_id')} = ${userId}`, sql`${name(m, 'claimed_by_id')} = ${userId}`]);

/** Holds for what a user has invited somebody by. */
export const isSentBy = (m: Alias, userId: Sql): Sql => sql`${name(m, 'invited_by_id')} = ${userId}`;

/** What a membership says of itself. */
export const statedBy = (m: Alias): Sql =>
  sql`${name(m, 'invited_by_id')} AS "invitedById", ${name(m, 'claimed_by_id')} AS "claimedById", ${name(m, 'role')},
    ${isAccepted(m)} AS "isAccepted", COALESCE(${isOpenInvitation(m)}, FALSE) AS "isOpen"`;
