import { newId } from '../../src/model/ids';
import { anonymous, type Viewer } from '../../src/access/viewer';
import { viewerWith } from '../publishing/lab';
import {
  acting,
  aWorld,
  belongs,
  code,
  holds,
  message,
  openStage,
  type Persona,
  type Stage,
  type World,
} from './stage';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
beforeEach(() => stage.clear());
afterAll(() => stage.close());

const codes = {
  '-': 'done',
  U: 'UNAUTHENTICATED',
  N: 'NOT_FOUND',
  F: 'FORBIDDEN',
  C: 'CONFLICT',
} as const;
const personas: readonly Persona[] = [
  'anonymous',
  'stranger',
  'member',
  'contributor',
  'manager',
  'owner',
  'ownerThroughGroup',
  'ownerWithoutScope',
];

/** What each persona, in the order above, is answered. */
const onContainers: [what: string, expected: string, call: (world: World) => string, fields?: string][] = [
  ['invite a member', 'UNFF---F', ({ project, guest }) => inviting(project, `userId: "${guest}"`, 'MEMBER'), '{ id }'],
  [
    'invite a contributor',
    'UNFF---F',
    ({ project, guest }) => inviting(project, `userId: "${guest}"`, 'CONTRIBUTOR'),
    '{ id }',
  ],
  [
    'invite a manager',
    'UNFFF--F',
    ({ project, guest }) => inviting(project, `userId: "${guest}"`, 'MANAGER'),
    '{ id }',
  ],
  ['invite an owner', 'UNFFF--F', ({ project, guest }) => inviting(project, `userId: "${guest}"`, 'OWNER'), '{ id }'],
  [
    'invite a group',
    'UNFF---F',
    ({ project, otherGroup }) => inviting(project, `groupId: "${otherGroup}"`, 'MEMBER'),
    '{ id }',
  ],
  ['invite an address', 'UNFF---F', ({ project }) => inviting(project, 'email: "a@example.org"', 'MEMBER'), '{ id }'],
  ['make a member contributor', 'UNFF---F', ({ rows }) => changing(rows.member, 'CONTRIBUTOR'), '{ id }'],
  ['make a contributor member', 'UNFF---F', ({ rows }) => changing(rows.contributor, 'MEMBER'), '{ id }'],
  ['make a member manager', 'UNFFF--F', ({ rows }) => changing(rows.member, 'MANAGER'), '{ id }'],
  ['make a member owner', 'UNFFF--F', ({ rows }) => changing(rows.member, 'OWNER'), '{ id }'],
  ['make a manager member', 'UNFFF--F', ({ rows }) => changing(rows.manager, 'MEMBER'), '{ id }'],
  ['make an owner member', 'UNFFF--F', ({ rows }) => changing(rows.owner, 'MEMBER'), '{ id }'],
  ['change an invitation', 'UNFFCCCF', ({ rows }) => changing(rows.invitation, 'MEMBER'), '{ id }'],
  ['remove a member', 'UNFF---F', ({ rows }) => removing(rows.member)],
  ['remove a contributor', 'UNFF---F', ({ rows }) => removing(rows.contributor)],
  ['remove a manager', 'UNFFF--F', ({ rows }) => removing(rows.manager)],
  ['remove an owner', 'UNFFF--F', ({ rows }) => removing(rows.owner)],
  ['take back an invitation', 'UNFF---F', ({ rows }) => removing(rows.invitation)],
  ['leave', 'UN----CF', ({ project }) => `leave(containerId: "${project}")`],
  [
    'accept what another is invited to',
    'UNFFFFFF',
    ({ rows }) => `acceptInvitation(id: "${rows.invitation}")`,
    '{ ... on Membership { id } }',
  ],
  ['decline what another is invited to', 'UNFFFFFF', ({ rows }) => `declineInvitation(id: "${rows.invitation}")`],
];

const inviting = (place: string, guest: string, role: string): string =>
  `inviteMember(containerId: "${place}", ${guest}, role: ${role})`;
const changing = (id: string, role: string): string => `changeMemberRole(membershipId: "${id}", role: ${role})`;
const removing = (id: string): string => `removeMember(membershipId: "${id}")`;

async function expectAnswer(viewer: Viewer, call: string, fields: string | undefined, sign: string): Promise<void> {
  const before = await stage.dump();
  const answer = await stage.run(viewer, call, fields);
  expect(`${code(answer)} ${message(answer)}`).toContain(codes[sign as keyof typeof codes]);
  const after = await stage.dump();
  if (sign === '-') expect(after).not.toBe(before);
  else expect(after).toBe(before);
}

describe.each(onContainers)('%s', (_what, expected, call, fields) => {
  test.each(personas.map((persona, index) => [persona, expected[index]!] as const))('%s: %s', async (persona, sign) => {
    const world = await aWorld(stage);
    await expectAnswer(world.viewers[persona], call(world), fields, sign);
  });
});

test('on a public project strangers are told FORBIDDEN, and still see nobody', async () => {
  const { project, rows, guest, viewers } = await aWorld(stage);
  await stage.dataSource.query(
    `UPDATE "project" SET "is_public" = TRUE, "published_at" = now(), "first_published_at" = now() WHERE "id" = $1`,
    [project],
  );
  await expectAnswer(viewers.stranger, inviting(project, `userId: "${guest}"`, 'MEMBER'), '{ id }', 'F');
  await expectAnswer(viewers.stranger, `leave(containerId: "${project}")`, '', 'F');
  await expectAnswer(viewers.stranger, removing(rows.member), '', 'N');
});

test('what is hidden and what does not exist are answered with the same bytes', async () => {
  const { project, rows, guest, viewers } = await aWorld(stage);
  const pairs: [real: string, unknown: string, call: (id: string) => string][] = [
    [project, newId('Project'), (id) => inviting(id, `userId: "${guest}"`, 'MEMBER')],
    [project, newId('Project'), (id) => `leave(containerId: "${id}")`],
    [rows.member, newId('Membership'), (id) => changing(id, 'MEMBER')],
    [rows.member, newId('Membership'), (id) => removing(id)],
    [rows.invitation, newId('Membership'), (id) => `acceptInvitation(id: "${id}")`],
    [rows.invitation, newId('Membership'), (id) => `declineInvitation(id: "${id}")`],
  ];
  for (const [real, unknown, call] of pairs) {
    const [hidden, missing] = [real, unknown].map((id) =>
      stage.server.send(viewers.stranger, `mutation { ${call(id)} { changed } }`),
    );
    const [one, other] = [await hidden!, await missing!];
    expect(one.body).toContain('NOT_FOUND');
    expect(one.body).toBe(other.body);
    expect(one.statusCode).toBe(other.statusCode);
  }
});

test('nobody raises themself: not by their own row, not by inviting themself', async () => {
  const { project, viewers } = await aWorld(stage);
  const mine = async (viewer: Viewer): Promise<string> => {
    const userId = viewer.kind === 'user' ? viewer.userId : '';
    const [row] = await stage.dataSource.query<{ id: string }[]>(`SELECT "id" FROM "membership" WHERE "user_id" = $1`, [
      userId,
    ]);
    return row!.id;
  };
  for (const [persona, role] of [
    ['member', 'CONTRIBUTOR'],
    ['contributor', 'MANAGER'],
    ['manager', 'OWNER'],
  ] as const) {
    await expectAnswer(viewers[persona], changing(await mine(viewers[persona]), role), '{ id }', 'F');
  }
  // An owner through a group who is a mere member on their own stays one, whatever becomes of the group.
  const through = viewers.ownerThroughGroup as Viewer & { kind: 'user' };
  await expectAnswer(through, inviting(project, `userId: "${through.userId}"`, 'OWNER'), '{ id }', 'F');
  const own = await holds(stage.lab, project, { userId: through.userId }, 'MEMBER');
  await expectAnswer(through, changing(own, 'OWNER'), '{ id }', 'F');
});

/** In the order: anonymous, stranger, member, manager, owner, owner without the scope WRITE. */
const onGroups: [what: string, expected: string, call: (world: GroupWorld) => string, fields?: string][] = [
  ['make a group', 'U----F', () => 'createGroup(input: { name: "Mine" })', '{ id name }'],
  ['rename it', 'UFFF-F', ({ group }) => `updateGroup(id: "${group}", input: { name: "New" })`, '{ id }'],
  ['delete it', 'UFFF-F', ({ group }) => `deleteGroup(id: "${group}")`],
  ['invite a member', 'UFF--F', (world) => joining(world, 'MEMBER'), '{ id }'],
  ['invite a manager', 'UFFF-F', (world) => joining(world, 'MANAGER'), '{ id }'],
  ['invite an owner', 'UFFF-F', (world) => joining(world, 'OWNER'), '{ id }'],
  [
    'invite an address',
    'UFF--F',
    ({ group }) => `inviteGroupMember(groupId: "${group}", email: "x@example.org", role: MEMBER)`,
    '{ id }',
  ],
  ['make a member manager', 'UNFF-F', ({ rows }) => promoting(rows.member, 'MANAGER'), '{ id }'],
  ['make a manager member', 'UNFF-F', ({ rows }) => promoting(rows.manager, 'MEMBER'), '{ id }'],
  ['remove a member', 'UNF--F', ({ rows }) => `removeGroupMember(groupMembershipId: "${rows.member}")`],
  ['remove a manager', 'UNFF-F', ({ rows }) => `removeGroupMember(groupMembershipId: "${rows.manager}")`],
  ['leave it', 'UF--CF', ({ group }) => `leaveGroup(groupId: "${group}")`],
];

interface GroupWorld {
  group: string;
  guest: string;
  rows: { member: string; manager: string };
  viewers: Viewer[];
}

const joining = ({ group, guest }: GroupWorld, role: string): string =>
  `inviteGroupMember(groupId: "${group}", userId: "${guest}", role: ${role})`;
const promoting = (id: string, role: string): string =>
  `changeGroupMemberRole(groupMembershipId: "${id}", role: ${role})`;

async function aGroupWorld(): Promise<GroupWorld> {
  const { lab } = stage;
  const group = await lab.add('Group', { name: 'Group' });
  const person = (): Promise<string> => lab.add('User', { name: 'Somebody' });
  const [stranger, member, manager, owner] = [await person(), await person(), await person(), await person()];
  await belongs(lab, group, member, 'MEMBER');
  await belongs(lab, group, manager, 'MANAGER');
  await belongs(lab, group, owner, 'OWNER');
  return {
    group,
    guest: await person(),
    rows: {
      member: await belongs(lab, group, await person(), 'MEMBER'),
      manager: await belongs(lab, group, await person(), 'MANAGER'),
    },
    viewers: [anonymous, acting(stranger), acting(member), acting(manager), acting(owner), viewerWith(owner, 'READ')],
  };
}

describe.each(onGroups)('of a group, %s', (_what, expected, call, fields) => {
  test.each(['anonymous', 'stranger', 'member', 'manager', 'owner', 'ownerWithoutScope'].map((who, i) => [who, i]))(
    `%s (%i of ${expected})`,
    async (_who, index) => {
      const world = await aGroupWorld();
      await expectAnswer(world.viewers[index]!, call(world), fields, expected[index]!);
    },
  );
});

test('whoever adds a user to a group must be allowed to grant every role that it holds', async () => {
  const { lab } = stage;
  const world = await aGroupWorld();
  const manager = world.viewers[3]!;
  const project = await lab.add('Project', { name: 'Held by the group' });
  await holds(lab, project, { userId: await lab.add('User', { name: 'Owner' }) }, 'OWNER');
  const held = await holds(lab, project, { groupId: world.group }, 'MANAGER');
  await expectAnswer(manager, joining(world, 'MEMBER'), '{ id }', 'F');
  await stage.dataSource.query(`UPDATE "membership" SET "role" = 'CONTRIBUTOR' WHERE "id" = $1`, [held]);
  await expectAnswer(manager, joining(world, 'MEMBER'), '{ id }', 'F');
  await holds(lab, project, { userId: manager.kind === 'user' ? manager.userId : '' }, 'MANAGER');
  await expectAnswer(manager, joining(world, 'MEMBER'), '{ id }', '-');
});

test.each([
  ['nobody', 'inviteMember(containerId: "PROJECT", role: MEMBER)'],
  ['two at once', 'inviteMember(containerId: "PROJECT", userId: "GUEST", email: "a@example.org", role: MEMBER)'],
  ['what is no address', 'inviteMember(containerId: "PROJECT", email: "ada", role: MEMBER)'],
  ['what is no id', 'inviteMember(containerId: "PROJECT", userId: "ada", role: MEMBER)'],
  ['a name of blanks', 'createGroup(input: { name: "  " })'],
  ['a name that is too long', `createGroup(input: { name: "${'x'.repeat(201)}" })`],
])('a call that names %s is BAD_USER_INPUT', async (_what, call) => {
  const { project, guest, viewers } = await aWorld(stage);
  const answer = await stage.run(viewers.owner, call.replace('PROJECT', project).replace('GUEST', guest), '{ id }');
  expect(code(answer)).toBe('BAD_USER_INPUT');
});
