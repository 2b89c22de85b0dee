import { Writable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { DataSource } from 'typeorm';
import { databaseOptions } from '../../ormconfig';
import { createServer } from '../../src/server';
import { setUpStage, type Stage } from '../importing/stage';
import { patientShares, type Answer } from '../stage/server';

export let stage: Stage;
/** What the other server has logged of failures. */
export const failures: string[] = [];
const logTo = new Writable({
  write: (chunk: Buffer, _encoding, done) => {
    failures.push(chunk.toString());
    done();
  },
});

/** Another instance of the server, on the same database: there whoever takes something back asks. */
export let other: { app: FastifyInstance; dataSource: DataSource };

/** Two instances of the server on one database, for all tests of a file. */
export function openTwoServers(): void {
  beforeAll(async () => {
    stage = await setUpStage();
    await stage.app.listen({ port: 0, host: '127.0.0.1' });
    const dataSource = await new DataSource(databaseOptions(stage.database.url)).initialize();
    const config = { corsOrigin: '*', logLevel: 'error', shares: patientShares } as const;
    other = { app: await createServer(config, dataSource, { logTo }), dataSource };
  });
  afterAll(async () => {
    await other.app.close();
    await other.dataSource.destroy();
    await stage.close();
  });
}

export interface Scene {
  project: string;
  session: string;
  subject: string;
  spare: string;
  owner: string;
  contributor: { token: string; tokenId: string; membership: string };
}

/** A lab's project with somebody who contributes to it; a session of it is in another project as well. */
export async function scene(role = 'CONTRIBUTOR'): Promise<Scene> {
  const { lab } = stage;
  const [project, spare] = [await lab.add('Project', { name: 'Lab' }), await lab.add('Project', { name: 'Spare' })];
  const species = await lab.add('Species', { name: `Mus ${Math.random()}`, isApproved: true });
  const session = await lab.add('Session', { name: 'Night' });
  const subject = await lab.add('Subject', { name: 'Anna', speciesId: species, sex: 'FEMALE' });
  for (const id of [project, spare]) {
    await lab.link('project_session', { project_id: id, session_id: session });
    await lab.link('project_subject', { project_id: id, subject_id: subject });
  }
  const owner = (await stage.token(await lab.person('Olga', 'OWNER', [project, spare]))).secret;
  const userId = await lab.person('Carl');
  const membership = await lab.add('Membership', { projectId: project, userId, role, acceptedAt: new Date() });
  const { secret, id } = await stage.token(userId);
  return { project, spare, session, subject, owner, contributor: { token: secret, tokenId: id, membership } };
}

/** Asks the other server. */
export async function ask(token: string, query: string): Promise<Answer & { took: number }> {
  const begun = Date.now();
  const response = await other.app.inject({
    method: 'POST',
    url: '/graphql',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    payload: JSON.stringify({ query }),
  });
  return { ...response.json<Answer>(), took: Date.now() - begun };
}
