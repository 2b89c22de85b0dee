import { name, run, sql, value, type Runner } from '../database/sql';
import type { Role } from '../domain/people/role';
import { roleConditions } from './role-conditions';
import { rolesFrom } from './rules';
import type { Viewer } from './viewer';

/** The accepted roles of a viewer, each by the id of its membership, their own and those of their groups. */
export type HeldRoles = ReadonlyMap<string, Role>;

const { accepted, groupAccepted } = roleConditions;

export async function rolesOf(runner: Runner, viewer: Viewer): Promise<HeldRoles> {
  if (viewer.kind !== 'user') return new Map();
  const [m, gm] = [Symbol('membership'), Symbol('group membership')];
  const userId = value(viewer.userId, 'uuid');
  const rows = await run<{ id: string; role: Role }>(
    runner,
    sql`SELECT ${name(m, 'id')}, ${name(m, 'role')} FROM "membership" ${name(m)} WHERE ${accepted(m)}
      AND (${name(m, 'user_id')} = ${userId} OR EXISTS (SELECT 1 FROM "group_membership" ${name(gm)}
        WHERE ${name(gm, 'group_id')} = ${name(m, 'group_id')} AND ${name(gm, 'user_id')} = ${userId} AND ${groupAccepted(gm)}))`,
  );
  return new Map(rows.map(({ id, role }) => [id, role]));
}

/** Whether nobody has taken or lowered a role since. */
export function hasKept(before: HeldRoles | undefined, now: HeldRoles): boolean {
  return [...(before ?? [])].every(([id, role]) => rolesFrom(role).includes(now.get(id)!));
}
