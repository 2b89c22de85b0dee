import { setTimeout as sleep } from 'node:timers/promises';
import type { Entry } from '../../src/tree/entry';
import { setUpStage, type Posted, type Stage } from './stage';
import { asLines } from './whole-tree';

let stage: Stage;
let token: string;
beforeAll(async () => {
  stage = await setUpStage();
  token = (await stage.token(await stage.lab.person('Lena'))).secret;
});
afterAll(() => stage.close());

const tree = (text: string): Entry[] => [
  { type: 'Project', key: 'moor', name: 'Moor', description: text },
  { type: 'Species', key: 'mouse', name: 'Mus musculus' },
  { type: 'Subject', key: 'm1', name: 'M1', sex: 'MALE', species: 'mouse', description: text },
  { type: 'SetupType', key: 'box', name: 'Box', category: 'FREELY_MOVING_AWAKE' },
  { type: 'Setup', key: 'rig', name: 'Rig', setupType: 'box', description: text },
];
const idOf = async (table: string): Promise<string> => {
  const [row] = await stage.database.dataSource.query<[{ id: string }]>(
    `SELECT max("id"::text) AS "id" FROM "${table}"`,
  );
  return row.id;
};
const descriptionOf = async (table: string, id: string): Promise<string> => {
  const rows = await stage.database.dataSource.query<[{ description: string }]>(
    `SELECT "description" FROM "${table}" WHERE "id" = $1`,
    [id],
  );
  return rows[0].description;
};
const change = (table: string): string =>
  `UPDATE "${table}" SET "description" = 'By hand', "version" = "version" + 1 WHERE "id" = $1`;
const stateOf = async (key: string): Promise<string> =>
  (await stage.import(token, [{ type: 'Project', key }], '?dryRun=true')).state!;

/** Sends a tree while somebody holds a row; when the import waits for it, something happens, and then it is let go. */
async function whileItWaitsFor(
  [table, held]: readonly [table: string, id: string],
  send: () => Promise<Posted>,
  happens: (query: Query) => Promise<unknown>,
): Promise<Posted> {
  const { dataSource } = stage.database;
  const runner = dataSource.createQueryRunner();
  await runner.startTransaction();
  await runner.query(`SELECT 1 FROM "${table}" WHERE "id" = $1 FOR UPDATE`, [held]);
  const posted = send();
  for (let waiting = 0; waiting === 0;)
    [{ waiting }] = await dataSource.query<[{ waiting: number }]>(
      `SELECT count(*)::int AS "waiting" FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    );
  try {
    await happens((text, values) => runner.query(text, values));
  } finally {
    await runner.commitTransaction();
    await runner.release();
  }
  return posted;
}

/** The same with a tree that follows from the state of the project, and a subject. */
async function whileItWaits(
  subject: string,
  entries: Entry[],
  happens: (query: Query) => Promise<unknown>,
): Promise<Posted> {
  const state = await stateOf(entries[0]!.key);
  return whileItWaitsFor(['subject', subject], () => stage.post(token, asLines(entries), `?ifState=${state}`), happens);
}
type Query = (text: string, values: unknown[]) => Promise<unknown>;

test('what somebody changes while a tree is stored that was made before is not written over', async () => {
  await stage.import(token, tree('First'));
  const subject = await idOf('subject');
  const { status, errors } = await whileItWaits(subject, tree('Second'), (query) =>
    query(change('subject'), [subject]),
  );
  expect([status, errors?.[0]?.extensions.code]).toEqual([409, 'CONFLICT']);
  expect(await descriptionOf('subject', subject)).toBe('By hand');
});

test.each(['project', 'setup'])('nor is the %s itself, which is written last', async (table) => {
  await stage.import(token, tree('First'));
  const [subject, id] = [await idOf('subject'), await idOf(table)];
  const { status } = await whileItWaits(subject, tree(`Beside ${table}`), () =>
    stage.database.dataSource.query(change(table), [id]),
  );
  expect(status).toBe(409);
  expect(await descriptionOf(table, id)).toBe('By hand');
});

test('where nothing but what the tree changes itself has changed, it is stored', async () => {
  await stage.import(token, tree('First'));
  const subject = await idOf('subject');
  const { status, outcome } = await whileItWaits(subject, tree('Third'), () => Promise.resolve());
  expect([status, outcome.faults, outcome.updated]).toEqual([200, [], 3]);
});

test('while a session is added to it can be edited, and is published before or after, never at the cost of the import', async () => {
  const session = { type: 'Session', key: 's', name: 'Night' };
  const stimulation = { type: 'Manipulation', key: 'm', session: 's', moduleType: 'OptogeneticStimulation' };
  const added = { type: 'DataAcquisition', key: 'd', session: 's', moduleType: 'Audio' };
  const project = { type: 'Project', key: 'fen', name: 'Fen' };
  const { projectId } = await stage.import(token, [project, session, stimulation]);
  const [id, held] = [await idOf('session'), await idOf('manipulation')];
  const state = await stateOf('fen');
  const run = async (mutation: string): Promise<unknown> => {
    const { data, errors } = await stage.ask(token, `mutation { made: ${mutation} }`);
    return errors?.map(({ message, extensions }) => [extensions.code, message]) ?? data!['made'];
  };
  const publish = `publishProject(id: "${projectId}", confirm: true) { isPublic impact { modules } }`;
  const { status } = await whileItWaitsFor(
    ['manipulation', held],
    () =>
      stage.post(token, asLines([project, session, { ...stimulation, notes: 'Again' }, added]), `?ifState=${state}`),
    async () => {
      const edit = run(`updateSession(id: "${id}", input: { name: "Day" }) { changed }`);
      expect(await Promise.race([edit, sleep(5000, 'waits')])).toEqual({ changed: true });
      expect(await Promise.race([run(publish), sleep(5000, 'waits')])).toEqual([
        ['CONFLICT', expect.stringContaining('an import perhaps')],
      ]);
    },
  );
  expect(status).toBe(200);
  expect(await run(publish)).toEqual({ isPublic: true, impact: { modules: 2 } });
});

test('whoever has lost their role meanwhile is told so, and waits for nobody who holds the project', async () => {
  const { projectId } = await stage.import(token, tree('First'));
  const { dataSource } = stage.database;
  const holder = dataSource.createQueryRunner();
  await holder.startTransaction();
  const another: Entry = { type: 'Subject', key: 'm2', name: 'M2', sex: 'MALE', species: 'mouse' };
  const { status } = await whileItWaits(await idOf('subject'), [...tree('Fourth'), another], async () => {
    await dataSource.query(`DELETE FROM "membership" WHERE "project_id" = $1`, [projectId]);
    await holder.query(`SELECT 1 FROM "project" WHERE "id" = $1 FOR NO KEY UPDATE`, [projectId]);
  });
  // Nor has whoever holds it been stopped for the import.
  await holder.rollbackTransaction();
  await holder.release();
  expect(status).toBe(404);
});

test('the state is also that of a project that is named by its id', async () => {
  const { data } = await stage.ask(
    token,
    'mutation { made: createProject(input: { name: "Named" }) { project { id } } }',
  );
  const { made } = data as { made: { project: { id: string } } };
  const { id } = made.project;
  const entries: Entry[] = [{ type: 'Project', key: id }];
  const before = await stateOf(id);
  expect(await stateOf(id)).toBe(before);
  await stage.database.dataSource.query(change('project'), [id]);
  expect(await stateOf(id)).not.toBe(before);
  expect((await stage.post(token, asLines(entries), `?ifState=${before}`)).status).toBe(409);
  expect((await stage.post(token, asLines(entries), `?ifState=${await stateOf(id)}`)).status).toBe(200);
});

test('what was made by hand counts as well: in the project, and the attributes that it refers to or the tree names by their ids', async () => {
  const made = async (type: string, input: string): Promise<string> => {
    const field = `${type[0]!.toLowerCase()}${type.slice(1)}`;
    const { data } = await stage.ask(
      token,
      `mutation { made: create${type}(input: { ${input} }) { ${field} { id } } }`,
    );
    return (data as { made: Record<string, { id: string }> }).made[field]!.id;
  };
  const [setupType, species] = [await idOf('setup_type'), await idOf('species')];
  const setup = (name: string): Promise<string> => made('Setup', `name: "${name}", setupTypeId: "${setupType}"`);
  const project = await made('Project', 'name: "Heath"');
  const inIt = `name: "By hand", projectIds: ["${project}"]`;
  const subject = await made('Subject', `${inIt}, speciesId: "${species}", sex: MALE`);
  const [referred, named, elsewhere] = [await setup('Referred to'), await setup('Named'), await setup('Elsewhere')];
  const session = await made('Session', `${inIt}, setupIds: ["${referred}"]`);
  const entries: Entry[] = [
    { type: 'Project', key: project },
    { type: 'Session', key: session, setups: [referred] },
    { type: 'Setup', key: named, location: 'Room 1' },
  ];
  const bare = entries.slice(0, 1);
  const before = async (some: Entry[]): Promise<string> =>
    (await stage.post(token, asLines(some), '?dryRun=true')).outcome.state!;
  for (const [table, id, some] of [
    ['subject', subject, bare],
    ['session', session, bare],
    ['setup', referred, bare],
    ['setup', named, entries],
  ] as const) {
    const state = await before([...some]);
    await stage.database.dataSource.query(change(table), [id]);
    expect([id, (await stage.post(token, asLines(entries), `?ifState=${state}`)).status]).toEqual([id, 409]);
  }
  const states = [await before(bare), await before(entries)];
  await stage.database.dataSource.query(change('setup'), [elsewhere]);
  expect([await before(bare), await before(entries)]).toEqual(states);
  expect((await stage.post(token, asLines(entries), `?ifState=${states[0]}`)).status).toBe(200);
  expect((await stage.post(token, asLines(entries), `?ifState=${await before(entries)}`)).status).toBe(200);
  // What somebody else keeps to themselves tells nobody when it moves, whoever guesses or remembers its id.
  await stage.database.dataSource.query(`DELETE FROM "membership" WHERE "setup_id" = ANY($1)`, [[referred, named]]);
  const hidden = [await before(bare), await before(entries)];
  for (const id of [referred, named]) await stage.database.dataSource.query(change('setup'), [id]);
  expect([await before(bare), await before(entries)]).toEqual(hidden);
  expect(hidden[0]).toMatch(/^[0-9a-f]{32}$/);
});
