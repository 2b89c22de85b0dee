import type { EntityManager } from 'typeorm';
import { act, type Acting, type Actor } from '../access/act';
import { isPublicNow, visibleAmong } from '../access/authorize';
import { publishingTakesScope, requireScopeToLetPublish } from '../access/letting-publish';
import { idsInHiddenProjects } from '../access/shared';
import { anonymous } from '../access/viewer';
import type { SharedType } from '../model/families';
import { projectLinks } from '../model/links';
import { waitNoLonger } from '../database/locks';
import { badInput, conflict } from '../errors';
import { name, run, sql, value } from '../database/sql';
import { snakeCase } from '../model/names';
import { readId } from '../model/read-id';
import { recordVisibilityChange } from '../publishing/history';
import { measureImpact } from '../publishing/impact';
import type { Outcome } from '../publishing/publish.service';
import { askToConfirm, published } from '../publishing/questions';
import { choiceOf, lockEnds, type Ends } from './link-ends';
import { requireToBeIn } from './may-write';
import { putIntoProjects } from './put-into-projects';

export interface LinkRequest {
  type: SharedType;
  id: string;
  projectId: string;
  confirm?: boolean;
  ifImpact?: string | null | undefined;
}

/**
 * Puts a subject or session into one more project. It takes an owner of that project and of every one that it is in. Where
 * it becomes public by that, it is a publication: without `confirm` nothing changes and the outcome asks. Linking again
 * changes nothing. Throws NOT_FOUND, FORBIDDEN or CONFLICT (what would become visible is not what was looked at, or what is in
 * it is being written).
 */
export function link(actor: Actor, request: LinkRequest): Promise<Outcome> {
  const givesWay = `Something in this ${request.type.toLowerCase()} is being written right now, by an import perhaps: it is not linked. Try again when that is done.`;
  return act(actor, (acting) => linkNow(acting, request), { givesWay });
}

async function linkNow(acting: Acting, request: LinkRequest): Promise<Outcome> {
  const { type } = request;
  const { manager, access, viewer } = acting;
  const { id, projectId, projects, isLinked } = await lockEnds(
    acting,
    request,
    { atLeast: 'MEMBER', orAnyway: true },
    // What is linked already takes a role here alone: to ask for more would tell whether it is in a hidden project too.
    (ends) => requireToBeIn(ends.isLinked ? [ends.project] : [...ends.projects, ends.project]),
  );
  await waitNoLonger(manager);
  const seen = await visibleAmong(manager, access, anonymous, [
    { type, id },
    { type: 'Project', id: projectId },
  ]);
  const isPublic = seen.has(id);
  const allProjects = [...projects.map((one) => one.id), projectId];
  if (!isLinked) await requireScopeToLetPublish(acting, `link${type}`, { projects: allProjects });
  const opens = !isLinked && !isPublic && seen.has(projectId);
  if (opens && !viewer.scopes?.includes('PUBLISH'))
    throw publishingTakesScope(`Linking this ${type} to a public project publishes it`);
  const impact = await measureImpact(manager, access, viewer, { publish: opens ? [id] : [] });
  const outcome = { id, impact, stillPublic: null, confirmationRequired: false, changed: false, isPublic };
  if (isLinked)
    return { ...outcome, message: `This ${type.toLowerCase()} was in the project already; nothing has changed.` };
  if (request.ifImpact != null && request.ifImpact !== impact.digest)
    throw conflict(
      'What would become visible has changed since you looked: look at the impact again, then confirm it.',
    );
  if (opens && !request.confirm) return { ...outcome, confirmationRequired: true, message: askToConfirm(type, impact) };
  await putIntoProjects(manager, type, sql`SELECT ${value(id, 'uuid')}`, [projectId]);
  await countWrite(manager, type, id);
  if (opens) await recordVisibilityChange(manager, viewer, 'PUBLISH', [id]);
  const message = opens
    ? published(type, impact)
    : `This ${type.toLowerCase()} is in the project now. Who sees the project sees it.`;
  return { ...outcome, changed: true, isPublic: isPublic || opens, message };
}

export interface UnlinkOutcome {
  id: string;
  changed: boolean;
  isPublic: boolean;
  revoked: boolean;
  message: string;
}

/**
 * Takes a subject or session out of a project, and of its collections and cohorts. It takes a contributor of that
 * project. Throws NOT_FOUND, FORBIDDEN or BAD_USER_INPUT (it is in no other project).
 */
export function unlink(actor: Actor, request: LinkRequest): Promise<UnlinkOutcome> {
  const { type } = request;
  return act(
    actor,
    async (acting) => {
      const { manager, access, viewer } = acting;
      const ends = await lockEnds(acting, request, { atLeast: 'CONTRIBUTOR' }, requireToLeave).catch(ifNotIn);
      const id = ends?.id ?? readId(request.id, type)!;
      const wasPublic = await isPublicNow(acting, type, id);
      if (!ends) {
        const message = `This ${type.toLowerCase()} was not in the project; nothing has changed.`;
        return { id, changed: false, isPublic: wasPublic, revoked: false, message };
      }
      const { projectId, owned, choices } = ends;
      await leaveChoices(manager, type, choices);
      const { table, column } = projectLinks(type);
      await run(
        manager,
        sql`DELETE FROM ${name(table)} WHERE "project_id" = ${value(projectId, 'uuid')} AND ${name(column)} = ${value(id, 'uuid')}`,
      );
      await countWrite(manager, type, id);
      const isPublic = await isPublicNow(acting, type, id);
      const revoked = wasPublic && !isPublic;
      if (revoked) await recordVisibilityChange(manager, viewer, 'REVOKE', [id]);
      // Its owners may know that it stays elsewhere; where, or in how many, is not told.
      const isOutOfSight = owned && (await idsInHiddenProjects(manager, access, viewer, type, [id])).length > 0;
      const message = [
        `This ${type.toLowerCase()} is in the project no longer.`,
        ...(isOutOfSight ? ['It is still in a project that is hidden from you.'] : []),
        ...(revoked ? ['It is not public any more.'] : []),
      ].join(' ');
      return { id, changed: true, isPublic, revoked, message };
    },
    { goesFirst: true },
  );
}

/** It is not in the project that it is to leave. */
class NotIn extends Error {}

function ifNotIn(error: unknown): undefined {
  if (!(error instanceof NotIn)) throw error;
}

/** Said before anything is locked: whoever goes before others has something to take back. */
function requireToLeave({ isLinked, projects }: Ends): void {
  if (!isLinked) throw new NotIn();
  if (projects.length === 1)
    throw badInput('This is in no other project: delete it, or link it to another project first.');
}

/** What it leaves is changed by that, for everybody who sees it. */
async function leaveChoices(manager: EntityManager, type: SharedType, choices: readonly string[]): Promise<void> {
  await run(
    manager,
    sql`UPDATE ${name(snakeCase(choiceOf(type)))} SET "version" = "version" + 1, "updated_at" = now() WHERE "id" = ANY(${value(choices, 'uuid[]')})`,
  );
}

/** In which projects it is, not everybody sees: `updatedAt` stays. */
async function countWrite(manager: EntityManager, type: SharedType, id: string): Promise<void> {
  await run(
    manager,
    sql`UPDATE ${name(snakeCase(type))} SET "version" = "version" + 1 WHERE "id" = ${value(id, 'uuid')}`,
  );
}
