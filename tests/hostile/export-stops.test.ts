import { get } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { newId } from '../../src/model/ids';
import { ask, openTwoServers, scene, stage, type Scene } from './two-servers';

openTwoServers();

/** Far more than fits between a server and a client that does not read. */
async function large({ project }: Scene): Promise<void> {
  const ids = Array.from({ length: 250 }, () => newId('Session'));
  const { dataSource } = stage.database;
  await dataSource.query(
    `INSERT INTO "session" ("id", "name", "description") SELECT "id", 'Long', repeat('x', 100000) FROM unnest($1::uuid[]) AS n ("id")`,
    [ids],
  );
  await dataSource.query(
    `INSERT INTO "project_session" ("project_id", "session_id") SELECT $1, "id" FROM unnest($2::uuid[]) AS n ("id")`,
    [project, ids],
  );
}

/** A setup of the owner that everybody sees, in a behavior of the session. */
async function publicSetup({ project, session }: Scene): Promise<void> {
  const { lab, database } = stage;
  const [{ user_id: userId }] = await database.dataSource.query<[{ user_id: string }]>(
    `SELECT "user_id" FROM "membership" WHERE "project_id" = $1 AND "role" = 'OWNER'`,
    [project],
  );
  const type = await lab.add('SetupType', { name: `Rig ${Math.random()}`, category: 'UNKNOWN', isApproved: true });
  const setup = await lab.add('Setup', { name: 'Rig', setupTypeId: type, isPublic: true });
  await lab.add('Membership', { setupId: setup, userId, role: 'OWNER', acceptedAt: new Date() });
  await lab.add('Behavior', { sessionId: session, setupId: setup });
}

async function setupOf({ session }: Scene): Promise<string> {
  const [{ setup_id: id }] = await stage.database.dataSource.query<[{ setup_id: string }]>(
    `SELECT "setup_id" FROM "behavior" WHERE "session_id" = $1`,
    [session],
  );
  return id;
}

type TakingBack = (at: Scene) => [token: string, query: string] | Promise<[token: string, query: string]>;

test.each<[string, TakingBack]>([
  [
    'somebody is removed',
    (at) => [at.owner, `mutation { removeMember(membershipId: "${at.contributor.membership}") { changed } }`],
  ],
  [
    'their token is revoked',
    (at) => [at.contributor.token, `mutation { revokeAccessToken(id: "${at.contributor.tokenId}") { changed } }`],
  ],
  [
    'their role is lowered',
    (at) => [
      at.owner,
      `mutation { changeMemberRole(membershipId: "${at.contributor.membership}", role: MEMBER) { __typename } }`,
    ],
  ],
  [
    'a session is taken out of the project',
    (at) => [at.owner, `mutation { unlinkSession(id: "${at.session}", projectId: "${at.project}") { __typename } }`],
  ],
  [
    'a setup that is in it is revoked',
    async (at) => [at.owner, `mutation { revokeSetup(id: "${await setupOf(at)}") { __typename } }`],
  ],
])('an export that is being read breaks off when %s', async (_what, takeBack) => {
  const at = await scene();
  await publicSetup(at);
  await large(at);
  const { port } = stage.app.server.address() as AddressInfo;
  const outcome = await new Promise<{ ended: boolean; bytes: number }>((resolve, reject) => {
    get(
      {
        port,
        path: `/export/projects/${at.project}.ndjson`,
        headers: { authorization: `Bearer ${at.contributor.token}` },
      },
      (response) => {
        let bytes = 0;
        let ended = false;
        response.on('data', (chunk: Buffer) => (bytes += chunk.length));
        response.on('end', () => (ended = true));
        response.on('error', () => undefined);
        response.on('close', () => resolve({ ended, bytes }));
        response.pause();
        void (async () => {
          expect(response.statusCode).toBe(200);
          const [token, query] = await takeBack(at);
          expect((await ask(token, query)).errors).toBeUndefined();
          await sleep(300);
          response.resume();
        })().catch(reject);
      },
    ).on('error', reject);
  });
  expect(outcome.ended).toBe(false);
  expect(outcome.bytes).toBeLessThan(25_000_000);
});
