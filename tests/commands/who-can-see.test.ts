import type { DataSource } from 'typeorm';
import { Access, accessInForce } from '../../src/access/access';
import { allOf, anyOf, flag, role, signedIn, userIn } from '../../src/access/rules';
import { anonymous, type Viewer } from '../../src/access/viewer';
import { compilerFor, table } from '../../src/access/compiler';
import { whoCanSee, type Sighting } from '../../src/access/who-can-see';
import { tellWhoCanSee } from '../../src/commands/who-can-see';
import { name, run, sql, TRUE, value } from '../../src/database/sql';
import { newId, typeOfId, type NodeName } from '../../src/model/ids';
import { aProject, laboratory, type Lab } from '../publishing/lab';
import { createTestDatabase, type TestDatabase } from '../stage/database';

let database: TestDatabase;
let dataSource: DataSource;
let lab: Lab;
let world: Awaited<ReturnType<typeof makeWorld>>;
beforeAll(async () => {
  database = await createTestDatabase();
  ({ dataSource } = database);
  lab = laboratory(dataSource, typeOfId);
  world = await makeWorld();
});
afterAll(() => database.drop());

/** A private and a public project that share a session, and people with every way to a role, also ways that are none. */
async function makeWorld() {
  const rows = await aProject(lab);
  const { project, other, setup, storage } = rows;
  await dataSource.query(
    `UPDATE "project" SET "is_public" = TRUE, "published_at" = now(), "first_published_at" = now() WHERE "id" = $1`,
    [other],
  );
  await dataSource.query(`UPDATE "data_storage" SET "is_public" = TRUE WHERE "id" = $1`, [storage]);
  const openProtocol = await lab.add('DataStorageProtocol', {
    dataStorageId: storage,
    protocol: 'https',
    path: 'https://example.org',
    isPublic: true,
    order: 1,
  });
  const accepted = { acceptedAt: new Date() };
  const olga = await lab.person('Olga Berg', 'OWNER', [project, setup]);
  const mia = await lab.person('Mia', 'MEMBER', [project]);
  const gina = await lab.person('Gina');
  const pending = await lab.person('Pending');
  const pendingInGroup = await lab.person('Pending in the group');
  await lab.person('Sam');
  const ada = await lab.add('User', { name: 'Ada', isAdministrator: true });
  const proposer = await lab.person('Proposer');
  const group = await lab.add('Group', { name: 'Septal lab' });
  const invitedGroup = await lab.add('Group', { name: 'Invited lab' });
  await lab.add('Membership', { projectId: project, groupId: group, role: 'CONTRIBUTOR', ...accepted });
  await lab.add('Membership', { dataStorageId: storage, groupId: group, role: 'MEMBER', ...accepted });
  await lab.add('Membership', { projectId: project, groupId: invitedGroup, role: 'OWNER' });
  const invitation = await lab.add('Membership', { projectId: project, userId: pending, role: 'OWNER' });
  const inGroup = await lab.add('GroupMembership', { groupId: group, userId: gina, role: 'MEMBER', ...accepted });
  await lab.add('GroupMembership', { groupId: group, userId: pendingInGroup, role: 'OWNER' });
  await lab.add('GroupMembership', { groupId: invitedGroup, userId: mia, role: 'OWNER', ...accepted });
  const credited = await lab.person('Credited');
  await lab.add('Contributor', { projectId: other, name: 'Credited', userId: credited });
  const leader = await lab.person('Leader');
  const laboratoryId = await lab.add('Laboratory', { name: 'Sleep lab', groupId: group });
  await lab.link('laboratory_principal_investigator', { laboratory_id: laboratoryId, user_id: leader });
  const proposed = await lab.add('Species', { name: 'Mus novus', isApproved: false, proposedById: proposer });
  const approved = await lab.add('Species', { name: 'Mus vetus', isApproved: true, proposedById: proposer });
  const token = await lab.add('AccessToken', {
    userId: olga,
    name: 'Laptop',
    hash: 'a'.repeat(64),
    scopes: ['READ'],
    expiresAt: new Date(Date.now() + 1e9),
  });
  const equipment = await lab.add('Equipment', { setupId: setup, name: 'Lamp', type: 'Laser', schemaVersion: '1.0.0' });
  const epoch = await lab.add('Epoch', { sessionId: rows.shared, name: 'Rest' });
  const people = { olga, mia, gina, pending, ada, proposer, credited, leader };
  const things = {
    openProtocol,
    group,
    invitation,
    inGroup,
    laboratoryId,
    proposed,
    approved,
    token,
    equipment,
    epoch,
  };
  return { ...rows, ...people, ...things };
}

async function everyViewer(): Promise<Viewer[]> {
  const users = await dataSource.query<{ id: string; isAdministrator: boolean }[]>(
    `SELECT "id", "is_administrator" AS "isAdministrator" FROM "user"`,
  );
  return [
    anonymous,
    ...users.map(({ id, isAdministrator }): Viewer => ({ kind: 'user', userId: id, isAdministrator })),
  ];
}

const sees = (sightings: readonly Sighting[], viewer: Viewer): boolean =>
  sightings.some(({ audience }) =>
    typeof audience === 'string'
      ? audience === 'everybody' || viewer.kind === 'user'
      : viewer.kind === 'user' && viewer.userId === audience.userId,
  );

/** What the SQL condition says. */
async function conditionSays(access: Access, viewer: Viewer, type: NodeName, id: string): Promise<boolean> {
  const t = Symbol(type);
  const rows = await run<{ verdict: boolean }>(
    dataSource,
    sql`SELECT (${compilerFor(access, viewer).rows(type, t)}) IS TRUE AS "verdict" FROM ${table(type, t)} WHERE ${name(t, 'id')} = ${value(id, 'uuid')}`,
  );
  return rows[0]!.verdict;
}

/** Who sees what by the two, for every object of the world and every user. */
async function compare(access: Access): Promise<{ seen: number; hidden: number; differences: string[] }> {
  const viewers = await everyViewer();
  const result = { seen: 0, hidden: 0, differences: [] as string[] };
  for (const [name, id] of Object.entries(world)) {
    const type = typeOfId(id)!;
    const sightings = (await whoCanSee(dataSource.manager, access, type, id))!;
    for (const viewer of viewers) {
      const said = await conditionSays(access, viewer, type, id);
      result[said ? 'seen' : 'hidden'] += 1;
      if (said !== sees(sightings, viewer)) result.differences.push(`${name}: ${JSON.stringify(viewer)}`);
    }
  }
  return result;
}

test('it agrees with the policy about every object and every user', async () => {
  const { seen, hidden, differences } = await compare(accessInForce);
  expect(differences).toEqual([]);
  expect(seen).toBeGreaterThan(50);
  expect(hidden).toBeGreaterThan(50);
});

test('it follows the rules that are in force, whatever they are', async () => {
  const { policy, permissions, roleConditions } = accessInForce;
  const others = {
    ...policy,
    Project: anyOf(allOf(flag('isPublic'), signedIn), role('OWNER')),
    Setup: allOf(signedIn, role('MEMBER')),
    Species: allOf(anyOf(flag('isApproved'), userIn('proposedById')), signedIn),
  };
  const lax = { ...roleConditions, accepted: () => TRUE, groupAccepted: () => TRUE };
  const changed = new Access(others, permissions, lax);
  expect((await compare(changed)).differences).toEqual([]);
  const before = await whoCanSee(dataSource.manager, accessInForce, 'Project', world.other);
  const after = await whoCanSee(dataSource.manager, changed, 'Project', world.other);
  expect([before, after].map((sight) => sight!.map(({ name }) => name))).toEqual([
    ['everybody'],
    ['every signed-in user'],
  ]);
});

test('it tells the reasons in words', async () => {
  expect(await tellWhoCanSee(dataSource, world.session)).toEqual([
    'Who can see the session "Night":',
    'Gina — CONTRIBUTOR of project "Sleep" through the group "Septal lab"',
    'Mia — MEMBER of project "Sleep"',
    'Olga Berg — OWNER of project "Sleep"',
  ]);
  expect(await tellWhoCanSee(dataSource, world.shared.toUpperCase())).toEqual([
    'Who can see the session "Day":',
    'everybody — project "Other" is public',
    'Gina — CONTRIBUTOR of project "Sleep" through the group "Septal lab"',
    'Mia — MEMBER of project "Sleep"',
    'Olga Berg — OWNER of project "Sleep"',
  ]);
  expect(await tellWhoCanSee(dataSource, world.equipment)).toEqual([
    'Who can see the equipment "Lamp":',
    'Olga Berg — OWNER of setup "Secret box"',
  ]);
  expect(await tellWhoCanSee(dataSource, world.proposed)).toEqual([
    'Who can see the species "Mus novus":',
    'Ada — administrator',
    'Proposer — named as "proposed by" in species "Mus novus"',
  ]);
  expect((await tellWhoCanSee(dataSource, world.openProtocol))[1]).toMatch(
    /^everybody — data storage protocol \S+ is public, and data storage "Server" is public$/,
  );
});

test('where names are alike, ids tell them apart; where nobody sees it, it says so', async () => {
  const alone = await lab.add('Project', { name: 'Alone' });
  expect(await tellWhoCanSee(dataSource, alone)).toEqual(['Nobody can see the project "Alone".']);
  const [first, second] = [await lab.person('Twin', 'MEMBER', [alone]), await lab.person('Twin', 'OWNER', [alone])];
  expect((await tellWhoCanSee(dataSource, alone)).slice(1).sort()).toEqual(
    [`Twin (${first}) — MEMBER of project "Alone"`, `Twin (${second}) — OWNER of project "Alone"`].sort(),
  );
});

test.each([
  ['no id', 'Sleep', /^"Sleep" is no id/],
  ['an unknown id', newId('Project'), /^There is no object with the id/],
  ['an id of no type', '01890a5d-ac96-4012-8bcc-1f2e3d4c5b6a', /^There is no object with the id/],
])('%s is told in one line', async (_name, id, message) => {
  await expect(tellWhoCanSee(dataSource, id)).rejects.toThrow(message);
});
