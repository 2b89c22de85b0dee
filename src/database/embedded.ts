import { randomBytes } from 'node:crypto';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { chooseAccount } from './embedded/account';
import {
  clusterExists,
  createCluster,
  prepareDataDir,
  removeLeftovers,
  resetPassword,
  type Cluster,
} from './embedded/cluster';
import { defaultPlaces, usablePrograms } from './embedded/copied-programs';
import { explain } from './embedded/failures';
import { isHere, takeLock, type Lock, type Owner, type OwnerKind } from './embedded/lock';
import { startPostgres, stopOrphan, stopPostgres } from './embedded/postmaster';
import { checkCharacters, findPrograms } from './embedded/programs';
import { giveUpSuperuser } from './embedded/role';
import { isEnclosed } from './embedded/standpoint';
import { readState, urlOf, writeState, type State } from './embedded/state';
import { StartupError } from './startup-error';

/** Where the embedded database lives and how it behaves. */
export interface EmbeddedOptions {
  /** The data folder; created when missing. */
  dataDir: string;
  /** Hears a line for the operator before each step that takes a moment. */
  onProgress?: (line: string) => void;
  /** False, in tests only: faster, but a power cut destroys the data. */
  durable?: boolean;
  /** True, in tests only: its role may make databases beside its own, in a cluster that is made now. */
  createsDatabases?: boolean;
}

/** A running database. */
export interface EmbeddedDatabase {
  /** `postgres://…`, with the password. */
  url: string;
  /** True when the database was created just now and holds nothing. */
  fresh: boolean;
  /** Stops it, if this process started it. May be called again, and then waits for the same end. */
  stop(): Promise<void>;
}

const START_PATIENCE_MS = 60_000;

/**
 * Starts the PostgreSQL that comes with Stemgraph, for an operator who has given no DATABASE_URL.
 *
 * The data folder gets `postgres/` (the cluster, with `server.log`), `postgres.json` (port and password, for its owner
 * only) and, while somebody uses it, `lock-….json`. PostgreSQL listens on 127.0.0.1 only, on a port free at this moment.
 * It outlives a killed Stemgraph; the next start then stops it and starts anew.
 *
 * @throws StartupError when another Stemgraph uses the folder, or for any other cause the operator can remove
 */
export async function startEmbeddedDatabase(options: EmbeddedOptions): Promise<EmbeddedDatabase> {
  const dataDir = resolve(options.dataDir);
  return explained(dataDir, async () => {
    const started = await startUnlessUsed(dataDir, options, 'server');
    if ('pid' in started) throw await inUse(dataDir, started);
    return started;
  });
}

/**
 * Gives a command such as `stemgraph import` the database of a data folder: that of the running server, which `stop()`
 * then leaves alone, or else one it starts for itself and `stop()` stops.
 *
 * @throws StartupError when another command, or a server in another container, uses the folder, or for any other cause
 * the operator can remove
 */
export async function attachEmbeddedDatabase(options: EmbeddedOptions): Promise<EmbeddedDatabase> {
  const dataDir = resolve(options.dataDir);
  return explained(dataDir, async () => {
    for (const deadline = Date.now() + START_PATIENCE_MS; Date.now() < deadline; await sleep(100)) {
      const started = await startUnlessUsed(dataDir, options, 'command');
      if (!('pid' in started)) return started;
      if (started.kind !== 'server' || !(await isHere(started))) throw await inUse(dataDir, started);
      const state = await readState(dataDir);
      if (state?.lock === started.id) return { url: urlOf(state), fresh: false, stop: () => Promise.resolve() };
    }
    throw new StartupError(`The Stemgraph that uses ${dataDir} is still starting: try again when it is ready.`);
  });
}

async function explained<T>(dataDir: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw explain(error, dataDir);
  }
}

async function inUse(dataDir: string, owner: Owner): Promise<StartupError> {
  const who = owner.kind === 'server' ? 'Another Stemgraph' : 'A Stemgraph command';
  const where = (await isHere(owner)) ? '' : ' in another container or on another machine';
  return new StartupError(
    `${who} (pid ${owner.pid}${where}) is using the data folder ${dataDir}: ` +
      `${owner.kind === 'server' ? 'stop it' : 'wait until it has ended'}, or set DATA_DIR to another folder.`,
  );
}

async function startUnlessUsed(
  givenDir: string,
  options: EmbeddedOptions,
  kind: OwnerKind,
): Promise<EmbeddedDatabase | Owner> {
  const dataDir = await prepareDataDir(givenDir);
  const lock = await takeLock(dataDir, kind);
  if ('pid' in lock) return lock;
  try {
    return await start(dataDir, options, lock);
  } catch (error) {
    await lock.release();
    throw error;
  }
}

async function start(dataDir: string, options: EmbeddedOptions, lock: Lock): Promise<EmbeddedDatabase> {
  const { onProgress, durable = true, createsDatabases = false } = options;
  const dir = join(dataDir, 'postgres');
  const installed = await findPrograms();
  checkCharacters(dataDir, installed.pgCtl);
  const account = await chooseAccount(dir);
  const enclosed = await isEnclosed(account, dataDir);
  const places = enclosed ? defaultPlaces : [dataDir, ...defaultPlaces];
  const programs = await usablePrograms(installed, account, places, onProgress);
  const cluster: Cluster = { dataDir, dir, programs, account, enclosed, durable, createsDatabases };

  const { password, fresh } = await prepareCluster(cluster, onProgress);
  const port = await startPostgres(cluster);
  try {
    const state: State = { password, port, lock: lock.id };
    await giveUpSuperuser(state, onProgress);
    await writeState(dataDir, state);
    let stopped: Promise<void> | undefined;
    const stop = (): Promise<void> => (stopped ??= stopPostgres(cluster).finally(() => lock.release()));
    return { url: urlOf(state), fresh, stop };
  } catch (error) {
    await stopPostgres(cluster);
    throw error;
  }
}

/** Leaves a whole cluster on which no PostgreSQL runs; returns the password that opens it and whether it is new. */
async function prepareCluster(
  cluster: Cluster,
  onProgress?: (line: string) => void,
): Promise<{ password: string; fresh: boolean }> {
  const { dataDir, dir } = cluster;
  await removeLeftovers(dataDir);
  const known = await readState(dataDir);
  const password = known?.password ?? randomBytes(24).toString('hex');
  const exists = await clusterExists(cluster);
  if (exists) {
    const orphan = await stopOrphan(cluster);
    if (orphan !== undefined) onProgress?.(`Stopped the PostgreSQL (pid ${orphan}) that an earlier Stemgraph left.`);
    if (!known) await resetPassword(cluster, password);
  }
  if (!known) await writeState(dataDir, { password, port: 0, lock: '' });
  if (!exists) {
    onProgress?.(`Creating a database in ${dir}`);
    await createCluster(cluster, password);
  }
  return { password, fresh: !exists };
}
