import { access, constants, mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/**
 * Sees to it that there is a folder for temporary files, which exports and imports need. Where the system's cannot be
 * written, as in a container that is read-only, it is `tmp` in the data folder.
 *
 * @param dataDir the data folder
 * @param say hears a warning when there is no such place
 */
export async function provideTemporaryFolder(dataDir: string, say: (line: string) => void): Promise<void> {
  if (await canWrite(tmpdir())) return;
  const own = join(resolve(dataDir), 'tmp');
  await mkdir(own, { recursive: true, mode: 0o700 }).catch(() => undefined);
  if (await canWrite(own)) process.env['TMPDIR'] = own;
  else say(`Warning: neither ${tmpdir()} nor ${own} can be written, so exports and imports fail: set TMPDIR.`);
}

function canWrite(folder: string): Promise<boolean> {
  return access(folder, constants.W_OK | constants.X_OK).then(
    () => true,
    () => false,
  );
}
