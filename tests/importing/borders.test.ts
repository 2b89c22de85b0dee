import { setUpStage, type Stage } from './stage';
import { asLines, wholeTree } from './whole-tree';

let stage: Stage;
let ann: { id: string; token: string };
let ben: { id: string; token: string };
let project: string;
beforeAll(async () => {
  stage = await setUpStage();
  const person = async (name: string): Promise<{ id: string; token: string }> => {
    const id = await stage.lab.person(name);
    return { id, token: (await stage.token(id)).secret };
  };
  [ann, ben] = [await person('Ann'), await person('Ben')];
  project = (await stage.import(ann.token, wholeTree())).projectId!;
  await stage.lab.add('Membership', {
    projectId: project,
    userId: ben.id,
    role: 'CONTRIBUTOR',
    acceptedAt: new Date(),
  });
});
afterAll(() => stage.close());

async function idOf(type: string, name: string): Promise<string> {
  const rows = await stage.database.dataSource.query<{ id: string }[]>(`SELECT "id" FROM "${type}" WHERE "name" = $1`, [
    name,
  ]);
  return rows[0]!.id;
}

const storagesOf = (session: string): Promise<{ name: string }[]> =>
  stage.database.dataSource.query(
    `SELECT s."name" FROM "session_data_storage" l JOIN "data_storage" s ON s."id" = l."data_storage_id" JOIN "session" n ON n."id" = l."session_id"
     WHERE n."name" = $1 ORDER BY l."position"`,
    [session],
  );

test('a list is replaced as far as the importer sees it: what is hidden from them stays in its place', async () => {
  const part = [
    { type: 'Project', key: project },
    { type: 'Session', key: 's1', dataStorages: ['own', 'further'] },
    { type: 'DataStorage', key: 'own', name: "Ben's" },
    { type: 'DataStorage', key: 'further', name: "Ben's other" },
  ];
  await stage.import(ben.token, part);
  expect((await storagesOf('Night 1')).map(({ name }) => name)).toEqual(['NAS', 'Cloud', "Ben's", "Ben's other"]);
  const fewer = part.map((entry) => (entry.key === 's1' ? { ...entry, dataStorages: ['further'] } : entry));
  await stage.import(ben.token, fewer);
  expect((await storagesOf('Night 1')).map(({ name }) => name)).toEqual(['NAS', 'Cloud', "Ben's other"]);
  await stage.import(ann.token, [
    { type: 'Project', key: project },
    { type: 'Session', key: 's1', dataStorages: ['cloud', 'nas'] },
  ]);
  expect((await storagesOf('Night 1')).map(({ name }) => name)).toEqual(['Cloud', 'NAS', "Ben's other"]);
});

test('what is hidden is named like what is unknown, by its key or by its id', async () => {
  const rig = await idOf('setup', 'Rig 1');
  const unknown = rig.replace(/.{8}$/, '00000000');
  const answers = [];
  for (const setup of [rig, unknown, 'rig', 'no such key']) {
    const tree = [
      { type: 'Project', key: project },
      { type: 'Behavior', key: 'new', session: 's1', subjects: [], setup },
    ];
    const { status, outcome } = await stage.post(ben.token, asLines(tree));
    answers.push(JSON.stringify([status, outcome]));
  }
  expect(new Set(answers).size).toBe(1);
  expect(answers[0]).toContain('"NOT_FOUND"');
});

test('an attribute of somebody else is neither found nor changed: neither by its key nor by its id', async () => {
  const before = await stage.everything();
  const rig = await idOf('setup', 'Rig 1');
  // Even where they see it, as a member.
  await stage.lab.add('Membership', { setupId: rig, userId: ben.id, role: 'MEMBER', acceptedAt: new Date() });
  const type = await stage.lab.add('SetupType', { name: 'Box', category: 'UNKNOWN', isApproved: true });
  const tree = (key: string): object[] => [
    { type: 'Project', key: project },
    { type: 'Setup', key, name: 'Taken', setupType: type },
  ];
  for (const key of ['rig', rig]) expect(await stage.import(ben.token, tree(key))).toMatchObject({ created: 1 });
  const rows = await stage.database.dataSource.query<{ name: string }[]>(`SELECT "name" FROM "setup" WHERE "id" = $1`, [
    rig,
  ]);
  expect(rows).toEqual([{ name: 'Rig 1' }]);
  expect(before).toContain('Rig 1');
});

test('a subject of another project is not drawn into this one', async () => {
  const other = await stage.import(ann.token, [
    { type: 'Project', key: 'other', name: 'Other' },
    { type: 'Species', key: 'sp', name: 'Mus musculus' },
    { type: 'Subject', key: 'elsewhere', name: 'Elsa', species: 'sp', sex: 'FEMALE' },
  ]);
  await stage.ask(ann.token, `mutation { publishProject(id: "${other.projectId}", confirm: true) { isPublic } }`);
  const elsa = await idOf('subject', 'Elsa');
  const tree = [
    { type: 'Project', key: project },
    { type: 'Subject', key: elsa, name: 'Stolen', species: 'mouse', sex: 'MALE' },
  ];
  expect(await stage.import(ann.token, tree)).toMatchObject({ created: 1, updated: 0 });
  const cohort = [
    { type: 'Project', key: project },
    { type: 'Cohort', key: 'mixed', name: 'Mixed', subjects: ['x'] },
  ];
  const { outcome } = await stage.post(
    ann.token,
    asLines(cohort.map((one) => ({ ...one, ...('subjects' in one && { subjects: [elsa.toUpperCase()] }) }))),
  );
  expect(outcome.faults).toEqual([expect.objectContaining({ path: ['subjects', 0] })]);
  const links = await stage.database.dataSource.query<{ id: string }[]>(
    `SELECT "project_id" AS "id" FROM "project_subject" WHERE "subject_id" = $1`,
    [elsa],
  );
  expect(links).toEqual([{ id: other.projectId }]);
});

test('a recording whose storage a tree takes away keeps its address, for those who could read it', async () => {
  const addresses = (): Promise<unknown[]> =>
    stage.database.dataSource.query(
      `SELECT a."file_url" AS "url", a."file_name" AS "name", s."name" AS "storage", u."name" AS "urlOf", n."name" AS "nameOf"
       FROM "data_acquisition" a LEFT JOIN "data_storage" s ON s."id" = a."data_storage_id"
       LEFT JOIN "data_storage" u ON u."id" = a."file_url_of_id" LEFT JOIN "data_storage" n ON n."id" = a."file_name_of_id"
       WHERE a."session_id" IN (SELECT "session_id" FROM "project_session" WHERE "project_id" = $1)`,
      [project],
    );
  const part = (dataStorage: string | null, more: object = {}): object[] => [
    { type: 'Project', key: project },
    { type: 'DataAcquisition', key: 's1/ephys', session: 's1', dataStorage, ...more },
    { type: 'DataStorage', key: 'own', name: "Ben's" },
  ];
  const file = { url: 'https://example.org/a.nwb', name: 'a.nwb' };
  const before = await addresses();
  expect(before).toEqual([{ ...file, storage: 'NAS', urlOf: null, nameOf: null }]);
  for (const [storage, name] of [
    ['own', "Ben's"],
    [null, null],
  ] as const) {
    await stage.import(ben.token, part(storage));
    const withheld = [{ ...file, storage: name, urlOf: 'NAS', nameOf: 'NAS' }];
    expect(await addresses()).toEqual(withheld);
    // To say the same again is not to write another address.
    await stage.import(ben.token, part(storage, { fileUrl: file.url, fileName: file.name }));
    expect(await addresses()).toEqual(withheld);
    // Cleared, and then written for the storage that it lies in.
    await stage.import(ann.token, part('nas', { fileUrl: null, fileName: null }));
    await stage.import(ann.token, part('nas', { fileUrl: file.url, fileName: file.name }));
    expect(await addresses()).toEqual(before);
  }
  await stage.import(ann.token, part(null, { fileUrl: 'https://example.org/b.nwb' }));
  expect(await addresses()).toEqual([
    { url: 'https://example.org/b.nwb', name: 'a.nwb', storage: null, urlOf: null, nameOf: 'NAS' },
  ]);
  await stage.import(ann.token, part('nas', { fileUrl: file.url }));
  expect(await addresses()).toEqual(before);
});

test('a log that was there becomes none of a type that its entries do not suit', async () => {
  const { outcome } = await stage.post(
    ann.token,
    asLines([
      { type: 'Project', key: project },
      { type: 'SubjectLog', key: 'm1/weight', subject: 'm1', moduleType: 'Wellness' },
    ]),
  );
  expect(outcome.faults).toEqual([expect.objectContaining({ path: ['moduleType'], code: 'DISAGREES' })]);
});

test('a log becomes of another type together with its entries, and then back', async () => {
  const tree = (moduleType: string, details: object): object[] => [
    { type: 'Project', key: project },
    { type: 'SubjectLog', key: 'm1/weight', subject: 'm1', moduleType },
    { type: 'SubjectLogEntry', key: 'm1/weight/1', log: 'm1/weight', details },
  ];
  const weight = { weight: { value: 21, unit: 'g' } };
  const { outcome } = await stage.post(ann.token, asLines(tree('Handling', weight)));
  expect(outcome.faults).toEqual([expect.objectContaining({ key: 'm1/weight', code: 'DISAGREES' })]);
  expect(await stage.import(ann.token, tree('Handling', {}))).toMatchObject({ updated: 2 });
  expect(await stage.import(ann.token, tree('Weighing', weight))).toMatchObject({ updated: 2 });
});

test('nothing has a name twice: neither in a tree, nor one that is to be given up by the same tree', async () => {
  const cohorts = (...names: string[]): object[] => [
    { type: 'Project', key: project },
    ...names.map((name, index) => ({ type: 'Cohort', key: `cohort ${index}`, name })),
  ];
  const taken = async (...names: string[]): Promise<(string | null)[]> => {
    const { faults } = (await stage.post(ann.token, asLines(cohorts(...names)))).outcome;
    expect(faults).toEqual(faults.map(() => expect.objectContaining({ path: ['name'], code: 'DUPLICATE' }) as unknown));
    return faults.map(({ key }) => key);
  };
  expect(await taken('Left', 'Left')).toEqual(['cohort 0', 'cohort 1']);
  await stage.import(ann.token, cohorts('Left', 'Right'));
  expect(await taken('Right', 'Right')).toEqual(['cohort 0']);
  expect(await taken('Right', 'Left')).toEqual(['cohort 0', 'cohort 1']);
  await stage.import(ann.token, cohorts('Left', 'Middle'));
});

test('the reply says so where something new is public by another project of its session', async () => {
  const { lab } = stage;
  const published = new Date();
  const other = await lab.add('Project', {
    name: 'Open',
    isPublic: true,
    publishedAt: published,
    firstPublishedAt: published,
  });
  const part = (name: string): object[] => [
    { type: 'Project', key: project },
    { type: 'Epoch', key: name, session: 's1', name },
  ];
  expect(await stage.import(ann.token, part('before'))).toMatchObject({ created: 1, isPublic: false });
  await lab.link('project_session', { project_id: other, session_id: await idOf('session', 'Night 1') });
  expect(await stage.import(ann.token, part('after'))).toMatchObject({ created: 1, isPublic: true });
  await stage.database.dataSource.query(`DELETE FROM "project" WHERE "id" = $1`, [other]);
});

test('two imports of one new tree at the same time make one project', async () => {
  const outcomes = await Promise.all([
    stage.import(ann.token, wholeTree('twins')),
    stage.import(ann.token, wholeTree('twins')),
  ]);
  expect(new Set(outcomes.map(({ projectId }) => projectId)).size).toBe(1);
  expect(outcomes.map(({ created }) => created).sort()).toEqual([0, expect.any(Number)]);
});

test('a member may not import into the project: their own copy comes of it', async () => {
  const mia = await stage.lab.person('Mia', 'MEMBER', [project]);
  const { secret } = await stage.token(mia);
  const before = await stage.database.dataSource.query<unknown[]>(
    `SELECT * FROM "project_session" WHERE "project_id" = $1`,
    [project],
  );
  const { projectId } = await stage.import(secret, wholeTree());
  expect(projectId).not.toBe(project);
  expect(
    await stage.database.dataSource.query(`SELECT * FROM "project_session" WHERE "project_id" = $1`, [project]),
  ).toEqual(before);
});
