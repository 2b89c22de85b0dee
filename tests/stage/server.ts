import { Writable } from 'node:stream';
import type { FastifyInstance, LightMyRequestResponse } from 'fastify';
import type { DataSource } from 'typeorm';
import { accessInForce } from '../../src/access/access';
import { anonymous, type Viewer } from '../../src/access/viewer';
import { createServer, type TestHooks } from '../../src/server';
import type { Entry } from '../../src/tree/entry';
import { defaultShares } from '../../src/shares/settings';

export interface Answer {
  data?: Record<string, unknown> | null;
  errors?: { message: string; path?: (string | number)[]; extensions: { code: string; [key: string]: unknown } }[];
  extensions?: Record<string, unknown>;
}

/** The real server over a real database, and a way to ask it as anybody. */
export interface TestServer {
  app: FastifyInstance;
  /** Every log line so far. */
  log(): string;
  /** Every SQL statement so far. */
  statements: string[];
  /** Sends one GraphQL request over HTTP, as that viewer. */
  send(
    viewer: Viewer,
    query: string,
    variables?: Record<string, unknown>,
    headers?: Record<string, string>,
  ): Promise<LightMyRequestResponse>;
  /** The same, and reads the answer. */
  ask(viewer: Viewer, query: string, variables?: Record<string, unknown>): Promise<Answer>;
  /** A whole project, as that viewer may export it. */
  exported(viewer: Viewer, projectId: string): Promise<Entry[]>;
  close(): Promise<void>;
}

const viewerHeader = 'x-test-viewer';

/** Nothing is refused because the machine is busy with other tests: what is refused for its time has tests of its own. */
export const patientShares = { ...defaultShares, patience: 120 };
const patient = { limits: { totalTime: 120_000, sqlTime: 120_000 }, shares: patientShares };

export async function startTestServer(
  dataSource: DataSource,
  { hotPages, ...hooks }: Pick<TestHooks, 'access' | 'unplanned'> & { hotPages?: number } = {},
): Promise<TestServer> {
  // Rules that change while the database does not would be answered by what was kept under others.
  const kept = hooks.access && hooks.access !== accessInForce ? 0 : hotPages;
  const lines: string[] = [];
  const statements: string[] = [];
  const logTo = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      lines.push(chunk.toString());
      done();
    },
  });
  const config = {
    corsOrigin: '*',
    logLevel: 'debug',
    ...patient,
    ...(kept !== undefined && { hotPages: kept }),
  } as const;
  const app = await createServer(config, dataSource, {
    ...hooks,
    logTo,
    onStatement: (statement) => statements.push(statement),
    viewerOf: ({ headers }) => {
      const viewer = headers[viewerHeader];
      return typeof viewer === 'string' ? (JSON.parse(viewer) as Viewer) : anonymous;
    },
  });
  const send: TestServer['send'] = (viewer, query, variables, headers = {}) =>
    app.inject({
      method: 'POST',
      url: '/graphql',
      headers: { 'content-type': 'application/json', [viewerHeader]: JSON.stringify(viewer), ...headers },
      payload: JSON.stringify({ query, variables }),
    });
  return {
    app,
    statements,
    send,
    log: () => lines.join(''),
    ask: async (viewer, query, variables) => (await send(viewer, query, variables)).json<Answer>(),
    exported: async (viewer, projectId) => {
      const headers = { [viewerHeader]: JSON.stringify(viewer) };
      const { body } = await app.inject({ method: 'GET', url: `/export/projects/${projectId}.ndjson`, headers });
      const lines = body.split('\n').filter((line) => line !== '');
      return lines.map((line) => JSON.parse(line) as Entry);
    },
    close: () => app.close(),
  };
}

/** A viewer who is that user. */
export function userViewer(userId: string, isAdministrator = false): Viewer {
  return { kind: 'user', userId, isAdministrator };
}
