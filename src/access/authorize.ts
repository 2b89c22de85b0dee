import type { EntityManager } from 'typeorm';
import { forbidden, notFound } from '../errors';
import { Parameters, runBound, type Runner } from '../loading/sql';
import type { NodeName } from '../model/ids';
import { snakeCase } from '../model/names';
import { readId } from '../model/read-id';
import type { Role } from '../people/role';
import type { Access } from './access';
import type { Ask } from './rules';
import type { Viewer } from './viewer';
import { conditionFor } from './visibleTo';

/**
 * Asks, inside the transaction of a mutation, whether the viewer has the role that it takes, and locks the object so that
 * nobody changes it meanwhile. Throws NOT_FOUND for an object that the viewer may not see, exactly as for one that does
 * not exist; FORBIDDEN for one that they see without having the role.
 *
 * @returns the object's id in its one spelling
 */
export async function authorize(
  manager: EntityManager,
  access: Access,
  viewer: Viewer,
  type: NodeName,
  text: string,
  atLeast: Role,
  strength: LockStrength = 'UPDATE',
): Promise<string> {
  const { id, allowed } = await lockAndJudge(manager, access, viewer, type, text, atLeast, strength);
  if (!allowed) throw forbidden(`You would have to be ${atLeast.toLowerCase()} of this ${type} to do that.`);
  return id;
}

/** `SHARE` where something is put into the object, which others may do at the same time. */
export type LockStrength = 'UPDATE' | 'SHARE';

/** The same, where more than a role may allow it: says whether the viewer has the role. Throws NOT_FOUND. */
export async function lockAndJudge(
  manager: EntityManager,
  access: Access,
  viewer: Viewer,
  type: NodeName,
  text: string,
  atLeast: Role,
  strength: LockStrength = 'UPDATE',
): Promise<{ id: string; allowed: boolean }> {
  const id = readId(text, type);
  if (id === undefined) throw notFound(type);
  // The lock comes first, in a statement of its own: the verdict below then sees what was committed before it was granted.
  await manager.query(`SELECT 1 FROM "${snakeCase(type)}" WHERE "id" = $1 FOR ${strength}`, [id]);
  const parameters = new Parameters();
  const question = { policy: access.policy, roleConditions: access.roleConditions, viewer, parameters };
  const visible = conditionFor(question, type, 't');
  const allowed = conditionFor(question, type, 't', atLeast);
  const place = parameters.add(id, 'uuid');
  const [verdict] = await runBound<{ visible: boolean; allowed: boolean }>(
    manager,
    parameters,
    `SELECT ${visible} AS "visible", ${allowed} AS "allowed" FROM "${snakeCase(type)}" t WHERE t."id" = ${place}`,
  );
  if (!verdict?.visible) throw notFound(type);
  return { id, allowed: verdict.allowed };
}

/** Those of some ids of a type for which the viewer may say yes to `ask`; unknown ones are not among them. */
export async function idsWith(
  runner: Runner,
  access: Access,
  viewer: Viewer,
  type: NodeName,
  ids: readonly string[],
  ask: Ask = 'visible',
): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const parameters = new Parameters();
  const question = { policy: access.policy, roleConditions: access.roleConditions, viewer, parameters };
  const condition = conditionFor(question, type, 't', ask);
  const rows = await runBound<{ id: string }>(
    runner,
    parameters,
    `SELECT t."id" FROM "${snakeCase(type)}" t WHERE t."id" = ANY(${parameters.add(ids, 'uuid[]')}) AND ${condition}`,
  );
  return new Set(rows.map(({ id }) => id));
}

/** Whether the viewer has some role on each of these; an unknown one counts as one without. */
export async function hasRoleOnAll(
  manager: EntityManager,
  access: Access,
  viewer: Viewer,
  objects: readonly { id: string; type: NodeName }[],
): Promise<boolean> {
  for (const type of new Set(objects.map((object) => object.type))) {
    const ids = [...new Set(objects.filter((object) => object.type === type).map(({ id }) => id))];
    if ((await idsWith(manager, access, viewer, type, ids, 'MEMBER')).size < ids.length) return false;
  }
  return true;
}
