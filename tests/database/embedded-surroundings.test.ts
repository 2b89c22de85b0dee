import { chownSync, mkdirSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { attachEmbeddedDatabase, startEmbeddedDatabase } from '../../src/database/embedded';
import { programFailure } from '../../src/database/embedded/failures';
import type { Owner } from '../../src/database/embedded/lock';
import {
  base,
  build,
  canUnshare,
  cleanUp,
  emptyDir,
  isRoot,
  locks,
  postgresOn,
  refusal,
  start,
  startChild,
  stopAll,
  until,
  user,
} from './embedded-harness';

jest.setTimeout(20_000);

/** Holds a database; stopped between the tests. */
const dataDir = join(base, 'data');

/** Leaves a lock as a process in another container would that is no more; its pid is that of a living one here. */
function leaveForeignLock(folder: string, when: Date): void {
  const owner: Owner = { id: '0'.repeat(12), kind: 'server', pid: process.pid, started: '1', place: 'elsewhere' };
  const file = join(folder, `lock-${owner.id}.json`);
  writeFileSync(file, JSON.stringify(owner));
  utimesSync(file, when, when);
}

/** How long a start waits for a lock that has fallen silent only now; the other tests run meanwhile. */
let silence: Promise<unknown>;

beforeAll(async () => {
  build();
  const began = Date.now();
  const folder = emptyDir();
  mkdirSync(folder, { recursive: true });
  leaveForeignLock(folder, new Date());
  silence = start(folder).then(
    () => Date.now() - began,
    (error: unknown) => error,
  );
  await (await start(dataDir)).stop();
});

afterEach(() => stopAll());

afterAll(async () => {
  await silence;
  expect(await cleanUp()).toEqual([]);
});

describe('a data folder shared by containers', () => {
  test('with an old lock is free at once', async () => {
    leaveForeignLock(dataDir, new Date(Date.now() - 3_600_000));
    const began = Date.now();
    await start(dataDir);
    expect(Date.now() - began).toBeLessThan(4_500);
  });

  (canUnshare ? test : test.skip)('is refused while a living one uses it', async () => {
    const child = startChild(dataDir, {}, ['unshare', '--pid', '--fork', '--kill-child', '--mount-proc']);
    await child.next();
    const attempts = [startEmbeddedDatabase({ dataDir }), attachEmbeddedDatabase({ dataDir })];
    for (const message of await Promise.all(attempts.map(refusal))) expect(message).toContain('another container');
    child.process.kill('SIGKILL');
    await child.ended;
    await until(() => postgresOn(dataDir).length === 0);
    for (const name of locks(dataDir)) rmSync(join(dataDir, name)); // or else the next start would wait for it
  });
});

describe('one line says what to do', () => {
  test('when a file lies where the folder should be', async () => {
    const file = join(base, 'a file');
    writeFileSync(file, '');
    for (const folder of [file, join(file, 'data')]) {
      expect(await refusal(startEmbeddedDatabase({ dataDir: folder }))).toMatch(
        /a file.* cannot be a folder.*DATA_DIR/,
      );
    }
  });

  test('when the cluster is of another version or none at all', async () => {
    const version = join(dataDir, 'postgres', 'PG_VERSION');
    writeFileSync(version, '16\n');
    expect(await refusal(startEmbeddedDatabase({ dataDir }))).toMatch(/PostgreSQL 16.*PostgreSQL 18/);
    const aside = join(base, 'PG_VERSION');
    renameSync(version, aside);
    expect(await refusal(startEmbeddedDatabase({ dataDir }))).toContain('something other than a database');
    renameSync(aside, version);
    writeFileSync(version, '18\n');
    expect(locks(dataDir)).toEqual([]);
  });

  test('when PostgreSQL itself refuses', async () => {
    const settings = join(dataDir, 'postgres', 'postgresql.auto.conf');
    writeFileSync(settings, 'no_such_setting = 1\n');
    expect(await refusal(startEmbeddedDatabase({ dataDir }))).toMatch(/contains errors/);
    writeFileSync(settings, '');
  });

  test('when the path would be garbled', async () => {
    expect(await refusal(startEmbeddedDatabase({ dataDir: join(base, 'a$b') }))).toMatch(/a\$b.*dollar/);
  });

  (isRoot ? test : test.skip)('when an ordinary user may not write there, who elsewhere can', async () => {
    const theirs = join(base, 'theirs');
    mkdirSync(theirs);
    expect((await startChild(join(theirs, 'data'), user).next()).message).toMatch(/No access to .*theirs.*DATA_DIR/);
    chownSync(theirs, user.uid, user.gid);
    const child = startChild(join(theirs, 'data'), user);
    expect(await child.next()).toMatchObject({ fresh: true });
    child.process.kill('SIGINT');
    await child.ended;
    const asRoot = await start(join(theirs, 'data'));
    expect(asRoot.fresh).toBe(false);
    expect(statSync(join(theirs, 'data', 'postgres')).uid).toBe(user.uid); // root, too, runs it as its owner
    await asRoot.stop();
    const afterwards = startChild(join(theirs, 'data'), user); // and does not keep the owner out
    expect(await afterwards.next()).toMatchObject({ fresh: false });
    afterwards.process.kill('SIGINT');
    await afterwards.ended;
  });

  (canUnshare ? test : test.skip)('when the disk is too small', async () => {
    const mount = join(base, 'small disk');
    mkdirSync(mount);
    const script = 'mount -t tmpfs -o size=60m none "$0" && chmod 755 "$0" && exec "$@"';
    const through = ['unshare', '--mount', 'sh', '-c', script, mount];
    const { name, message } = await startChild(join(mount, 'data'), {}, through).next();
    expect(name).toBe('StartupError');
    expect(message).toMatch(/is full.*DATA_DIR/);
  });

  test('when PostgreSQL finds the disk full later on', () => {
    const output = 'LOG: starting\nFATAL:  could not write to file "pg_wal/xlogtemp.7": No space left on device\n';
    expect(programFailure('PostgreSQL could not start', output, '/data').message).toMatch(/\/data is full.*DATA_DIR/);
  });
});

test('a data folder whose lock in another container falls silent is free soon after', async () => {
  expect(await silence).toBeGreaterThan(4_000);
});
