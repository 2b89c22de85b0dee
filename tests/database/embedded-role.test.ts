import { randomBytes } from 'node:crypto';
import { chmodSync, chownSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readConfig } from '../../src/config';
import { chooseAccount } from '../../src/database/embedded/account';
import type { Cluster } from '../../src/database/embedded/cluster';
import { usablePrograms } from '../../src/database/embedded/copied-programs';
import { startPostgres, stopPostgres } from '../../src/database/embedded/postmaster';
import { findPrograms, runProgram } from '../../src/database/embedded/programs';
import { urlOf, writeState } from '../../src/database/embedded/state';
import { openDatabase } from '../../src/database/open';
import { cleanUp, emptyDir, query, start, stopAll } from './embedded-harness';

afterEach(() => stopAll());

afterAll(async () => {
  expect(await cleanUp()).toEqual([]);
});

const whoAmI = `SELECT current_user AS "name", "rolsuper", "rolcreaterole", "rolcreatedb", "rolbypassrls",
    pg_get_userbyid("datdba") AS "owner", pg_has_role(current_user, 'pg_execute_server_program', 'member') AS "runs"
  FROM pg_roles, pg_database WHERE "rolname" = current_user AND "datname" = current_database()`;

const harmless = {
  name: 'stemgraph',
  owner: 'stemgraph',
  rolsuper: false,
  rolcreaterole: false,
  rolcreatedb: false,
  rolbypassrls: false,
  runs: false,
};

/** What others own in it, but what extensions brought. */
const foreign = `SELECT "what" FROM (SELECT oid, 'class ' || oid::regclass::text AS "what" FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND relowner <> 'stemgraph'::regrole
  UNION ALL SELECT oid, 'type ' || oid::regtype::text FROM pg_type
    WHERE typnamespace = 'public'::regnamespace AND typowner <> 'stemgraph'::regrole
  UNION ALL SELECT oid, 'routine ' || oid::regprocedure::text FROM pg_proc
    WHERE pronamespace = 'public'::regnamespace AND proowner <> 'stemgraph'::regrole) "each"
  WHERE NOT EXISTS (SELECT 1 FROM pg_depend WHERE objid = "each".oid AND deptype = 'e')`;

test('Stemgraph works as a role that owns its database and nothing else, and nobody can be the superuser', async () => {
  const { url } = await start(emptyDir());
  expect(await query(url, whoAmI)).toEqual([harmless]);
  await expect(query(url, 'CREATE ROLE other')).rejects.toMatchObject({ code: '42501' });
  await expect(query(url, `COPY (SELECT 1) TO PROGRAM 'true'`)).rejects.toMatchObject({ code: '42501' });
  const { password } = new URL(url);
  for (const guess of [password, 'postgres', '']) {
    const asRoot = new URL(url);
    asRoot.username = 'postgres';
    asRoot.password = guess;
    await expect(query(asRoot.href, 'SELECT 1')).rejects.toThrow(/password/);
  }
});

/** A cluster as it was made when `stemgraph` was the superuser, and a way to run it as it was run then. */
async function oldCluster(): Promise<{ dataDir: string; run(): Promise<string>; stop(): Promise<void> }> {
  const dataDir = emptyDir();
  const dir = join(dataDir, 'postgres');
  mkdirSync(dir, { recursive: true });
  chmodSync(dataDir, 0o755);
  const account = await chooseAccount(dir);
  const programs = await usablePrograms(await findPrograms(), account, [dataDir]);
  if (account) chownSync(dir, account.uid, account.gid);
  const password = randomBytes(8).toString('hex');
  const passwordFile = join(dataDir, 'password');
  writeFileSync(passwordFile, password);
  const args = [`--pgdata=${dir}`, '--username=stemgraph', `--pwfile=${passwordFile}`, '--auth=scram-sha-256'];
  const made = await runProgram(programs.initdb, [...args, '--encoding=UTF8', '--no-locale', '--no-sync'], account);
  expect(made.code).toBe(0);
  await writeState(dataDir, { password, port: 0, lock: '' });
  const cluster: Cluster = {
    dataDir,
    dir,
    programs,
    account,
    enclosed: false,
    durable: false,
    createsDatabases: false,
  };
  return {
    dataDir,
    run: async () => urlOf({ password, port: await startPostgres(cluster), lock: '' }),
    stop: () => stopPostgres(cluster),
  };
}

test('a superuser in DATABASE_URL is warned of; in a folder of an earlier Stemgraph the rights are given up', async () => {
  const old = await oldCluster();
  const url = await old.run();
  await query(url.replace(/stemgraph$/, 'postgres'), 'CREATE DATABASE stemgraph');
  const open = async (databaseUrl: string): Promise<string[]> => {
    const lines: string[] = [];
    const config = readConfig({ DATABASE_URL: databaseUrl });
    await (await openDatabase(config, { as: 'server', onProgress: (line) => lines.push(line) })).close();
    return lines;
  };
  expect((await open(url))[0]).toMatch(/^Warning: DATABASE_URL logs in as stemgraph, a superuser\./);
  await query(
    url,
    `CREATE TABLE "note" ("id" serial PRIMARY KEY, "number" int GENERATED ALWAYS AS IDENTITY, "text" text);
     INSERT INTO "note" ("text") VALUES ('kept');
     CREATE SEQUENCE "free"; CREATE VIEW "seen" AS SELECT "text" FROM "note";
     CREATE TYPE "colour" AS ENUM ('red'); CREATE TYPE "pair" AS ("a" int, "b" int); CREATE DOMAIN "small" AS int;
     CREATE TABLE "part" ("id" int) PARTITION BY RANGE ("id")`,
  );
  await old.stop();

  const database = await start(old.dataDir);
  expect(database.fresh).toBe(false);
  expect(await query(database.url, whoAmI)).toEqual([harmless]);
  expect(await query(database.url, foreign)).toEqual([]);
  expect(await query(database.url, 'SELECT "text" FROM "seen"')).toEqual([{ text: 'kept' }]);
  await query(database.url, 'DROP TABLE "note", "part" CASCADE; CREATE TABLE "note" ("text" text)');
  expect(await query(database.url, `SELECT rolname FROM pg_roles WHERE rolname !~ '^pg_' ORDER BY 1`)).toEqual([
    { rolname: 'postgres' },
    { rolname: 'stemgraph' },
  ]);
  expect(await open(database.url)).toEqual([]);
  await database.stop();

  expect(await query((await start(old.dataDir)).url, whoAmI)).toEqual([harmless]);
});

test('a cluster of an earlier Stemgraph that was left before it had its database gets it', async () => {
  const { dataDir } = await oldCluster();
  const { url } = await start(dataDir);
  expect(await query(url, whoAmI)).toEqual([harmless]);
});
