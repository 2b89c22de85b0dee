import 'reflect-metadata';
import { join } from 'node:path';
import { DataSource, type DataSourceOptions } from 'typeorm';
import { applicationName } from './src/database/going-first';
import { entities } from './src/domain/models';
import { SnakeCaseColumns } from './src/model/naming';

/** The one description of the database, for the server, its commands, the tests and TypeORM's own tools. */
export function databaseOptions(url: string, poolSize = 10): DataSourceOptions {
  return {
    type: 'postgres',
    url,
    entities: entities(),
    migrations: [join(__dirname, 'migrations', '*.{ts,js}')],
    migrationsTableName: 'migration',
    migrationsTransactionMode: 'each',
    namingStrategy: new SnakeCaseColumns(),
    synchronize: false,
    applicationName,
    poolSize,
  };
}

export default new DataSource(databaseOptions(process.env['DATABASE_URL'] ?? 'postgres://localhost/stemgraph'));
