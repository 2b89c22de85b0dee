import { claimInvitations } from '../../src/people/accept.service';
import { sendInvitationsWith, type InvitationMail } from '../../src/people/invitation-mail';
import type { Viewer } from '../../src/access/viewer';
import { newId } from '../../src/model/ids';
import { acting, aWorld, belongs, code, message, openStage, type Stage, type World } from './stage';

let stage: Stage;
let world: World;
beforeAll(async () => {
  stage = await openStage();
});
beforeEach(async () => {
  await stage.clear();
  world = await aWorld(stage);
});
afterAll(() => stage.close());

const fields = `{ id role acceptedAt expiresAt invitedEmail containerName
  invitedBy { id } user { id } group { id } container { id } }`;
const invite = async (viewer: Viewer, guest: string, role = 'CONTRIBUTOR'): Promise<string> => {
  const call = `inviteMember(containerId: "${world.project}", ${guest}, role: ${role})`;
  return (await stage.done<{ id: string }>(viewer, call, fields)).id;
};
const accept = async (viewer: Viewer, id: string): Promise<string> =>
  code(await stage.run(viewer, `acceptInvitation(id: "${id}")`, `{ ... on Membership ${fields} }`));
const idOf = (viewer: Viewer): string => (viewer.kind === 'user' ? viewer.userId : '');
const listed = async (viewer: Viewer): Promise<Record<string, unknown>[]> => {
  const answer = await stage.server.ask(
    viewer,
    `{ viewer { invitations { __typename ... on Membership ${fields} ... on GroupMembership { id joins: group { name } } } } }`,
  );
  expect(answer.errors).toBeUndefined();
  return (answer.data!['viewer'] as { invitations: Record<string, unknown>[] }).invitations;
};
const sees = async (viewer: Viewer): Promise<boolean> =>
  (await stage.server.ask(viewer, `{ project(id: "${world.project}") { id } }`)).data!['project'] !== null;
const claim = (viewer: Viewer, email: string, emailVerified = true): Promise<number> =>
  stage.dataSource.transaction((manager) => claimInvitations(manager, idOf(viewer), { email, emailVerified }));
const expire = (id: string): Promise<unknown> =>
  stage.dataSource.query(`UPDATE "membership" SET "expires_at" = now() - interval '1 second' WHERE "id" = $1`, [id]);

test('an invitation grants nothing until it is accepted, and says what it is to', async () => {
  const { owner, stranger } = world.viewers;
  const id = await invite(owner, `userId: "${idOf(stranger)}"`);
  expect(await sees(stranger)).toBe(false);
  expect(await listed(stranger)).toEqual([
    expect.objectContaining({
      id,
      role: 'CONTRIBUTOR',
      acceptedAt: null,
      containerName: 'Hidden sleep',
      container: null,
      invitedBy: { id: idOf(owner) },
    }),
  ]);
  expect(JSON.stringify(await listed(stranger))).not.toContain(world.project);
  expect(await accept(stranger, id)).toBe('done');
  expect(await sees(stranger)).toBe(true);
  expect(await listed(stranger)).toEqual([]);
  const once = await stage.dump();
  expect(await accept(stranger, id)).toBe('done');
  expect(await stage.dump()).toBe(once);
  expect(code(await stage.run(stranger, `declineInvitation(id: "${id}")`))).toBe('CONFLICT');
});

test('others do not see what somebody is invited to', async () => {
  const { stranger, member } = world.viewers;
  const seen = await stage.server.ask(
    stranger,
    `{ user(id: "${idOf(world.invited)}") { invitations { __typename } } }`,
  );
  expect(seen.data).toEqual({ user: { invitations: null } });
  const node = `{ node(id: "${world.rows.invitation}") { id } }`;
  expect((await stage.server.ask(stranger, node)).data).toEqual({ node: null });
  expect((await stage.server.ask(member, node)).data).toEqual({ node: { id: world.rows.invitation } });
});

test('a declined invitation is gone', async () => {
  expect(await stage.done(world.invited, `declineInvitation(id: "${world.rows.invitation}")`)).toBe(
    world.rows.invitation,
  );
  expect(await accept(world.invited, world.rows.invitation)).toBe('NOT_FOUND');
});

test('a group accepts by a manager of it; its members get the role, later ones do not slip in', async () => {
  const { lab } = stage;
  const [manager, member] = [
    acting(await lab.add('User', { name: 'M' })),
    acting(await lab.add('User', { name: 'N' })),
  ];
  await belongs(lab, world.otherGroup, idOf(manager), 'MANAGER');
  await belongs(lab, world.otherGroup, idOf(member), 'MEMBER');
  const first = await invite(world.viewers.owner, `groupId: "${world.otherGroup}"`);
  expect(await listed(manager)).toHaveLength(1);
  expect(await listed(member)).toEqual([]);
  expect(await accept(member, first)).toBe('NOT_FOUND');
  const late = acting(await lab.add('User', { name: 'Late' }));
  await new Promise((resolve) => setTimeout(resolve, 5));
  const late_ = await belongs(lab, world.otherGroup, idOf(late), 'MEMBER');
  expect(await accept(manager, first)).toBe('CONFLICT');
  await stage.dataSource.query(`DELETE FROM "group_membership" WHERE "id" = $1`, [late_]);
  expect(await accept(manager, first)).toBe('done');
  expect([await sees(manager), await sees(member), await sees(late)]).toEqual([true, true, false]);
});

test('an expired invitation is not listed, named or accepted, and a new one takes its place', async () => {
  const { owner } = world.viewers;
  await expire(world.rows.invitation);
  expect(await listed(world.invited)).toEqual([]);
  const node = `{ node(id: "${world.rows.invitation}") { ... on Membership { containerName container { id } } } }`;
  expect((await stage.server.ask(world.invited, node)).data).toEqual({
    node: { containerName: null, container: null },
  });
  const before = await stage.dump();
  expect(await accept(world.invited, world.rows.invitation)).toBe('CONFLICT');
  expect(await stage.dump()).toBe(before);
  const again = await invite(owner, `userId: "${idOf(world.invited)}"`);
  expect(await accept(world.invited, again)).toBe('done');
});

test.each([
  ['is demoted', `UPDATE "membership" SET "role" = 'MEMBER' WHERE "user_id" = $1`],
  ['is made a manager, who may not grant it', `UPDATE "membership" SET "role" = 'MANAGER' WHERE "user_id" = $1`],
  ['is removed', `DELETE FROM "membership" WHERE "user_id" = $1`],
  ['is deleted', `DELETE FROM "user" WHERE "id" = $1`],
])('an invitation lapses when the inviter %s', async (_what, statement) => {
  const { owner, stranger } = world.viewers;
  const id = await invite(owner, `userId: "${idOf(stranger)}"`, 'MANAGER');
  await stage.dataSource.query(statement, [idOf(owner)]);
  const before = await stage.dump();
  expect(await accept(stranger, id)).toBe('CONFLICT');
  expect(await stage.dump()).toBe(before);
});

test('an invitation to a group lapses when the inviter may not grant what the group holds by then', async () => {
  const { lab } = stage;
  const [manager, guest] = [acting(await lab.add('User', { name: 'M' })), acting(world.guest)];
  await belongs(lab, world.otherGroup, idOf(manager), 'MANAGER');
  const call = `inviteGroupMember(groupId: "${world.otherGroup}", userId: "${world.guest}", role: MEMBER)`;
  const { id } = await stage.done<{ id: string }>(manager, call, '{ id }');
  const held = await lab.add('Membership', {
    projectId: world.project,
    groupId: world.otherGroup,
    role: 'CONTRIBUTOR',
    acceptedAt: new Date(),
  });
  expect(await listed(guest)).toEqual([{ __typename: 'GroupMembership', id, joins: { name: 'Others' } }]);
  expect(await accept(guest, id)).toBe('CONFLICT');
  await stage.dataSource.query(`DELETE FROM "membership" WHERE "id" = $1`, [held]);
  expect(await accept(guest, id)).toBe('done');
});

test('whoever is a member or invited is not invited again by id', async () => {
  const { owner, member, manager } = world.viewers;
  for (const guest of [idOf(member), idOf(world.invited)]) {
    const call = `inviteMember(containerId: "${world.project}", userId: "${guest}", role: MEMBER)`;
    expect(code(await stage.run(manager, call, '{ id }'))).toBe('CONFLICT');
    expect(code(await stage.run(owner, call, '{ id }'))).toBe('CONFLICT');
  }
});

test('an address that is known and one that is not are answered alike, also after it is claimed', async () => {
  const { owner, member, stranger } = world.viewers;
  await stage.dataSource.query(`UPDATE "user" SET "email" = 'known1@example.org' WHERE "id" = $1`, [idOf(stranger)]);
  await stage.dataSource.query(`UPDATE "user" SET "email" = 'known2@example.org' WHERE "id" = $1`, [idOf(member)]);
  const masked = (body: string): string =>
    body.replace(/[0-9a-f-]{36}|\d{4}-\d\d-\d\dT[\d:.]+Z/g, '#').replace(/known\d|nobody/g, 'X');
  const bodies: string[] = [];
  const ids: string[] = [];
  for (const name of ['nobody', 'known1', 'known2']) {
    const call = `mutation { result: inviteMember(containerId: "${world.project}", email: "${name}@Example.ORG", role: MEMBER) { membership ${fields} } }`;
    const { body } = await stage.server.send(owner, call);
    bodies.push(masked(body));
    ids.push((JSON.parse(body) as { data: { result: { membership: { id: string } } } }).data.result.membership.id);
  }
  expect(bodies[0]).toContain('"invitedEmail":"X@example.org"');
  expect(new Set(bodies).size).toBe(1);
  await claim(stranger, 'known1@example.org');
  await claim(member, 'known2@example.org');
  const later = await Promise.all(
    ids.map(
      async (id) => (await stage.server.send(owner, `{ node(id: "${id}") { ... on Membership ${fields} } }`)).body,
    ),
  );
  expect(new Set(later.map(masked)).size).toBe(1);
  // The member finds out on their side only.
  expect(await accept(member, ids[2]!)).toBe('CONFLICT');
  expect(await accept(stranger, ids[1]!)).toBe('done');
});

test('an invited address is seen by the inviter, and by nobody else', async () => {
  const { owner, manager, member, ownerThroughGroup, stranger } = world.viewers;
  const id = await invite(manager, 'email: " Ada@Example.org "');
  await claim(stranger, 'ada@example.org');
  for (const [viewer, expected] of [
    [manager, 'ada@example.org'],
    [owner, null],
    [ownerThroughGroup, null],
    [member, null],
    [stranger, null],
  ] as const) {
    const answer = await stage.server.ask(
      viewer,
      `{ node(id: "${id}") { ... on Membership { invitedEmail user { id } } } }`,
    );
    expect(answer.data).toEqual({ node: { invitedEmail: expected, user: null } });
  }
  const twice = `inviteMember(containerId: "${world.project}", email: "ADA@example.org", role: MEMBER)`;
  expect(code(await stage.run(manager, twice, '{ id }'))).toBe('CONFLICT');
  expect(code(await stage.run(owner, twice, '{ id }'))).toBe('done');
});

test('an address is claimed by whoever verified it, and by nobody else', async () => {
  const { owner, stranger } = world.viewers;
  const guest = acting(world.guest);
  const id = await invite(owner, 'email: "ada@example.org"');
  const call = `inviteGroupMember(groupId: "${world.group}", email: "ada@example.org", role: MEMBER)`;
  const group = await stage.done<{ id: string }>(world.viewers.ownerThroughGroup, call, '{ id }');
  const before = await stage.dump();
  expect(await claim(guest, 'ada@example.org', false)).toBe(0);
  expect(await claim(guest, 'ada@example.org.evil')).toBe(0);
  expect(await claim(owner, 'ada@example.org')).toBe(1); // not their own invitation, but that to the group
  await stage.dataSource.query(`UPDATE "group_membership" SET "claimed_by_id" = NULL`);
  expect(await stage.dump()).toBe(before);
  expect(await listed(guest)).toEqual([]);
  expect(await accept(guest, id)).toBe('NOT_FOUND');
  expect(await claim(guest, 'ADA@example.org')).toBe(2);
  expect(await claim(stranger, 'ada@example.org')).toBe(0);
  expect(await listed(guest)).toHaveLength(2);
  expect(await accept(stranger, id)).toBe('NOT_FOUND');
  expect(await accept(guest, id)).toBe('done');
  expect(await accept(guest, group.id)).toBe('done');
  expect(await sees(guest)).toBe(true);
  const stored = await stage.dataSource.query<unknown[]>(
    `SELECT 1 FROM "membership" WHERE "invited_email" IS NOT NULL OR "claimed_by_id" IS NOT NULL`,
  );
  expect(stored).toEqual([]);
});

test('an address that only looks like the invited one to Unicode is another', async () => {
  const guest = acting(world.guest);
  await invite(world.viewers.owner, 'email: "kim@example.org"');
  // The Kelvin sign: normalized it is a K, in lower case a k.
  expect(await claim(guest, '\u212aim@example.org')).toBe(0);
  expect(await claim(guest, 'KIM@example.org')).toBe(1);
});

test('an expired invitation cannot be claimed', async () => {
  const id = await invite(world.viewers.owner, 'email: "ada@example.org"');
  await expire(id);
  expect(await claim(acting(world.guest), 'ada@example.org')).toBe(0);
});

test('of several invitations to one place, the accepted one stays', async () => {
  const guest = acting(world.guest);
  const byId = await invite(world.viewers.owner, `userId: "${world.guest}"`, 'MEMBER');
  const byAddress = await invite(world.viewers.manager, 'email: "ada@example.org"');
  await claim(guest, 'ada@example.org');
  expect(await accept(guest, byAddress)).toBe('done');
  expect(await accept(guest, byId)).toBe('NOT_FOUND');
  expect(await listed(guest)).toEqual([]);
});

test('mail is sent by a hook that nobody waits for; without one, none is', async () => {
  const sent: InvitationMail[] = [];
  const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 20));
  await invite(world.viewers.owner, 'email: "before@example.org"');
  sendInvitationsWith((mail) => {
    sent.push(mail);
    throw new Error('The mail server is down.');
  });
  try {
    const id = await invite(world.viewers.owner, 'email: "ada@example.org"');
    await invite(world.viewers.owner, `userId: "${world.guest}"`);
    await stage.run(
      world.viewers.member,
      `inviteMember(containerId: "${world.project}", email: "no@example.org", role: MEMBER)`,
      '{ id }',
    );
    await settled();
    expect(sent).toEqual([{ id, to: 'ada@example.org', invitedById: idOf(world.viewers.owner) }]);
  } finally {
    sendInvitationsWith(undefined);
  }
});

test('nobody buries what others were sent: who has a hundred open invitations sends no more', async () => {
  const { owner, stranger } = world.viewers;
  await stage.dataSource.query(
    `INSERT INTO "membership" ("id", "project_id", "invited_email", "role", "invited_by_id", "expires_at")
     SELECT n."id", $2, n."place" || '@example.org', 'MEMBER', $3, now() + interval '1 day'
     FROM unnest($1::uuid[]) WITH ORDINALITY AS n ("id", "place")`,
    [Array.from({ length: 100 }, () => newId('Membership')), world.project, idOf(owner)],
  );
  const call = `inviteMember(containerId: "${world.project}", userId: "${idOf(stranger)}", role: MEMBER)`;
  expect(message(await stage.run(owner, call, '{ id }'))).toContain('nobody has answered');
  await stage.dataSource.query(`DELETE FROM "membership" WHERE "invited_email" IN ('7@example.org', '8@example.org')`);
  expect(code(await stage.run(owner, call, '{ id }'))).toBe('done');
});
