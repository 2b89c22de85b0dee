import type { Viewer } from '../../src/access/viewer';
import { acting, aWorld, code, openStage, type Stage, type World } from '../people/stage';

/**
 * Whoever takes something back goes before others, and stops what is in the way. So whoever may not take it back is refused
 * before anything is locked: they wait for nobody, and nobody gives way to them.
 */
let stage: Stage;
let world: World;
beforeAll(async () => {
  stage = await openStage();
  world = await aWorld(stage);
});
afterAll(() => stage.close());

/** Asks while somebody writes in a project; fails where the one who writes is stopped by it. */
async function whileLocked(table: string, id: string, viewer: Viewer, call: string, fields = ''): Promise<string> {
  return stage.dataSource.transaction(async (manager) => {
    await manager.query(`SELECT 1 FROM "${table}" WHERE "id" = $1 FOR UPDATE`, [id]);
    const answer = await stage.run(viewer, call, fields);
    await new Promise((resolve) => setTimeout(resolve, 300)); // longer than whoever goes first would wait
    await manager.query('SELECT 1');
    return code(answer);
  });
}

const idOf = (viewer: Viewer): string => (viewer.kind === 'user' ? viewer.userId : '');

test('of members, by a member', async () => {
  const { owner, member } = world.viewers;
  const [{ id }] = await stage.dataSource.query<[{ id: string }]>(
    `SELECT "id" FROM "membership" WHERE "project_id" = $1 AND "user_id" = $2`,
    [world.project, idOf(owner)],
  );
  const ask = (call: string, fields?: string): Promise<string> =>
    whileLocked('project', world.project, member, call, fields);
  expect(await ask(`removeMember(membershipId: "${id}")`)).toBe('FORBIDDEN');
  expect(await ask(`changeMemberRole(membershipId: "${id}", role: MEMBER)`, '{ id }')).toBe('FORBIDDEN');
});

test('of what is not in the project that it is to leave, or in no other', async () => {
  const somebody = acting(await stage.lab.person('Somebody'));
  const own = await stage.lab.add('Project', { name: 'Own' });
  await stage.lab.add('Membership', { projectId: own, userId: idOf(somebody), role: 'OWNER', acceptedAt: new Date() });
  const open = await stage.lab.add('Project', {
    name: 'Open',
    isPublic: true,
    publishedAt: new Date(),
    firstPublishedAt: new Date(),
  });
  const session = await stage.lab.add('Session', { name: 'Seen by all' });
  await stage.lab.link('project_session', { project_id: open, session_id: session });
  const unlink = `unlinkSession(id: "${session}", projectId: "${own}")`;
  expect(await whileLocked('session', session, somebody, unlink, '{ changed }')).toBe('done');
  const only = await stage.lab.add('Session', { name: 'Only there' });
  await stage.lab.link('project_session', { project_id: own, session_id: only });
  const last = `unlinkSession(id: "${only}", projectId: "${own}")`;
  expect(await whileLocked('session', only, somebody, last, '{ changed }')).toBe('BAD_USER_INPUT');
});

test('linking what is linked tells a stranger nothing of hidden projects that it is in', async () => {
  const stranger = acting(await stage.lab.person('Stranger'));
  const [open, hidden] = [
    await stage.lab.add('Project', {
      name: 'Open too',
      isPublic: true,
      publishedAt: new Date(),
      firstPublishedAt: new Date(),
    }),
    await stage.lab.add('Project', { name: 'Hidden' }),
  ];
  const answers = [];
  for (const projects of [[open], [open, hidden]]) {
    const session = await stage.lab.add('Session', { name: 'Shared or not' });
    for (const project of projects)
      await stage.lab.link('project_session', { project_id: project, session_id: session });
    const { errors } = await stage.run(stranger, `linkSession(id: "${session}", projectId: "${open}")`, '{ changed }');
    answers.push(errors?.map(({ message, extensions }) => [message, extensions.code]));
  }
  expect(answers[0]).toEqual([[expect.any(String), 'FORBIDDEN']]);
  expect(answers[1]).toEqual(answers[0]);
});
