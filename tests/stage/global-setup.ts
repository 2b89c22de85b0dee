import 'reflect-metadata';
import { chmodSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataSource } from 'typeorm';
import { databaseOptions } from '../../ormconfig';
import { startEmbeddedDatabase } from '../../src/database/embedded';

/** One real PostgreSQL for the whole run; each test file gets a database of its own, copied from a migrated template. */
export default async function setUp(): Promise<void> {
  process.env['NODE_ENV'] = 'production'; // as main.ts runs it; jest has put `test` there
  const dataDir = mkdtempSync(join(tmpdir(), 'stemgraph-tests-'));
  chmodSync(dataDir, 0o711); // where the tests run as root, PostgreSQL runs as another account
  const database = await startEmbeddedDatabase({ dataDir, durable: false, createsDatabases: true });
  const template = new DataSource(databaseOptions(database.url));
  await template.initialize();
  await template.runMigrations();
  await template.destroy();
  process.env['STEMGRAPH_TEST_DATABASE'] = database.url;
  Object.assign(globalThis, { stemgraphTests: { database, dataDir } });
}
