import { anonymous } from '../../src/access/viewer';
import { typeOfId } from '../../src/model/ids';
import { createTestDatabase, type TestDatabase } from '../stage/database';
import { startTestServer, type TestServer } from '../stage/server';
import { aProject, laboratory, viewerWith, type Lab } from './lab';

let database: TestDatabase;
let server: TestServer;
let lab: Lab;
beforeAll(async () => {
  database = await createTestDatabase();
  server = await startTestServer(database.dataSource);
  lab = laboratory(database.dataSource, typeOfId);
});
afterAll(async () => {
  await server.close();
  await database.drop();
});

const publish = (args: string): string => `mutation { publishProject(${args}) { impact { digest } } }`;

test.each(['project', 'contributor', 'log entry', 'attribute'])(
  'what was confirmed is what was looked at: also the %s, which is not counted',
  async (what) => {
    const { project, subject, setup } = await aProject(lab);
    const owner = viewerWith(await lab.person('Olga', 'OWNER', [project, setup]), 'READ', 'PUBLISH');
    const log = await lab.add('SubjectLog', { subjectId: subject, type: 'Weighing', schemaVersion: '1.0.0' });
    const args = `id: "${project}", withAttributes: ["${setup}"]`;
    const { data } = await server.ask(owner, publish(args));
    const { impact } = data!['publishProject'] as { impact: { digest: string } };
    const edit = (table: string, id: string): Promise<unknown> =>
      database.dataSource.query(
        `UPDATE "${table}" SET "name" = 'Something else', "version" = "version" + 1 WHERE "id" = $1`,
        [id],
      );
    if (what === 'project') await edit('project', project);
    if (what === 'attribute') await edit('setup', setup);
    if (what === 'contributor') await lab.add('Contributor', { projectId: project, name: 'Ada', roles: [], order: 0 });
    if (what === 'log entry') await lab.add('SubjectLogEntry', { logId: log, startedAt: new Date(), notes: 'Secret' });
    const answer = await server.ask(owner, publish(`${args}, confirm: true, ifImpact: "${impact.digest}"`));
    expect(answer.errors?.[0]?.extensions.code).toBe('CONFLICT');
    const query = `{ project(id: "${project}") { id } setup(id: "${setup}") { id } }`;
    expect((await server.ask(anonymous, query)).data).toEqual({ project: null, setup: null });
  },
);
