import type { EntityManager } from 'typeorm';
import { idsWith, isPublicNow } from '../access/authorize';
import { isAccepted } from '../access/memberships';
import { name, run, sql, value } from '../database/sql';
import { forbidden, notFound } from '../errors';
import { readId } from '../model/read-id';
import { act, type Actor } from '../access/act';

/**
 * Whether an account may be linked to a credit of a project, which shows it to everybody once the project is public: the
 * writer's own, or that of somebody who has accepted a role there themself.
 */
export async function agreesToBeCredited(
  manager: EntityManager,
  { writerId, userId, projectId }: { writerId: string; userId: string; projectId: string },
): Promise<boolean> {
  if (userId === writerId) return true;
  const m = Symbol('membership');
  const rows = await run(
    manager,
    sql`SELECT 1 FROM "membership" ${name(m)} WHERE ${name(m, 'project_id')} = ${value(projectId, 'uuid')}
      AND ${name(m, 'user_id')} = ${value(userId, 'uuid')} AND ${isAccepted(m)} LIMIT 1`,
  );
  return rows.length > 0;
}

/** Takes the viewer's account off a credit, whatever their role. Throws NOT_FOUND or FORBIDDEN. */
export function withdrawCredit(actor: Actor, text: string): Promise<{ id: string; isPublic: boolean }> {
  return act(actor, async (acting) => {
    const { manager, access, viewer } = acting;
    const id = readId(text, 'Contributor');
    if (id === undefined || !(await idsWith(manager, access, viewer, 'Contributor', [id])).has(id))
      throw notFound('Contributor');
    const [, count] = await manager.query<[unknown[], number]>(
      `UPDATE "contributor" SET "user_id" = NULL, "updated_at" = now(), "version" = "version" + 1
       WHERE "id" = $1 AND "user_id" = $2`,
      [id, viewer.userId],
    );
    if (count === 0) throw forbidden('This credit is not linked to your account.');
    return { id, isPublic: await isPublicNow(acting, 'Contributor', id) };
  });
}
