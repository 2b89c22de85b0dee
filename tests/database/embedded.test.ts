import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { attachEmbeddedDatabase, startEmbeddedDatabase, type EmbeddedDatabase } from '../../src/database/embedded';
import type { Cluster } from '../../src/database/embedded/cluster';
import { startPostgres, stopPostgres } from '../../src/database/embedded/postmaster';
import { usablePrograms } from '../../src/database/embedded/copied-programs';
import { findPrograms } from '../../src/database/embedded/programs';
import type { State } from '../../src/database/embedded/state';
import {
  base,
  build,
  cleanUp,
  emptyDir,
  isRoot,
  locks,
  postgresOn,
  processesWith,
  query,
  refusal,
  remember,
  start,
  startChild,
  stopAll,
  until,
} from './embedded-harness';

jest.setTimeout(20_000);

/** Holds one row. The first tests share its running server, the later ones find it stopped and leave it so. */
const dataDir = join(base, 'first data, ä', 'data');
const otherName = join(base, 'other name', 'data');

const attach = async (): Promise<EmbeddedDatabase> =>
  remember(await attachEmbeddedDatabase({ dataDir, durable: false }));

const notes = (url: string): Promise<string[]> =>
  query<{ text: string }>(url, 'SELECT text FROM note').then((rows) => rows.map((row) => row.text));

const readState = (): State => JSON.parse(readFileSync(join(dataDir, 'postgres.json'), 'utf8')) as State;

let first: EmbeddedDatabase;

beforeAll(async () => {
  build();
  symlinkSync(dirname(dataDir), dirname(otherName));
  first = await start(dataDir);
  await query(first.url, "CREATE TABLE note (text text); INSERT INTO note VALUES ('kept')");
});

afterEach(() => stopAll(first));

afterAll(async () => {
  expect(await cleanUp()).toEqual([]);
});

describe('a fresh start', () => {
  test('gives an empty UTF-8 database that sorts by code point and lives in UTC', async () => {
    expect(first.fresh).toBe(true);
    const [settings] = await query(
      first.url,
      `SELECT current_database() AS name, pg_encoding_to_char(encoding) AS encoding, datlocprovider::text AS provider,
              datlocale AS locale, current_setting('timezone') AS zone, current_setting('listen_addresses') AS listens,
              current_setting('server_version_num')::int / 10000 AS version,
              (SELECT string_agg(x, '' ORDER BY x) FROM unnest(ARRAY['b', 'A', 'a', 'Z', 'é', '_']) AS x) AS sorted
       FROM pg_database WHERE datname = current_database()`,
    );
    expect(settings).toEqual({
      name: 'stemgraph',
      encoding: 'UTF8',
      provider: 'b',
      locale: 'C.UTF-8',
      zone: 'UTC',
      listens: '127.0.0.1',
      version: 18,
      sorted: 'AZ_abé',
    });
  });

  test('asks for a password, kept in a file that only its owner reads', async () => {
    expect(statSync(join(dataDir, 'postgres.json')).mode & 0o777).toBe(0o600);
    const { password } = readState();
    expect(first.url).toContain(password);
    await expect(query(first.url.replace(password, 'wrong'), 'SELECT 1')).rejects.toMatchObject({ code: '28P01' });
  });

  test('refuses a second start, naming folder and process, and goes on', async () => {
    const message = await refusal(startEmbeddedDatabase({ dataDir }));
    expect(message).toContain(dataDir);
    expect(message).toContain(`pid ${process.pid}`);
    expect((await startChild(dataDir).next()).message).toBe(message);
    expect(await refusal(startEmbeddedDatabase({ dataDir: otherName }))).toContain(`pid ${process.pid}`);
    expect(await notes(first.url)).toContain('kept');
  });

  test('lends its database to a command, whose stop leaves it running', async () => {
    const attached = await attach();
    expect(attached).toMatchObject({ url: first.url, fresh: false });
    await attached.stop();
    expect(await notes(first.url)).toContain('kept');
  });

  test('stops once, however often it is told to', async () => {
    await Promise.all([first.stop(), first.stop()]);
    await first.stop();
    expect(postgresOn(dataDir)).toEqual([]);
    expect(locks(dataDir)).toEqual([]);
  });
});

describe('a later start', () => {
  test('keeps the data, safe from a power cut', async () => {
    const database = remember(await startEmbeddedDatabase({ dataDir }));
    expect(database.fresh).toBe(false);
    expect(await notes(database.url)).toContain('kept');
    const safe = await query(
      database.url,
      "SELECT current_setting('fsync') AS f, current_setting('full_page_writes') AS p",
    );
    expect(safe).toEqual([{ f: 'on', p: 'on' }]);
  });

  test('tries another port when one has just been taken', async () => {
    const dir = join(dataDir, 'postgres');
    const { uid, gid } = statSync(dir);
    const account = isRoot ? { uid, gid } : undefined;
    const programs = await usablePrograms(await findPrograms(), account, [dataDir]);
    const cluster: Cluster = {
      dataDir,
      dir,
      programs,
      account,
      enclosed: false,
      durable: false,
      createsDatabases: false,
    };
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const taken = (other.address() as AddressInfo).port;
    const ports = [taken, taken, taken + 1];
    await startPostgres(cluster, () => Promise.resolve(ports.shift() ?? 0));
    expect(ports).toEqual([]);
    await stopPostgres(cluster);
    other.close();
  });

  test('of several at once, one wins', async () => {
    const children = [1, 2, 3].map(() => startChild(dataDir));
    const here = [1, 2, 3].map(() =>
      start(dataDir).catch((error: Error) => ({ message: error.message, url: undefined })),
    );
    const said = await Promise.all([...children.map((child) => child.next()), ...here]);
    expect(said.filter(({ url }) => url !== undefined)).toHaveLength(1);
    expect(postgresOn(dataDir)).toHaveLength(1);
    expect(locks(dataDir)).toHaveLength(1);
    for (const child of children) child.process.kill('SIGINT');
    await Promise.all(children.map((child) => child.ended));
  });

  test('sets a new password when the state file is lost, and tells when it belongs to another database', async () => {
    const file = join(dataDir, 'postgres.json');
    writeFileSync(file, '{"pass'); // a torso
    const database = await start(dataDir);
    expect(await notes(database.url)).toContain('kept');
    await database.stop();
    writeFileSync(file, JSON.stringify({ ...readState(), password: 'of another' }));
    expect(await refusal(start(dataDir))).toContain(file);
    expect(postgresOn(dataDir)).toEqual([]);
    expect(locks(dataDir)).toEqual([]);
    rmSync(file); // what the message says to do
    expect(await notes((await start(dataDir)).url)).toContain('kept');
  });
});

describe('a command', () => {
  test('starts a database of its own where no server runs, and stops it', async () => {
    const attached = await attach();
    expect(await notes(attached.url)).toContain('kept');
    expect(await refusal(startEmbeddedDatabase({ dataDir }))).toContain('command');
    expect(await refusal(attachEmbeddedDatabase({ dataDir }))).toContain('command');
    await attached.stop();
    expect(postgresOn(dataDir)).toEqual([]);
    expect(locks(dataDir)).toEqual([]);
  });

  test('waits for a server that is still starting', async () => {
    const child = startChild(dataDir);
    await until(() => locks(dataDir).some((name) => name.endsWith('.json')));
    const attached = await attach();
    expect(attached.url).toBe((await child.next()).url);
    child.process.kill('SIGINT');
    await child.ended;
    expect(postgresOn(dataDir)).toEqual([]);
  });
});

describe('after a death', () => {
  test('of Stemgraph alone, the next start takes the place of the PostgreSQL it left', async () => {
    const child = startChild(otherName);
    const { url = '' } = await child.next();
    child.process.kill('SIGKILL');
    await child.ended;
    const [orphan] = postgresOn(dataDir);
    await query(url, "INSERT INTO note VALUES ('by the orphan')");

    const began = Date.now();
    const database = await start(dataDir);
    expect(Date.now() - began).toBeLessThan(4_500);
    expect(await notes(database.url)).toContain('by the orphan');
    expect(postgresOn(dataDir)).not.toContain(orphan);
    expect(postgresOn(dataDir)).toHaveLength(1);
    expect(locks(dataDir)).toHaveLength(1);
  });

  test('of everything at once, stale pid files that point to other processes do not block', async () => {
    const pidFile = join(dataDir, 'postgres', 'postmaster.pid');
    const child = startChild(dataDir);
    const { url = '' } = await child.next();
    await query(url, 'SET synchronous_commit TO on; INSERT INTO note VALUES (1)');
    const stale = readFileSync(pidFile, 'utf8');
    const [owner = ''] = locks(dataDir);
    const lock = readFileSync(join(dataDir, owner), 'utf8');
    child.process.kill('SIGKILL');
    for (const pid of postgresOn(dataDir)) process.kill(pid, 'SIGKILL');
    await child.ended;

    const { uid, gid } = statSync(pidFile);
    const bystander = spawn('sleep', ['60'], isRoot ? { uid, gid } : {});
    const theirs = String(bystander.pid);
    writeFileSync(pidFile, stale.replace(/^\d+/, theirs));
    writeFileSync(join(dataDir, owner), lock.replace(/"pid":\d+/, `"pid":${theirs}`));
    try {
      const database = await start(dataDir);
      expect(await notes(database.url)).toContain('1');
      await database.stop();
      expect(bystander.exitCode ?? bystander.signalCode).toBeNull();
    } finally {
      bystander.kill();
    }

    writeFileSync(pidFile, '');
    await start(dataDir);
  });

  test('of an initdb half-way, the next start begins anew', async () => {
    const folder = emptyDir();
    const child = startChild(folder);
    const site = await until(() => existsSync(folder) && readdirSync(folder).find((name) => name.startsWith('init-')));
    await until(() => existsSync(join(folder, site, 'cluster', 'PG_VERSION')));
    child.process.kill('SIGKILL');
    for (const pid of processesWith(join(folder, site))) process.kill(pid, 'SIGKILL');
    await child.ended;
    await until(() => processesWith(join(folder, site)).length === 0);
    expect(existsSync(join(folder, 'postgres'))).toBe(false);

    const database = await start(folder);
    expect(database.fresh).toBe(true);
    expect(readdirSync(folder).filter((name) => name.startsWith('init-'))).toEqual([]);
  });
});

test('a Ctrl-C in the terminal reaches Stemgraph and not PostgreSQL, be it created, running or stopping', async () => {
  const folder = emptyDir();
  const child = startChild(folder);
  const pressCtrlC = (): boolean => process.kill(-(child.process.pid ?? 0), 'SIGINT');
  const site = await until(() => existsSync(folder) && readdirSync(folder).find((name) => name.startsWith('init-')));
  await until(() => existsSync(join(folder, site, 'cluster', 'base')));
  pressCtrlC();
  expect(await child.next()).toMatchObject({ fresh: true });
  pressCtrlC();
  expect(await child.next()).toEqual({ answered: 1 });
  pressCtrlC();
  await child.ended;
  expect(postgresOn(folder)).toEqual([]);
  expect(locks(folder)).toEqual([]);
});
