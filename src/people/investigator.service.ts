import type { EntityManager } from 'typeorm';
import { authorizeAll, idsWith, isPublicNow, type Demand } from '../access/authorize';
import { conflict, forbidden, notFound } from '../errors';
import { quote } from '../database/sql';
import { readId } from '../model/read-id';
import { act, type Acting, type Actor } from '../access/act';
import { invitedInvestigators, principalInvestigators } from '../domain/people/laboratory.entity';
import { keptUsers } from './owners';

/** How many users a laboratory names as principal investigators at most. */
export const mostInvestigators = 20;

/** What became of a laboratory. */
export interface Naming {
  id: string;
  changed: boolean;
  isPublic: boolean;
}

const [leading, invited] = [principalInvestigators.table, invitedInvestigators.table].map(quote) as [string, string];

/**
 * Names a user as principal investigator of a laboratory, which is shown to nobody else before they accept; whoever names
 * themself has accepted. Naming twice changes nothing. Throws NOT_FOUND, FORBIDDEN, or CONFLICT (the laboratory names
 * enough).
 */
export function inviteInvestigator(actor: Actor, laboratory: string, user: string): Promise<Naming> {
  return act(actor, async (acting) => {
    const { manager, access, viewer } = acting;
    const userId = readId(user, 'User');
    const id = await lockLaboratory(acting, laboratory, { users: [userId] });
    if (userId === undefined || !(await idsWith(manager, access, viewer, 'User', [userId])).has(userId))
      throw notFound('User');
    const isNamed = await holds(manager, leading, id, userId);
    const isInvited = await holds(manager, invited, id, userId);
    if (isNamed || (isInvited && userId !== viewer.userId)) return naming(acting, id, false);
    if (!isInvited) await expectRoom(manager, id);
    if (userId === viewer.userId) await lead(manager, id, userId);
    else await write(manager, invited, id, userId);
    await moveVersion(manager, id, userId === viewer.userId);
    return naming(acting, id, true);
  });
}

/**
 * The viewer accepts to be named as principal investigator: everybody who sees the laboratory sees it from then on. Accepting
 * twice changes nothing. Throws NOT_FOUND, or FORBIDDEN (nobody has named them).
 */
export function acceptInvestigator(actor: Actor, laboratory: string): Promise<Naming> {
  return act(actor, async (acting) => {
    const { manager, viewer } = acting;
    const id = await lockLaboratory(acting, laboratory, { users: [viewer.userId], orAnyway: true });
    if (await holds(manager, leading, id, viewer.userId)) return naming(acting, id, false);
    if (!(await holds(manager, invited, id, viewer.userId)))
      throw forbidden('Nobody has named you as principal investigator of this laboratory.');
    await lead(manager, id, viewer.userId);
    await moveVersion(manager, id, true);
    return naming(acting, id, true);
  });
}

/**
 * Ends that a user is, or is asked to be, principal investigator: for themself at any time, for others by whoever manages the
 * laboratory. Ending it twice changes nothing. Throws NOT_FOUND or FORBIDDEN.
 */
export function removeInvestigator(actor: Actor, laboratory: string, user: string): Promise<Naming> {
  return act(actor, async (acting) => {
    const { manager, viewer } = acting;
    const userId = readId(user, 'User');
    const id = await lockLaboratory(acting, laboratory, { orAnyway: userId === viewer.userId });
    if (userId === undefined) return naming(acting, id, false);
    const wasNamed = await erase(manager, leading, id, userId);
    const wasInvited = await erase(manager, invited, id, userId);
    const changed = wasNamed || wasInvited;
    if (changed) await moveVersion(manager, id, wasNamed);
    return naming(acting, id, changed);
  });
}

/**
 * Whoever accepted to be named did so for what the laboratory said of itself: when somebody else changes that before it is
 * approved, and so before it is shown, they are asked again.
 */
export async function askInvestigatorsAgain(
  manager: EntityManager,
  laboratoryId: string,
  changedBy: string,
): Promise<void> {
  await manager.query(
    `WITH asked AS (DELETE FROM ${leading} WHERE "laboratory_id" = $1 AND "user_id" <> $2 RETURNING "laboratory_id", "user_id")
     INSERT INTO ${invited} ("laboratory_id", "user_id") SELECT "laboratory_id", "user_id" FROM asked`,
    [laboratoryId, changedBy],
  );
}

async function naming(acting: Acting, id: string, changed: boolean): Promise<Naming> {
  return { id, changed, isPublic: await isPublicNow(acting, 'Laboratory', id) };
}

/** Locks a laboratory for its manager, an administrator or, with `orAnyway`, whoever sees it; and keeps some users. */
async function lockLaboratory(
  acting: Acting,
  text: string,
  { users = [], orAnyway = false }: { users?: readonly (string | undefined)[]; orAnyway?: boolean },
): Promise<string> {
  const id = readId(text, 'Laboratory');
  if (id === undefined) throw notFound('Laboratory');
  const demand: Demand = { type: 'Laboratory', id, atLeast: 'MANAGER', hold: 'changed', orAnyway };
  await authorizeAll(acting, [demand], () => Promise.resolve(keptUsers(...users)));
  return id;
}

async function lead(manager: EntityManager, laboratoryId: string, userId: string): Promise<void> {
  await erase(manager, invited, laboratoryId, userId);
  await write(manager, leading, laboratoryId, userId);
}

async function expectRoom(manager: EntityManager, laboratoryId: string): Promise<void> {
  const [{ named }] = await manager.query<[{ named: number }]>(
    `SELECT ((SELECT count(*) FROM ${leading} WHERE "laboratory_id" = $1)
       + (SELECT count(*) FROM ${invited} WHERE "laboratory_id" = $1))::int AS "named"`,
    [laboratoryId],
  );
  if (named >= mostInvestigators)
    throw conflict(`A laboratory names ${mostInvestigators} principal investigators at most: remove one first.`);
}

async function holds(manager: EntityManager, table: string, laboratoryId: string, userId: string): Promise<boolean> {
  const rows = await manager.query<unknown[]>(`SELECT 1 FROM ${table} WHERE "laboratory_id" = $1 AND "user_id" = $2`, [
    laboratoryId,
    userId,
  ]);
  return rows.length > 0;
}

async function write(manager: EntityManager, table: string, laboratoryId: string, userId: string): Promise<void> {
  await manager.query(`INSERT INTO ${table} ("laboratory_id", "user_id") VALUES ($1, $2)`, [laboratoryId, userId]);
}

async function erase(manager: EntityManager, table: string, laboratoryId: string, userId: string): Promise<boolean> {
  const [, count] = await manager.query<[unknown[], number]>(
    `DELETE FROM ${table} WHERE "laboratory_id" = $1 AND "user_id" = $2`,
    [laboratoryId, userId],
  );
  return count > 0;
}

/** Every write moves `version`; `updatedAt` moves with what every viewer of the laboratory sees. */
async function moveVersion(manager: EntityManager, laboratoryId: string, isSeen: boolean): Promise<void> {
  await manager.query(
    `UPDATE "laboratory" SET "version" = "version" + 1${isSeen ? ', "updated_at" = now()' : ''} WHERE "id" = $1`,
    [laboratoryId],
  );
}
