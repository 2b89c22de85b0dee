import type { Role } from '../domain/people/role';
import { join, name, sql, text, type Alias, type Sql } from '../database/sql';
import { rolesFrom } from './rules';

/**
 * The conditions of a role, one by one, so that a test can take out each and see it missed: of a membership `m`, and of the
 * membership of a group `gm`.
 */
export const roleConditions = {
  accepted: (m: Alias): Sql => sql`${name(m, 'accepted_at')} IS NOT NULL`,
  heldDirectly: (m: Alias, viewer: Sql): Sql => sql`${name(m, 'user_id')} = ${viewer}`,
  heldThroughGroup: (m: Alias, viewer: Sql, groupAccepted: (gm: Alias) => Sql): Sql => {
    const gm = Symbol('group membership');
    return sql`${name(m, 'group_id')} IN (SELECT ${name(gm, 'group_id')} FROM "group_membership" ${name(gm)} WHERE ${name(gm, 'user_id')} = ${viewer} AND ${groupAccepted(gm)})`;
  },
  groupAccepted: (gm: Alias): Sql => sql`${name(gm, 'accepted_at')} IS NOT NULL`,
  rank: (membership: Alias, roles: readonly string[]): Sql =>
    sql`${name(membership, 'role')} IN (${join(roles.map(text), ', ')})`,
};

export type RoleConditions = typeof roleConditions;

/** What has to hold of a membership, all of it, so that it gives at least a role to whoever holds it. */
export const givesRole = ({ accepted, rank }: RoleConditions, m: Alias, atLeast: Role): Sql[] => [
  accepted(m),
  rank(m, rolesFrom(atLeast)),
];

/** How a user holds a membership: in any of these ways. */
export const waysToHold = (conditions: RoleConditions, m: Alias, userId: Sql): Sql[] => [
  conditions.heldDirectly(m, userId),
  conditions.heldThroughGroup(m, userId, conditions.groupAccepted),
];

/** What has to hold of a membership of a group, all of it, so that a user has at least a role there. */
export const givesGroupRole = (conditions: RoleConditions, gm: Alias, userId: Sql, atLeast: Role): Sql[] => [
  sql`${name(gm, 'user_id')} = ${userId}`,
  conditions.groupAccepted(gm),
  conditions.rank(gm, rolesFrom(atLeast)),
];
