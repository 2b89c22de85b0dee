import type { Viewer } from '../../src/access/viewer';
import { seedDemoIfEmpty } from '../../src/demo/seed';
import { createTestDatabase, type TestDatabase } from '../stage/database';
import { startTestServer, type TestServer } from '../stage/server';

export interface DemoStage {
  database: TestDatabase;
  server: TestServer;
  /** What the seed said. */
  said: string[];
  /** The answer of a query that may not fail. */
  see<T>(viewer: Viewer, query: string, variables?: Record<string, unknown>): Promise<T>;
  /** The id of the only row of that name. */
  idOf(table: string, name: string): Promise<string>;
  close(): Promise<void>;
}

/** The real server over a database that holds the demo. */
export async function openDemo(): Promise<DemoStage> {
  const database = await createTestDatabase();
  const said: string[] = [];
  await seedDemoIfEmpty(database.dataSource, (line) => said.push(line));
  const server = await startTestServer(database.dataSource);
  return {
    database,
    server,
    said,
    see: async <T>(viewer: Viewer, query: string, variables?: Record<string, unknown>) => {
      const { data, errors } = await server.ask(viewer, query, variables);
      expect(errors).toBeUndefined();
      return data as T;
    },
    idOf: async (table, name) => {
      const text = `SELECT "id" FROM "${table}" WHERE "name" = $1`;
      const rows = await database.dataSource.query<{ id: string }[]>(text, [name]);
      expect(rows).toHaveLength(1);
      return rows[0]!.id;
    },
    close: async () => {
      await server.close();
      await database.drop();
    },
  };
}

export interface Name {
  name: string;
}

/** The names of some objects, in the order of the alphabet. */
export function names(list: readonly Name[]): string[] {
  return list.map(({ name }) => name).sort();
}
