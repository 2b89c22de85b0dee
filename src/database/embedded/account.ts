import { execFile } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { StartupError } from '../startup-error';
import { runProgram, type Account } from './programs';

const run = promisify(execFile);
const NAME = 'postgres';
/** Nearly every system has it, also one where no account can be made, such as a container that is read-only. */
const LAST_RESORT = 'nobody';

/**
 * Chooses the account PostgreSQL runs as: the present one, unless that is root, which PostgreSQL refuses. For root it
 * is the owner of the existing cluster, or else the system's `postgres` account, which is created when missing, or where
 * that cannot be, `nobody`.
 *
 * @param clusterDir the cluster's folder; need not exist
 * @returns undefined when PostgreSQL can run as the present account
 * @throws StartupError when Stemgraph runs as root and there is no such account and none can be made
 */
export async function chooseAccount(clusterDir: string): Promise<Account | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const owner = await stat(clusterDir).catch(() => undefined);
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  return (await lookUp(NAME)) ?? (await create()) ?? (await lookUp(LAST_RESORT)) ?? refuse();
}

async function lookUp(name: string): Promise<Account | undefined> {
  try {
    const [uid, gid] = await Promise.all([run('id', ['-u', name]), run('id', ['-g', name])]);
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  } catch {
    return undefined;
  }
}

async function create(): Promise<Account | undefined> {
  try {
    await run('groupadd', ['--force', '--system', NAME]);
    await run('useradd', ['--system', '--gid', NAME, '--no-create-home', '--shell', '/usr/sbin/nologin', NAME]);
  } catch {
    return undefined; // no such programs, or /etc is read-only
  }
  return lookUp(NAME);
}

function refuse(): never {
  throw new StartupError(
    `PostgreSQL may not run as root, and the account "${NAME}" to run it as is missing and could not be created: ` +
      'create it, or start Stemgraph as an ordinary user, or set DATABASE_URL.',
  );
}

/**
 * Finds what keeps an account out of a folder. Root itself reaches everything.
 *
 * @param account the account
 * @param folder the folder, absolute; exists
 * @returns the first folder on the way that is closed to it; undefined when it can go there
 */
export async function firstClosed(account: Account, folder: string): Promise<string | undefined> {
  const way: string[] = [];
  for (let step = folder; step !== dirname(step); step = dirname(step)) way.unshift(step);
  const script = 'for step; do cd "$step" 2>/dev/null || { printf %s "$step"; exit 1; }; done';
  const { code, output } = await runProgram('/bin/sh', ['-c', script, 'sh', ...way], account);
  return code === 0 ? undefined : output || folder;
}
