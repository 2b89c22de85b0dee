import { readFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { anonymous, type Viewer } from '../../src/access/viewer';
import { fieldName } from '../../src/model/names';
import type { Answer } from '../stage/server';
import { aProject, openLabServer, viewerWith } from './lab';

const stage = openLabServer();

const question =
  'Are you sure you want to make this project public? This will make all related content visible to the public (subjects, sessions, and modules associated with the project).';

function mutation(name: string, args: string): string {
  const type = name.replace(/^(publish|revoke)/, '');
  return `mutation { result: ${name}(${args}) { changed isPublic confirmationRequired message object: ${fieldName(type)} { id }
    impact { subjects sessions modules sharedSessions digest stillHidden { type references paths id name canPublish } }
    ${type === 'Project' ? 'stillPublic { sessions modules }' : ''} } }`;
}

interface Result {
  changed: boolean;
  isPublic: boolean;
  confirmationRequired: boolean;
  message: string;
  object: { id: string };
  impact: { digest: string; stillHidden: Record<string, unknown>[]; [count: string]: unknown };
  stillPublic?: Record<string, number> | null;
}

async function act(viewer: Viewer, name: string, args: string): Promise<Result> {
  const answer = await stage.server.ask(viewer, mutation(name, args));
  expect(answer.errors).toBeUndefined();
  return answer.data!['result'] as Result;
}

const code = ({ errors }: Answer): string | undefined => errors?.[0]?.extensions.code;
const visible = async (id: string): Promise<boolean> =>
  (await stage.server.ask(anonymous, `{ node(id: "${id}") { id } }`)).data!['node'] !== null;

test('publishing asks first, with the words of the tutorial, and says what would become visible', async () => {
  const { project, setup, storage } = await aProject(stage.lab);
  const owner = viewerWith(await stage.lab.person('Olga', 'OWNER', [project, setup]), 'READ', 'PUBLISH');
  const preview = await act(owner, 'publishProject', `id: "${project}"`);
  expect(preview).toMatchObject({
    changed: false,
    isPublic: false,
    confirmationRequired: true,
    impact: { subjects: 1, sessions: 2, modules: 2, sharedSessions: 1 },
  });
  expect(preview.message.startsWith(question)).toBe(true);
  expect(preview.impact.stillHidden).toEqual([
    {
      type: 'DATA_STORAGE',
      references: 1,
      paths: ['DataAcquisition.dataStorage'],
      id: null,
      name: null,
      canPublish: null,
    },
    { type: 'SETUP', references: 1, paths: ['Behavior.setup'], id: setup, name: 'Secret box', canPublish: true },
  ]);
  expect(JSON.stringify(preview)).not.toContain(storage);
  expect(await visible(project)).toBe(false);
});

test('the question stands in the tutorial word for word', () => {
  const tutorial = join(__dirname, '../../../shared/design/seed-share-data-publicly.md');
  if (!existsSync(tutorial)) return console.warn('NOT TESTED: the tutorial is not here.');
  expect(readFileSync(tutorial, 'utf8').replace(/\s+/g, ' ')).toContain(question);
});

test('a confirmed publication makes the project public and nothing else', async () => {
  const { project, setup, session, behavior } = await aProject(stage.lab);
  const owner = viewerWith(await stage.lab.person('Olga', 'OWNER', [project, setup]), 'PUBLISH');
  const { impact } = await act(owner, 'publishProject', `id: "${project}"`);
  const done = await act(owner, 'publishProject', `id: "${project}", confirm: true, ifImpact: "${impact.digest}"`);
  expect(done).toMatchObject({ changed: true, isPublic: true, confirmationRequired: false, object: { id: project } });
  expect([await visible(project), await visible(session), await visible(behavior), await visible(setup)]).toEqual([
    true,
    true,
    true,
    false,
  ]);
  const again = await act(owner, 'publishProject', `id: "${project}", confirm: true`);
  expect(again).toMatchObject({ changed: false, isPublic: true });
});

test('attributes go with the project where the viewer names them, all or nothing', async () => {
  const { project, setup, storage } = await aProject(stage.lab);
  const owner = viewerWith(await stage.lab.person('Olga', 'OWNER', [project, setup]), 'PUBLISH');
  const refused = await stage.server.ask(
    owner,
    mutation('publishProject', `id: "${project}", confirm: true, attributeIds: ["${setup}", "${storage}"]`),
  );
  expect(code(refused)).toBe('NOT_FOUND');
  expect([await visible(project), await visible(setup)]).toEqual([false, false]);
  await act(owner, 'publishProject', `id: "${project}", confirm: true, attributeIds: ["${setup}"]`);
  expect([await visible(project), await visible(setup), await visible(storage)]).toEqual([true, true, false]);
});

test('an attribute that the project does not refer to cannot go with it', async () => {
  const { project, setup } = await aProject(stage.lab);
  const elsewhere = await stage.lab.add('Inventory', { name: 'Freezer' });
  const owner = viewerWith(await stage.lab.person('Olga', 'OWNER', [project, setup, elsewhere]), 'PUBLISH');
  const answer = await stage.server.ask(
    owner,
    mutation('publishProject', `id: "${project}", confirm: true, attributeIds: ["${elsewhere}"]`),
  );
  expect(code(answer)).toBe('BAD_USER_INPUT');
  expect(await visible(project)).toBe(false);
});

test('nothing is published when what would become visible has changed since the preview', async () => {
  const { project, session } = await aProject(stage.lab);
  const owner = viewerWith(await stage.lab.person('Olga', 'OWNER', [project]), 'PUBLISH');
  const { impact } = await act(owner, 'publishProject', `id: "${project}"`);
  await stage.lab.add('Epoch', { sessionId: session, name: 'One more' });
  const answer = await stage.server.ask(
    owner,
    mutation('publishProject', `id: "${project}", confirm: true, ifImpact: "${impact.digest}"`),
  );
  expect(code(answer)).toBe('CONFLICT');
  expect(await visible(project)).toBe(false);
});

test('a publication or revoke that is sent again says what holds, whatever was looked at before', async () => {
  const { project, setup, storage, protocol } = await aProject(stage.lab);
  const owner = viewerWith(await stage.lab.person('Olga', 'OWNER', [project, setup, storage]), 'PUBLISH');
  const cases: [name: string, args: string][] = [
    ['Setup', `id: "${setup}"`],
    ['DataStorage', `id: "${storage}", protocolIds: ["${protocol}"]`],
    ['Project', `id: "${project}", attributeIds: ["${setup}"]`],
  ];
  for (const [type, args] of cases) {
    const { digest } = (await act(owner, `publish${type}`, args)).impact;
    const confirmed = `${args}, confirm: true, ifImpact: "${digest}"`;
    for (const changed of [true, false])
      expect(await act(owner, `publish${type}`, confirmed)).toMatchObject({ changed, isPublic: true });
    // Not even asked again.
    expect(await act(owner, `publish${type}`, `${args}, ifImpact: "${digest}"`)).toMatchObject({
      changed: false,
      confirmationRequired: false,
    });
  }
  for (const changed of [true, false])
    expect(await act(owner, 'revokeProject', `id: "${project}"`)).toMatchObject({ changed, isPublic: false });
});

test('a revoke counts at once, and says what stays public through other projects', async () => {
  const { project, other, session, shared } = await aProject(stage.lab);
  const owner = viewerWith(await stage.lab.person('Olga', 'OWNER', [project, other]), 'PUBLISH');
  for (const id of [project, other]) await act(owner, 'publishProject', `id: "${id}", confirm: true`);
  const done = await act(owner, 'revokeProject', `id: "${project}"`);
  expect(done).toMatchObject({
    changed: true,
    isPublic: false,
    impact: { sessions: 1, subjects: 1 },
    stillPublic: { sessions: 1, modules: 1 },
  });
  expect([await visible(project), await visible(session), await visible(shared)]).toEqual([false, false, true]);
  const rows = await stage.database.dataSource.query<unknown[]>(
    `SELECT "is_public", "published_at", "first_published_at" IS NOT NULL AS "once" FROM "project" WHERE "id" = $1`,
    [project],
  );
  expect(rows).toEqual([{ is_public: false, published_at: null, once: true }]);
});

test('a data storage opens and closes with the protocols that are named', async () => {
  const { storage, protocol } = await aProject(stage.lab);
  const second = await stage.lab.add('DataStorageProtocol', {
    dataStorageId: storage,
    protocol: 'https',
    path: 'https://example.org',
    order: 1,
  });
  const owner = viewerWith(await stage.lab.person('Olga', 'OWNER', [storage]), 'PUBLISH');
  await act(owner, 'publishDataStorage', `id: "${storage}", confirm: true, protocolIds: ["${second}"]`);
  expect([await visible(storage), await visible(protocol), await visible(second)]).toEqual([true, false, true]);
  await act(owner, 'publishDataStorage', `id: "${storage}", confirm: true, protocolIds: ["${protocol}"]`);
  expect(await visible(protocol)).toBe(true);
  await act(owner, 'revokeDataStorage', `id: "${storage}", protocolIds: ["${second}"]`);
  expect([await visible(storage), await visible(protocol), await visible(second)]).toEqual([true, true, false]);
  await act(owner, 'revokeDataStorage', `id: "${storage}"`);
  expect([await visible(storage), await visible(protocol)]).toEqual([false, false]);
  expect(
    code(
      await stage.server.ask(
        owner,
        mutation('publishDataStorage', `id: "${storage}", confirm: true, protocolIds: ["${storage}"]`),
      ),
    ),
  ).toBe('BAD_USER_INPUT');
});

test('the history tells owners who did what when, outlives a revoke, and is shown to nobody else', async () => {
  const { project } = await aProject(stage.lab);
  const owner = viewerWith(await stage.lab.person('Olga', 'OWNER', [project]), 'PUBLISH');
  const member = viewerWith(await stage.lab.person('Mia', 'MEMBER', [project]), 'READ');
  await act(owner, 'publishProject', `id: "${project}", confirm: true`);
  await act(owner, 'revokeProject', `id: "${project}"`);
  const query = `{ project(id: "${project}") { visibilityHistory { nodes { action actor userName user { name } } } } }`;
  expect((await stage.server.ask(owner, query)).data).toEqual({
    project: {
      visibilityHistory: {
        nodes: [
          { action: 'REVOKE', actor: 'USER', userName: 'Olga', user: { name: 'Olga' } },
          { action: 'PUBLISH', actor: 'USER', userName: 'Olga', user: { name: 'Olga' } },
        ],
      },
    },
  });
  // A cursor tells the place in the record of this project alone.
  const cursor = (place: number): string => Buffer.from(`[${place}]`).toString('base64url');
  const page = async (asked: string): Promise<unknown> => {
    const asking = `visibilityHistory(${asked}) { totalCount edges { cursor node { action } } pageInfo { hasNextPage hasPreviousPage } }`;
    return (await stage.server.ask(owner, `{ project(id: "${project}") { ${asking} } }`)).data!['project'];
  };
  const holds = (place: number, action: string, hasPreviousPage: boolean, hasNextPage: boolean): object => {
    const edges = [{ cursor: cursor(place), node: { action } }];
    return { visibilityHistory: { totalCount: 2, edges, pageInfo: { hasNextPage, hasPreviousPage } } };
  };
  expect(await page('first: 1')).toEqual(holds(2, 'REVOKE', false, true));
  expect(await page(`first: 1, after: "${cursor(2)}"`)).toEqual(holds(1, 'PUBLISH', true, false));
  expect(await page('last: 1')).toEqual(holds(1, 'PUBLISH', true, false));
  expect((await stage.server.ask(member, query)).data).toEqual({ project: { visibilityHistory: null } });
});

describe('who may not', () => {
  const cases: [who: string, make: (project: string) => Promise<Viewer>, expected: string][] = [
    ['anonymous', async () => anonymous, 'UNAUTHENTICATED'],
    ['a stranger', async () => viewerWith(await stage.lab.person('Sam'), 'PUBLISH'), 'NOT_FOUND'],
    [
      'a member',
      async (project) => viewerWith(await stage.lab.person('Mia', 'MEMBER', [project]), 'PUBLISH'),
      'FORBIDDEN',
    ],
    [
      'a contributor',
      async (project) => viewerWith(await stage.lab.person('Cleo', 'CONTRIBUTOR', [project]), 'PUBLISH'),
      'FORBIDDEN',
    ],
    [
      'a manager',
      async (project) => viewerWith(await stage.lab.person('Max', 'MANAGER', [project]), 'PUBLISH'),
      'FORBIDDEN',
    ],
    [
      'an owner without the scope',
      async (project) => viewerWith(await stage.lab.person('Olga', 'OWNER', [project]), 'READ', 'WRITE'),
      'FORBIDDEN',
    ],
    [
      'an administrator',
      async () => ({ kind: 'user', userId: await stage.lab.person('Ada'), isAdministrator: true, scopes: ['PUBLISH'] }),
      'NOT_FOUND',
    ],
  ];
  test.each(cases)('%s', async (_who, make, expected) => {
    const { project } = await aProject(stage.lab);
    const viewer = await make(project);
    for (const name of ['publishProject', 'revokeProject']) {
      const args = name === 'publishProject' ? `id: "${project}", confirm: true` : `id: "${project}"`;
      const answer = await stage.server.ask(viewer, mutation(name, args));
      expect(code(answer)).toBe(expected);
      const unknown = await stage.server.ask(
        viewer,
        mutation(name, args.replace(project, project.replace(/.{12}$/, '000000000000'))),
      );
      if (expected === 'NOT_FOUND') expect(unknown).toEqual(answer);
    }
    expect(await visible(project)).toBe(false);
    const events = await stage.database.dataSource.query<unknown[]>(
      `SELECT 1 FROM "publication_event" WHERE "object_id" = $1`,
      [project],
    );
    expect(events).toEqual([]);
  });
});

test('what is said of a revoke of protocols is true of the storage', async () => {
  const { storage, protocol } = await aProject(stage.lab);
  const owner = viewerWith(await stage.lab.person('Olga', 'OWNER', [storage]), 'READ', 'PUBLISH');
  await act(owner, 'publishDataStorage', `id: "${storage}", confirm: true, protocolIds: ["${protocol}"]`);
  for (const changed of [true, false]) {
    const done = await act(owner, 'revokeDataStorage', `id: "${storage}", protocolIds: ["${protocol}"]`);
    expect(done).toMatchObject({ changed, isPublic: true });
    expect(done.message).not.toMatch(/storage (is|was) private/);
    expect(done.message).toMatch(/protocols? .*private/);
  }
});
