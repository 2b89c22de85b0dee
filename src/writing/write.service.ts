import type { EntityManager } from 'typeorm';
import { act, type Acting, type Actor } from '../access/act';
import { idsWith } from '../access/authorize';
import { anonymous } from '../access/viewer';
import { isProposed } from '../model/families';
import { conflict, faultyInput } from '../errors';
import { newId } from '../model/ids';
import { fieldName } from '../model/names';
import { classOf } from '../model/node';
import { askInvestigatorsAgain } from '../people/investigator.service';
import { projectSessions, projectSubjects } from '../project/project.links';
import { faultsOfAgreement, fillSchemaVersion } from './agreement';
import { faultsAmongOthers } from './agreement-with-others';
import { asGraph, asInput } from './input-names';
import { withheldAddresses } from './file-addresses';
import { replaceVisible } from './lists';
import { changesBetween, marksOfChange } from './marks';
import { mayChange, mayCreate } from './may-write';
import * as messages from './messages';
import { readValues } from './read-values';
import { readReferences } from './references';
import { isOwned } from './rights';
import { standardsOf, type LinkedList, type WritableType } from './shape';

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
    const { columns, lists } = await readInput(acting, type, input, {
      id: undefined,
      stored: { ...standardsOf(type), ...inside.columns },
    });
    const id = newId(type);
    const proposed = isProposed(type) ? { isApproved: false, proposedById: viewer.userId } : {};
    await insert(manager, type, { id, ...inside.columns, ...columns, ...proposed });
    await linkToProjects(manager, type, id, inside.projects);
    for (const [list, ids] of lists) await replaceVisible(acting, list, id, ids);
    if (isOwned(type)) await makeOwner(manager, type, id, viewer.userId);
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
    const repository = manager.getRepository<Stored>(classOf(type));
    const stored = await repository.findOneByOrFail({ id });
    expectVersion(stored, ifVersion);
    const { columns, lists } = await readInput(acting, type, input, { id, stored });
    const [withheld] = await withheldAddresses(acting, type, [{ stored, columns }]);
    const changes = changesBetween(stored, { ...withheld, ...columns });
    const withholds = Object.keys(changes).some((property) => withheld![property] != null);
    const changedLists: string[] = [];
    for (const [list, ids] of lists) if (await replaceVisible(acting, list, id, ids)) changedLists.push(list.field);
    const changed = Object.keys(changes).length + changedLists.length > 0;
    if (changed) await repository.update(id, { ...changes, ...marksOfChange(type, changes, changedLists) } as never);
    if (changed && type === 'Laboratory' && stored['isApproved'] === false)
      await askInvestigatorsAgain(manager, id, viewer.userId);
    const isPublic = await isPublicNow(acting, type, id);
    return { id, changed, isPublic, message: changed ? messages.updated(isPublic, withholds) : messages.unchanged };
  });
}

export type Stored = Record<string, unknown> & { id: string; version: number };

/** Throws CONFLICT, with the version that is stored, where the client looked at another one. */
export function expectVersion({ version }: { version: number }, ifVersion: number | null | undefined): void {
  if (ifVersion != null && ifVersion !== version)
    throw conflict('It was changed since you looked: look again, then send your change with the new version.', version);
}

interface ReadInput {
  columns: Record<string, unknown>;
  lists: ReadonlyMap<LinkedList, readonly string[]>;
}

/** Reads and checks a whole input; everything that is wrong is told at once. */
async function readInput(
  acting: Acting,
  type: WritableType,
  input: Input,
  { id, stored }: { id: string | undefined; stored: Readonly<Record<string, unknown>> },
): Promise<ReadInput> {
  const values = readValues(type, input);
  const references = await readReferences(acting, type, input);
  const { lists } = references;
  const columns: Record<string, unknown> = { ...values.columns, ...references.columns };
  fillSchemaVersion(type, columns);
  const row = { ...stored, ...columns };
  // On an update only what differs is looked at; of a new object, everything.
  const written = id === undefined ? Object.keys(row) : Object.keys(changesBetween(stored, columns));
  const faults = [
    ...values.faults,
    ...references.faults,
    ...faultsOfAgreement(type, row, written),
    ...(references.faults.length > 0
      ? []
      : await faultsAmongOthers(acting.manager, { type, id, row, written, lists, writerId: acting.viewer.userId })),
  ];
  if (faults.length > 0) throw faultyInput(asInput(type, faults));
  return { columns, lists };
}

async function insert(manager: EntityManager, type: WritableType | 'Membership', columns: object): Promise<void> {
  await manager.createQueryBuilder().insert().into(classOf(type)).values(columns).updateEntity(false).execute();
}

async function linkToProjects(
  manager: EntityManager,
  type: WritableType,
  id: string,
  projects: readonly string[],
): Promise<void> {
  if (projects.length === 0) return;
  const { entity, ends } = type === 'Subject' ? projectSubjects : projectSessions;
  const rows = projects.map((projectId) => ({ [ends[0].property]: projectId, [ends[1].property]: id }));
  await manager.createQueryBuilder().insert().into(entity).values(rows).updateEntity(false).execute();
}

/** Whoever creates a project or attribute owns it from the start. */
async function makeOwner(manager: EntityManager, type: WritableType, id: string, userId: string): Promise<void> {
  const container = { [`${fieldName(type)}Id`]: id };
  await insert(manager, 'Membership', {
    id: newId('Membership'),
    ...container,
    userId,
    role: 'OWNER',
    acceptedAt: new Date(),
  });
}

/** Whether everybody sees the object, as it stands in this transaction. */
async function isPublicNow({ manager, access }: Acting, type: WritableType, id: string): Promise<boolean> {
  return (await idsWith(manager, access, anonymous, type, [id])).has(id);
}
