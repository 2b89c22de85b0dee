import type { EntityManager } from 'typeorm';
import type { Access } from '../access/access';
import { compilerFor, table } from '../access/compiler';
import { rolesFrom } from '../access/rules';
import { name, run, sql, value } from '../database/sql';
import type { NodeName } from '../model/ids';
import { containerTypes } from '../model/families';
import type { Role } from '../domain/people/role';
import { idColumn } from '../model/names';

/** The roles that it takes an owner to give or take; the others take a manager. */
const ownersMatter = rolesFrom('MANAGER');

/** Whether somebody who holds a role may give another to somebody, or take it away. In groups of users just the same. */
export function grants(held: Role | null, wanted: Role): boolean {
  return held !== null && rolesFrom(ownersMatter.includes(wanted) ? 'OWNER' : 'MANAGER').includes(held);
}

/** Whether the second role is more than the first. */
export function isRaise(from: Role, to: Role): boolean {
  return !rolesFrom(to).includes(from);
}

export function isOwner(role: Role): boolean {
  return rolesFrom('OWNER').includes(role);
}

/** The highest accepted role of a user on a container or in a group, as it is committed now. */
export async function roleOn(
  manager: EntityManager,
  access: Access,
  userId: string,
  { type, id }: { type: NodeName; id: string },
): Promise<Role | null> {
  const compiler = compilerFor(access, { kind: 'user', userId, isAdministrator: false });
  const t = Symbol(type);
  const [row] = await run<{ role: Role | null }>(
    manager,
    sql`SELECT ${compiler.role(type, t)} AS "role" FROM ${table(type, t)} WHERE ${name(t, 'id')} = ${value(id, 'uuid')}`,
  );
  return row?.role ?? null;
}

/** Whether a user may grant every role that a group holds: only then may they add somebody to it. */
export async function grantsAllOf(
  manager: EntityManager,
  access: Access,
  userId: string,
  groupId: string,
): Promise<boolean> {
  const compiler = compilerFor(access, { kind: 'user', userId, isAdministrator: false });
  const { accepted, rank } = access.roleConditions;
  for (const type of containerTypes) {
    const [t, held] = [Symbol(type), Symbol('membership')];
    const beyond = await run(
      manager,
      sql`SELECT 1 FROM "membership" ${name(held)} JOIN ${table(type, t)} ON ${name(t, 'id')} = ${name(held, idColumn(type))}
       WHERE ${name(held, 'group_id')} = ${value(groupId, 'uuid')} AND ${accepted(held)}
         AND NOT CASE WHEN ${rank(held, ownersMatter)} THEN ${compiler.rows(type, t, 'OWNER')}
                      ELSE ${compiler.rows(type, t, 'MANAGER')} END
       LIMIT 1`,
    );
    if (beyond.length > 0) return false;
  }
  return true;
}
