import { anonymous, type Viewer } from '../../src/access/viewer';
import { belongs, code, holds, openStage, type Stage } from '../people/stage';
import { viewerWith } from '../publishing/lab';

/** Ways in which somebody would make public, by a project of their own, what a laboratory records in its private one. */
let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());

interface Scene {
  lab: string;
  own: string;
  mallory: Viewer;
  malloryId: string;
  /** Ends Mallory's role in the laboratory's project. */
  remove(): Promise<unknown>;
}

/** A laboratory's private project, and Mallory's own, in which they have some role. */
async function scene(role: string): Promise<Scene> {
  const { lab } = stage;
  const [labProject, own] = [await lab.add('Project', { name: 'Lab' }), await lab.add('Project', { name: 'Own' })];
  const malloryId = await lab.add('User', { name: 'Mallory' });
  await holds(lab, labProject, { userId: await lab.add('User', { name: 'Olga' }) }, 'OWNER');
  await holds(lab, own, { userId: malloryId }, 'OWNER');
  const membership = await holds(lab, labProject, { userId: malloryId }, role);
  return {
    lab: labProject,
    own,
    malloryId,
    mallory: viewerWith(malloryId, 'READ', 'WRITE', 'PUBLISH'),
    remove: () => stage.dataSource.query(`DELETE FROM "membership" WHERE "id" = $1`, [membership]),
  };
}

const sessions = (project: string): Promise<unknown[]> =>
  stage.dataSource.query(`SELECT "session_id" FROM "project_session" WHERE "project_id" = $1`, [project]);

/** What anonymous viewers read of the laboratory's sessions, once Mallory has published all that is theirs. */
async function publishedOf({ mallory, own }: Scene, sessionId: string): Promise<unknown> {
  const epochId = await stage.lab.add('Epoch', { sessionId, name: 'Unpublished' });
  await stage.run(mallory, `publishProject(id: "${own}", confirm: true)`, '{ changed }');
  const { data } = await stage.server.ask(anonymous, `{ epoch(id: "${epochId}") { name } }`);
  return data!['epoch'];
}

const makeSession = async (viewer: Viewer, projects: readonly string[]): Promise<string | undefined> => {
  const answer = await stage.run(
    viewer,
    `createSession(input: { name: "Night", projectIds: ${JSON.stringify(projects)} })`,
    '{ object: session { id } }',
  );
  return (answer.data?.['result'] as { object: { id: string } } | undefined)?.object.id;
};

test.each(['MEMBER', 'CONTRIBUTOR', 'MANAGER'])(
  'a %s of the laboratory creates nothing that is in its project and in their own',
  async (role) => {
    const set = await scene(role);
    expect(await makeSession(set.mallory, [set.lab, set.own])).toBeUndefined();
    expect([await sessions(set.lab), await sessions(set.own)]).toEqual([[], []]);
  },
);

test.each(['CONTRIBUTOR', 'MANAGER'])(
  'what a %s has created in their own project cannot be linked into that of the laboratory, nor the other way',
  async (role) => {
    const set = await scene(role);
    const ways: [from: string, to: string][] = [
      [set.own, set.lab],
      [set.lab, set.own],
    ];
    for (const [from, to] of ways) {
      const session = (await makeSession(set.mallory, [from]))!;
      const answer = await stage.run(set.mallory, `linkSession(id: "${session}", projectId: "${to}")`, '{ changed }');
      expect(code(answer)).toBe('FORBIDDEN');
      expect(await sessions(to)).not.toContainEqual({ session_id: session });
      await stage.dataSource.query(`DELETE FROM "session" WHERE "id" = $1`, [session]);
    }
  },
);

test('nor by a project between: each step asks for owners of all that it is in', async () => {
  const set = await scene('CONTRIBUTOR');
  const between = await stage.lab.add('Project', { name: 'Between' });
  await holds(stage.lab, between, { userId: set.malloryId }, 'OWNER');
  const session = (await makeSession(set.mallory, [set.own, between]))!;
  const into = `linkSession(id: "${session}", projectId: "${set.lab}")`;
  expect(code(await stage.run(set.mallory, into, '{ changed }'))).toBe('FORBIDDEN');
  // Leaving the one project does not help: it is in another.
  await stage.done(set.mallory, `unlinkSession(id: "${session}", projectId: "${between}")`, '{ changed }');
  expect(code(await stage.run(set.mallory, into, '{ changed }'))).toBe('FORBIDDEN');
});

test('nor by a role that counts through a group, or no longer counts', async () => {
  const set = await scene('CONTRIBUTOR');
  const groupId = await stage.lab.add('Group', { name: 'Crew' });
  await belongs(stage.lab, groupId, set.malloryId, 'OWNER');
  await holds(stage.lab, set.lab, { groupId }, 'MANAGER');
  expect(await makeSession(set.mallory, [set.lab, set.own])).toBeUndefined();
  const session = (await makeSession(set.mallory, [set.lab]))!;
  await set.remove();
  await stage.dataSource.query(`DELETE FROM "membership" WHERE "group_id" = $1`, [groupId]);
  const link = await stage.run(set.mallory, `linkSession(id: "${session}", projectId: "${set.own}")`, '{ changed }');
  expect(code(link)).toBe('NOT_FOUND');
  expect(await publishedOf(set, session)).toBeNull();
});

test('nor by an import: a tree that names what is in another project makes something new, and moves nothing', async () => {
  const set = await scene('CONTRIBUTOR');
  const session = (await makeSession(set.mallory, [set.lab]))!;
  const tree = [
    { type: 'Project', key: set.own },
    { type: 'Session', key: session, name: 'Mine' },
    { type: 'Collection', key: 'all', name: 'All', sessions: [session] },
  ];
  const result = await stage.done<{ faults: unknown[]; created: number }>(
    set.mallory,
    `importProject(input: { entries: ${asLiteral(tree)} })`,
    '{ created faults { path code } }',
  );
  expect(result).toEqual({ created: 2, faults: [] });
  expect(await sessions(set.lab)).toEqual([{ session_id: session }]);
  expect(await sessions(set.own)).not.toContainEqual({ session_id: session });
  // Nor as a member of a collection alone.
  const referring = [
    { type: 'Project', key: set.own },
    { type: 'Collection', key: 'others', name: 'Others', sessions: [(await makeSession(set.mallory, [set.lab]))!] },
  ];
  const refused = await stage.done<{ faults: unknown[] }>(
    set.mallory,
    `importProject(input: { entries: ${asLiteral(referring)} })`,
    '{ created faults { path code } }',
  );
  expect(refused).toEqual({ created: 0, faults: [{ path: ['sessions', '0'], code: 'DISAGREES' }] });
  await set.remove();
  expect(await publishedOf(set, session)).toBeNull();
});

/** JSON as GraphQL writes it. */
function asLiteral(value: unknown): string {
  return JSON.stringify(value).replace(/"(\w+)":/g, '$1:');
}
