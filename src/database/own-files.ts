import { stat, type FileHandle } from 'node:fs/promises';

/**
 * Gives a file to the owner of the data folder where root has written it: somebody who once starts the server as root must
 * not be kept out of their own data ever after.
 *
 * @param dataDir the data folder
 * @param file a file in it, open
 */
export async function giveToOwnerOf(dataDir: string, file: FileHandle): Promise<void> {
  if (process.getuid?.() !== 0) return;
  const { uid, gid } = await stat(dataDir);
  if (uid !== 0) await file.chown(uid, gid);
}
