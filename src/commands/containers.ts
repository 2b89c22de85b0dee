import type { EntityManager } from 'typeorm';
import { describeObject, oneRow } from '../access/who-can-see';
import { normalizeId, typeOfId, type NodeName } from '../model/ids';
import { inWords } from '../model/names';
import { containerTypes, isContainer, type ContainerType } from '../model/families';
import { OperatorError } from './telling';

/** An object that an operator named by its id. */
export interface Found<Type extends NodeName = NodeName> {
  type: Type;
  id: string;
  /** Its type and name, in words. */
  label: string;
}

/** The object of an id that an operator typed. Throws an OperatorError where there is none. */
export async function findObject(manager: EntityManager, text: string): Promise<Found> {
  const id = normalizeId(text.trim());
  if (id === undefined)
    throw new OperatorError(`${JSON.stringify(text)} is no id: an id looks like 01890a5d-ac96-8012-8bcc-1f2e3d4c5b6a.`);
  const type = typeOfId(id);
  const row = type === undefined ? undefined : await oneRow(manager, type, id);
  if (type === undefined || !row) throw new OperatorError(`There is no object with the id ${id}.`);
  return { type, id, label: describeObject(type, row) };
}

/** `project, setup or inventory`, as a sentence lists what has owners of its own. */
export const containersInWords = containerTypes
  .map(inWords)
  .join(', ')
  .replace(/, ([^,]*)$/, ' or $1');

/** The same for a project or personal attribute, which alone have members and owners. */
export async function findContainer(manager: EntityManager, text: string): Promise<Found<ContainerType>> {
  const { type, id, label } = await findObject(manager, text);
  if (!isContainer(type))
    throw new OperatorError(`${id} is the ${label}, which has no owners of its own: name a ${containersInWords}.`);
  return { type, id, label };
}
