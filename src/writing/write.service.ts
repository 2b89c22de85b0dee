import { act, type Acting, type Actor } from '../access/act';
import { isPublicNow } from '../access/authorize';
import { conflict, faultyInput } from '../errors';
import { sql, value } from '../database/sql';
import { isContainer, isShared } from '../model/families';
import { newId } from '../model/ids';
import { askInvestigatorsAgain } from '../people/investigator.service';
import { changeOf, changesBetween, type Change } from './changes';
import { faultsOfChanges } from './faults-of-changes';
import { withheldAddresses } from './file-addresses';
import { asGraph, asInput } from './input-names';
import { replaceVisible } from './lists';
import { mayChange, mayCreate } from './may-write';
import * as messages from './messages';
import { alone } from './others';
import { putIntoProjects } from './put-into-projects';
import { readingOf, readObject } from './read-object';
import { findReferences } from './references';
import { addOwner, insertRows, storedRows, updateRows, type Stored } from './rows';
import type { WritableType } from './shape';

export type Input = Readonly<Record<string, unknown>>;

/** What a mutation did. */
export interface Written {
  id: string;
  changed: boolean;
  isPublic: boolean;
  message: string;
}

/**
 * Creates an object as the input says. Throws NOT_FOUND or FORBIDDEN about what it is put into, and BAD_USER_INPUT with
 * everything else that is wrong, at once.
 */
export function createObject(actor: Actor, type: WritableType, given: Input): Promise<Written> {
  const input = asGraph(type, given);
  return act(actor, async (acting) => {
    const { manager, viewer } = acting;
    const inside = await mayCreate(acting, type, input);
    const { id, columns, lists } = await readChange(acting, type, input, { id: newId(type), columns: inside.columns });
    await insertRows(manager, type, [{ id, columns }], viewer.userId);
    if (isShared(type)) await putIntoProjects(manager, type, sql`SELECT ${value(id, 'uuid')}`, inside.projects);
    for (const [list, ids] of lists) await replaceVisible(acting, list, [{ ownerId: id, ids, isNew: true }]);
    if (isContainer(type)) await addOwner(manager, type, [id], viewer.userId);
    const isPublic = await isPublicNow(acting, type, id);
    return { id, changed: true, isPublic, message: messages.created(type, isPublic) };
  });
}

/**
 * Changes what the input names and leaves the rest. Throws NOT_FOUND, FORBIDDEN, CONFLICT (it is no longer of the version
 * that the client looked at) and BAD_USER_INPUT with everything that is wrong, at once.
 */
export function updateObject(
  actor: Actor,
  type: WritableType,
  text: string,
  given: Input,
  ifVersion: number | null | undefined,
): Promise<Written> {
  const input = asGraph(type, given);
  return act(actor, async (acting) => {
    const { manager, viewer } = acting;
    const id = await mayChange(acting, type, text, 'update');
    const stored = (await storedRows(manager, type, [id])).get(id)!;
    expectVersion(stored, ifVersion);
    const { columns, lists } = await readChange(acting, type, input, { id, before: stored, columns: {} });
    const [withheld] = await withheldAddresses(acting, type, [{ stored, columns }]);
    const changes = changesBetween(stored, { ...withheld, ...columns });
    const withholds = Object.keys(changes).some((property) => withheld![property] != null);
    const changedLists: string[] = [];
    for (const [list, ids] of lists) {
      const owners = await replaceVisible(acting, list, [{ ownerId: id, ids, isNew: false }]);
      if (owners.has(id)) changedLists.push(list.field);
    }
    const changed = Object.keys(changes).length + changedLists.length > 0;
    if (changed) await updateRows(manager, type, [{ id, columns: changes, lists: changedLists }]);
    if (changed && type === 'Laboratory' && stored['isApproved'] === false)
      await askInvestigatorsAgain(manager, id, viewer.userId);
    const isPublic = await isPublicNow(acting, type, id);
    return { id, changed, isPublic, message: changed ? messages.updated(isPublic, withholds) : messages.unchanged };
  });
}

/** Throws CONFLICT, with the version that is stored, where the client looked at another one. */
export function expectVersion({ version }: Pick<Stored, 'version'>, ifVersion: number | null | undefined): void {
  if (ifVersion != null && ifVersion !== version)
    throw conflict('It was changed since you looked: look again, then send your change with the new version.', version);
}

/** Reads and checks a whole input, over what it starts from; everything that is wrong is told at once. */
async function readChange(
  acting: Acting,
  type: WritableType,
  input: Input,
  start: { id: string; before?: Stored; columns: Readonly<Record<string, string>> },
): Promise<Change> {
  const read = readObject(type, input, readingOf(type));
  const found = await findReferences(acting, read);
  const columns = { ...start.columns, ...read.columns, ...found.columns };
  const change = changeOf(type, { id: start.id, before: start.before, columns, lists: found.lists });
  const told = [...read.faults, ...found.faults];
  const further = await faultsOfChanges({ acting, type, changes: [change], beside: alone }, () => told);
  const faults = [...told, ...further.map(({ fault }) => fault)];
  if (faults.length > 0) throw faultyInput(asInput(type, faults));
  return change;
}
