import { randomBytes } from 'node:crypto';
import { readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startOf, thisPlace } from './process-mark';

/** What the holder of a lock is: a server lives until it is told to stop, a command until its work is done. */
export type OwnerKind = 'server' | 'command';

/** A process that says it uses the data folder. */
export interface Owner {
  id: string;
  kind: OwnerKind;
  pid: number;
  /** When the process started, to tell it from a later one with the same pid. */
  started: string;
  /** Where its pid means something: this machine since it was booted, and the container. */
  place: string;
}

/** The data folder, held by this process until `release()`. */
export interface Lock {
  id: string;
  release(): Promise<void>;
}

const HEARTBEAT_MS = 1_000;
const SILENCE_MS = 5_000;
const LONG_AGO_MS = 60_000;
const STANDOFF_MS = 300;
const fileOf = (dataDir: string, id: string): string => join(dataDir, `lock-${id}.json`);

/**
 * Finds the process that uses a data folder, and removes what dead ones left there.
 *
 * @param dataDir the data folder
 * @param except the id of a lock to leave out: one's own
 * @returns undefined when no living process holds the folder; of several, the one with the lowest id
 */
async function findOwner(dataDir: string, except?: string): Promise<Owner | undefined> {
  for (const name of (await readdir(dataDir)).sort()) {
    const id = /^lock-([0-9a-f]+)\.json$/.exec(name)?.[1];
    if (id === undefined || id === except) continue;
    const owner = await read(dataDir, id);
    if (owner && (await isAlive(dataDir, owner))) return owner;
    await rm(fileOf(dataDir, id), { force: true });
  }
  return undefined;
}

/**
 * Tries to become the one process that uses a data folder. It survives every way of dying: a lock whose process is gone
 * does not count, even if its pid has been given to another process.
 *
 * Each process writes a file of its own and only then looks for others, so of two that start together at least one sees
 * the other; nobody ever has to take over a file of somebody else, which two could do at once. Only who sees no other
 * holds the folder. Of those that see each other the one with the lowest id waits for the rest to withdraw.
 *
 * @param dataDir the data folder; exists and can be written
 * @param kind what this process is
 * @returns the lock, or the living process that holds it
 */
export async function takeLock(dataDir: string, kind: OwnerKind): Promise<Lock | Owner> {
  const [started, place] = await Promise.all([startOf(process.pid), thisPlace()]);
  const id = randomBytes(6).toString('hex');
  const holder = await findOwner(dataDir);
  if (holder) return holder;
  await publish(dataDir, { id, kind, pid: process.pid, started: started ?? 'unknown', place });
  for (const deadline = Date.now() + STANDOFF_MS; ; await sleep(10)) {
    const other = await findOwner(dataDir, id);
    if (!other) return hold(dataDir, id);
    if (other.id < id || Date.now() > deadline) {
      await rm(fileOf(dataDir, id), { force: true });
      return other;
    }
  }
}

/** Under its name the file is complete from the first moment, or else a reader would take it for a dead one. */
async function publish(dataDir: string, owner: Owner): Promise<void> {
  const draft = join(dataDir, `lock-${owner.id}.draft`);
  await writeFile(draft, JSON.stringify(owner));
  await rename(draft, fileOf(dataDir, owner.id));
}

function hold(dataDir: string, id: string): Lock {
  const file = fileOf(dataDir, id);
  const heartbeat = setInterval(() => {
    const now = new Date();
    utimes(file, now, now).catch(() => undefined); // the folder may be on a disk that hiccups
  }, HEARTBEAT_MS);
  heartbeat.unref();
  return {
    id,
    release: async () => {
      clearInterval(heartbeat);
      await rm(file, { force: true });
    },
  };
}

async function read(dataDir: string, id: string): Promise<Owner | undefined> {
  try {
    return JSON.parse(await readFile(fileOf(dataDir, id), 'utf8')) as Owner;
  } catch (error) {
    if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error; // an unreadable lock is not a dead one
  }
}

async function isAlive(dataDir: string, owner: Owner): Promise<boolean> {
  if (await isHere(owner)) return (await startOf(owner.pid)) === owner.started;
  return beats(fileOf(dataDir, owner.id));
}

/**
 * Tells whether an owner runs in the same place as this process, so that its pid and its network are this one's too.
 *
 * @param owner the owner of a data folder
 */
export async function isHere(owner: Owner): Promise<boolean> {
  return owner.place === (await thisPlace());
}

/**
 * In another container that shares the folder a process cannot be looked up; it is known by its touching its file. An old
 * file is dead without a wait, as after a night without power; a younger one is watched, since clocks may differ.
 */
async function beats(file: string): Promise<boolean> {
  const seen = await modified(file);
  if (seen === undefined || Date.now() - seen > LONG_AGO_MS) return false;
  for (let waited = 0; waited < SILENCE_MS; waited += HEARTBEAT_MS / 4) {
    await sleep(HEARTBEAT_MS / 4);
    const now = await modified(file);
    if (now !== seen) return now !== undefined;
  }
  return false;
}

async function modified(file: string): Promise<number | undefined> {
  return (await stat(file).catch(() => undefined))?.mtimeMs;
}
