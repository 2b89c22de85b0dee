import type { EntityManager } from 'typeorm';
import { act } from '../access/act';
import { authorizeAll, idsWith, type Demand } from '../access/authorize';
import { publishingTakesScope, requireScopeToLetPublish } from '../access/letting-publish';
import { idsInHiddenProjects } from '../access/shared';
import { anonymous, type Viewer } from '../access/viewer';
import type { Wanted } from '../database/locks';
import type { SharedType } from '../model/families';
import { badInput, conflict, notFound } from '../errors';
import { quote } from '../database/sql';
import { snakeCase } from '../model/names';
import { readId } from '../model/read-id';
import { recordVisibilityChange } from '../publishing/history';
import { measureImpact } from '../publishing/impact';
import type { Outcome } from '../publishing/publish.service';
import { askToConfirm, published } from '../publishing/questions';
import { projectsOf, requireSameProjects, used } from './holders';
import { requireToBeIn } from './may-write';
import type { Desk, Writer } from './writer';

export interface LinkRequest {
  type: SharedType;
  id: string;
  projectId: string;
  confirm?: boolean;
  ifImpact?: string | null | undefined;
}

interface Ends {
  id: string;
  projectId: string;
  /** The projects that it is in so far. */
  projects: readonly string[];
  /** Whether the writer is an owner of one of them. */
  owned: boolean;
}

/**
 * Puts a subject or session into one more project. It takes an owner of that project and of every one that it is in. Where
 * it becomes public by that, it is a publication: without `confirm` nothing changes and the outcome asks. Linking again
 * changes nothing. Throws NOT_FOUND, FORBIDDEN or CONFLICT (what would become visible is not what was looked at).
 */
export function link(desk: Desk, request: LinkRequest): Promise<Outcome> {
  const { access, viewer } = desk;
  const { type } = request;
  return act(desk, async (manager) => {
    const { id, projectId, projects } = await lockEnds(
      manager,
      desk,
      request,
      { atLeast: 'MEMBER', orAnyway: true },
      // What is linked already takes a role here alone: to ask for more would tell whether it is in a hidden project too.
      ({ isLinked, projects }) =>
        requireToBeIn(manager, desk, isLinked ? [readId(request.projectId, 'Project')!] : projects),
    );
    const isPublic = await isPublicTo(manager, desk, type, id, anonymous);
    const isLinked = projects.includes(projectId);
    if (!isLinked)
      await requireScopeToLetPublish(manager, viewer, `link${type}`, { projects: [...projects, projectId] });
    const opens = !isLinked && !isPublic && (await isPublicTo(manager, desk, 'Project', projectId, anonymous));
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
    if (opens && !request.confirm)
      return { ...outcome, confirmationRequired: true, message: askToConfirm(type, impact) };
    await manager.query(`INSERT INTO ${joinTable(type)} ("project_id", ${column(type)}) VALUES ($1, $2)`, [
      projectId,
      id,
    ]);
    await countWrite(manager, type, id);
    if (opens) await recordVisibilityChange(manager, viewer, 'PUBLISH', [id]);
    const message = opens
      ? published(type, impact)
      : `This ${type.toLowerCase()} is in the project now. Who sees the project sees it.`;
    return { ...outcome, changed: true, isPublic: isPublic || opens, message };
  });
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
export function unlink(desk: Desk, request: LinkRequest): Promise<UnlinkOutcome> {
  const { type } = request;
  return act(
    desk,
    async (manager) => {
      const ends = await lockEnds(manager, desk, request, { atLeast: 'CONTRIBUTOR' }, requireToLeave).catch(ifNotIn);
      const id = ends?.id ?? readId(request.id, type)!;
      const wasPublic = await isPublicTo(manager, desk, type, id, anonymous);
      if (!ends) {
        const message = `This ${type.toLowerCase()} was not in the project; nothing has changed.`;
        return { id, changed: false, isPublic: wasPublic, revoked: false, message };
      }
      const { projectId, owned } = ends;
      await leaveChoices(manager, type, id, projectId);
      await manager.query(`DELETE FROM ${joinTable(type)} WHERE "project_id" = $1 AND ${column(type)} = $2`, [
        projectId,
        id,
      ]);
      await countWrite(manager, type, id);
      const isPublic = await isPublicTo(manager, desk, type, id, anonymous);
      const revoked = wasPublic && !isPublic;
      if (revoked) await recordVisibilityChange(manager, desk.viewer, 'REVOKE', [id]);
      // Its owners may know that it stays elsewhere; where, or in how many, is not told.
      const isOutOfSight =
        owned && (await idsInHiddenProjects(manager, desk.access, desk.viewer, type, [id])).length > 0;
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
async function requireToLeave({
  isLinked,
  projects,
}: {
  isLinked: boolean;
  projects: readonly string[];
}): Promise<void> {
  if (!isLinked) throw new NotIn();
  if (projects.length === 1)
    throw badInput('This is in no other project: delete it, or link it to another project first.');
}

/**
 * Asks for what linking and unlinking both take, to see the object and (with a role) the project, and locks both ends with
 * everything else that is changed.
 *
 * @param requireMore is told all the projects, with the other end, before anything is locked and once more afterwards
 */
async function lockEnds(
  manager: EntityManager,
  { access, viewer }: Writer,
  { type, id: text, projectId: projectText }: LinkRequest,
  onProject: Pick<Demand, 'atLeast' | 'orAnyway'>,
  requireMore: (ends: { isLinked: boolean; projects: readonly string[] }) => Promise<void> = async () => undefined,
): Promise<Ends> {
  const [id, projectId] = [readId(text, type), readId(projectText, 'Project')];
  if (id === undefined) throw notFound(type);
  if (projectId === undefined) throw notFound('Project');
  let concerned: string[] = [];
  const requireOf = (projects: readonly string[]): Promise<void> =>
    requireMore({ isLinked: projects.includes(projectId), projects: [...new Set([...projects, projectId])] });
  const demands: Demand[] = [
    { type, id, atLeast: 'OWNER', hold: 'changed', orAnyway: true },
    { type: 'Project', id: projectId, hold: 'used', ...onProject },
  ];
  const [owned] = await authorizeAll(manager, { access, viewer }, demands, async () => {
    const before = await projectsOf(manager, { type, id });
    concerned = [...before, projectId];
    await requireOf(before);
    const choices = (await choicesOf(manager, type, id, projectId)).map((choice): Wanted => ({
      type: choiceOf(type),
      id: choice,
      hold: 'changed',
    }));
    return [...used('Project', concerned), ...choices];
  });
  await requireSameProjects(manager, { type, id }, concerned);
  const projects = await projectsOf(manager, { type, id });
  await requireOf(projects);
  return { id, projectId, projects, owned: owned! };
}

async function isPublicTo(
  manager: EntityManager,
  { access }: Writer,
  type: SharedType | 'Project',
  id: string,
  viewer: Viewer,
): Promise<boolean> {
  return (await idsWith(manager, access, viewer, type, [id])).has(id);
}

/** What it leaves is changed by that, for everybody who sees it. */
async function leaveChoices(manager: EntityManager, type: SharedType, id: string, projectId: string): Promise<void> {
  await manager.query(
    `UPDATE ${quote(snakeCase(choiceOf(type)))} SET "version" = "version" + 1, "updated_at" = now() WHERE "id" = ANY($1)`,
    [await choicesOf(manager, type, id, projectId)],
  );
}

/** The collections or cohorts of a project that it is in. */
async function choicesOf(manager: EntityManager, type: SharedType, id: string, projectId: string): Promise<string[]> {
  const choice = snakeCase(choiceOf(type));
  const rows = await manager.query<{ id: string }[]>(
    `SELECT ${quote(`${choice}_id`)} AS "id" FROM ${quote(`${choice}_${snakeCase(type)}`)} WHERE "project_id" = $1 AND ${column(type)} = $2`,
    [projectId, id],
  );
  return rows.map((row) => row.id);
}

const choiceOf = (type: SharedType): 'Cohort' | 'Collection' => (type === 'Subject' ? 'Cohort' : 'Collection');

/** In which projects it is, not everybody sees: `updatedAt` stays. */
async function countWrite(manager: EntityManager, type: SharedType, id: string): Promise<void> {
  await manager.query(`UPDATE ${quote(snakeCase(type))} SET "version" = "version" + 1 WHERE "id" = $1`, [id]);
}

const joinTable = (type: SharedType): string => quote(`project_${snakeCase(type)}`);
const column = (type: SharedType): string => quote(`${snakeCase(type)}_id`);
