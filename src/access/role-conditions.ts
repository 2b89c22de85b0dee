import { join, name, sql, text, type Alias, type Sql } from '../database/sql';

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
