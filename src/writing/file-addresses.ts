import type { EntityManager } from 'typeorm';
import { idsWith } from '../access/authorize';
import { anonymous } from '../access/viewer';
import type { WritableType } from './writable-types';
import type { Writer } from './writer';

/** An object as it is stored, and the columns that are written of it. */
export interface Change {
  stored: Readonly<Record<string, unknown>>;
  columns: Readonly<Record<string, unknown>>;
}

/**
 * Who sees where a file is, sees its storage. When a recording is taken out of a storage, its address would therefore open
 * to others: to the writer, who may not see the storage, or to everybody. It is cleared then, unless the input gives it
 * anew. Returns what is to be cleared of each.
 */
export async function clearedAddresses(
  manager: EntityManager,
  { access, viewer }: Writer,
  type: WritableType,
  changes: readonly Change[],
): Promise<{ fileUrl?: null; fileName?: null }[]> {
  const moves = changes.map(moveOf);
  const storages = [...new Set(moves.flatMap((move) => [move?.from ?? [], move?.to ?? []].flat()))];
  if (type !== 'DataAcquisition' || storages.length === 0) return moves.map(() => ({}));
  const isPublic = await idsWith(manager, access, anonymous, 'DataStorage', storages);
  const isSeen = await idsWith(manager, access, viewer, 'DataStorage', storages);
  return moves.map((move) => {
    if (!move) return {};
    const { from, to } = move;
    const opensToAll = !isPublic.has(from) && (to === null || isPublic.has(to));
    return opensToAll || !isSeen.has(from) ? { fileUrl: null, fileName: null } : {};
  });
}

/**
 * What counts as changed whatever was there, for each change: the address of a file whose storage the writer cannot see.
 * Otherwise the reply would tell whether a guess was right.
 */
export async function writtenBlind(
  manager: EntityManager,
  { access, viewer }: Writer,
  type: WritableType,
  changes: readonly Change[],
): Promise<readonly string[][]> {
  const storages = changes.map(({ stored }) => stored['dataStorageId'] as string | null);
  const named = [...new Set(storages.flatMap((id) => id ?? []))];
  if (type !== 'DataAcquisition' || named.length === 0) return changes.map(() => []);
  const isSeen = await idsWith(manager, access, viewer, 'DataStorage', named);
  return storages.map((id) => (id === null || isSeen.has(id) ? [] : ['fileUrl', 'fileName']));
}

/** From which storage to which one; undefined where it stays, or has been in none. */
function moveOf({ stored, columns }: Change): { from: string; to: string | null } | undefined {
  const [from, to] = [stored['dataStorageId'] as string | null, columns['dataStorageId'] as string | null | undefined];
  return from == null || to === undefined || to === from ? undefined : { from, to };
}
