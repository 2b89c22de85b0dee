import type { EntityManager } from 'typeorm';
import { forbidden } from '../errors';
import type { Role } from '../domain/people/role';
import type { Acting } from './act';
import { rolesFrom } from './rules';

/** How something that is written can let somebody publish who could not before. */
type Way =
  /** It makes an owner. */
  | 'role'
  /** It adds to a group that owns something. */
  | 'group'
  /** It puts something into projects that do not all have the same owners: those of each may then publish it. */
  | 'projects';

/**
 * The mutations that can let somebody publish, by what they are given. They take the scope PUBLISH then, as publishing
 * does, beside the WRITE that each takes anyway: else a token that may not publish, or whoever holds it, would make
 * somebody who may.
 */
export const lettingPublish = {
  inviteMember: ['role'],
  changeMemberRole: ['role'],
  inviteGroupMember: ['group'],
  acceptInvitation: ['role', 'group'],
  createSubject: ['projects'],
  createSession: ['projects'],
  linkSubject: ['projects'],
  linkSession: ['projects'],
} as const satisfies Record<string, readonly Way[]>;

/** What a mutation is about to do, as far as it can let somebody publish. */
interface Deed {
  /** The role on a project or attribute that it gives. */
  role?: Role;
  /** The group that somebody is added to. */
  groupId?: string;
  /** All the projects that something is then in. */
  projects?: readonly string[];
}

/** Throws FORBIDDEN where the mutation would let somebody publish and the token may not. */
export async function requireScopeToLetPublish(
  { manager, viewer }: Acting,
  mutation: keyof typeof lettingPublish,
  deed: Deed,
): Promise<void> {
  if (viewer.scopes?.includes('PUBLISH')) return;
  for (const way of lettingPublish[mutation])
    if (await tells[way](manager, viewer.userId, deed)) throw publishingTakesScope('This lets others publish');
}

/** What a token without the scope is told. */
export function publishingTakesScope(what: string): Error {
  return forbidden(`${what}, which takes the scope PUBLISH: use a token that has it.`);
}

const owners = rolesFrom('OWNER');

const tells: Record<Way, (manager: EntityManager, userId: string, deed: Deed) => Promise<boolean>> = {
  role: (_manager, _userId, { role }) => Promise.resolve(role !== undefined && owners.includes(role)),
  group: async (manager, _userId, { groupId }) => {
    if (groupId === undefined) return false;
    const found = await manager.query<unknown[]>(
      `SELECT 1 FROM "membership" WHERE "group_id" = $1 AND "accepted_at" IS NOT NULL AND "role" = ANY($2) LIMIT 1`,
      [groupId, owners],
    );
    return found.length > 0;
  },
  projects: async (manager, userId, { projects = [] }) => {
    if (projects.length < 2) return false;
    const found = await manager.query<unknown[]>(
      `SELECT 1 FROM (
         SELECT m."project_id", COALESCE(m."user_id", g."user_id") AS "user_id" FROM "membership" m
         LEFT JOIN "group_membership" g ON g."group_id" = m."group_id" AND g."accepted_at" IS NOT NULL
         WHERE m."project_id" = ANY($1) AND m."accepted_at" IS NOT NULL AND m."role" = ANY($2)) o
       WHERE o."user_id" <> $3 GROUP BY o."user_id" HAVING count(DISTINCT o."project_id") < $4 LIMIT 1`,
      [projects, owners, userId, projects.length],
    );
    return found.length > 0;
  },
};
