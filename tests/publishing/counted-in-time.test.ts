import { anonymous } from '../../src/access/viewer';
import { aProject, openLabServer, viewerWith } from './lab';

const stage = openLabServer();

test('what is taken back is taken back, and told so, also where it cannot be counted in time', async () => {
  const { project } = await aProject(stage.lab);
  const owner = viewerWith(await stage.lab.person('Olga', 'OWNER', [project]), 'READ', 'PUBLISH');
  const ask = (name: string, args = ''): Promise<object> =>
    stage.server.ask(
      owner,
      `mutation { done: ${name}(id: "${project}"${args}) { changed isPublic impact { sessions } stillPublic { sessions } } }`,
    );
  expect(await ask('publishProject', ', confirm: true')).toMatchObject({ data: { done: { changed: true } } });
  const runner = stage.database.dataSource.createQueryRunner();
  await runner.startTransaction();
  try {
    // Whoever counts has to wait for this.
    await runner.query('LOCK TABLE "epoch" IN ACCESS EXCLUSIVE MODE');
    expect(await ask('revokeProject')).toEqual({
      data: { done: { changed: true, isPublic: false, impact: null, stillPublic: null } },
    });
  } finally {
    await runner.rollbackTransaction();
    await runner.release();
  }
  const { data } = await stage.server.ask(anonymous, `{ node(id: "${project}") { id } }`);
  expect(data).toEqual({ node: null });
});
