import { lettingPublish } from '../../src/access/letting-publish';
import type { Scope, Viewer } from '../../src/access/viewer';
import { belongs, code, holds, message, openStage, type Stage } from '../people/stage';
import { viewerWith } from '../publishing/lab';

/**
 * Somebody holds a token that may write, but not publish, of an owner: what could they do with it to have a project
 * published by an account of their own?
 */
let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());

interface Scene {
  project: string;
  group: string;
  owner: string;
  accomplice: string;
}

/** A project with an owner, and a group that owns it too, in which the owner is one. */
async function scene(): Promise<Scene> {
  const { lab } = stage;
  const [project, group] = [await lab.add('Project', { name: 'Lab' }), await lab.add('Group', { name: 'Crew' })];
  const [owner, accomplice] = [await lab.add('User', { name: 'Olga' }), await lab.add('User', { name: 'Mallory' })];
  await holds(lab, project, { userId: owner }, 'OWNER');
  await holds(lab, project, { groupId: group }, 'OWNER');
  await belongs(lab, group, owner, 'OWNER');
  return { project, group, owner, accomplice };
}

const pending = { invitedById: '', expiresAt: new Date(Date.now() + 1e8) };
const writing = (userId: string): Viewer => viewerWith(userId, 'READ', 'WRITE');
const everything: readonly Scope[] = ['READ', 'WRITE', 'PUBLISH'];

interface Way {
  /** Makes the call ready; returns it with who sends it. */
  call(
    scene: Scene,
  ): Promise<{ by: string; call: string; fields: string }> | { by: string; call: string; fields: string };
}

const link = async (set: Scene, type: 'Subject' | 'Session', isNew: boolean) => {
  const other = await stage.lab.add('Project', { name: 'Shared with Mallory' });
  for (const userId of [set.owner, set.accomplice]) await holds(stage.lab, other, { userId }, 'OWNER');
  const species = await stage.lab.add('Species', { name: `Mus ${Math.random()}`, isApproved: true });
  const fields = '{ changed }';
  if (isNew) {
    const rest = type === 'Subject' ? `, sex: UNKNOWN, speciesId: "${species}"` : '';
    const input = `{ name: "New", projectIds: ["${set.project}", "${other}"]${rest} }`;
    return { by: set.owner, call: `create${type}(input: ${input})`, fields };
  }
  const id = await stage.lab.add(type, {
    name: 'One',
    ...(type === 'Subject' && { speciesId: species, sex: 'UNKNOWN' }),
  });
  const table = type.toLowerCase();
  await stage.lab.link(`project_${table}`, { project_id: set.project, [`${table}_id`]: id });
  return { by: set.owner, call: `link${type}(id: "${id}", projectId: "${other}")`, fields };
};

/** One way or several for each mutation of which the server says that it can let somebody publish. */
const ways: Record<keyof typeof lettingPublish, Record<string, Way['call']>> = {
  inviteMember: {
    'a user': ({ project, owner, accomplice }) => ({
      by: owner,
      call: `inviteMember(containerId: "${project}", userId: "${accomplice}", role: OWNER)`,
      fields: '{ id }',
    }),
    'an address': ({ project, owner }) => ({
      by: owner,
      call: `inviteMember(containerId: "${project}", email: "mallory@example.org", role: OWNER)`,
      fields: '{ id }',
    }),
    'a group': async ({ project, owner, accomplice }) => {
      const groupId = await stage.lab.add('Group', { name: 'Gang' });
      await belongs(stage.lab, groupId, accomplice, 'OWNER');
      return {
        by: owner,
        call: `inviteMember(containerId: "${project}", groupId: "${groupId}", role: OWNER)`,
        fields: '{ id }',
      };
    },
  },
  changeMemberRole: {
    'of a manager': async ({ project, owner, accomplice }) => ({
      by: owner,
      call: `changeMemberRole(membershipId: "${await holds(stage.lab, project, { userId: accomplice }, 'MANAGER')}", role: OWNER)`,
      fields: '{ id }',
    }),
  },
  inviteGroupMember: {
    'as a mere member': ({ group, owner, accomplice }) => ({
      by: owner,
      call: `inviteGroupMember(groupId: "${group}", userId: "${accomplice}", role: MEMBER)`,
      fields: '{ id }',
    }),
  },
  acceptInvitation: {
    'to be an owner': async ({ project, owner, accomplice }) => {
      const invitation = await stage.lab.add('Membership', {
        ...pending,
        projectId: project,
        userId: accomplice,
        role: 'OWNER',
        invitedById: owner,
      });
      return { by: accomplice, call: `acceptInvitation(id: "${invitation}")`, fields: '{ __typename }' };
    },
    'for a group': async ({ project, owner, accomplice }) => {
      const groupId = await stage.lab.add('Group', { name: 'Gang' });
      await belongs(stage.lab, groupId, accomplice, 'OWNER');
      const invitation = await stage.lab.add('Membership', {
        ...pending,
        projectId: project,
        groupId,
        role: 'OWNER',
        invitedById: owner,
        createdAt: new Date(Date.now() + 1000),
      });
      return { by: accomplice, call: `acceptInvitation(id: "${invitation}")`, fields: '{ __typename }' };
    },
    'to a group that owns': async ({ group, owner, accomplice }) => {
      const invitation = await stage.lab.add('GroupMembership', {
        ...pending,
        groupId: group,
        userId: accomplice,
        role: 'MEMBER',
        invitedById: owner,
        createdAt: new Date(Date.now() + 1000),
      });
      return { by: accomplice, call: `acceptInvitation(id: "${invitation}")`, fields: '{ __typename }' };
    },
  },
  createSubject: { 'in both': (set) => link(set, 'Subject', true) },
  createSession: { 'in both': (set) => link(set, 'Session', true) },
  linkSubject: { 'to both': (set) => link(set, 'Subject', false) },
  linkSession: { 'to both': (set) => link(set, 'Session', false) },
};

const all = Object.entries(ways).flatMap(([mutation, some]) =>
  Object.entries(some).map(([how, call]) => [mutation, how, call] as const),
);

test.each(all)('%s, %s, takes the scope PUBLISH, and says so', async (mutation, _how, make) => {
  expect(lettingPublish).toHaveProperty(mutation);
  const { by, call, fields } = await make(await scene());
  const before = await stage.dump();
  for (const viewer of [
    writing(by),
    { ...writing(by), byProvider: true },
    { ...writing(by), isAdministrator: true },
  ] as Viewer[]) {
    const refused = await stage.run(viewer, call, fields);
    expect([code(refused), message(refused)]).toEqual(['FORBIDDEN', expect.stringContaining('the scope PUBLISH')]);
  }
  expect(await stage.dump()).toBe(before);
  expect(code(await stage.run(viewerWith(by, ...everything), call, fields))).toBe('done');
});

test('what lets nobody publish takes WRITE alone, as before', async () => {
  const set = await scene();
  const { lab } = stage;
  const owner = writing(set.owner);
  const member = await holds(lab, set.project, { userId: await lab.add('User', { name: 'Mia' }) }, 'MEMBER');
  const [group, target] = [await lab.add('Group', { name: 'Readers' }), await lab.add('Project', { name: 'Same' })];
  await belongs(lab, group, set.owner, 'OWNER');
  // The same owners, one of them through the same group.
  await holds(lab, target, { userId: set.owner }, 'OWNER');
  await holds(lab, target, { groupId: set.group }, 'OWNER');
  const session = await lab.add('Session', { name: 'One' });
  await lab.link('project_session', { project_id: set.project, session_id: session });
  const calls: [call: string, fields: string][] = [
    [`inviteMember(containerId: "${set.project}", userId: "${set.accomplice}", role: MANAGER)`, '{ id }'],
    [`changeMemberRole(membershipId: "${member}", role: MANAGER)`, '{ id }'],
    [`inviteGroupMember(groupId: "${group}", userId: "${set.accomplice}", role: OWNER)`, '{ id }'],
    [`linkSession(id: "${session}", projectId: "${target}")`, '{ changed }'],
    [`linkSession(id: "${session}", projectId: "${target}")`, '{ changed }'],
    [`createSession(input: { name: "New", projectIds: ["${set.project}", "${target}"] })`, '{ changed }'],
  ];
  for (const [call, fields] of calls)
    expect([call, code(await stage.run(owner, call, fields))]).toEqual([call, 'done']);
});

test('an invitation to a group that owned nothing lets nobody in once it owns something', async () => {
  const { lab } = stage;
  const set = await scene();
  const group = await lab.add('Group', { name: 'Later' });
  await belongs(lab, group, set.owner, 'OWNER');
  const { id } = await stage.done<{ id: string }>(
    writing(set.owner),
    `inviteGroupMember(groupId: "${group}", userId: "${set.accomplice}", role: MEMBER)`,
    '{ id }',
  );
  const held = await holds(lab, set.project, { groupId: group }, 'MANAGER');
  await stage.done(
    viewerWith(set.owner, ...everything),
    `changeMemberRole(membershipId: "${held}", role: OWNER)`,
    '{ id }',
  );
  const accepted = await stage.run(
    viewerWith(set.accomplice, ...everything),
    `acceptInvitation(id: "${id}")`,
    '{ __typename }',
  );
  expect(code(accepted)).toBe('CONFLICT');
});
