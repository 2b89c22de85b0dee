import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chmod,
  chown,
  mkdir,
  readdir,
  readFile,
  realpath,
  rename,
  rm,
  stat,
  statfs,
  writeFile,
} from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { StartupError } from '../startup-error';
import { diskFull, programFailure } from './failures';
import { runProgram, type Account, type Programs } from './programs';
import { asSuperuser, rolesOf, superuser } from './role';
import { standpoint } from './standpoint';

/** Where a cluster lies and what to run it with. */
export interface Cluster {
  dataDir: string;
  /** The cluster itself, `postgres` in the data folder. */
  dir: string;
  programs: Programs;
  /** The account PostgreSQL runs as; undefined for the present one. */
  account: Account | undefined;
  /** Whether the folders above are closed to that account, so that its programs have to be started inside. */
  enclosed: boolean;
  /** False in tests: nothing is forced to the disk, which a power cut does not survive. */
  durable: boolean;
  /** True in tests: Stemgraph's role may make databases beside its own. */
  createsDatabases: boolean;
}

const NEEDED_BYTES = 100 * 1024 * 1024;

/**
 * Tells whether a cluster that this PostgreSQL can open lies in its place. An empty folder counts as none.
 *
 * @param cluster the cluster
 * @throws StartupError when something else lies there: a cluster of another version, another account's, other files
 */
export async function clusterExists({ dir, programs, account }: Cluster): Promise<boolean> {
  const found = await stat(dir).catch(() => undefined);
  if (!found || (found.isDirectory() && (await readdir(dir)).length === 0)) return false;
  const version = (await readFile(join(dir, 'PG_VERSION'), 'utf8').catch(absent))?.trim();
  if (version === undefined) {
    throw new StartupError(`${dir} holds something other than a database: move it away, or set another DATA_DIR.`);
  }
  if (version !== programs.majorVersion) {
    throw new StartupError(
      `${dir} was made by PostgreSQL ${version}, but this Stemgraph comes with PostgreSQL ${programs.majorVersion}: ` +
        'move it away to start with an empty database, or go back to the Stemgraph that made it.',
    );
  }
  if (account && found.uid !== account.uid) {
    // a copy that root has restored
    await promisify(execFile)('chown', ['-R', `${account.uid}:${account.gid}`, dir]);
  }
  return true;
}

function absent(error: unknown): undefined {
  if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined;
  throw error;
}

/**
 * Creates the cluster with its role and database: UTF-8, sorted by code point on every system alike, password log-in only.
 *
 * It is built in a folder beside its place and moved there when it is complete, so that whatever interrupts this, the
 * next start finds a whole cluster or none.
 *
 * @param cluster the cluster; nothing but an empty folder may lie in its place
 * @param password the password of the role that Stemgraph works as, `stemgraph`
 * @throws StartupError when the disk is too full or initdb fails
 */
export async function createCluster(cluster: Cluster, password: string): Promise<void> {
  const { dataDir, dir, programs, account, enclosed, durable, createsDatabases } = cluster;
  const disk = await statfs(dataDir);
  if (disk.bavail * disk.bsize < NEEDED_BYTES) throw diskFull(dataDir);
  const site = join(dataDir, `init-${randomBytes(6).toString('hex')}`);
  try {
    const draft = join(site, 'cluster');
    const { path, cwd } = standpoint(draft, enclosed);
    await mkdir(site, { mode: 0o700 });
    await mkdir(draft, { mode: 0o700 });
    await writeFile(join(site, 'password'), password, { mode: 0o600 });
    if (account) for (const made of [join(site, 'password'), draft, site]) await chown(made, account.uid, account.gid);
    const { code, output } = await runProgram(
      programs.initdb,
      [
        `--pgdata=${path}`,
        `--username=${superuser}`,
        `--pwfile=${enclosed ? '../password' : join(site, 'password')}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        '--no-locale',
        '--locale-provider=builtin',
        '--builtin-locale=C.UTF-8',
        '--no-instructions',
        ...(durable ? [] : ['--no-sync']),
      ],
      account,
      { cwd },
    );
    if (code !== 0) throw programFailure(`PostgreSQL could not create its files in ${dataDir}`, output, dataDir);
    await asSuperuser({ ...cluster, dir: draft }, rolesOf(password, createsDatabases));
    await rename(draft, dir);
  } finally {
    await rm(site, { recursive: true, force: true });
  }
}

/**
 * Removes what an interrupted start left in the data folder. Only for the holder of its lock.
 *
 * @param dataDir the data folder
 */
export async function removeLeftovers(dataDir: string): Promise<void> {
  for (const name of await readdir(dataDir)) {
    if (!/^init-[0-9a-f]+$|^lock-[0-9a-f]+\.draft$/.test(name)) continue;
    // an initdb may still be writing there; then it stays for the next start
    await rm(join(dataDir, name), { recursive: true, force: true, maxRetries: 3 }).catch(() => undefined);
  }
}

/**
 * Gives a stopped cluster a new password. For a cluster whose state file was lost, as in a backup without secrets.
 *
 * @param cluster the cluster; no PostgreSQL runs on it
 * @param password the new password, of letters and digits
 * @throws StartupError when PostgreSQL cannot open the cluster
 */
export function resetPassword(cluster: Cluster, password: string): Promise<void> {
  return asSuperuser(cluster, [`ALTER ROLE stemgraph PASSWORD '${password}'`]);
}

/**
 * Creates the data folder where it is missing.
 *
 * @param dataDir the data folder, absolute
 * @returns its true path: PostgreSQL is known by it, so one folder must not have two
 * @throws NodeJS.ErrnoException when it cannot be created or is not a folder
 */
export async function prepareDataDir(dataDir: string): Promise<string> {
  for (const made of await makeFolders(dataDir)) {
    // root's umask may have closed it to the account PostgreSQL runs as
    if (process.getuid?.() === 0) await chmod(made, 0o755);
  }
  return realpath(dataDir);
}

/** Not `mkdir` with `recursive`, which never ends where a file system lets no folder be made, as in /proc. */
async function makeFolders(dir: string): Promise<string[]> {
  const isFolder = (): Promise<boolean> =>
    stat(dir).then(
      (found) => found.isDirectory(),
      () => false,
    );
  if (await isFolder()) return [];
  const made = dirname(dir) === dir ? [] : await makeFolders(dirname(dir));
  try {
    await mkdir(dir);
  } catch (error) {
    if (await isFolder()) return made; // somebody else was faster
    throw error;
  }
  return [...made, dir];
}
