import { createHash } from 'node:crypto';
import { realpath } from 'node:fs/promises';

/** By what a folder is known where nothing in it identifies it: a digest of where it lies, whatever links lead there. */
export async function digestOf(folder: string): Promise<string> {
  return createHash('sha256')
    .update(await realpath(folder))
    .digest('hex')
    .slice(0, 12);
}
