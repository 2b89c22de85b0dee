import type { Viewer } from '../../src/access/viewer';
import { belongs, code, holds, openStage, type Stage } from '../people/stage';
import { viewerWith } from '../publishing/lab';
import { operationOf } from './inputs';

let stage: Stage;
let species: string;
beforeAll(async () => {
  stage = await openStage();
  species = await stage.lab.add('Species', { name: 'Mus', isApproved: true });
});
afterAll(() => stage.close());

const roles = ['nothing', 'MEMBER', 'CONTRIBUTOR', 'MANAGER', 'OWNER', 'OWNER through a group'] as const;
type Held = (typeof roles)[number];
type Type = 'Subject' | 'Session';

async function grant(userId: string, projectId: string, held: Held): Promise<void> {
  if (held === 'nothing') return;
  if (held !== 'OWNER through a group') return void (await holds(stage.lab, projectId, { userId }, held));
  const groupId = await stage.lab.add('Group', { name: 'Owners' });
  await belongs(stage.lab, groupId, userId, 'MEMBER');
  await holds(stage.lab, projectId, { groupId }, 'OWNER');
}

/** Somebody with a role on each of some projects that are there for them alone. */
async function somebodyWith(...held: Held[]): Promise<{ viewer: Viewer; projects: string[] }> {
  const userId = await stage.lab.add('User', { name: 'Somebody' });
  const projects: string[] = [];
  for (const one of held) {
    const project = await stage.lab.add('Project', { name: 'Hidden name' });
    await grant(userId, project, one);
    projects.push(project);
  }
  return { viewer: viewerWith(userId, 'READ', 'WRITE', 'PUBLISH'), projects };
}

async function make(type: Type, projects: readonly string[]): Promise<string> {
  const id = await stage.lab.add(type, {
    name: 'One',
    ...(type === 'Subject' && { speciesId: species, sex: 'UNKNOWN' }),
  });
  const table = type.toLowerCase();
  for (const project of projects)
    await stage.lab.link(`project_${table}`, { project_id: project, [`${table}_id`]: id });
  return id;
}

async function create(viewer: Viewer, type: Type, projects: readonly string[]): Promise<string> {
  const input = {
    name: 'New',
    projectIds: projects,
    ...(type === 'Subject' && { speciesId: species, sex: 'UNKNOWN' }),
  };
  return code(
    await stage.server.ask(viewer, operationOf({ name: `create${type}`, action: 'create', type }), { input }),
  );
}

const link = (viewer: Viewer, type: Type, id: string, project: string) =>
  stage.run(viewer, `link${type}(id: "${id}", projectId: "${project}", confirm: true)`, '{ changed message }');

const owns = (held: Held): boolean => held.startsWith('OWNER');
const expected = (one: Held, other: Held): string =>
  one === 'nothing' || other === 'nothing' ? 'NOT_FOUND' : owns(one) && owns(other) ? 'done' : 'FORBIDDEN';

test.each(['Subject', 'Session'] as const)(
  'a %s comes to be in two projects by an owner of both, and by nobody else: created or linked',
  async (type) => {
    const wrong: string[] = [];
    for (const one of roles)
      for (const other of roles) {
        const { viewer, projects } = await somebodyWith(one, other);
        const created = await create(viewer, type, projects);
        const linked = code(await link(viewer, type, await make(type, [projects[0]!]), projects[1]!));
        if (created !== expected(one, other)) wrong.push(`created with ${one} and ${other}: ${created}`);
        if (linked !== expected(one, other)) wrong.push(`linked with ${one} and ${other}: ${linked}`);
      }
    expect(wrong).toEqual([]);
  },
);

test('in a single project it takes a contributor', async () => {
  for (const type of ['Subject', 'Session'] as const)
    for (const [held, wanted] of [
      ['MEMBER', 'FORBIDDEN'],
      ['CONTRIBUTOR', 'done'],
    ] as const) {
      const { viewer, projects } = await somebodyWith(held);
      expect([type, held, await create(viewer, type, projects)]).toEqual([type, held, wanted]);
    }
});

test('a project that is hidden from the owner counts, and is told like one in which they are a mere member', async () => {
  for (const type of ['Subject', 'Session'] as const) {
    const answers: string[] = [];
    for (const held of ['nothing', 'MEMBER', 'MANAGER'] as const) {
      const { viewer, projects } = await somebodyWith('OWNER', 'OWNER', held);
      const [first, second, third] = projects as [string, string, string];
      const answer = await link(viewer, type, await make(type, [first, third]), second);
      expect([held, code(answer)]).toEqual([held, 'FORBIDDEN']);
      answers.push(JSON.stringify(answer));
    }
    expect(new Set(answers).size).toBe(1);
    expect(answers[0]).not.toContain('Hidden name');
  }
});

test('a link that is sent again, or an unlink, says what holds', async () => {
  for (const type of ['Subject', 'Session'] as const) {
    const { viewer, projects } = await somebodyWith('OWNER', 'OWNER');
    const [first, second] = projects as [string, string];
    await stage.dataSource.query(
      `UPDATE "project" SET "is_public" = TRUE, "published_at" = now(), "first_published_at" = now() WHERE "id" = $1`,
      [second],
    );
    const id = await make(type, [first]);
    const asked = await stage.done<{ impact: { digest: string } }>(
      viewer,
      `link${type}(id: "${id}", projectId: "${second}")`,
      '{ impact { digest } }',
    );
    const confirmed = `link${type}(id: "${id}", projectId: "${second}", confirm: true, ifImpact: "${asked.impact.digest}")`;
    for (const changed of [true, false])
      expect(await stage.done(viewer, confirmed, '{ changed isPublic confirmationRequired }')).toEqual({
        changed,
        isPublic: true,
        confirmationRequired: false,
      });
    for (const changed of [true, false])
      expect(
        await stage.done(viewer, `unlink${type}(id: "${id}", projectId: "${second}")`, '{ changed isPublic revoked }'),
      ).toEqual({ changed, isPublic: false, revoked: changed });
  }
});
