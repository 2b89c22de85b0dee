import { get } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout } from 'node:timers';
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

/** What the owner shares with everybody: a setup, a storage with a protocol, and one that a file lay in. */
interface Attributes {
  setup: string;
  storage: string;
  protocol: string;
  former: string;
}

async function publicAttributes({ project, session }: Scene): Promise<Attributes> {
  const { lab, database } = stage;
  const [{ user_id: userId }] = await database.dataSource.query<[{ user_id: string }]>(
    `SELECT "user_id" FROM "membership" WHERE "project_id" = $1 AND "role" = 'OWNER'`,
    [project],
  );
  const owned = async (type: 'Setup' | 'DataStorage', column: string, values: object): Promise<string> => {
    const id = await lab.add(type, { name: 'Shared', isPublic: true, ...values });
    await lab.add('Membership', { [column]: id, userId, role: 'OWNER', acceptedAt: new Date() });
    return id;
  };
  const setupTypeId = await lab.add('SetupType', {
    name: `Rig ${Math.random()}`,
    category: 'UNKNOWN',
    isApproved: true,
  });
  const setup = await owned('Setup', 'setupId', { setupTypeId });
  await lab.add('Behavior', { sessionId: session, setupId: setup });
  const storage = await owned('DataStorage', 'dataStorageId', {});
  const place = { dataStorageId: storage, protocol: 'HTTPS', path: 'https://example.org', isPublic: true };
  const protocol = await lab.add('DataStorageProtocol', place);
  const former = await owned('DataStorage', 'dataStorageId', {});
  const file = {
    type: 'EXTRACELLULAR_ELECTROPHYSIOLOGY',
    schemaVersion: '1.0',
    details: {},
    fileUrl: 'https://example.org/a.nwb',
    fileUrlOfId: former,
  };
  await lab.add('DataAcquisition', { sessionId: session, dataStorageId: storage, ...file });
  return { setup, storage, protocol, former };
}

type TakingBack = (at: Scene & Attributes) => [token: string, query: string];

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
    (at) => [at.owner, `mutation { revokeSetup(id: "${at.setup}") { __typename } }`],
  ],
  [
    'one protocol of a public storage is revoked',
    (at) => [
      at.owner,
      `mutation { revokeDataStorage(id: "${at.storage}", protocolIds: ["${at.protocol}"]) { changed } }`,
    ],
  ],
  [
    'the storage in which a file lay is revoked',
    (at) => [at.owner, `mutation { revokeDataStorage(id: "${at.former}") { changed } }`],
  ],
])('an export that is being read breaks off when %s', async (_what, takeBack) => {
  await expectToBreakOff(takeBack);
});

test('so does one that looks as if its project were public, when whoever asked is removed', async () => {
  await expectToBreakOff(
    (at) => [at.owner, `mutation { removeMember(membershipId: "${at.contributor.membership}") { changed } }`],
    ({ project }) => ({ 'stemgraph-view-as': `public; publish=${project}` }),
  );
});

const slowly = 1024 * 1024;

async function expectToBreakOff(
  takeBack: TakingBack,
  headers: (at: Scene) => Record<string, string> = () => ({}),
): Promise<void> {
  const made = await scene();
  const at = { ...made, ...(await publicAttributes(made)) };
  await large(at);
  const { port } = stage.app.server.address() as AddressInfo;
  const outcome = await new Promise<{ ended: boolean; bytes: number }>((resolve, reject) => {
    get(
      {
        port,
        path: `/export/projects/${at.project}.ndjson`,
        headers: { authorization: `Bearer ${at.contributor.token}`, ...headers(at) },
      },
      (response) => {
        let bytes = 0;
        let ended = false;
        response.on('data', (chunk: Buffer) => {
          // A client that reads on slowly: a server which is busy asks less often whether it may have more.
          if (Math.floor(bytes / slowly) !== Math.floor((bytes + chunk.length) / slowly)) {
            response.pause();
            setTimeout(() => response.resume(), 150);
          }
          bytes += chunk.length;
        });
        response.on('end', () => (ended = true));
        response.on('error', () => undefined);
        response.on('close', () => resolve({ ended, bytes }));
        response.pause();
        void (async () => {
          expect(response.statusCode).toBe(200);
          const [token, query] = takeBack(at);
          expect((await ask(token, query)).errors).toBeUndefined();
          await sleep(300);
          response.resume();
        })().catch(reject);
      },
    ).on('error', reject);
  });
  expect(outcome.ended).toBe(false);
  expect(outcome.bytes).toBeLessThan(25_000_000);
}
