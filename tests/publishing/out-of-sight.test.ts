import { anonymous, type Viewer } from '../../src/access/viewer';
import { aProject, openLabServer, viewerWith } from './lab';

const stage = openLabServer();

/** A project of which one session, `shared`, is in another project too, and an owner who does not see that one. */
async function aShare(): Promise<Awaited<ReturnType<typeof aProject>> & { owner: Viewer }> {
  const made = await aProject(stage.lab);
  return {
    ...made,
    owner: viewerWith(await stage.lab.person('Olga', 'OWNER', [made.project]), 'READ', 'WRITE', 'PUBLISH'),
  };
}

async function isShared(viewer: Viewer, id: string, headers = {}): Promise<unknown> {
  const query = `{ node(id: "${id}") { ... on Session { isShared } ... on Subject { isShared } } }`;
  const { body } = await stage.server.send(viewer, query, undefined, headers);
  return (JSON.parse(body) as { data: { node: { isShared: unknown } | null } }).data.node?.isShared;
}

test('owners of a project are told what of it is also in a project that they do not see, and nobody else is', async () => {
  const { project, other, session, shared, subject, owner } = await aShare();
  expect([await isShared(owner, shared), await isShared(owner, session), await isShared(owner, subject)]).toEqual([
    true,
    false,
    false,
  ]);
  for (const role of ['MEMBER', 'CONTRIBUTOR', 'MANAGER']) {
    const viewer = viewerWith(await stage.lab.person(role, role, [project]), 'READ');
    expect([role, await isShared(viewer, shared), await isShared(viewer, session)]).toEqual([role, null, null]);
  }
  // Who sees the other project as well is told nothing new: it is in their list of projects.
  const both = viewerWith(await stage.lab.person('Ben', 'OWNER', [project, other]), 'READ');
  expect(await isShared(both, shared)).toBe(false);
  const group = await stage.lab.add('Group', { name: 'Owners' });
  const userId = await stage.lab.person('Grouped');
  await stage.lab.add('GroupMembership', { groupId: group, userId, role: 'MEMBER', acceptedAt: new Date() });
  await stage.lab.add('Membership', { projectId: project, groupId: group, role: 'OWNER', acceptedAt: new Date() });
  expect(await isShared(viewerWith(userId, 'READ'), shared)).toBe(true);
  // Through the public's eyes it is what the public would read, also were the project public.
  await stage.database.dataSource.query(
    `UPDATE "project" SET "is_public" = TRUE, "published_at" = now(), "first_published_at" = now() WHERE "id" = $1`,
    [project],
  );
  expect(await isShared(anonymous, shared)).toBeNull();
  expect(await isShared(owner, shared, { 'stemgraph-view-as': 'public' })).toBeNull();
  expect(await isShared(owner, shared, { 'stemgraph-view-as': `public; publish=${project}` })).toBeNull();
});

test('an owner who has lost the other project is told so from then on, until it leaves theirs', async () => {
  const { project, other, session, owner } = await aShare();
  const userId = owner.kind === 'user' ? owner.userId : '';
  const membership = await stage.lab.add('Membership', {
    projectId: other,
    userId,
    role: 'OWNER',
    acceptedAt: new Date(),
  });
  const linked = await stage.server.ask(
    owner,
    `mutation { linkSession(id: "${session}", projectId: "${other}") { changed } }`,
  );
  expect(linked.data).toEqual({ linkSession: { changed: true } });
  expect(await isShared(owner, session)).toBe(false);
  await stage.database.dataSource.query(`DELETE FROM "membership" WHERE "id" = $1`, [membership]);
  expect(await isShared(owner, session)).toBe(true);
  const left = await stage.server.ask(
    owner,
    `mutation { unlinkSession(id: "${session}", projectId: "${project}") { changed message } }`,
  );
  expect(left.data).toEqual({
    unlinkSession: {
      changed: true,
      message: 'This session is in the project no longer. It is still in a project that is hidden from you.',
    },
  });
});

test('a contributor who takes something out of a project is not told where else it is', async () => {
  const { project, shared } = await aShare();
  const viewer = viewerWith(await stage.lab.person('Cleo', 'CONTRIBUTOR', [project]), 'READ', 'WRITE');
  const { data } = await stage.server.ask(
    viewer,
    `mutation { unlinkSession(id: "${shared}", projectId: "${project}") { message } }`,
  );
  expect(data).toEqual({ unlinkSession: { message: 'This session is in the project no longer.' } });
});

test('impact and readiness say so, in words and numbers, and name no project', async () => {
  const { project, other, shared, owner } = await aShare();
  const asked = await stage.server.ask(
    owner,
    `mutation { publishProject(id: "${project}") { message impact { sharedSessions sharedOutOfSight } } }`,
  );
  const { message, impact } = asked.data!['publishProject'] as { message: string; impact: object };
  expect(impact).toEqual({ sharedSessions: 1, sharedOutOfSight: 1 });
  expect(message).toContain(
    'Of these, 1 session and 0 subjects are also in other projects, some of them hidden from you: their owners decide for themselves.',
  );
  const { data } = await stage.server.ask(
    owner,
    `{ publishReadiness(projectId: "${project}") { code message path count object { id } } }`,
  );
  const findings = data!['publishReadiness'] as { code: string }[];
  expect(findings.filter(({ code }) => code === 'SHARED_OUT_OF_SIGHT')).toEqual([
    {
      code: 'SHARED_OUT_OF_SIGHT',
      message: 'Sessions are also in a project that is hidden from you: its owners can publish them, too.',
      path: ['sessions', 'Day', 'isShared'],
      count: 1,
      object: { id: shared },
    },
  ]);
  expect(JSON.stringify([asked, findings])).not.toContain(other);
});

test('asking it of many sessions takes as many statements as asking it of one', async () => {
  const { project, other, owner } = await aShare();
  const statementsFor = async (first: number): Promise<number> => {
    stage.server.statements.length = 0;
    const query = `{ project(id: "${project}") { sessions(first: ${first}) { nodes { isShared } } } }`;
    const { data } = await stage.server.ask(owner, query);
    expect((data!['project'] as { sessions: { nodes: unknown[] } }).sessions.nodes).toHaveLength(first);
    return stage.server.statements.length;
  };
  for (let night = 0; night < 30; night += 1) {
    const id = await stage.lab.add('Session', { name: `Night ${night}` });
    for (const one of [project, other]) await stage.lab.link('project_session', { project_id: one, session_id: id });
  }
  expect(await statementsFor(30)).toBe(await statementsFor(1));
});
