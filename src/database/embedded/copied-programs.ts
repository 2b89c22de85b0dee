import { randomBytes } from 'node:crypto';
import { chmod, cp, lstat, mkdir, readdir, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { StartupError } from '../startup-error';
import { firstClosed } from './account';
import { programsIn, runProgram, type Account, type Programs } from './programs';

const SYSTEM_FOLDER = '/var/lib/stemgraph';

/** Where to copy programs to, beside the data. */
export const defaultPlaces: readonly string[] = [SYSTEM_FOLDER, tmpdir()];

/**
 * Puts the PostgreSQL programs where the account that PostgreSQL runs as can use them, unless it can already: an
 * installation below /root, or one that was made with a strict umask, is closed to it. The copy, 60 MB, is used again by
 * later starts; it may be deleted at any time while no server runs.
 *
 * @param programs the installed programs
 * @param account the account; undefined for the present one, for which nothing is copied
 * @param places the folders that a copy may be in, the best first
 * @param onProgress hears where the copy is
 * @returns the programs to use
 * @throws StartupError when there is no place for a copy
 */
export async function usablePrograms(
  programs: Programs,
  account: Account | undefined,
  places: readonly string[],
  onProgress?: (line: string) => void,
): Promise<Programs> {
  if (!account || (await works(programs, account))) return programs;
  if (!(await works(programs, undefined))) return programs; // they are broken for everybody, and will say how
  for (const folder of places) {
    const copied = await copyInto(folder, programs, account).catch(() => undefined);
    if (!copied) continue;
    if (copied.isNew) {
      onProgress?.(
        `PostgreSQL does not run as root, and the account it runs as cannot use ${programs.home}: ` +
          `its programs are copied to ${copied.programs.home}`,
      );
    }
    return copied.programs;
  }
  const closed = (await firstClosed(account, dirname(programs.postgres))) ?? programs.home;
  throw new StartupError(
    `PostgreSQL may not run as root and the account it runs as (user id ${account.uid}) cannot enter ${closed}, where ` +
      `its programs are installed, nor is there a place to copy them to, such as ${places.join(' or ')}: ` +
      `let it in with \`chmod o+x ${closed}\`, or start Stemgraph as an ordinary user.`,
  );
}

async function works({ postgres }: Programs, account: Account | undefined): Promise<boolean> {
  try {
    return (await runProgram(postgres, ['--version'], account)).code === 0;
  } catch (error) {
    const { code } = ((error as Error).cause ?? {}) as NodeJS.ErrnoException;
    if (code === 'EACCES') return false;
    throw error;
  }
}

interface Copied {
  programs: Programs;
  isNew: boolean;
}

/** Undefined when the account cannot run programs there, as on a disk that is mounted without that right. */
async function copyInto(folder: string, from: Programs, account: Account): Promise<Copied | undefined> {
  if (folder === SYSTEM_FOLDER) await makeOpen(folder);
  if ((await firstClosed(account, folder)) !== undefined) return undefined;
  const programs = programsIn(join(folder, `postgresql-${from.version}-${process.arch}`), from.version);
  if (await isOurs(programs.home)) return (await works(programs, account)) ? { programs, isNew: false } : undefined;
  if (await lstat(programs.home).catch(() => undefined)) return undefined; // somebody else's
  const draft = `${programs.home}.${randomBytes(6).toString('hex')}`;
  try {
    await cp(from.home, draft, { recursive: true, verbatimSymlinks: true, filter: (path) => !path.endsWith('.a') });
    await open(draft);
    if (!(await works(programsIn(draft, from.version), account))) return undefined;
    await rename(draft, programs.home).catch(async (error: unknown) => {
      if (!(await isOurs(programs.home))) throw error; // unless another start was faster
    });
    return { programs, isNew: true };
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

async function makeOpen(folder: string): Promise<void> {
  const made = await mkdir(folder, { recursive: true });
  if (made !== undefined) await chmod(folder, 0o755); // whatever the umask
}

/** Whether nobody else can have put something there. */
async function isOurs(home: string): Promise<boolean> {
  const found = await lstat(home).catch(() => undefined);
  return found !== undefined && found.isDirectory() && found.uid === process.getuid?.() && (found.mode & 0o022) === 0;
}

/** Lets everybody read and run what is in a folder, whatever the umask with which it was installed. */
async function open(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await open(path);
    else if (entry.isFile()) await chmod(path, 0o755);
  }
}
