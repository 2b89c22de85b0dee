import type { Viewer } from '../../src/access/viewer';
import { aProject, openLabServer, viewerWith } from './lab';

const stage = openLabServer();

/** Everything that tells owners more than a read does. */
const asked = (project: string, setup: string): Record<string, string> => ({
  readiness: `{ publishReadiness(projectId: "${project}") { severity code message path count object { id } } }`,
  'impact of the project': `mutation { publishProject(id: "${project}") { message impact { digest sharedSessions sharedOutOfSight modules stillHidden { type name id references paths canPublish } } } }`,
  'impact of the setup': `mutation { publishSetup(id: "${setup}") { message impact { digest equipment modules sharedSessions stillHidden { type name references paths } } } }`,
  'reasons in the project': `{ project(id: "${project}") { version sessions { nodes {
    projects { nodes { id } } collections { nodes { id } } dataStorages { nodes { name } }
    subjects { nodes { species { name } sessions { totalCount } projects { nodes { name } } } }
    behaviors { nodes { setup { name image } } }
    dataAcquisitions { nodes { fileUrl fileName dataStorage { name } } } } } } }`,
  'reasons of the setup': `{ setup(id: "${setup}") { version image behaviors { totalCount nodes { id } } setupType { name } } }`,
});

const looks: Record<string, string>[] = [{}, { 'stemgraph-view-as': 'public' }];

async function told(viewer: Viewer, project: string, setup: string): Promise<Record<string, string>> {
  const answers: Record<string, string> = {};
  for (const [name, query] of Object.entries(asked(project, setup))) {
    for (const look of looks) {
      if (query.startsWith('mutation') && 'stemgraph-view-as' in look) continue;
      const headers = { ...look, 'stemgraph-explain': 'access' };
      const { body } = await stage.server.send(viewer, query, undefined, headers);
      expect(body).not.toContain('"errors"');
      answers[`${name} ${Object.values(look).join()}`] = body;
    }
  }
  return answers;
}

test('what is hidden from an owner changes nothing of readiness, impact and reasons', async () => {
  const { lab, database } = stage;
  const run = (text: string, ...values: unknown[]): Promise<unknown> => database.dataSource.query(text, values);
  const own = await aProject(lab);
  const { project, session, subject, setup } = own;
  const mine = await lab.add('Setup', {
    name: 'My box',
    image: 'https://example.org/box.png',
    setupTypeId: await lab.add('SetupType', { name: 'Lever', category: 'UNKNOWN', isApproved: true }),
  });
  await lab.add('Behavior', { sessionId: session, setupId: mine });
  const proposed = await lab.add('Species', { name: 'Nobody knows', isApproved: false });
  await run(`UPDATE "subject" SET "species_id" = $1, "birth_date" = '2020-01-01' WHERE "id" = $2`, proposed, subject);
  const owner = viewerWith(await lab.person('Olga', 'OWNER', [project, mine]), 'READ', 'WRITE', 'PUBLISH');
  const before = await told(owner, project, mine);
  expect(before['readiness ']).toContain('SPECIES_NOT_VISIBLE');
  expect(before['impact of the project ']).toContain('SETUP');
  expect(before['reasons in the project ']).toContain('PRIVATE_ATTRIBUTE');

  // What others call what is theirs, and what they do with what the owner refers to or owns.
  await run(`UPDATE "species" SET "name" = 'Homo sapiens', "description" = 'secret' WHERE "id" = $1`, proposed);
  await run(`UPDATE "setup" SET "name" = 'Other', "image" = 'https://example.org/x.png' WHERE "id" = $1`, setup);
  await run(`UPDATE "data_storage" SET "name" = 'a@b.org', "version" = 9 WHERE "id" = $1`, own.storage);
  await run(`UPDATE "project" SET "name" = 'Other still' WHERE "id" = $1`, own.other);
  const theirs = await lab.add('Project', { name: 'Theirs' });
  const [far, alsoFar] = [await lab.add('Session', { name: 'Far' }), await lab.add('Session', { name: 'Also far' })];
  for (const id of [far, alsoFar, own.shared]) {
    await lab.link('project_session', { project_id: theirs, session_id: id });
  }
  for (const id of [far, alsoFar]) await lab.link('session_subject', { session_id: id, subject_id: subject });
  await lab.add('Behavior', { sessionId: far, setupId: mine });
  const collection = await lab.add('Collection', { projectId: theirs, name: 'Theirs' });
  await lab.link('collection_session', {
    collection_id: collection,
    session_id: own.shared,
    project_id: theirs,
    position: 0,
  });
  expect(await told(owner, project, mine)).toEqual(before);
});

test('the owner of a setup who asks why is told nothing of its use in projects of others', async () => {
  const { lab } = stage;
  const { setup, session } = await aProject(lab);
  const keeper = viewerWith(await lab.person('Kim', 'OWNER', [setup]), 'READ');
  const query = `{ setup(id: "${setup}") { behaviors { totalCount } } }`;
  const why = async (): Promise<string> =>
    (await stage.server.send(keeper, query, undefined, { 'stemgraph-explain': 'access' })).body;
  const used = await why();
  await stage.database.dataSource.query(`DELETE FROM "behavior" WHERE "session_id" = $1`, [session]);
  expect(await why()).toBe(used);
  expect(used).not.toContain('extensions');
});
