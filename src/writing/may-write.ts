import type { EntityManager } from 'typeorm';
import type { Acting } from '../access/act';
import { authorizeAll, idsWith, type Demand } from '../access/authorize';
import { isProposed, isShared } from '../model/families';
import { approvedAmong } from '../access/flags';
import { requireScopeToLetPublish } from '../access/letting-publish';
import { badInput, forbidden, notFound } from '../errors';
import { normalizeId, typeOfId, type NodeName } from '../model/ids';
import { nameOf } from '../model/node';
import { readId } from '../model/read-id';
import type { Role } from '../domain/people/role';
import { authorizeWithin, projectsOf } from './holders';
import { rights, roleToBeIn, type Right } from './rights';
import { shapeOf, type WritableType } from './shape';

/** How many projects something new may be put into at once. */
export const mostProjects = 100;

/** Where a new object is put. */
export interface Inside {
  /** Its column that names its parent, filled in. */
  columns: Record<string, string>;
  /** The projects that it is in. */
  projects: readonly string[];
}

/**
 * Asks whether the writer may create an object of a type where the input says, and locks what it is put into. Throws
 * NOT_FOUND, FORBIDDEN or BAD_USER_INPUT (no project at all, or one twice).
 */
export async function mayCreate(
  acting: Acting,
  type: WritableType,
  input: Readonly<Record<string, unknown>>,
): Promise<Inside> {
  const right = rights[type].create;
  if (right.kind === 'roleInProjects') {
    const projects = await mayPutInto(acting, input['projects'] as string[]);
    if (isShared(type)) await requireScopeToLetPublish(acting, `create${type}`, { projects });
    return { columns: {}, projects };
  }
  const { parent } = shapeOf(type);
  if (!parent || right.kind === 'account' || right.kind === 'proposer') return { columns: {}, projects: [] };
  const parentType = nameOf(parent.target());
  const id = idOf(input[parent.field] as string, parentType);
  const orAnyway = right.kind === 'roleOrAdministrator' && acting.viewer.isAdministrator;
  const demand: Demand = { type: parentType, id, atLeast: right.atLeast, hold: 'used', orAnyway };
  await authorizeWithin(acting, demand);
  return { columns: { [parent.column]: id }, projects: [] };
}

/** The ids of projects that the writer may put something new into; locked against being published meanwhile. */
async function mayPutInto(acting: Acting, texts: readonly string[]): Promise<string[]> {
  if (texts.length > mostProjects) throw badInput(`\`projectIds\` may name ${mostProjects} projects at most.`);
  const ids = texts.map((text) => idOf(text, 'Project')).sort();
  if (ids.length === 0) throw badInput('`projectIds` has to name at least one project.');
  if (new Set(ids).size < ids.length) throw badInput('`projectIds` names a project twice: leave one of them out.');
  const atLeast = roleToBeIn(ids.length);
  const demands = ids.map((id): Demand => ({ type: 'Project', id, atLeast, hold: 'used', orAnyway: true }));
  const requireRoles = (allowed: readonly boolean[]): void => {
    if (allowed.includes(false)) throw tooLowToBeIn(ids.length);
  };
  const allowed = await authorizeAll(acting, demands, async (before) => {
    requireRoles(before);
    return [];
  });
  requireRoles(allowed);
  return ids;
}

/** A project, and whether the writer may put something into it alone, or beside others. */
export interface PutInto {
  id: string;
  alone: boolean;
  together: boolean;
}

/**
 * Throws FORBIDDEN unless the writer has, on every one of these locked projects, the role that it takes for something to
 * be in all of them. Which one it fails for is not told: it may be one that the writer does not see.
 */
export function requireToBeIn(projects: readonly PutInto[]): void {
  if (!projects.every(({ alone, together }) => (projects.length > 1 ? together : alone)))
    throw tooLowToBeIn(projects.length);
}

function tooLowToBeIn(projects: number): Error {
  const atLeast = roleToBeIn(projects).toLowerCase();
  return forbidden(
    projects === 1
      ? `You would have to be ${atLeast} of this Project to do that.`
      : `You would have to be ${atLeast} of every project that it is then in: the owners of each decide who sees it.`,
  );
}

/** An id that can belong to nothing of the type is told like one that belongs to nothing. */
function idOf(text: string, type: NodeName): string {
  const id = normalizeId(text);
  if (id === undefined || typeOfId(id) !== type) throw notFound(type);
  return id;
}

/**
 * Asks whether the writer may change or delete an object, and locks it and what holds it. Throws NOT_FOUND or FORBIDDEN.
 *
 * @returns its id in its one spelling
 */
export async function mayChange(
  acting: Acting,
  type: WritableType,
  text: string,
  action: 'update' | 'delete',
): Promise<string> {
  const { manager, viewer } = acting;
  const right = rights[type][action];
  const id = readId(text, type);
  if (id === undefined) throw notFound(type);
  const demand: Demand = {
    type,
    id,
    atLeast: atLeastOf(right),
    hold: action === 'delete' ? 'deleted' : 'changed',
    orAnyway: isAllowedOtherwise(right, viewer),
  };
  const allowed = await authorizeWithin(acting, demand);
  switch (right.kind) {
    case 'account':
    case 'role':
    case 'roleOrAdministrator':
      break;
    case 'roleOnEveryProject':
      if (isShared(type) && !(await hasRoleOnItsProjects(acting, type, id, right.atLeast)))
        throw forbidden(
          `This ${type} is also in a project that you may not delete from: remove it from your project with \`unlink${type}\` instead.`,
        );
      break;
    case 'roleUntilApproved':
      if (!viewer.isAdministrator && !(await awaitsApproval(manager, type, id)))
        throw forbidden(`Only administrators change a ${type} that is approved: everybody sees what they have read.`);
      break;
    case 'proposer':
      if (!allowed || !(viewer.isAdministrator || (await awaitsApproval(manager, type, id))))
        throw forbidden(`Only administrators change a ${type} that is approved, and before that who proposed it.`);
  }
  return id;
}

/** Whoever proposed a term, and administrators, count as its owners. */
function atLeastOf(right: Right): Role {
  return right.kind === 'account' || right.kind === 'proposer' ? 'OWNER' : right.atLeast;
}

/** Where the role alone does not decide, seeing the object is asked for first. */
function isAllowedOtherwise({ kind }: Right, { isAdministrator }: Acting['viewer']): boolean {
  return kind === 'account' || kind === 'proposer' || (kind === 'roleOrAdministrator' && isAdministrator);
}

async function hasRoleOnItsProjects(
  { manager, access, viewer }: Acting,
  type: WritableType,
  id: string,
  atLeast: Role,
): Promise<boolean> {
  const projects = await projectsOf(manager, { type, id });
  return (await idsWith(manager, access, viewer, 'Project', projects, atLeast)).size === projects.length;
}

async function awaitsApproval(manager: EntityManager, type: WritableType, id: string): Promise<boolean> {
  return isProposed(type) && !(await approvedAmong(manager, type, [id])).has(id);
}
