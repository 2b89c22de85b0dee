import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newId } from '../../src/model/ids';
import { makeToken } from '../../src/people/tokens/token.service';
import { projectFolder } from '../../src/project-folder';
import type { Entry } from '../../src/tree/entry';
import { createTestDatabase, type TestDatabase } from '../stage/database';
import { buildIfStale, start } from '../startup/program';

/** How a command ended. */
export interface End {
  code: number;
  out: string;
  err: string;
}

/** A running server, and somebody in a lab who imports into it by the command. */
export interface Lab {
  database: TestDatabase;
  url: string;
  /** Where the token lies that the command takes by itself. */
  folder: string;
  /** `stemgraph import …` */
  import(words: string[], environment?: Record<string, string>): Promise<End>;
  /** Asks the graph as that person, or as nobody; fails where it has errors. */
  ask<T>(query: string, variables?: object, asNobody?: boolean): Promise<T>;
  /** What is stored of a project, sorted by key. */
  stored(projectId: string): Promise<Entry[]>;
  /** The id under which an import has stored an entry. */
  idOf(key: string): Promise<string>;
  close(): Promise<void>;
}

export async function openLab(): Promise<Lab> {
  buildIfStale();
  const database = await createTestDatabase();
  const userId = newId('User');
  await database.dataSource.query(`INSERT INTO "user" ("id", "name") VALUES ($1, 'Lena')`, [userId]);
  const wanted = { name: 'Test', scopes: ['READ', 'WRITE', 'PUBLISH'] as const, lifetime: 1 };
  const { secret } = await makeToken(database.dataSource.manager, userId, wanted);
  const folder = mkdtempSync(join(tmpdir(), 'stemgraph-command-'));
  writeFileSync(join(folder, 'demo-tokens.json'), JSON.stringify({ owner: { token: secret } }));
  const server = start({ DATABASE_URL: database.url });
  const [, url] = (await server.says(/(http:\/\/127\.0\.0\.1:\d+)/)) as unknown as [string, string];
  const authorization = `Bearer ${secret}`;
  return {
    ...{ database, url, folder },
    import: (words, environment = {}) => run(words, { STEMGRAPH_URL: url, DATA_DIR: folder, ...environment }),
    ask: async <T>(query: string, variables = {}, asNobody = false) => {
      const response = await fetch(`${url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...(!asNobody && { authorization }) },
        body: JSON.stringify({ query, variables }),
      });
      const { data, errors } = (await response.json()) as { data: T; errors?: unknown };
      expect(errors).toBeUndefined();
      return data;
    },
    stored: async (projectId) => {
      const response = await fetch(`${url}/export/projects/${projectId}.ndjson`, { headers: { authorization } });
      const lines = (await response.text()).split('\n').filter((line) => line !== '');
      const entries = lines.map((line) => JSON.parse(line) as Entry);
      return entries.sort((one, other) => (one.key < other.key ? -1 : 1));
    },
    idOf: async (key) => {
      const [row] = await database.dataSource.query<{ id: string }[]>(
        `SELECT "object_id" AS "id" FROM "imported_object" WHERE "key" = $1`,
        [key],
      );
      return row!.id;
    },
    close: async () => {
      server.signalAll('SIGTERM');
      await server.ended;
      await database.drop();
      rmSync(folder, { recursive: true });
    },
  };
}

/** The id of the project that a command tells of. */
export function projectIn({ out, err }: End): string {
  const id = /The project's id: ([0-9a-f-]{36})/.exec(out)?.[1];
  if (id === undefined) throw new Error(`The command tells no project: ${out}${err}`);
  return id;
}

function run(words: string[], environment: Record<string, string>): Promise<End> {
  const env = { PATH: process.env['PATH'], ...environment };
  const program = join(projectFolder, 'dist', 'src', 'cli.js');
  return new Promise((resolve) => {
    execFile(process.execPath, [program, 'import', ...words], { env }, (error, out, err) =>
      resolve({ code: error ? Number(error.code) : 0, out, err }),
    );
  });
}
