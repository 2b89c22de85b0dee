import type { EntityManager } from 'typeorm';
import type { Access } from '../access/access';
import { rolesFrom } from '../access/rules';
import { conditionFor } from '../access/visibleTo';
import { Parameters, quote, runBound } from '../loading/sql';
import type { NodeName } from '../model/ids';
import { snakeCase } from '../model/names';
import { containerColumn, containerTable, containerTypes } from './containers';
import type { Role } from './role';

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
  const parameters = new Parameters();
  const question = { ...access, viewer: { kind: 'user', userId, isAdministrator: false }, parameters } as const;
  const cases = [...rolesFrom('MEMBER')]
    .reverse()
    .map((role) => `WHEN ${conditionFor(question, type, 't', role)} THEN '${role}'`);
  const [row] = await runBound<{ role: Role | null }>(
    manager,
    parameters,
    `SELECT CASE ${cases.join(' ')} END AS "role" FROM ${quote(snakeCase(type))} t WHERE t."id" = ${parameters.add(id, 'uuid')}`,
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
  for (const type of containerTypes) {
    const parameters = new Parameters();
    const question = { ...access, viewer: { kind: 'user', userId, isAdministrator: false }, parameters } as const;
    const names = ownersMatter.map((role) => `'${role}'`).join(', ');
    const beyond = await runBound<unknown>(
      manager,
      parameters,
      `SELECT 1 FROM "membership" held JOIN ${containerTable(type)} t ON t."id" = held.${containerColumn(type)}
       WHERE held."group_id" = ${parameters.add(groupId, 'uuid')} AND held."accepted_at" IS NOT NULL
         AND NOT CASE WHEN held."role" IN (${names}) THEN ${conditionFor(question, type, 't', 'OWNER')}
                      ELSE ${conditionFor(question, type, 't', 'MANAGER')} END
       LIMIT 1`,
    );
    if (beyond.length > 0) return false;
  }
  return true;
}
