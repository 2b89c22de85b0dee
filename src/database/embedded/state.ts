import { open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { giveToOwnerOf } from '../own-files';

/** How to reach the database of a data folder. */
export interface State {
  password: string;
  /** The port of the last start; 0 before the first. */
  port: number;
  /** The lock under which that start happened; with another lock, or none, the port says nothing. */
  lock: string;
}

const fileOf = (dataDir: string): string => join(dataDir, 'postgres.json');

/**
 * Reads the state file of a data folder.
 *
 * @param dataDir the data folder
 * @returns undefined when there is none, or only the torso of one
 */
export async function readState(dataDir: string): Promise<State | undefined> {
  try {
    const state = JSON.parse(await readFile(fileOf(dataDir), 'utf8')) as Partial<State>;
    if (typeof state.password !== 'string') return undefined;
    return { password: state.password, port: Number(state.port), lock: String(state.lock) };
  } catch (error) {
    if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/**
 * Writes the state file, readable by its owner alone because it holds the password, so that a power cut leaves the old
 * one or the new one.
 *
 * @param dataDir the data folder
 * @param state what to write
 */
export async function writeState(dataDir: string, state: State): Promise<void> {
  const draft = `${fileOf(dataDir)}.draft`;
  const file = await open(draft, 'w', 0o600);
  try {
    await file.chmod(0o600); // a draft left by an earlier try keeps its own mode
    await giveToOwnerOf(dataDir, file);
    await file.writeFile(`${JSON.stringify(state)}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(draft, fileOf(dataDir));
}

/**
 * The connection URL of the database.
 *
 * @param state its port and password
 * @param database the database's name
 */
export function urlOf(state: State, database = 'stemgraph'): string {
  return `postgres://stemgraph:${state.password}@127.0.0.1:${state.port}/${database}`;
}
