import { spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { DataSource } from 'typeorm';
import { databaseOptions } from '../../../ormconfig';
import { startEmbeddedDatabase, type EmbeddedDatabase } from '../../../src/database/embedded';
import { newToken } from '../../../src/people/tokens/secret';
import { projectFolder } from '../../../src/project-folder';
import { fill } from './data/make';
import { sizes, type SizeName } from './data/plan';

/** Where the data lie, and the results, from one run to the next. */
export const folder = resolve(process.env['BENCH_DATA'] ?? join(tmpdir(), 'stemgraph-bench'));

/** A database full of data, and the server on it in a process of its own. */
export interface Stage {
  databaseUrl: string;
  /** Where the server listens. */
  address: string;
  /** What the member signs in with. */
  token: string;
  stop(): Promise<void>;
}

export function removeData(size: SizeName): void {
  rmSync(join(folder, size), { recursive: true, force: true });
}

export async function openStage(size: SizeName, say: (line: string) => void): Promise<Stage> {
  const data = await openData(size, say);
  try {
    const server = await startServer(data.databaseUrl);
    return { ...data, address: server.address, stop: () => inTurn([server.stop, data.stop]) };
  } catch (error) {
    await data.stop();
    throw error;
  }
}

/** The database alone, filled when it is not yet. */
export async function openData(size: SizeName, say: (line: string) => void): Promise<Omit<Stage, 'address'>> {
  const dataDir = join(folder, size);
  const noted = join(dataDir, 'filled.json');
  if (existsSync(dataDir) && !existsSync(noted)) removeData(size); // it was left half done
  mkdirSync(dataDir, { recursive: true });
  for (const each of [folder, dataDir]) chmodSync(each, 0o711); // as root, PostgreSQL runs as another account
  const database = await startEmbeddedDatabase({ dataDir, onProgress: say });
  try {
    if (!existsSync(noted)) await fillNew(database, size, noted, say);
    const { token } = JSON.parse(readFileSync(noted, 'utf8')) as { token: string };
    return { databaseUrl: database.url, token, stop: () => database.stop() };
  } catch (error) {
    await database.stop();
    throw error;
  }
}

async function inTurn(works: readonly (() => Promise<void>)[]): Promise<void> {
  for (const work of works) await work();
}

/** What came with the migration of this time and all before it is filled with rows; the later ones make what is kept beside these. */
const lastOfRows = 1764700000010;

/**
 * The tables are filled as they were before anything was kept beside them by triggers, which would be done row by row; then they are
 * brought up to date, as those of an operator are.
 */
async function fillNew(
  { url }: EmbeddedDatabase,
  size: SizeName,
  noted: string,
  say: (line: string) => void,
): Promise<void> {
  const dataSource = await new DataSource(databaseOptions(url, 1)).initialize();
  try {
    await dataSource.runMigrations();
    for (const { timestamp } of [...dataSource.migrations].reverse().map(timeOf))
      if (timestamp > lastOfRows) await dataSource.undoLastMigration();
    const began = performance.now();
    const seconds = (): number => Math.round((performance.now() - began) / 1000);
    const token = newToken();
    await fill(url, sizes[size], token, (line) => say(`${seconds()} s: ${line}`));
    await dataSource.runMigrations();
    await dataSource.query('VACUUM (ANALYZE)');
    say(`${seconds()} s: what is kept beside the rows`);
    writeFileSync(noted, JSON.stringify({ token }));
  } finally {
    await dataSource.destroy();
  }
}

function timeOf({ name, constructor }: { name?: string }): { timestamp: number } {
  return { timestamp: Number((name ?? constructor.name).slice(-13)) };
}

/** So many connections that eight requests of one client never wait for one. */
const settings = { DATABASE_POOL: '20', LOG_LEVEL: 'error', SEED_DEMO: 'false', PORT: '0' };

async function startServer(databaseUrl: string): Promise<{ address: string; stop: () => Promise<void> }> {
  const child = spawn(process.execPath, ['--enable-source-maps', join(projectFolder, 'dist', 'src', 'main.js')], {
    cwd: projectFolder,
    env: { ...process.env, ...settings, DATABASE_URL: databaseUrl },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const address = await addressOf(child);
  const stop = async (): Promise<void> => {
    const ended = new Promise((done) => child.once('close', done));
    child.kill('SIGTERM');
    await ended;
  };
  return { address, stop };
}

function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((found, failed) => {
    let output = '';
    child.stdout!.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      const [, address] = /(http:\/\/[\d.]+:\d+)\/graphql/.exec(output) ?? [];
      if (address) found(address);
    });
    child.once('exit', (code) => failed(new Error(`The server ended with ${code}: ${output}`)));
  });
}
