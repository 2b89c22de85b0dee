import type { EntityManager } from 'typeorm';
import { act, type Actor } from '../access/act';
import { idsWithFlag, isFlagUp } from '../access/flags';
import { lockAll } from '../database/locks';
import { breedingOffspring } from '../domain/breeding/breeding.entity';
import { isContainer, isTerm, sharedTypes, type SharedType } from '../model/families';
import { conflict } from '../errors';
import { all } from '../database/conditions';
import { name, quote, sql, value } from '../database/sql';
import { allEdges } from '../model/edges';
import { linkTables, projectLinks } from '../model/links';
import { counted, snakeCase } from '../model/names';
import { nameOf } from '../model/node';
import { recordVisibilityChange } from '../publishing/history';
import { leaveStorage, rememberedIn } from './file-addresses';
import { mayChange } from './may-write';
import type { WritableType } from './shape';
import { storedRows } from './rows';
import { expectVersion } from './write.service';
import type { Deleted } from './delete.types';

/**
 * Deletes an object and what belongs to it. What was public itself is recorded as revoked. Throws NOT_FOUND, FORBIDDEN or
 * CONFLICT (another version, or a shared term that is in use).
 */
export function deleteObject(
  actor: Actor,
  type: WritableType,
  text: string,
  ifVersion: number | null | undefined,
): Promise<Deleted> {
  return act(
    actor,
    async (acting) => {
      const { manager, viewer } = acting;
      const id = await mayChange(acting, type, text, 'delete');
      expectVersion((await storedRows(manager, type, [id])).get(id)!, ifVersion);
      if (isTerm(type)) await refuseIfUsed(manager, type, id);
      const wasOpen = await isOpen(manager, type, id);
      const opened = wasOpen ? [id, ...(await openProtocols(manager, type, id))] : [];
      await recordVisibilityChange(manager, viewer, 'REVOKE', opened);
      const further = (await beforeDeleting[type]?.(manager, id, wasOpen)) ?? [];
      await manager.query(`DELETE FROM ${quote(snakeCase(type))} WHERE "id" = $1`, [id]);
      return { id, revoked: wasOpen, message: ['Deleted.', ...further].join(' ') };
    },
    { goesFirst: isContainer(type) },
  );
}

/** What is done first, and told. */
type Preparation = (manager: EntityManager, id: string, wasPublic: boolean) => Promise<string[]>;

const beforeDeleting: Partial<Record<WritableType, Preparation>> = {
  Project: deleteWhatIsLeft,
  Epoch: leaveEpoch,
  Subject: async (manager, id) => {
    await leaveBreedings(manager, [id]);
    return [];
  },
  DataStorage: leaveFiles,
};

/** What would be without any project goes with the project. */
async function deleteWhatIsLeft(manager: EntityManager, id: string): Promise<string[]> {
  const told: string[] = [];
  const left = new Map<SharedType, string[]>();
  for (const type of sharedTypes) {
    const { table, column } = projectLinks(type);
    const links = sql`${name(table)} WHERE "project_id" = ${value(id, 'uuid')}`;
    // Whoever links one of them to another project right now is waited for, and then found.
    const inProject = await lockAll(manager, type, 'deleted', sql`"id" IN (SELECT ${name(column)} FROM ${links})`);
    const elsewhere = await manager.query<{ id: string }[]>(
      `SELECT ${quote(column)} AS "id" FROM ${quote(table)} WHERE ${quote(column)} = ANY($1) AND "project_id" <> $2`,
      [inProject, id],
    );
    const staying = new Set(elsewhere.map((one) => one.id));
    left.set(
      type,
      inProject.filter((one) => !staying.has(one)),
    );
  }
  await leaveBreedings(manager, left.get('Subject')!);
  for (const [type, gone] of left) {
    await manager.query(`DELETE FROM ${quote(snakeCase(type))} WHERE "id" = ANY($1)`, [gone]);
    if (gone.length > 0)
      told.push(
        `${counted(gone.length, type.toLowerCase())} that ${gone.length === 1 ? 'was' : 'were'} in no other project went with it.`,
      );
  }
  return told;
}

/** What took place in an epoch stays in its session. */
async function leaveEpoch(manager: EntityManager, id: string): Promise<string[]> {
  for (const edge of allEdges()) {
    if (edge.kind !== 'reference' || nameOf(edge.target()) !== 'Epoch') continue;
    const column = quote(snakeCase(edge.column));
    await manager.query(
      `UPDATE ${quote(snakeCase(nameOf(edge.owner)))} SET ${column} = NULL, "version" = "version" + 1, "updated_at" = now() WHERE ${column} = $1`,
      [id],
    );
  }
  return [];
}

/** Breedings lose animals, of other projects as well: whoever edits them has to notice; when, is nothing for their readers. */
async function leaveBreedings(manager: EntityManager, animals: readonly string[]): Promise<void> {
  const gone = sql`ANY(${value(animals, 'uuid[]')})`;
  const { table, ends } = breedingOffspring;
  const isBorn = sql`"id" IN (SELECT ${name(ends[0].column)} FROM ${name(table)} WHERE ${name(ends[1].column)} = ${gone})`;
  const left = await lockAll(
    manager,
    'Breeding',
    'changed',
    sql`"dam_id" = ${gone} OR "sire_id" = ${gone} OR ${isBorn}`,
  );
  await manager.query(`UPDATE "breeding" SET "version" = "version" + 1 WHERE "id" = ANY($1)`, [left]);
}

/** What lay in a storage stays where it is. Of how many recordings that is true is not told: they may be others'. */
async function leaveFiles(manager: EntityManager, id: string, wasPublic: boolean): Promise<string[]> {
  await lockAll(manager, 'DataAcquisition', 'changed', rememberedIn(id, wasPublic));
  await leaveStorage(manager, id, wasPublic);
  return ['File addresses that were recorded with it stay, and nobody reads one who could not before.'];
}

/** Whether its own flag is up. */
async function isOpen(manager: EntityManager, type: WritableType, id: string): Promise<boolean> {
  if (!isContainer(type) && type !== 'DataStorageProtocol') return false;
  return (await idsWithFlag(manager, type, [id], true)).has(id);
}

async function openProtocols(manager: EntityManager, type: WritableType, id: string): Promise<string[]> {
  if (type !== 'DataStorage') return [];
  const isItsOwn = sql`"data_storage_id" = ${value(id, 'uuid')}`;
  return lockAll(manager, 'DataStorageProtocol', 'deleted', all([isItsOwn, isFlagUp()]));
}

/** A term that anything refers to stays. Who refers to it is not told. */
async function refuseIfUsed(manager: EntityManager, type: WritableType, id: string): Promise<void> {
  const places: [table: string, column: string][] = [];
  for (const edge of allEdges())
    if (edge.kind === 'reference' && nameOf(edge.target()) === type)
      places.push([snakeCase(nameOf(edge.owner)), snakeCase(edge.column)]);
  for (const { table, ends } of linkTables())
    for (const end of ends) if (nameOf(end.type()) === type) places.push([table, end.column]);
  for (const [table, column] of places) {
    const rows = await manager.query<unknown[]>(`SELECT 1 FROM ${quote(table)} WHERE ${quote(column)} = $1 LIMIT 1`, [
      id,
    ]);
    if (rows.length > 0) throw conflict(`This ${type} is in use: it cannot be deleted while anything refers to it.`);
  }
}
