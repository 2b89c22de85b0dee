import { Writable } from 'node:stream';
import type { FastifyInstance, LightMyRequestResponse } from 'fastify';
import type { Scope } from '../../src/access/viewer';
import { typeOfId } from '../../src/model/ids';
import { makeToken, type MadeToken } from '../../src/people/tokens/token.service';
import type { OidcConfig } from '../../src/people/identity/oidc-config';
import { createServer } from '../../src/server';
import { laboratory, type Lab } from '../publishing/lab';
import { createTestDatabase, type TestDatabase } from '../stage/database';
import { patientShares, type Answer } from '../stage/server';

/** The server as it is started in earnest: who asks is told by the credentials of the request, by nothing else. */
export interface Stage {
  database: TestDatabase;
  app: FastifyInstance;
  lab: Lab;
  /** Every log line so far, of the lowest level. */
  log(): string;
  /** Every SQL statement of the graph so far. */
  statements: string[];
  send(authorization: string | undefined, query: string): Promise<LightMyRequestResponse>;
  ask(token: string, query: string): Promise<Answer>;
  token(userId: string, scopes?: readonly Scope[], lifetime?: number): Promise<MadeToken>;
  close(): Promise<void>;
}

/** @param oidc the identity provider whose tokens are taken as well, and for how long its keys are not asked for again */
export async function setUpStage(oidc?: OidcConfig & { keyRest: number }): Promise<Stage> {
  const database = await createTestDatabase();
  const lines: string[] = [];
  const statements: string[] = [];
  const logTo = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      lines.push(chunk.toString());
      done();
    },
  });
  const config = { corsOrigin: '*', logLevel: 'debug', oidc, shares: patientShares } as const;
  const app = await createServer(config, database.dataSource, {
    logTo,
    ...(oidc && { keyRest: oidc.keyRest }),
    onStatement: (statement) => statements.push(statement),
  });
  const send: Stage['send'] = (authorization, query) =>
    app.inject({
      method: 'POST',
      url: '/graphql',
      headers: { 'content-type': 'application/json', ...(authorization !== undefined && { authorization }) },
      payload: JSON.stringify({ query }),
    });
  return {
    database,
    app,
    statements,
    send,
    lab: laboratory(database.dataSource, typeOfId),
    log: () => lines.join(''),
    ask: async (token, query) => (await send(`Bearer ${token}`, query)).json<Answer>(),
    token: (userId, scopes = ['READ', 'WRITE', 'PUBLISH'], lifetime = 30) =>
      makeToken(database.dataSource.manager, userId, { name: 'Test', scopes, lifetime }),
    close: async () => {
      await app.close();
      await database.drop();
    },
  };
}
