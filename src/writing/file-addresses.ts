import type { EntityManager } from 'typeorm';
import type { Acting } from '../access/act';
import { idsWith } from '../access/authorize';
import { anonymous } from '../access/viewer';
import { either } from '../database/conditions';
import { name, sql, value, type Sql } from '../database/sql';
import { snakeCase } from '../model/names';
import { fileAddresses, ofNobody } from '../domain/module/file-addresses';
import { changesBetween } from './changes';
import type { WritableType } from '../model/families';

/** An object as it is stored, and the columns that are written of it. */
export interface Change {
  stored: Readonly<Record<string, unknown>>;
  columns: Readonly<Record<string, unknown>>;
}

/**
 * Who may read where a file is, is said by the storage that it lies in. When a recording is taken out of a storage that not
 * everybody sees, its address stays with the viewers of that one, until it is written anew. Returns what is to be noted of
 * each change.
 */
export async function withheldAddresses(
  { manager, access }: Acting,
  type: WritableType,
  changes: readonly Change[],
): Promise<Record<string, string | null>[]> {
  if (type !== 'DataAcquisition') return changes.map(() => ({}));
  const left = [...new Set(changes.flatMap((change) => leftStorage(change) ?? []))];
  const isPublic = await idsWith(manager, access, anonymous, 'DataStorage', left);
  return changes.map((change) => {
    const from = leftStorage(change);
    const withholds = from !== undefined && !isPublic.has(from) ? from : undefined;
    const next = { ...change.stored, ...change.columns };
    return Object.fromEntries(
      fileAddresses.map(({ field, of }) => {
        const stays = change.stored[field] !== null && !(field in changesBetween(change.stored, change.columns));
        const noted = stays ? joined(change.stored[of] as string | null, withholds) : null;
        return [of, noted === next['dataStorageId'] ? null : noted];
      }),
    );
  });
}

/** Both have to be seen; where these are two, nobody's role on the one says anything of the other. */
function joined(noted: string | null, withholds: string | undefined): string | null {
  if (noted === null || withholds === undefined) return noted ?? withholds ?? null;
  return noted === withholds ? noted : ofNobody;
}

/** The storage that the recording is taken out of; undefined where it stays, or has been in none. */
function leftStorage({ stored, columns }: Change): string | undefined {
  const [from, to] = [stored['dataStorageId'] as string | null, columns['dataStorageId'] as string | null | undefined];
  return from == null || to === undefined || to === from ? undefined : from;
}

/** The condition of the recordings that deleting a storage changes: those that lie in it, and those that it withholds. */
export function rememberedIn(storageId: string, wasPublic: boolean): Sql {
  const columns = ['dataStorageId', ...(wasPublic ? fileAddresses.map(({ of }) => of) : [])];
  const id = value(storageId, 'uuid');
  return either(columns.map((column) => sql`${name(snakeCase(column))} = ${id}`));
}

/**
 * Before a storage is deleted: nothing is erased, and nothing opened. What was open stays open; the rest stays with those
 * who contribute to the session, since nobody sees the storage any more.
 */
export async function leaveStorage(manager: EntityManager, id: string, wasPublic: boolean): Promise<void> {
  const noted = fileAddresses.map(({ field, of }) => {
    const [value, column] = [`"${snakeCase(field)}"`, `"${snakeCase(of)}"`];
    if (wasPublic) return `${column} = NULLIF(${column}, $1::uuid)`;
    return `${column} = CASE WHEN ${value} IS NULL THEN NULL WHEN COALESCE(${column}, $1::uuid) = $1::uuid THEN $1::uuid ELSE '${ofNobody}' END`;
  });
  await manager.query(
    `UPDATE "data_acquisition" SET "data_storage_id" = NULL, "version" = "version" + 1, ${noted.join(', ')} WHERE "data_storage_id" = $1`,
    [id],
  );
  if (!wasPublic) return;
  for (const { of } of fileAddresses) {
    const column = `"${snakeCase(of)}"`;
    await manager.query(`UPDATE "data_acquisition" SET ${column} = NULL WHERE ${column} = $1`, [id]);
  }
}
