import { badInput } from '../errors';
import { normalizeId, typeOfId, type NodeName } from './ids';

/**
 * Reads an id that a client sent. Undefined when it can belong to no object of the type (or, without one, of any type):
 * such an id reads like an unknown one. Throws BAD_USER_INPUT when it is no UUID at all.
 */
export function readId(text: string, type?: NodeName): string | undefined {
  const id = normalizeId(text);
  if (id === undefined)
    throw badInput('This id is not one of ours: an id is a UUID, such as `01890a5d-ac96-8012-8bcc-1f2e3d4c5b6a`.');
  const found = typeOfId(id);
  return found !== undefined && (type === undefined || type === found) ? id : undefined;
}
