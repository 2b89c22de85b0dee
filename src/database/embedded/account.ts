import { execFile } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { StartupError } from '../startup-error';
import { runProgram, type Account } from './programs';

const run = promisify(execFile);
const NAME = 'postgres';

/**
 * Chooses the account PostgreSQL runs as: the present one, unless that is root, which PostgreSQL refuses. For root it
 * is the owner of the existing cluster, or else the system's `postgres` account, which is created when missing.
 *
 * @param clusterDir the cluster's folder; need not exist
 * @returns undefined when PostgreSQL can run as the present account
 * @throws StartupError when Stemgraph runs as root and there is no such account and none can be made
 */
export async function chooseAccount(clusterDir: string): Promise<Account | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const owner = await stat(clusterDir).catch(() => undefined);
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  return (await lookUp()) ?? (await create());
}

async function lookUp(): Promise<Account | undefined> {
  try {
    const [uid, gid] = await Promise.all([run('id', ['-u', NAME]), run('id', ['-g', NAME])]);
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  } catch {
    return undefined;
  }
}

async function create(): Promise<Account> {
  try {
    await run('groupadd', ['--force', '--system', NAME]);
    await run('useradd', ['--system', '--gid', NAME, '--no-create-home', '--shell', '/usr/sbin/nologin', NAME]);
  } catch (error) {
    throw new StartupError(
      `PostgreSQL may not run as root, and the account "${NAME}" to run it as is missing and could not be created: ` +
        'create it, or start Stemgraph as an ordinary user, or set DATABASE_URL.',
      { cause: error },
    );
  }
  const created = await lookUp();
  if (!created) throw new StartupError(`The account "${NAME}" was created but cannot be found: set DATABASE_URL.`);
  return created;
}

/**
 * Makes sure that the account can enter the data folder and the folder with the PostgreSQL programs. Root reaches
 * everything, so without this the failure would only show as a puzzling message from PostgreSQL.
 *
 * @param account the account PostgreSQL will run as
 * @param dataDir the data folder, absolute
 * @param programDir the folder with the PostgreSQL programs, absolute
 * @throws StartupError naming the first folder on the way that is closed to it
 */
export async function checkReach(account: Account, dataDir: string, programDir: string): Promise<void> {
  const closed = await firstClosed(account, dataDir);
  const who = `PostgreSQL may not run as root and the account it runs as (user id ${account.uid}) cannot enter`;
  if (closed !== undefined) {
    throw new StartupError(
      `${who} ${closed}: set DATA_DIR to a folder it can reach, such as /var/lib/stemgraph, ` +
        `or let it in with \`chmod o+x ${closed}\`.`,
    );
  }
  const closedProgram = await firstClosed(account, programDir);
  if (closedProgram !== undefined) {
    throw new StartupError(
      `${who} ${closedProgram}, where its programs are installed: install Stemgraph in a folder every account can ` +
        `enter, or let it in with \`chmod o+x ${closedProgram}\`, or set DATABASE_URL.`,
    );
  }
}

async function firstClosed(account: Account, folder: string): Promise<string | undefined> {
  const way: string[] = [];
  for (let step = folder; step !== dirname(step); step = dirname(step)) way.unshift(step);
  const script = 'for step; do cd "$step" 2>/dev/null || { printf %s "$step"; exit 1; }; done';
  const { code, output } = await runProgram('/bin/sh', ['-c', script, 'sh', ...way], account);
  return code === 0 ? undefined : output || folder;
}
