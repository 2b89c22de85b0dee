import 'reflect-metadata';
import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { DataSource } from 'typeorm';
import { databaseOptions } from '../../ormconfig';

export interface TestDatabase {
  url: string;
  dataSource: DataSource;
  drop(): Promise<void>;
}

/** A database of its own, migrated and empty, for one test file. */
export async function createTestDatabase(poolSize?: number): Promise<TestDatabase> {
  const template = process.env['STEMGRAPH_TEST_DATABASE'];
  if (!template) throw new Error('Run the tests with `npm test`: the database comes from the global set-up.');
  const name = `test_${randomBytes(6).toString('hex')}`;
  const url = template.replace(/\/[^/]+$/, `/${name}`);
  await onServer(template, `CREATE DATABASE ${name} TEMPLATE ${new URL(template).pathname.slice(1)}`);
  const dataSource = await new DataSource(databaseOptions(url, poolSize)).initialize();
  return {
    url,
    dataSource,
    drop: async () => {
      if (dataSource.isInitialized) await dataSource.destroy();
      await onServer(template, `DROP DATABASE ${name} WITH (FORCE)`);
    },
  };
}

async function onServer(template: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: template.replace(/\/[^/]+$/, '/postgres') });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
