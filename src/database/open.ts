import { DataSource } from 'typeorm';
import { databaseOptions } from '../../ormconfig';
import type { Config } from '../config';
import { attachEmbeddedDatabase, startEmbeddedDatabase, type EmbeddedDatabase } from './embedded';
import { StartupError } from './startup-error';

/** A migrated database, open for use. */
export interface OpenDatabase {
  dataSource: DataSource;
  /** Whether it is Stemgraph's own (embedded) one. */
  embedded: boolean;
  /** Closes the connections, and stops the embedded database if this process started it. */
  close(): Promise<void>;
}

interface OpenOptions {
  /** `server` takes the embedded database for itself; `command` shares the one that a running server uses. */
  as: 'server' | 'command';
  onProgress?: (line: string) => void;
}

/**
 * Opens the database that the settings name and brings it up to date. Throws a StartupError when it cannot be reached,
 * or was already migrated by a newer Stemgraph; nothing is left running then.
 */
export async function openDatabase(config: Config, { as, onProgress }: OpenOptions): Promise<OpenDatabase> {
  const embedded = config.databaseUrl ? undefined : await openEmbedded(config.dataDir, as, onProgress);
  const url = config.databaseUrl ?? embedded!.url;
  const dataSource = new DataSource(databaseOptions(url, config.databasePool));
  try {
    await connect(dataSource, url);
    if (!embedded) await warnOfSuperuser(dataSource, onProgress);
    await migrate(dataSource, onProgress);
  } catch (error) {
    if (dataSource.isInitialized) await dataSource.destroy();
    await embedded?.stop();
    throw error;
  }
  return {
    dataSource,
    embedded: embedded !== undefined,
    close: async () => {
      await dataSource.destroy();
      await embedded?.stop();
    },
  };
}

function openEmbedded(
  dataDir: string,
  as: OpenOptions['as'],
  onProgress?: (line: string) => void,
): Promise<EmbeddedDatabase> {
  const options = { dataDir, ...(onProgress && { onProgress }) };
  return as === 'server' ? startEmbeddedDatabase(options) : attachEmbeddedDatabase(options);
}

async function connect(dataSource: DataSource, url: string): Promise<void> {
  try {
    await dataSource.initialize();
  } catch (error) {
    const reason = (error as Error).message || (error as { code?: string }).code || 'no reason given';
    throw new StartupError(
      `The database at ${withoutPassword(url)} cannot be opened (${reason}): check DATABASE_URL and that PostgreSQL runs.`,
    );
  }
}

async function warnOfSuperuser(dataSource: DataSource, onProgress?: (line: string) => void): Promise<void> {
  const [{ rolname, rolsuper }] = await dataSource.query<[{ rolname: string; rolsuper: boolean }]>(
    `SELECT "rolname", "rolsuper" FROM pg_roles WHERE "rolname" = current_user`,
  );
  if (!rolsuper) return;
  onProgress?.(
    `Warning: DATABASE_URL logs in as ${rolname}, a superuser. Stemgraph needs no more than to own its database: ` +
      'give it a role of its own.',
  );
}

function withoutPassword(url: string): string {
  try {
    const { host, pathname } = new URL(url);
    return `${host}${pathname}`;
  } catch {
    return 'DATABASE_URL';
  }
}

async function migrate(dataSource: DataSource, onProgress?: (line: string) => void): Promise<void> {
  const [{ exists }] = await dataSource.query<[{ exists: boolean }]>(
    `SELECT to_regclass('migration') IS NOT NULL AS "exists"`,
  );
  const applied = exists ? await dataSource.query<{ name: string }[]>(`SELECT "name" FROM "migration"`) : [];
  const known = new Set(dataSource.migrations.map(({ name, constructor }) => name ?? constructor.name));
  const unknown = applied.find(({ name }) => !known.has(name));
  if (unknown) {
    throw new StartupError(
      `The database was made by a newer Stemgraph (it has the migration ${unknown.name}): start that version, or use another database.`,
    );
  }
  if (applied.length === known.size) return;
  onProgress?.('Preparing the tables …');
  // Two instances that start together must not migrate at the same time: the second waits, then finds nothing to do.
  const runner = dataSource.createQueryRunner();
  try {
    await runner.query(`SELECT pg_advisory_lock(hashtext('stemgraph migrations'))`);
    await dataSource.runMigrations({ transaction: 'each' });
  } finally {
    await runner.query(`SELECT pg_advisory_unlock(hashtext('stemgraph migrations'))`).catch(() => undefined);
    await runner.release();
  }
}
