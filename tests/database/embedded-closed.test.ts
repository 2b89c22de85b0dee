import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { chooseAccount } from '../../src/database/embedded/account';
import { usablePrograms } from '../../src/database/embedded/copied-programs';
import { findPrograms, programsIn, runProgram, type Programs } from '../../src/database/embedded/programs';
import {
  base,
  build,
  canUnshare,
  cleanUp,
  isRoot,
  postgresOn,
  query,
  refusal,
  start,
  startChild,
  stopAll,
  until,
  user,
} from './embedded-harness';

jest.setTimeout(20_000);

/** A folder that nobody but root can enter, as root's home is. */
const closed = join(base, 'closed');
const dataDir = join(closed, 'dåta of root', 'data');

const asRoot = isRoot ? describe : describe.skip;
if (!isRoot)
  console.warn('Skipped, since only root can see them: what root meets in a folder that is closed to others.');

beforeAll(() => {
  build();
  mkdirSync(closed);
  chmodSync(closed, 0o700);
});

afterEach(() => stopAll());

afterAll(async () => {
  expect(await cleanUp()).toEqual([]);
});

const count = async (url: string): Promise<number> =>
  Number((await query<{ n: string }>(url, 'SELECT count(*) AS n FROM kept')).at(0)?.n);

/** Kills a process of PostgreSQL, at which all of them start anew. */
async function crash(url: string): Promise<void> {
  const client = new Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
  const gone = new Promise((resolve) => client.once('end', resolve));
  for (const { pid } of rows) process.kill(pid, 'SIGKILL');
  await gone;
}

asRoot('data that root keeps in a folder closed to others', () => {
  test('stay there, through a crash of PostgreSQL as through stopping and starting', async () => {
    const first = await start(dataDir);
    expect(first.fresh).toBe(true);
    await query(first.url, 'SET synchronous_commit = on; CREATE TABLE kept AS SELECT generate_series(1, 1000) AS n');
    for (const postmaster of postgresOn(dataDir)) process.kill(postmaster, 'SIGHUP'); // it reads its files again
    expect(statSync(join(dataDir, 'postgres')).uid).not.toBe(0);
    await crash(first.url);
    await until(async () => (await count(first.url).catch(() => undefined)) === 1000);
    expect(await refusal(start(dataDir))).toMatch(/Another Stemgraph \(pid \d+\) is using the data folder/);
    await first.stop();
    expect(postgresOn(dataDir)).toEqual([]);
    const again = await start(dataDir);
    expect([again.fresh, await count(again.url)]).toEqual([false, 1000]);
  });

  test('are there after a kill, which leaves a PostgreSQL that the next start ends', async () => {
    const child = startChild(dataDir);
    await child.next();
    const orphan = postgresOn(dataDir);
    expect(orphan).toHaveLength(1);
    child.process.kill('SIGKILL');
    await child.ended;
    expect(postgresOn(dataDir)).toEqual(orphan);
    const { url } = await start(dataDir);
    expect(postgresOn(dataDir)).not.toEqual(orphan);
    expect(await count(url)).toBe(1000);
  });

  test('are there when their password is lost', async () => {
    rmSync(join(dataDir, 'postgres.json'));
    expect(await count((await start(dataDir)).url)).toBe(1000);
  });

  test('are there when they are moved to an open folder, and back', async () => {
    const moved = join(base, 'moved');
    renameSync(dataDir, moved);
    const open = await start(moved);
    expect(await count(open.url)).toBe(1000);
    await open.stop();
    renameSync(moved, dataDir);
    expect(await count((await start(dataDir)).url)).toBe(1000);
  });

  test('are told to be out of reach to somebody else', async () => {
    const open = join(base, 'of root');
    await (await start(open)).stop();
    const { message } = await startChild(open, user).next();
    expect(message).toMatch(/No access to .*of root.*start Stemgraph as the account that owns .*or set DATA_DIR/);
  });
});

asRoot('programs that are installed in a folder closed to others', () => {
  let installed: Programs;
  const account = user;
  const said: string[] = [];
  const use = (...places: string[]): Promise<Programs> =>
    usablePrograms(installed, account, places, (line) => said.push(line));

  beforeAll(async () => {
    const { home, version } = await findPrograms();
    execFileSync('cp', ['-r', home, join(closed, 'native')]);
    installed = programsIn(join(closed, 'native'), version);
  });

  test('are copied to where the account can run them, once', async () => {
    const folder = join(base, 'copies');
    mkdirSync(folder);
    const copied = await use(folder);
    expect(copied.home.startsWith(`${folder}/postgresql-`)).toBe(true);
    expect((await runProgram(copied.postgres, ['--version'], account)).output).toContain('PostgreSQL');
    expect(said).toEqual([expect.stringMatching(/as .*closed.*copied to .*copies/)]);
    expect(await use(folder)).toEqual(copied);
    expect(said).toHaveLength(1);
  });

  test('are not taken from where somebody else has put them', async () => {
    const folder = join(base, 'of others');
    mkdirSync(folder);
    const { home } = await use(folder);
    chownSync(home, account.uid, account.gid);
    expect(await refusal(use(closed, folder))).toMatch(/cannot enter .*closed.*nor is there a place.*chmod o\+x/);
    const next = join(base, 'the next best');
    mkdirSync(next);
    expect((await use(folder, next)).home).toMatch(/the next best/);
  });

  test('are used where they are by an account that can', async () => {
    expect(await usablePrograms(await findPrograms(), undefined, [base])).toEqual(await findPrograms());
    expect(await usablePrograms(installed, { uid: 0, gid: 0 }, [base])).toEqual(installed);
  });
});

asRoot('the account', () => {
  test('is the owner of the data, and else one that every system has', async () => {
    const theirs = join(base, 'theirs');
    mkdirSync(theirs);
    chownSync(theirs, 4321, 4321);
    expect(await chooseAccount(theirs)).toEqual({ uid: 4321, gid: 4321 });
    const tools = join(base, 'tools'); // of a system without `postgres`, and without the means to make it
    mkdirSync(tools);
    writeFileSync(join(tools, 'id'), '#!/bin/sh\n[ "$2" = nobody ] && echo 65534\n', { mode: 0o755 });
    const folder = join(base, 'of nobody');
    const child = startChild(folder, {}, ['env', `PATH=${tools}`]);
    expect(await child.next()).toMatchObject({ fresh: true });
    expect(statSync(join(folder, 'postgres')).uid).toBe(65534);
    child.process.kill('SIGINT');
    await child.ended;
    rmSync(join(tools, 'id'));
    const { message } = await startChild(join(base, 'none'), {}, ['env', `PATH=${tools}`]).next();
    expect(message).toMatch(/"postgres".*is missing and could not be created.*start Stemgraph as an ordinary user/);
  });
});

(canUnshare ? describe : describe.skip)('a container', () => {
  const through = (script: string): string[] => ['unshare', '--mount', 'sh', '-c', `${script} && exec "$@"`, 'sh'];

  test('with little shared memory does without', async () => {
    const small = join(base, 'small');
    const child = startChild(small, {}, through('mount -t tmpfs -o size=64m,mode=1777 none /dev/shm'));
    const { url } = await child.next();
    expect(await query(url!, 'SHOW dynamic_shared_memory_type')).toEqual([{ dynamic_shared_memory_type: 'mmap' }]);
    child.process.kill('SIGINT');
    await child.ended;
    expect(existsSync(join(small, 'postgres'))).toBe(true);
  });

  test('whose root may not become another user is told what to do', async () => {
    const drop = ['setpriv', '--bounding-set=-setuid,-setgid', '--inh-caps=-all'];
    const { message } = await startChild(join(base, 'bound'), {}, drop).next();
    expect(message).toMatch(/may not start a program as another user.*as an ordinary user/);
  });
});
