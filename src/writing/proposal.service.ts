import type { EntityManager } from 'typeorm';
import { act, type Acting, type Actor } from '../access/act';
import { authorizeAll } from '../access/authorize';
import { isProposed, type ProposedType } from '../model/families';
import { badInput, conflict, forbidden, notFound } from '../errors';
import { typeOfId } from '../model/ids';
import { isCleanText } from '../model/texts';
import { readId } from '../model/read-id';
import { faultsAmongOthers, unapprovedReferences } from './agreement-with-others';
import { alone, Others } from './others';
import { storedRows, updateRows, type Stored } from './rows';
import { shapeOf } from './shape';
import { expectVersion } from './write.service';

export interface Decision {
  type: ProposedType;
  id: string;
  changed: boolean;
  message: string;
}

const longestComment = 1000;

/**
 * Makes a proposal visible to everybody, as the administrator has read it. Throws NOT_FOUND, FORBIDDEN (not an administrator)
 * or CONFLICT (it was changed since, it refers to another proposal, or there is an approved term of its name).
 */
export function approve(actor: Actor, text: string, ifVersion: number): Promise<Decision> {
  return act(actor, async (acting) => {
    const { manager } = acting;
    const { type, stored } = await proposalFor(acting, text);
    const { id } = stored;
    if (stored['isApproved'] === true)
      return { type, id, changed: false, message: 'It was approved already; nothing has changed.' };
    expectVersion(stored, ifVersion);
    const [waitingFor] = await unapprovedReferences(manager, type, stored);
    if (waitingFor)
      throw conflict(`It refers to a ${waitingFor.target} that is a proposal itself: approve that one first.`);
    const written = shapeOf(type).fields.map(({ name }) => name);
    const change = { id, before: stored, columns: {}, row: stored, written, lists: new Map() };
    const others = new Others(manager, alone);
    const faults = await faultsAmongOthers({ acting, type, changes: [change], others });
    if (faults.length > 0)
      throw conflict(`An approved ${type} has the same name: reject this one, or change it first.`);
    await decide(manager, type, id, { isApproved: true, rejectionComment: null });
    return { type, id, changed: true, message: 'Approved. Everybody sees it.' };
  });
}

/**
 * Says to the proposer why a proposal stays one. Throws NOT_FOUND, FORBIDDEN (not an administrator), BAD_USER_INPUT (no
 * comment, or too long a one) or CONFLICT (it was changed since it was read, or is approved).
 */
export function reject(actor: Actor, text: string, ifVersion: number, given: string): Promise<Decision> {
  const comment = given.trim();
  return act(actor, async (acting) => {
    const { manager } = acting;
    const { type, stored } = await proposalFor(acting, text);
    const { id } = stored;
    if (comment === '' || comment.length > longestComment || !isCleanText(comment))
      throw badInput(`\`comment\` has to say why, in 1 to ${longestComment} characters without control characters.`);
    if (stored['isApproved'] === true) throw conflict('It is approved already: it can be changed or deleted.');
    const changed = stored['rejectionComment'] !== comment;
    if (changed) expectVersion(stored, ifVersion);
    if (changed) await decide(manager, type, id, { rejectionComment: comment });
    return { type, id, changed, message: 'Rejected. Its proposer can read why, change it, or delete it.' };
  });
}

async function proposalFor(acting: Acting, text: string): Promise<{ type: ProposedType; stored: Stored }> {
  const { manager, viewer } = acting;
  const id = readId(text);
  const type = id === undefined ? undefined : typeOfId(id);
  if (id === undefined || !isProposed(type)) throw notFound('proposal');
  await authorizeAll(acting, [{ type, id, atLeast: 'OWNER', hold: 'changed', orAnyway: true }]);
  if (!viewer.isAdministrator) throw forbidden('Only administrators decide on proposals.');
  return { type, stored: (await storedRows(manager, type, [id])).get(id)! };
}

async function decide(
  manager: EntityManager,
  type: ProposedType,
  id: string,
  columns: Record<string, unknown>,
): Promise<void> {
  await updateRows(manager, type, [{ id, columns }]);
}
