import type { EntityManager } from 'typeorm';
import type { Acting } from '../access/act';
import { compilerFor, table } from '../access/compiler';
import { isSentBy, statedBy } from '../access/memberships';
import { notFound } from '../errors';
import { all } from '../database/conditions';
import { name, run, sql, TRUE, value, type Alias, type Sql } from '../database/sql';
import { readId } from '../model/read-id';
import { containerIdIn, containerOfId, type Container } from './containers';
import { grants, roleOn } from './granting';
import type { Role } from '../domain/people/role';
import { idColumn } from '../model/names';

/** What somebody can have a role in: a container, or a group of users. */
export type Place = Container | { type: 'Group'; id: string };

/** The two kinds of rows that say so. A row that is not accepted is an invitation. */
export type MembershipKind = 'Membership' | 'GroupMembership';

export const kindFor = (place: Place): MembershipKind => (place.type === 'Group' ? 'GroupMembership' : 'Membership');
export const tableOf = (kind: MembershipKind): string =>
  kind === 'Membership' ? '"membership"' : '"group_membership"';
export const placeColumn = (place: Place): string => (place.type === 'Group' ? 'group_id' : idColumn(place.type));

export interface MembershipRow {
  kind: MembershipKind;
  id: string;
  place: Place;
  userId: string | null;
  /** The group that has the role or is invited to it; null for a user, and in the membership of a group. */
  holderGroupId: string | null;
  invitedById: string | null;
  claimedById: string | null;
  role: Role;
  isAccepted: boolean;
  /** It can still be accepted. */
  isOpen: boolean;
}

type Stored = Omit<MembershipRow, 'kind' | 'place'> & { placeId: string; visible: boolean };

/**
 * Reads a membership or an invitation as it is committed now. Throws NOT_FOUND for one that the viewer may not see, as
 * for one that does not exist, after the same statement.
 */
export async function findRow(
  { manager, access, viewer }: Acting,
  kind: MembershipKind,
  text: string,
  calledIt: string = kind,
): Promise<MembershipRow> {
  const id = readId(text, kind);
  if (id === undefined) throw notFound(calledIt);
  const t = Symbol(kind);
  const [found] = await run<Stored>(
    manager,
    sql`SELECT ${columnsOf(kind, t)}, ${compilerFor(access, viewer).rows(kind, t)} AS "visible"
      FROM ${table(kind, t)} WHERE ${name(t, 'id')} = ${value(id, 'uuid')}`,
  );
  if (!found?.visible) throw notFound(calledIt);
  return rowFrom(kind, found);
}

/** The row of a user, a group or an invited address in a place, where there is one. */
export async function findHeldBy(
  manager: EntityManager,
  place: Place,
  holder: { column: 'user_id' | 'group_id' | 'invited_email'; value: string; invitedBy?: string },
): Promise<MembershipRow | undefined> {
  const kind = kindFor(place);
  const t = Symbol(kind);
  const [found] = await run<Stored>(
    manager,
    sql`SELECT ${columnsOf(kind, t)} FROM ${table(kind, t)} WHERE ${all([
      sql`${name(t, placeColumn(place))} = ${value(place.id, 'uuid')}`,
      sql`${name(t, holder.column)} = ${value(holder.value, holder.column === 'invited_email' ? 'text' : 'uuid')}`,
      holder.invitedBy ? isSentBy(t, value(holder.invitedBy, 'uuid')) : TRUE,
    ])}`,
  );
  return found && rowFrom(kind, found);
}

export async function deleteRow(manager: EntityManager, { kind, id }: MembershipRow): Promise<void> {
  await manager.query(`DELETE FROM ${tableOf(kind)} WHERE "id" = $1`, [id]);
}

/** Whether it is the viewer who accepts: they are invited, or proved that the address is theirs, or manage the group. */
export async function isInvitee({ manager, access, viewer: { userId } }: Acting, row: MembershipRow): Promise<boolean> {
  if (row.userId === userId || row.claimedById === userId) return true;
  if (row.holderGroupId === null) return false;
  return grants(await roleOn(manager, access, userId, { type: 'Group', id: row.holderGroupId }), 'MEMBER');
}

function columnsOf(kind: MembershipKind, t: Alias): Sql {
  const [placeId, holderGroupId] =
    kind === 'Membership' ? [containerIdIn(t), name(t, 'group_id')] : [name(t, 'group_id'), sql`NULL::uuid`];
  return sql`${name(t, 'id')}, ${placeId} AS "placeId", ${name(t, 'user_id')} AS "userId", ${holderGroupId} AS "holderGroupId", ${statedBy(t)}`;
}

function rowFrom(kind: MembershipKind, { placeId, ...rest }: Stored): MembershipRow {
  return { ...rest, kind, place: containerOfId(placeId) ?? { type: 'Group', id: placeId } };
}
