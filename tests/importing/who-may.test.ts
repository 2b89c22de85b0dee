import { setUpStage, type Stage } from './stage';
import { asLines, wholeTree } from './whole-tree';

let stage: Stage;
let token: string;
let userId: string;
beforeAll(async () => {
  stage = await setUpStage();
  userId = await stage.lab.person('Lena');
  token = (await stage.token(userId)).secret;
});
afterAll(() => stage.close());

describe('who may', () => {
  const lines = (): string => asLines(wholeTree('who-may'));
  let project: string;
  beforeAll(async () => {
    project = (await stage.import(token, wholeTree('who-may'))).projectId!;
  });

  test('anonymous may not, nor a token that only reads, nor through other eyes', async () => {
    const reader = await stage.token(userId, ['READ']);
    const before = await stage.everything();
    const answers = [
      await stage.post(undefined, lines()),
      await stage.post(reader.secret, lines()),
      await stage.post(token, lines(), '', { 'stemgraph-view-as': 'public' }),
    ];
    expect(answers.map(({ status, errors }) => [status, errors![0]!.extensions.code])).toEqual([
      [401, 'UNAUTHENTICATED'],
      [403, 'FORBIDDEN'],
      [403, 'FORBIDDEN'],
    ]);
    expect(await stage.everything()).toBe(before);
  });

  test('what is no NDJSON is not read', async () => {
    const { status } = await stage.post(token, '{}', '', { 'content-type': 'application/json' });
    expect(status).toBe(415);
    expect((await stage.post(token, '', '?dryRun=perhaps')).status).toBe(400);
  });

  test('a contributor adds to a project, with attributes of their own, but does not change the project itself', async () => {
    for (const { name } of await stage.database.dataSource.query<{ name: string }[]>(
      `SELECT table_name AS "name" FROM information_schema.columns WHERE column_name = 'is_approved' AND table_schema = 'public'`,
    ))
      await stage.database.dataSource.query(`UPDATE "${name}" SET "is_approved" = TRUE`);
    const carl = await stage.lab.person('Carl', 'CONTRIBUTOR', [project]);
    const { secret } = await stage.token(carl);
    const tree = wholeTree('who-may').map((one) => (one.type === 'Project' ? { ...one, key: project } : one));
    const own = await stage.import(secret, tree);
    expect(own.projectId).toBe(project);
    // The setup, paradigm, storages and inventory with what is in them.
    expect(own.created).toBe(8);
    expect(await stage.import(secret, tree)).toMatchObject({ created: 0, updated: 0 });
    const before = await stage.everything();
    const renamed = tree.map((one) => (one.type === 'Project' ? { ...one, name: 'Mine' } : one));
    const { outcome } = await stage.post(secret, asLines(renamed));
    expect(outcome.faults).toEqual([expect.objectContaining({ code: 'FORBIDDEN', path: ['name'] })]);
    expect(await stage.everything()).toBe(before);
    // What the owner sees of the lists stays: both storages of each are linked.
    expect(await stage.import(token, wholeTree('who-may'))).toMatchObject({ created: 0 });
  });

  test('a stranger with the same keys makes a project of their own', async () => {
    const { secret } = await stage.token(await stage.lab.person('Stan'));
    const { projectId } = await stage.import(secret, wholeTree('who-may'));
    expect(projectId).not.toBe(project);
  });

  test('a key that an import into a project of others has left draws nobody there who has not named the project', async () => {
    const { secret } = await stage.token(await stage.lab.person('Cora', 'CONTRIBUTOR', [project]));
    const drawn = await stage.import(secret, wholeTree('who-may'));
    expect(drawn.projectId).not.toBe(project);
    expect((await stage.import(secret, wholeTree('who-may'))).projectId).toBe(drawn.projectId);
  });

  test('through the graph as well, where the answer says that a public project is', async () => {
    const publish = `mutation { publishProject(id: "${project}", confirm: true) { isPublic } }`;
    expect((await stage.ask(token, publish)).errors).toBeUndefined();
    const ask = (entries: object[]): string =>
      `mutation { importProject(input: {entries: [${entries.map(literal).join()}]}) { project { name } created updated unchanged rejected isPublic faults { entry key path code } } }`;
    const { data } = await stage.ask(
      token,
      ask([
        { type: 'Project', key: 'who-may' },
        { type: 'Session', key: 'new', name: 'Open' },
      ]),
    );
    expect(data!['importProject']).toEqual({
      project: { name: 'Maze' },
      created: 1,
      updated: 0,
      unchanged: 1,
      rejected: 0,
      isPublic: true,
      faults: [],
    });
    const wrong = await stage.ask(
      token,
      ask([
        { type: 'Project', key: 'who-may' },
        { type: 'Session', key: 'new2', name: 5 },
      ]),
    );
    expect(wrong.data!['importProject']).toMatchObject({
      created: 0,
      rejected: 1,
      faults: [{ entry: 1, key: 'new2', path: ['name'], code: 'WRONG_TYPE' }],
    });
    const { errors } = (await stage.send(undefined, ask([]))).json<{ errors: { extensions: { code: string } }[] }>();
    expect(errors[0]!.extensions.code).toBe('UNAUTHENTICATED');
  });
});

const literal = (value: object): string => JSON.stringify(value).replace(/"(\w+)":/g, '$1:');
