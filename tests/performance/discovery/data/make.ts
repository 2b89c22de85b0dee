import 'reflect-metadata';
import { Client } from 'pg';
import { DataSource } from 'typeorm';
import { databaseOptions } from '../../../../ormconfig';
import { Chance } from './chance';
import { Containers } from './containers';
import { Contents } from './contents';
import { copy } from './copy';
import { Plan, type Size } from './plan';
import { Terms } from './terms';

const seed = 11;

/** The data, by their plan: who and what is where. */
export function planned(size: Size): { plan: Plan; terms: Terms; containers: Containers; contents: Contents } {
  const chance = new Chance(seed);
  const plan = new Plan(size, chance);
  const terms = new Terms(chance);
  const containers = new Containers(plan, terms);
  return { plan, terms, containers, contents: new Contents(plan, terms, containers) };
}

/**
 * Fills a database that is migrated and empty. What keeps the tables true to each other (indexes, foreign keys, triggers) is
 * left out meanwhile: it would take most of the time, and the data are true to each other from the start.
 */
export async function fill(url: string, size: Size, token: string, say: (line: string) => void): Promise<void> {
  const source = await new DataSource(databaseOptions(url, 2)).initialize();
  try {
    await undoDerived(source);
    await fillTables(url, size, token, say);
    say('What follows from the tables');
    await source.runMigrations({ transaction: 'each' });
    await source.query('VACUUM (ANALYZE)');
  } finally {
    await source.destroy();
  }
}

/** From this migration on, each fills what it keeps (what is searched, what is counted) from what is there. */
const firstThatDerives = 'SearchDocuments1764700000011';

/** Takes out what follows from other tables, and is kept beside them by triggers. */
async function undoDerived(source: DataSource): Promise<void> {
  const names = source.migrations.map(({ name, constructor }) => name ?? constructor.name);
  const first = names.indexOf(firstThatDerives);
  if (first < 0) throw new Error(`There is no migration ${firstThatDerives}.`);
  for (let undone = first; undone < names.length; undone += 1) await source.undoLastMigration({ transaction: 'each' });
}

async function fillTables(url: string, size: Size, token: string, say: (line: string) => void): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { terms, containers, contents } = planned(size);
    await client.query(`SET maintenance_work_mem = '1GB'; SET synchronous_commit = off`);
    const restore = await leaveOut(client);
    for (const tables of [terms.rows(), containers.rows(token), contents.rows()])
      for (const rows of tables) say(`${await copy(client, rows)} rows of ${rows.table}`);
    await restore(say);
  } finally {
    await client.end();
  }
}

/** Takes out foreign keys, indexes and triggers; returns what puts them back. */
async function leaveOut(client: Client): Promise<(say: (line: string) => void) => Promise<void>> {
  const keys = await list(
    client,
    `SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname) AS "out",
       format('ALTER TABLE %s ADD CONSTRAINT %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) AS "back"
     FROM pg_constraint WHERE contype = 'f'`,
  );
  // Those of primary keys stay: foreign keys need them.
  const indexes = await list(
    client,
    `SELECT format('DROP INDEX %s', indexrelid::regclass) AS "out", pg_get_indexdef(indexrelid) AS "back" FROM pg_index
     WHERE indrelid::regclass::text NOT LIKE 'pg\\_%' AND indrelid IN (SELECT oid FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace)
       AND NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conindid = indexrelid)`,
  );
  const triggers = await list(
    client,
    `SELECT format('ALTER TABLE %s DISABLE TRIGGER USER', oid::regclass) AS "out",
       format('ALTER TABLE %s ENABLE TRIGGER USER', oid::regclass) AS "back"
     FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relhastriggers`,
  );
  for (const { out } of [...keys, ...indexes, ...triggers]) await client.query(out);
  return async (say) => {
    say(`${indexes.length} indexes`);
    for (const { back } of indexes) await client.query(back);
    say(`${keys.length} foreign keys`);
    for (const { back } of [...keys, ...triggers]) await client.query(back);
  };
}

async function list(client: Client, query: string): Promise<{ out: string; back: string }[]> {
  return (await client.query<{ out: string; back: string }>(query)).rows;
}
