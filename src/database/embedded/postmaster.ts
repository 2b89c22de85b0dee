import { open, readFile, rename, rm, stat, statfs } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Cluster } from './cluster';
import { programFailure } from './failures';
import { commandOf, startOf } from './process-mark';
import { runProgram } from './programs';
import { standpoint } from './standpoint';

const LOG_LIMIT = 1024 * 1024;
const ATTEMPTS = 12;

/** The folder of shared memory; containers often have 64 MB of it, which one large query can fill. */
const SHARED_MEMORY = '/dev/shm';
const ENOUGH_SHARED_MEMORY = 256 * 1024 * 1024;

/** A setting without effect, by which a PostgreSQL that was started inside its folder can be told from others. */
const MARK = 'stemgraph.cluster';

/**
 * What does not last: another program took the port; the children of a killed PostgreSQL are about to notice its end;
 * the start that a killed Stemgraph had begun was faster than this one.
 */
const PASSING =
  /Address already in use|shared memory block .* is still in use|lock file "postmaster.pid" already exists/;

const PATIENCE_SECONDS = '600'; // replaying the log after a power cut takes as long as it takes

/**
 * Starts PostgreSQL on the cluster and waits until it accepts connections, on 127.0.0.1 alone.
 *
 * PostgreSQL ends up in a session of its own, with its output in `server.log` in the cluster's folder.
 *
 * @param cluster the cluster; no PostgreSQL runs on it
 * @param nextPort gives the port to try; asked again when another program was faster to take it
 * @returns the port
 * @throws StartupError with PostgreSQL's own reason when it does not start
 */
export async function startPostgres(cluster: Cluster, nextPort: () => Promise<number> = freePort): Promise<number> {
  const { dataDir, dir, programs, account, enclosed } = cluster;
  const { path, cwd } = standpoint(dir, enclosed);
  const log = join(dir, 'server.log');
  await rotate(log);
  for (let attempt = 1; ; attempt++) {
    const port = await nextPort();
    const before = await sizeOf(log);
    const options = await settings(cluster, port);
    const args = ['start', '--wait', '-t', PATIENCE_SECONDS, '-D', path, '-l', join(path, 'server.log'), '-o', options];
    const { code, output } = await runProgram(programs.pgCtl, args, account, { cwd });
    if (code === 0) return port;
    const said = await readFrom(log, before);
    if (!PASSING.test(said) || attempt === ATTEMPTS) {
      throw programFailure(`PostgreSQL could not start on ${dir} (its log: ${log})`, said || output, dataDir);
    }
    await sleep(attempt * 50);
    await stopOrphan(cluster);
  }
}

/** Given on the command line, so that they hold for a cluster made by an earlier Stemgraph as well. */
async function settings({ dir, enclosed, durable }: Cluster, port: number): Promise<string> {
  const values = {
    port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '', // no socket file, whose path could be too long
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_checkpoints: 'off',
    log_error_verbosity: 'terse', // a rejected row does not belong in a log,
    log_min_error_statement: 'panic', // nor does the statement it came with
    ...((await isSharedMemoryScarce()) ? { dynamic_shared_memory_type: 'mmap' } : {}),
    ...(enclosed ? { [MARK]: dir } : {}),
    ...(durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  };
  return Object.entries(values)
    .map(([name, value]) => `-c "${name}=${value}"`)
    .join(' ');
}

async function isSharedMemoryScarce(): Promise<boolean> {
  if (process.platform !== 'linux') return false;
  const { bavail, bsize } = await statfs(SHARED_MEMORY).catch(() => ({ bavail: 0, bsize: 0 }));
  return bavail * bsize < ENOUGH_SHARED_MEMORY;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/**
 * Stops PostgreSQL: connections are cut, everything committed is kept. Does nothing when it does not run.
 *
 * @param cluster the cluster
 * @throws StartupError when it cannot be stopped
 */
export async function stopPostgres(cluster: Cluster): Promise<void> {
  const { dataDir, dir, programs, account, enclosed } = cluster;
  const { path, cwd } = standpoint(dir, enclosed);
  for (const mode of ['fast', 'immediate']) {
    if ((await postmasterPid(dir)) === undefined) return;
    const args = ['stop', '-m', mode, '--wait', '-t', '60', '-D', path];
    const { code, output } = await runProgram(programs.pgCtl, args, account, { cwd });
    if (code === 0) return;
    if (mode === 'immediate' && (await postmasterPid(dir)) !== undefined) {
      throw programFailure(`PostgreSQL on ${dir} could not be stopped`, output, dataDir);
    }
  }
}

/**
 * Clears the way for a start: stops a PostgreSQL whose Stemgraph was killed, and removes the pid file that a power cut
 * left, which would stop the start if the pid in it had been given to another process. Only for the holder of the lock.
 *
 * @param cluster the cluster
 * @returns the pid of the PostgreSQL that was stopped; undefined when none ran
 */
export async function stopOrphan(cluster: Cluster): Promise<number | undefined> {
  const pidFile = join(cluster.dir, 'postmaster.pid');
  if (!(await stat(pidFile).catch(() => undefined))) return undefined;
  const orphan = await postmasterPid(cluster.dir);
  if (orphan !== undefined) await stopPostgres(cluster);
  await rm(pidFile, { force: true });
  return orphan;
}

/** The pid of the PostgreSQL that runs on the cluster, known by its command line: a pid alone may be another's by now. */
async function postmasterPid(dir: string): Promise<number | undefined> {
  const file = await readFile(join(dir, 'postmaster.pid'), 'utf8').catch(() => '');
  const pid = Number.parseInt(file, 10);
  if (!(pid > 0)) return undefined;
  if (process.platform === 'win32') return (await startOf(pid)) === undefined ? undefined : pid;
  const command = await commandOf(pid);
  return [`postgres -D ${dir}`, `${MARK}=${dir}`].some((mark) => command?.includes(mark)) ? pid : undefined;
}

async function rotate(log: string): Promise<void> {
  if ((await sizeOf(log)) > LOG_LIMIT) await rename(log, `${log}.1`);
}

async function sizeOf(file: string): Promise<number> {
  return (await stat(file).catch(() => undefined))?.size ?? 0;
}

async function readFrom(file: string, start: number): Promise<string> {
  const handle = await open(file).catch(() => undefined);
  if (!handle) return '';
  try {
    const bytes = Buffer.alloc(64 * 1024);
    const { bytesRead } = await handle.read(bytes, 0, bytes.length, start);
    return bytes.toString('utf8', 0, bytesRead);
  } finally {
    await handle.close();
  }
}
