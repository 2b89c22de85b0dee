import { anonymous, type Viewer } from '../../src/access/viewer';
import type { Answer } from '../stage/server';
import { aProject, openLabServer, viewerWith } from './lab';

const stage = openLabServer();

interface Explained extends Answer {
  extensions?: { access: Record<string, unknown>[] };
}

async function why(viewer: Viewer, query: string, viewAs?: string): Promise<Explained> {
  const response = await stage.server.send(viewer, query, undefined, {
    'stemgraph-explain': 'access',
    ...(viewAs !== undefined && { 'stemgraph-view-as': viewAs }),
  });
  return response.json<Explained>();
}

test('another value of the header is refused, rather than answered as if there were nothing to explain', async () => {
  const response = await stage.server.app.inject({
    url: '/graphql?query={__typename}',
    headers: { 'stemgraph-explain': 'yes', 'apollo-require-preflight': 'true' },
  });
  expect([response.statusCode, response.json()]).toEqual([
    400,
    {
      errors: [
        {
          message: 'Stemgraph-Explain takes `access`, `cost`, or both: `access, cost`.',
          extensions: { code: 'BAD_USER_INPUT' },
        },
      ],
    },
  ]);
});

const sessionQuery = (id: string): string =>
  `{ session(id: "${id}") { behaviors { nodes { setup { name } notes } } dataStorages { nodes { name } } projects { nodes { name } } } }`;

test('a member is told why a setup reads as null, without its id or name', async () => {
  const { project, session, setup } = await aProject(stage.lab);
  const member = viewerWith(await stage.lab.person('Mia', 'MEMBER', [project]), 'READ');
  const answer = await why(member, sessionQuery(session));
  expect(answer.data).toEqual({
    session: {
      behaviors: { nodes: [{ setup: null, notes: null }] },
      dataStorages: { nodes: [] },
      projects: { nodes: [{ name: 'Sleep' }] },
    },
  });
  expect(answer.extensions!.access).toEqual([
    {
      path: ['session', 'behaviors', 'nodes', 0, 'setup'],
      type: 'Setup',
      reason: 'PRIVATE_ATTRIBUTE',
      message: expect.stringContaining('not shared') as string,
      changeableBy: 'its owners',
    },
  ]);
  expect(JSON.stringify(answer)).not.toContain(setup);
  expect(JSON.stringify(answer)).not.toContain('Secret box');
});

test('a list from which something is left out says so once, however much it is', async () => {
  const { project, session, storage } = await aProject(stage.lab);
  const another = await stage.lab.add('DataStorage', { name: 'Another' });
  for (const [position, id] of [storage, another].entries())
    await stage.lab.link('session_data_storage', { session_id: session, data_storage_id: id, position });
  const member = viewerWith(await stage.lab.person('Mia', 'MEMBER', [project]), 'READ');
  const answer = await why(member, sessionQuery(session));
  const { access } = answer.extensions!;
  // In whatever order they were missed.
  expect(access.filter(({ path }) => (path as unknown[]).length === 2)).toMatchObject([
    { path: ['session', 'dataStorages'], type: 'DataStorage', reason: 'PRIVATE_ATTRIBUTE', changeableBy: 'its owners' },
  ]);
  for (const id of [storage, another]) expect(JSON.stringify(answer)).not.toContain(id);
});

test('that a session is also in a project of others is no reason to tell: isShared says it, to owners', async () => {
  const { project, other, shared } = await aProject(stage.lab);
  for (const role of ['MEMBER', 'OWNER']) {
    const viewer = viewerWith(await stage.lab.person('Mia', role, [project]), 'READ');
    expect((await why(viewer, sessionQuery(shared))).extensions).toBeUndefined();
  }
  const ofBoth = viewerWith(await stage.lab.person('Bea', 'MEMBER', [project, other]), 'READ');
  const answer = await why(ofBoth, sessionQuery(shared), `public; publish=${project}`);
  expect(answer.extensions!.access).toMatchObject([
    { path: ['session', 'projects'], type: 'Project', reason: 'PRIVATE_PROJECT', id: other },
  ]);
});

test('through the eyes of the public an owner is told what they could share', async () => {
  const { project, session, setup } = await aProject(stage.lab);
  const owner = viewerWith(await stage.lab.person('Olga', 'OWNER', [project, setup]), 'READ');
  const answer = await why(owner, sessionQuery(session), `public; publish=${project}`);
  expect(answer.data).toMatchObject({ session: { behaviors: { nodes: [{ setup: null }] } } });
  expect(answer.extensions!.access).toMatchObject([
    { type: 'Setup', id: setup, name: 'Secret box', changeableBy: 'you' },
  ]);
});

test('a field that takes a higher role says which', async () => {
  const { project } = await aProject(stage.lab);
  const member = viewerWith(await stage.lab.person('Mia', 'MEMBER', [project]), 'READ');
  const answer = await why(member, `{ project(id: "${project}") { version } }`);
  expect(answer.extensions!.access).toMatchObject([
    { path: ['project', 'version'], reason: 'ROLE_TOO_LOW', changeableBy: 'its owners' },
  ]);
});

test('of very much that is hidden no more is told than a thousand entries', async () => {
  const { session, project, setup } = await aProject(stage.lab);
  for (let count = 0; count < 60; count += 1) await stage.lab.add('Behavior', { sessionId: session, setupId: setup });
  const owner = viewerWith(await stage.lab.person('Olga', 'OWNER', [project, setup]), 'READ');
  const often = Array.from({ length: 20 }, (_, index) => `b${index}: behaviors(first: 1) { totalCount }`).join(' ');
  const answer = await why(owner, `{ setup(id: "${setup}") { ${often} } }`, `public; publish=${setup}`);
  expect(Object.keys(answer.data!['setup'] as object)).toHaveLength(20);
  expect(answer.extensions!.access).toHaveLength(1000);
});

describe('nobody else is told anything', () => {
  test('and nothing is looked for: how long that takes would tell how much is hidden', async () => {
    const { setup } = await aProject(stage.lab);
    await stage.database.dataSource.query(`UPDATE "setup" SET "is_public" = TRUE WHERE "id" = $1`, [setup]);
    const stranger = viewerWith(await stage.lab.person('Sam'), 'READ');
    const query = `{ setup(id: "${setup}") { behaviors { totalCount } setupType { name } } species { nodes { subjects { totalCount } } } }`;
    const before = stage.server.statements.length;
    expect((await why(stranger, query)).extensions).toBeUndefined();
    // What is left out of a list is looked at up to so many, for whoever is told of it.
    const looksForThem = (text: string): boolean => text.includes('LIMIT 1001');
    expect(stage.server.statements.slice(0, before).some(looksForThem)).toBe(true);
    expect(stage.server.statements.slice(before).filter(looksForThem)).toEqual([]);
  });

  test('strangers and anonymous read the same with the header as without', async () => {
    const { project, session } = await aProject(stage.lab);
    await stage.database.dataSource.query(
      `UPDATE "project" SET "is_public" = TRUE, "published_at" = now(), "first_published_at" = now() WHERE "id" = $1`,
      [project],
    );
    const stranger = viewerWith(await stage.lab.person('Sam'), 'READ');
    const plain = await stage.server.ask(anonymous, sessionQuery(session));
    expect(await why(anonymous, sessionQuery(session))).toEqual(plain);
    expect(await why(stranger, sessionQuery(session))).toEqual(plain);
  });

  test('a hidden id is explained to nobody', async () => {
    const { other } = await aProject(stage.lab);
    const stranger = viewerWith(await stage.lab.person('Sam'), 'READ');
    expect((await why(stranger, `{ project(id: "${other}") { name } }`)).extensions).toBeUndefined();
  });
});
