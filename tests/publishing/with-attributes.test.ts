import { randomBytes } from 'node:crypto';
import { anonymous } from '../../src/access/viewer';
import { newId } from '../../src/model/ids';
import { aProject, openLabServer, viewerWith } from './lab';

const stage = openLabServer();

const publish = (args: string): string => `mutation { publishProject(${args}) { impact { digest } } }`;

test.each(['project', 'contributor', 'log entry', 'attribute'])(
  'what was confirmed is what was looked at: also the %s, which is not counted',
  async (what) => {
    const { project, subject, setup } = await aProject(stage.lab);
    const owner = viewerWith(await stage.lab.person('Olga', 'OWNER', [project, setup]), 'READ', 'PUBLISH');
    const log = await stage.lab.add('SubjectLog', { subjectId: subject, type: 'Weighing', schemaVersion: '1.0.0' });
    const args = `id: "${project}", attributeIds: ["${setup}"]`;
    const { data } = await stage.server.ask(owner, publish(args));
    const { impact } = data!['publishProject'] as { impact: { digest: string } };
    const edit = (table: string, id: string): Promise<unknown> =>
      stage.database.dataSource.query(
        `UPDATE "${table}" SET "name" = 'Something else', "version" = "version" + 1 WHERE "id" = $1`,
        [id],
      );
    if (what === 'project') await edit('project', project);
    if (what === 'attribute') await edit('setup', setup);
    if (what === 'contributor')
      await stage.lab.add('Contributor', { projectId: project, name: 'Ada', roles: [], order: 0 });
    if (what === 'log entry')
      await stage.lab.add('SubjectLogEntry', { logId: log, startedAt: new Date(), notes: 'Secret' });
    const answer = await stage.server.ask(owner, publish(`${args}, confirm: true, ifImpact: "${impact.digest}"`));
    expect(answer.errors?.[0]?.extensions.code).toBe('CONFLICT');
    const query = `{ project(id: "${project}") { id } setup(id: "${setup}") { id } }`;
    expect((await stage.server.ask(anonymous, query)).data).toEqual({ project: null, setup: null });
  },
);

test('an attribute that is named twice, in whatever capitals, is published once', async () => {
  const { project, setup } = await aProject(stage.lab);
  const owner = viewerWith(await stage.lab.person('Olga', 'OWNER', [project, setup]), 'READ', 'PUBLISH');
  const twice = `id: "${project}", confirm: true, attributeIds: ["${setup}", "${setup.toUpperCase()}"]`;
  expect((await stage.server.ask(owner, publish(twice))).errors).toBeUndefined();
  const answer = await stage.server.ask(
    owner,
    `{ setup(id: "${setup}") { version visibilityHistory { nodes { action } } } }`,
  );
  expect(answer.data).toEqual({ setup: { version: 2, visibilityHistory: { nodes: [{ action: 'PUBLISH' }] } } });
});

test('a publication with an attribute that is older than the project locks the project first, as everybody does', async () => {
  const { project, session, setup } = await aProject(stage.lab);
  const [{ setupTypeId }] = await stage.database.dataSource.query<[{ setupTypeId: string }]>(
    `SELECT "setup_type_id" AS "setupTypeId" FROM "setup" WHERE "id" = $1`,
    [setup],
  );
  const id = newId('Setup', { now: () => 1, bytes: randomBytes });
  await stage.lab.add('Setup', { id, name: 'Old box', setupTypeId });
  await stage.lab.add('Behavior', { sessionId: session, setupId: id });
  const owner = viewerWith(await stage.lab.person('Olga', 'OWNER', [project, id]), 'READ', 'PUBLISH');
  const publishing = await stage.database.dataSource.transaction(async (manager) => {
    await manager.query(`SELECT 1 FROM "project" WHERE "id" = $1 FOR UPDATE`, [project]);
    const asked = stage.server.ask(owner, publish(`id: "${project}", attributeIds: ["${id}"]`));
    await someoneWaits();
    await manager.query(`SELECT 1 FROM "setup" WHERE "id" = $1 FOR UPDATE`, [id]);
    return { asked };
  });
  expect((await publishing.asked).errors).toBeUndefined();
});

test('more attributes than are published together are refused before anything is locked', async () => {
  const { project } = await aProject(stage.lab);
  const owner = viewerWith(await stage.lab.person('Olga', 'OWNER', [project]), 'READ', 'PUBLISH');
  const ids = JSON.stringify(Array.from({ length: 101 }, () => newId('Setup')));
  const answer = await stage.server.ask(owner, publish(`id: "${project}", attributeIds: ${ids}`));
  expect(answer.errors![0]!.message).toBe('`attributeIds` takes at most 100 ids: publish the others on their own.');
});

/** Until a statement of this database waits for a lock. */
async function someoneWaits(): Promise<void> {
  const waiting = `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
  while ((await stage.database.dataSource.query<unknown[]>(waiting)).length === 0)
    await new Promise((resolve) => setTimeout(resolve, 20));
}
