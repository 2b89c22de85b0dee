import { anonymous, type Viewer } from '../../src/access/viewer';
import { createTestDatabase, type TestDatabase } from '../stage/database';
import { startTestServer, type TestServer } from '../stage/server';
import { adding } from './adding';

/*
 * Nothing is asked of a hidden row: whatever takes long, or fails, would tell of it. A function that fails on the texts of
 * hidden rows, and looks as cheap as can be to the planner, stands here for one that takes long.
 */

let database: TestDatabase;
let server: TestServer;
const add = adding(() => database);
let viewer: Viewer;
let member: Viewer;
beforeAll(async () => {
  database = await createTestDatabase();
  server = await startTestServer(database.dataSource);
  const [userId] = await add('User', [{ name: 'Stranger', email: 'stranger@example.org' }]);
  viewer = { kind: 'user', userId: userId!, isAdministrator: false };
  const published = { isPublic: true, publishedAt: new Date(), firstPublishedAt: new Date() };
  const [open, , own] = await add('Project', [
    { name: 'Seen', ...published },
    { name: 'Hidden one' },
    { name: 'Seen by its member' },
  ]);
  const [seen, hidden, ofMember] = await add('Session', [{ name: 'Seen' }, { name: 'Hidden one' }, { name: 'Seen' }]);
  const [memberId] = await add('User', [{ name: 'Member', email: 'member@example.org' }]);
  member = { kind: 'user', userId: memberId!, isAdministrator: false };
  await add('Membership', [{ projectId: own, userId: memberId, role: 'MEMBER', acceptedAt: new Date() }]);
  const [species, proposed] = await add('Species', [{ name: 'Seen', isApproved: true }, { name: 'Hidden one' }]);
  const [strange, plain] = await add('Subject', [
    { name: 'Seen', sex: 'MALE', speciesId: proposed },
    { name: 'Seen', sex: 'MALE', speciesId: species },
  ]);
  await add('Subject', [{ name: 'Hidden one', sex: 'MALE', speciesId: species }]);
  const [setupTypeId] = await add('SetupType', [{ name: 'Seen', category: 'HEAD_FIXED_AWAKE', isApproved: true }]);
  const [setup] = await add('Setup', [{ name: 'Hidden one', setupTypeId }]);
  await database.dataSource.query(`INSERT INTO "project_session" (project_id, session_id) VALUES ($1, $2), ($3, $4)`, [
    open,
    seen,
    own,
    ofMember,
  ]);
  for (const subject of [strange, plain]) {
    await database.dataSource.query(`INSERT INTO "project_subject" (project_id, subject_id) VALUES ($1, $2)`, [
      open,
      subject,
    ]);
    await database.dataSource.query(`INSERT INTO "session_subject" (session_id, subject_id) VALUES ($1, $2)`, [
      seen,
      subject,
    ]);
  }
  await add('Behavior', [
    { sessionId: seen, setupId: setup, order: 1, type: 'Unspecified' },
    { sessionId: hidden, setupId: setup, order: 1, type: 'Unspecified' },
  ]);
  await database.dataSource
    .query(`CREATE OR REPLACE FUNCTION folded(given text) RETURNS text LANGUAGE plpgsql IMMUTABLE COST 0.0001 AS $$
    BEGIN IF given LIKE 'Hidden%' THEN RAISE EXCEPTION 'asked of a hidden row'; END IF; RETURN lower(given); END $$`);
});
afterAll(async () => {
  await server.close();
  await database.drop();
});

const name = { equals: 'seen' };
const names = { in: ['seen'] };
const viewers: [string, () => Viewer][] = [
  ['anonymous', () => anonymous],
  ['a stranger', () => viewer],
  ['a member of something else', () => member],
];
describe.each(viewers)('for %s', (_who, asker) => {
  test.each([
    ['projects', 'Project', { name }],
    ['sessions', 'Session', { name }],
    ['sessions', 'Session', { or: [{ name }, { not: { name } }] }],
    ['sessions', 'Session', { behaviors: { some: { setup: { name } } } }],
    ['sessions', 'Session', { behaviors: { none: { setup: { name } } } }],
    ['sessions', 'Session', { behaviors: { every: { setup: { name } } } }],
    ['sessions', 'Session', { projects: { some: { name } } }],
    ['sessions', 'Session', { subjects: { some: { name, species: { name } } } }],
    ['subjects', 'Subject', { species: { name: names }, strain: { name: names } }],
    ['projects', 'Project', { members: { some: { user: { name } } } }],
    ['setups', 'Setup', { name }],
    ['behaviors', 'Behavior', { session: { name } }],
  ])('%s: %# asks nothing of what is hidden', async (list, type, where) => {
    const query = `query ($where: ${type}Where) { ${list}(where: $where) { totalCount nodes { id } } }`;
    const { errors } = await server.ask(asker(), query, { where });
    expect(errors).toBeUndefined();
  });

  test('an order asks nothing of what is hidden', async () => {
    const { errors } = await server.ask(asker(), '{ sessions(orderBy: [{ field: NAME }]) { nodes { id } } }');
    expect(errors).toBeUndefined();
  });
});

test('whoever sees it asks it of that', async () => {
  const [userId] = await add('User', [{ name: 'Owner', email: 'owner@example.org' }]);
  const [{ id: projectId }] = await database.dataSource.query<[{ id: string }]>(
    `SELECT "id" FROM "project" WHERE "name" = 'Hidden one'`,
  );
  await add('Membership', [{ projectId, userId, role: 'OWNER', acceptedAt: new Date() }]);
  const owner: Viewer = { kind: 'user', userId: userId!, isAdministrator: false };
  const { errors } = await server.ask(owner, '{ projects(where: { name: { equals: "x" } }) { totalCount } }');
  expect(errors).toMatchObject([{ extensions: { code: 'INTERNAL_SERVER_ERROR' } }]);
});
