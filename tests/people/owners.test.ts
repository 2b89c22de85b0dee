import type { Viewer } from '../../src/access/viewer';
import { deleteUser } from '../../src/people/delete-user';
import { acting, belongs, code, holds, openStage, type Stage } from './stage';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
beforeEach(() => stage.clear());
afterAll(() => stage.close());

const rounds = 20;
const project = (): Promise<string> => stage.lab.add('Project', { name: 'Sleep' });
const person = (): Promise<string> => stage.lab.add('User', { name: 'Somebody' });
const deleting = (userId: string): Promise<string> =>
  stage.dataSource
    .transaction((manager) => deleteUser(manager, userId))
    .then(
      () => 'done',
      (error: Error & { extensions?: { code: string } }) => error.extensions?.code ?? error.message,
    );

interface Pair {
  project: string;
  users: [string, string];
  rows: [string, string];
}

/** A project with two owners. */
async function twoOwners(): Promise<Pair> {
  const id = await project();
  const users: [string, string] = [await person(), await person()];
  const rows: [string, string] = [
    await holds(stage.lab, id, { userId: users[0] }, 'OWNER'),
    await holds(stage.lab, id, { userId: users[1] }, 'OWNER'),
  ];
  return { project: id, users, rows };
}

const calls: [what: string, call: (pair: Pair, index: 0 | 1) => string, fields: string][] = [
  ['remove each other', ({ rows }, index) => `removeMember(membershipId: "${rows[1 - index]!}")`, ''],
  ['leave', ({ project }) => `leave(containerId: "${project}")`, ''],
  ['demote each other', ({ rows }, index) => changing(rows[1 - index]!), '{ id }'],
  ['demote themselves', ({ rows }, index) => changing(rows[index]), '{ id }'],
];
const changing = (id: string): string => `changeMemberRole(membershipId: "${id}", role: MEMBER)`;

test.each(calls)('two owners who %s at the same moment: one stays', async (_what, call, fields) => {
  for (let round = 0; round < rounds; round += 1) {
    const pair = await twoOwners();
    const answers = await Promise.all(
      ([0, 1] as const).map((index) => stage.run(acting(pair.users[index]), call(pair, index), fields)),
    );
    expect(await stage.owners(pair.project)).toBe(1);
    expect(answers.map(code).filter((one) => one === 'done')).toHaveLength(1);
    expect(['CONFLICT', 'NOT_FOUND', 'FORBIDDEN']).toContain(answers.map(code).find((one) => one !== 'done'));
  }
});

test('two owners whose accounts are deleted at the same moment: one stays', async () => {
  for (let round = 0; round < rounds; round += 1) {
    const { project: id, users } = await twoOwners();
    expect((await Promise.all(users.map(deleting))).sort()).toEqual(['CONFLICT', 'done']);
    expect(await stage.owners(id)).toBe(1);
  }
});

test('the last owner cannot leave, be removed or be demoted; an invited owner does not count', async () => {
  const { project: id, users, rows } = await twoOwners();
  const owner = acting(users[0]);
  await stage.done(owner, `removeMember(membershipId: "${rows[1]}")`);
  await stage.done(owner, `inviteMember(containerId: "${id}", userId: "${users[1]}", role: OWNER)`, '{ id }');
  const before = await stage.dump();
  for (const call of [`leave(containerId: "${id}")`, `removeMember(membershipId: "${rows[0]}")`]) {
    expect(code(await stage.run(owner, call))).toBe('CONFLICT');
  }
  expect(code(await stage.run(owner, changing(rows[0]), '{ id }'))).toBe('CONFLICT');
  expect(await deleting(users[0])).toBe('CONFLICT');
  expect(await stage.dump()).toBe(before);
});

interface Owned {
  project: string;
  group: string;
  users: string[];
  groupRows: string[];
  row: string;
}

/** A project that only a group owns. Without roles, the group has no owner of its own, as after an import. */
async function ownedByGroup(...groupRoles: string[]): Promise<Owned> {
  const id = await project();
  const group = await stage.lab.add('Group', { name: 'Owners' });
  const users = await Promise.all(groupRoles.map(person));
  const groupRows: string[] = [];
  for (const [index, role] of groupRoles.entries())
    groupRows.push(await belongs(stage.lab, group, users[index]!, role));
  return { project: id, group, users, groupRows, row: await holds(stage.lab, id, { groupId: group }, 'OWNER') };
}

test('a group that alone owns something is not emptied, deleted or removed', async () => {
  const owned = await ownedByGroup('OWNER');
  const before = await stage.dump();
  const attempts = [
    `leaveGroup(groupId: "${owned.group}")`,
    `removeGroupMember(groupMembershipId: "${owned.groupRows[0]!}")`,
    `deleteGroup(id: "${owned.group}")`,
    `removeMember(membershipId: "${owned.row}")`,
  ];
  for (const call of attempts)
    expect([call, code(await stage.run(acting(owned.users[0]!), call))]).toEqual([call, 'CONFLICT']);
  expect(code(await stage.run(acting(owned.users[0]!), changing(owned.row), '{ id }'))).toBe('CONFLICT');
  expect(await deleting(owned.users[0]!)).toBe('CONFLICT');
  expect(await stage.dump()).toBe(before);
});

test('with another owner, the same is done', async () => {
  const owned = await ownedByGroup('OWNER');
  await holds(stage.lab, owned.project, { userId: await person() }, 'OWNER');
  expect(await stage.done(acting(owned.users[0]!), `deleteGroup(id: "${owned.group}")`)).toBe(owned.group);
  expect(await stage.owners(owned.project)).toBe(1);
});

test('the last two members of an owning group leave at the same moment: one stays', async () => {
  for (let round = 0; round < rounds; round += 1) {
    const { project: id, group, users } = await ownedByGroup('MEMBER', 'MEMBER');
    const answers = await Promise.all(users.map((user) => stage.run(acting(user), `leaveGroup(groupId: "${group}")`)));
    expect(answers.map(code).sort()).toEqual(['CONFLICT', 'done']);
    expect(await stage.owners(id)).toBe(1);
  }
});

test.each([
  ['remove', (row: string) => `removeGroupMember(groupMembershipId: "${row}")`, ''],
  ['demote', (row: string) => `changeGroupMemberRole(groupMembershipId: "${row}", role: MEMBER)`, '{ id }'],
])('two owners of a group %s each other at the same moment: one stays', async (_what, call, fields) => {
  for (let round = 0; round < rounds; round += 1) {
    const group = await stage.lab.add('Group', { name: 'Two' });
    const users = [await person(), await person()];
    const rows: string[] = [];
    for (const user of users) rows.push(await belongs(stage.lab, group, user, 'OWNER'));
    const answers = await Promise.all(users.map((user, i) => stage.run(acting(user), call(rows[1 - i]!), fields)));
    expect(answers.map(code).filter((one) => one === 'done')).toHaveLength(1);
  }
});

test('the owner and the last member of the owning group go at the same moment, in any way: one stays', async () => {
  const ways: ((owner: string, owned: Owned) => Promise<string>[])[] = [
    (owner, { project: id, group, users }) => [
      stage.run(acting(owner), `leave(containerId: "${id}")`).then(code),
      stage.run(acting(users[0]!), `leaveGroup(groupId: "${group}")`).then(code),
    ],
    (owner, { users }) => [deleting(owner), deleting(users[0]!)],
    (owner, { project: id, users }) => [
      stage.run(acting(owner), `leave(containerId: "${id}")`).then(code),
      deleting(users[0]!),
    ],
  ];
  for (let round = 0; round < rounds; round += 1) {
    const owned = await ownedByGroup('MEMBER');
    const owner = await person();
    await holds(stage.lab, owned.project, { userId: owner }, 'OWNER');
    const answers = await Promise.all(ways[round % ways.length]!(owner, owned));
    expect(answers.sort()).toEqual(['CONFLICT', 'done']);
    expect(await stage.owners(owned.project)).toBeGreaterThan(0);
  }
});

test('a group accepts ownership while it is emptied and the owner goes: the project keeps one', async () => {
  for (let round = 0; round < rounds; round += 1) {
    const id = await project();
    const [owner, manager] = [await person(), await person()];
    const group = await stage.lab.add('Group', { name: 'Owners' });
    await belongs(stage.lab, group, manager, 'MANAGER');
    await holds(stage.lab, id, { userId: owner }, 'OWNER');
    const invitation = await stage.lab.add('Membership', {
      projectId: id,
      groupId: group,
      role: 'OWNER',
      invitedById: owner,
      expiresAt: new Date(Date.now() + 1e8),
    });
    const answers = await Promise.all([
      stage.run(acting(manager), `acceptInvitation(id: "${invitation}")`, '{ __typename }'),
      stage.run(acting(manager), `leaveGroup(groupId: "${group}")`),
      stage.run(acting(owner), `leave(containerId: "${id}")`),
    ]);
    expect(await stage.owners(id)).toBeGreaterThan(0);
    // Whoever has left meanwhile may find that they can no longer read what they accepted: no other failure is known.
    expect(answers.slice(1).map(code)).not.toContain('INTERNAL_SERVER_ERROR');
  }
});

test('an account is deleted with its roles; the last owner of a group stays', async () => {
  const { project: id, users } = await twoOwners();
  expect(await deleting(users[0])).toBe('done');
  expect(await stage.owners(id)).toBe(1);
  expect(await deleting(users[0])).toBe('NOT_FOUND');
  const group = await stage.lab.add('Group', { name: 'Two' });
  const [owner, member] = [await person(), await person()];
  await belongs(stage.lab, group, owner, 'OWNER');
  await belongs(stage.lab, group, member, 'MEMBER');
  expect(await deleting(owner)).toBe('CONFLICT');
  expect(await deleting(member)).toBe('done');
  // Nobody else belongs to the group: it goes with its last member, rather than be nobody's.
  expect(await deleting(owner)).toBe('done');
  expect(await stage.dataSource.query(`SELECT 1 FROM "group" WHERE "id" = $1`, [group])).toEqual([]);
});

test('every kind of personal attribute has its members', async () => {
  const setupType = await stage.lab.add('SetupType', {
    name: `Box ${Math.random()}`,
    category: 'UNKNOWN',
    isApproved: true,
  });
  const owner = await person();
  for (const [type, column, extra] of [
    ['BehavioralParadigm', 'behavioralParadigmId', { setupTypeId: setupType }],
    ['Setup', 'setupId', { setupTypeId: setupType }],
    ['DataStorage', 'dataStorageId', {}],
    ['Inventory', 'inventoryId', {}],
  ] as const) {
    const id = await stage.lab.add(type, { name: type, ...extra });
    await stage.lab.add('Membership', { [column]: id, userId: owner, role: 'OWNER', acceptedAt: new Date() });
    const viewer: Viewer = acting(owner);
    const guest = await person();
    const { id: row } = await stage.done<{ id: string }>(
      viewer,
      `inviteMember(containerId: "${id}", userId: "${guest}", role: OWNER)`,
      '{ id containerName }',
    );
    await stage.done(acting(guest), `acceptInvitation(id: "${row}")`, '{ __typename }');
    await stage.done(viewer, `leave(containerId: "${id}")`);
    expect(code(await stage.run(acting(guest), `leave(containerId: "${id}")`))).toBe('CONFLICT');
  }
});
