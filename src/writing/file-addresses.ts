import type { EntityManager } from 'typeorm';
import { idsWith } from '../access/authorize';
import { anonymous } from '../access/viewer';
import type { WritableType } from './writable-types';
import type { Writer } from './writer';

/**
 * Who sees where a file is, sees its storage. When a recording is taken out of a storage, its address would therefore open
 * to others: to the writer, who may not see the storage, or to everybody. It is cleared then, unless the input gives it
 * anew.
 */
export async function clearedAddresses(
  manager: EntityManager,
  { access, viewer }: Writer,
  type: WritableType,
  stored: Readonly<Record<string, unknown>>,
  columns: Readonly<Record<string, unknown>>,
): Promise<{ fileUrl?: null; fileName?: null }> {
  const [from, to] = [stored['dataStorageId'] as string | null, columns['dataStorageId'] as string | null | undefined];
  if (type !== 'DataAcquisition' || from === null || to === undefined || to === from) return {};
  const storages = to === null ? [from] : [from, to];
  const isPublic = await idsWith(manager, access, anonymous, 'DataStorage', storages);
  const isSeen = await idsWith(manager, access, viewer, 'DataStorage', [from]);
  const opensToAll = !isPublic.has(from) && (to === null || isPublic.has(to));
  return opensToAll || !isSeen.has(from) ? { fileUrl: null, fileName: null } : {};
}
