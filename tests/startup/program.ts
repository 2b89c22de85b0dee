import { execFileSync, spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { chmodSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectFolder } from '../../src/project-folder';

const main = join(projectFolder, 'dist', 'src', 'main.js');

/** Compiles the program, unless what is compiled is newer than every source. */
export function buildIfStale(): void {
  execFileSync('node', [join(projectFolder, 'src', 'build-if-changed.mjs')]);
}

/** A folder for data folders, which the account that PostgreSQL runs as can enter. */
export function makeBase(): string {
  const base = realpathSync(mkdtempSync(join(tmpdir(), 'stemgraph-startup-')));
  chmodSync(base, 0o711); // where the tests run as root, PostgreSQL runs as another account
  return base;
}

/** The living processes whose command line holds a text. */
export function processesWith(text: string): string[] {
  return execFileSync('ps', ['-eww', '-o', 'pid=,stat=,command='], { encoding: 'utf8' })
    .split('\n')
    .filter((line) => line.includes(text) && !/^\s*\d+\s+Z/.test(line));
}

/** The program, running as under a terminal of its own. */
export interface Run {
  process: ChildProcess;
  /** What it has written so far. */
  output(): string;
  errors(): string;
  /** Waits until it writes something like this; fails when it ends before. */
  says(what: RegExp): Promise<RegExpMatchArray>;
  /** Its exit code, or the signal that it died of. */
  ended: Promise<number | string>;
  /** Sends a signal to it and all that belong to its terminal. */
  signalAll(signal: NodeJS.Signals): void;
}

const runs = new Set<Run>();

export function start(
  environment: Record<string, string | undefined>,
  command = ['node', '--enable-source-maps', main],
  options: Pick<SpawnOptions, 'cwd' | 'uid' | 'gid'> = {},
): Run {
  const { PATH, HOME } = process.env;
  const child = spawn(command[0]!, command.slice(1), {
    cwd: projectFolder,
    env: { PATH, HOME, PORT: '0', LOG_LEVEL: 'error', SEED_DEMO: 'false', ...environment },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    ...options,
  });
  let output = '';
  let errors = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  const ended = new Promise<number | string>((resolve) =>
    child.once('close', (code, signal) => {
      runs.delete(run);
      resolve(code ?? signal ?? 'nothing');
    }),
  );
  const run: Run = {
    process: child,
    ended,
    output: () => output,
    errors: () => errors,
    says: (what) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const match = output.match(what);
          if (match) resolve(match);
        };
        child.stdout.on('data', look);
        look();
        void ended.then((code) => reject(new Error(`It ended with ${code}:\n${output}${errors}`)));
      }),
    signalAll: (signal) => process.kill(-child.pid!, signal),
  };
  runs.add(run);
  return run;
}

/** What a start that fails leaves behind: its one line. Checks the exit code, and that it never was ready. */
export async function refusalOf(run: Run): Promise<string> {
  const code = await run.ended;
  expect(run.errors().trimEnd().split('\n')).toHaveLength(1);
  expect([code, run.output()]).toEqual([1, expect.not.stringContaining('ready') as string]);
  const [, line] = /^stemgraph: (.*)\n$/.exec(run.errors()) ?? [];
  expect(line).toMatch(/^[A-Z/].*\.$/);
  return line!;
}

/** Ends what a failed test has left, and removes the folder. */
export async function cleanUp(base: string): Promise<void> {
  for (const run of runs) run.signalAll('SIGKILL');
  await Promise.all([...runs].map(({ ended }) => ended));
  for (const line of processesWith(base)) process.kill(Number.parseInt(line, 10), 'SIGKILL');
  rmSync(base, { recursive: true, force: true, maxRetries: 5 });
}
