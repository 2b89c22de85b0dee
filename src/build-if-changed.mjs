// Compiles the program, unless what is compiled is newer than every source. In a checkout that may not be written, as in a
// container, what was compiled when it was installed is taken.
import { execFileSync } from 'node:child_process';
import { accessSync, constants, readdirSync, statSync } from 'node:fs';
import { platform } from 'node:os';
import { dirname, join } from 'node:path';
import { stdout } from 'node:process';
import { fileURLToPath } from 'node:url';

const project = dirname(dirname(fileURLToPath(import.meta.url)));
const dist = join(project, 'dist');
const main = join(dist, 'src', 'main.js');

const modified = (path) => statSync(path, { throwIfNoEntry: false })?.mtimeMs;

function newestSource() {
  const names = ['src', 'migrations'].flatMap((folder) =>
    readdirSync(join(project, folder), { recursive: true }).map((name) => join(folder, name)),
  );
  const sources = [...names, 'ormconfig.ts', '.swcrc'].filter((name) => /\.(ts|swcrc)$/.test(name));
  return Math.max(...sources.map((name) => modified(join(project, name))));
}

function canWrite() {
  try {
    accessSync(dist, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

const built = modified(main);
if (built === undefined || (built < newestSource() && canWrite())) {
  execFileSync('npm', ['run', '-s', 'build'], { cwd: project, stdio: 'inherit', shell: platform() === 'win32' });
} else if (built < newestSource()) {
  stdout.write(`${dist} cannot be written, so what was built there is started, though a source is newer.\n`);
}
