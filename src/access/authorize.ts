import type { EntityManager } from 'typeorm';
import { forbidden, notFound } from '../errors';
import { Parameters, runBound } from '../loading/sql';
import type { NodeName } from '../model/ids';
import { snakeCase } from '../model/names';
import { readId } from '../model/read-id';
import type { Role } from '../people/role';
import type { Access } from './access';
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
): Promise<string> {
  const id = readId(text, type);
  if (id === undefined) throw notFound(type);
  // The lock comes first, in a statement of its own: the verdict below then sees what was committed before it was granted.
  await manager.query(`SELECT 1 FROM "${snakeCase(type)}" WHERE "id" = $1 FOR UPDATE`, [id]);
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
  if (!verdict.allowed) throw forbidden(`You would have to be ${atLeast.toLowerCase()} of this ${type} to do that.`);
  return id;
}

/** Whether the viewer has some role on each of these; an unknown one counts as one without. */
export async function hasRoleOnAll(
  manager: EntityManager,
  access: Access,
  viewer: Viewer,
  objects: readonly { id: string; type: NodeName }[],
): Promise<boolean> {
  for (const { id, type } of objects) {
    const parameters = new Parameters();
    const question = { policy: access.policy, roleConditions: access.roleConditions, viewer, parameters };
    const member = conditionFor(question, type, 't', 'MEMBER');
    const place = parameters.add(id, 'uuid');
    const text = `SELECT 1 FROM "${snakeCase(type)}" t WHERE t."id" = ${place} AND ${member}`;
    if ((await runBound(manager, parameters, text)).length === 0) return false;
  }
  return true;
}
