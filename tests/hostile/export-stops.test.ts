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

test.each<[string, (at: Scene) => [token: string, query: string]]>([
  [
    'somebody is removed',
    (at) => [at.owner, `mutation { removeMember(membershipId: "${at.contributor.membership}") }`],
  ],
  [
    'their token is revoked',
    (at) => [at.contributor.token, `mutation { revokeAccessToken(id: "${at.contributor.tokenId}") { id } }`],
  ],
])('an export that is being read breaks off when %s', async (_what, takeBack) => {
  const at = await scene();
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
          expect((await ask(...takeBack(at))).errors).toBeUndefined();
          await sleep(300);
          response.resume();
        })().catch(reject);
      },
    ).on('error', reject);
  });
  expect(outcome.ended).toBe(false);
  expect(outcome.bytes).toBeLessThan(25_000_000);
});
