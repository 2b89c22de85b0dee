import type { Entry } from '../../src/tree/entry';
import { setUpStage, type Stage } from '../importing/stage';
import { asLines, wholeTree } from '../importing/whole-tree';

const stages: Stage[] = [];
afterAll(() => Promise.all(stages.map((stage) => stage.close())));

async function emptyStage(): Promise<{ stage: Stage; token: string; userId: string }> {
  const stage = await setUpStage();
  stages.push(stage);
  const userId = await stage.lab.person('Lena');
  return { stage, userId, token: (await stage.token(userId)).secret };
}

async function exported(
  { app }: Stage,
  id: string,
  token?: string,
): Promise<{ status: number; body: string; headers: object }> {
  const { statusCode, body, headers } = await app.inject({
    url: `/export/projects/${id}.ndjson`,
    headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
  });
  return { status: statusCode, body, headers };
}

const entriesIn = (text: string): Entry[] =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Entry);

test('exported by the owner of everything, imported into an empty database and exported again, it is the same', async () => {
  const first = await emptyStage();
  const { projectId } = await first.stage.import(first.token, wholeTree());
  const one = await exported(first.stage, projectId!, first.token);
  expect(one).toMatchObject({
    status: 200,
    headers: { 'cache-control': 'no-store', 'content-type': expect.stringContaining('application/x-ndjson') as string },
  });
  const second = await emptyStage();
  const outcome = (await second.stage.post(second.token, one.body)).outcome;
  expect(outcome).toMatchObject({ created: wholeTree().length, faults: [] });
  const other = await exported(second.stage, outcome.projectId!, second.token);
  // Terms and attributes come in no order of their own: their ids are chance, and tell none.
  const sorted = ({ body }: typeof one): string[] => body.split('\n').sort();
  expect(sorted(other)).toEqual(sorted(one));
});

test('it holds what was imported: every entry under its key, every field that is not empty', async () => {
  const { stage, token } = await emptyStage();
  const { projectId } = await stage.import(token, wholeTree());
  const found = new Map(entriesIn((await exported(stage, projectId!, token)).body).map((entry) => [entry.key, entry]));
  expect([...found.keys()].sort()).toEqual(
    wholeTree()
      .map(({ key }) => key)
      .sort(),
  );
  for (const entry of wholeTree()) {
    for (const [field, value] of Object.entries(entry)) {
      if (JSON.stringify(value) === '[]' || JSON.stringify(value) === '{}') continue;
      const kept = found.get(entry.key)![field];
      if (typeof value === 'string' && /T.*Z$/.test(value)) expect(new Date(kept as string)).toEqual(new Date(value));
      else if (typeof value === 'object') expect(kept).toMatchObject(value as object);
      else expect(kept).toBe(value);
    }
  }
  const graph = await stage.ask(token, `{ exportProject(id: "${projectId}") }`);
  expect(asLines(graph.data!['exportProject'] as object[])).toBe((await exported(stage, projectId!, token)).body);
});

test('imported into the same server, it changes nothing, also where it was made by hand', async () => {
  const { stage, token } = await emptyStage();
  const { projectId } = await stage.import(token, wholeTree());
  await stage.database.dataSource.query(`DELETE FROM "imported_object"`);
  const { body } = await exported(stage, projectId!, token);
  expect(entriesIn(body).find(({ type }) => type === 'Project')!.key).toBe(projectId);
  const before = await stage.everything();
  expect((await stage.post(token, body)).outcome).toMatchObject({ projectId, created: 0, updated: 0, faults: [] });
  expect(await stage.everything()).toBe(before);
});

test('hidden and unknown are told alike, to the byte', async () => {
  const { stage, token } = await emptyStage();
  const { projectId } = await stage.import(token, wholeTree());
  const unknown = projectId!.replace(/.{6}$/, '000000');
  const stranger = (await stage.token(await stage.lab.person('Stan'))).secret;
  const [hidden, none, malformed] = [
    await exported(stage, projectId!, stranger),
    await exported(stage, unknown, stranger),
    await exported(stage, 'x', stranger),
  ];
  expect(hidden.status).toBe(404);
  expect([hidden.body, none.body]).toEqual([malformed.body, malformed.body]);
  const asked = await stage.ask(
    stranger,
    `{ a: exportProject(id: "${projectId}") b: exportProject(id: "${unknown}") }`,
  );
  expect(asked).toEqual({ data: { a: null, b: null } });
});

test('the public reads a published project without attributes that stay private, and ids in place of keys', async () => {
  const { stage, token } = await emptyStage();
  const { projectId } = await stage.import(token, wholeTree());
  await stage.ask(token, `mutation { publishProject(id: "${projectId}", confirm: true) { isPublic } }`);
  const { body } = await exported(stage, projectId!);
  const entries = entriesIn(body);
  expect([...new Set(entries.map(({ type }) => type))].sort()).toEqual(
    [
      'Project',
      'Contributor',
      'Subject',
      'Session',
      'Epoch',
      'Behavior',
      'DataAcquisition',
      'Manipulation',
      'Procedure',
      'ProcedureLog',
      'ProcedureLogEntry',
      'SubjectLog',
      'SubjectLogEntry',
      'Collection',
      'Cohort',
      'Breeding',
      'BreedingLogEntry',
    ].sort(),
  );
  const acquisition = entries.find(({ type }) => type === 'DataAcquisition')!;
  expect([acquisition.fileUrl, acquisition.dataStorage, acquisition.equipment]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
  expect(body).not.toMatch(/lab:maze|rig|NAS|Mus musculus/);
  expect(entries.find(({ type }) => type === 'Project')!.key).toBe(projectId);
  const asPublic = await stage.app.inject({
    url: `/export/projects/${projectId}.ndjson`,
    headers: { authorization: `Bearer ${token}`, 'stemgraph-view-as': 'public' },
  });
  expect(asPublic.body).toBe(body);
});

test('a breeding is exported without animals of other projects, though its reader sees them', async () => {
  const { stage, token } = await emptyStage();
  const { projectId } = await stage.import(token, wholeTree());
  const colony = await stage.lab.add('Project', { name: 'Colony' });
  const [{ dam, sire }] = await stage.database.dataSource.query<[{ dam: string; sire: string }]>(
    `SELECT "dam_id" AS "dam", "sire_id" AS "sire" FROM "breeding"`,
  );
  await stage.database.dataSource.query(`INSERT INTO "project_subject" ("project_id", "subject_id") VALUES ($1, $2)`, [
    colony,
    sire,
  ]);
  await stage.database.dataSource.query(
    `DELETE FROM "project_subject" WHERE "project_id" <> $1 AND "subject_id" = $2`,
    [colony, sire],
  );
  await stage.database.dataSource.query(
    `UPDATE "project" SET "is_public" = TRUE, "published_at" = now(), "first_published_at" = now() WHERE "id" = $1`,
    [colony],
  );
  const shown = await stage.ask(
    token,
    `{ project(id: "${projectId}") { breedings { nodes { dam { id } sire { id } } } } }`,
  );
  expect(shown.data).toMatchObject({ project: { breedings: { nodes: [{ dam: { id: dam }, sire: { id: sire } }] } } });
  const breeding = entriesIn((await exported(stage, projectId!, token)).body).find(({ type }) => type === 'Breeding')!;
  expect([breeding['dam'], breeding['sire'], breeding['offspring']]).toEqual(['m1', undefined, undefined]);
});

test('imported again, a tree leaves animals of other projects where they are: it could not name them', async () => {
  const { stage, token } = await emptyStage();
  const { projectId } = await stage.import(token, wholeTree());
  const query = (text: string, values: unknown[] = []): Promise<{ id: string }[]> =>
    stage.database.dataSource.query(text, values);
  const colony = await stage.lab.add('Project', { name: 'Colony' });
  const [species] = await query(`SELECT "species_id" AS "id" FROM "subject" LIMIT 1`);
  const pup = await stage.lab.add('Subject', { name: 'Pup', speciesId: species!.id, sex: 'FEMALE' });
  await query(`INSERT INTO "project_subject" ("project_id", "subject_id") VALUES ($1, $2)`, [colony, pup]);
  await query(
    `UPDATE "project" SET "is_public" = TRUE, "published_at" = now(), "first_published_at" = now() WHERE "id" = $1`,
    [colony],
  );
  await query(`INSERT INTO "breeding_offspring" ("breeding_id", "subject_id") SELECT "id", $1 FROM "breeding"`, [pup]);
  await query(`INSERT INTO "session_subject" ("session_id", "subject_id") SELECT "id", $1 FROM "session"`, [pup]);
  const { body } = await exported(stage, projectId!, token);
  expect(body).not.toContain(pup);
  expect(await stage.import(token, entriesIn(body))).toMatchObject({ created: 0, updated: 0 });
  expect(
    await query(`SELECT "subject_id" AS "id" FROM "breeding_offspring" WHERE "subject_id" = $1`, [pup]),
  ).toHaveLength(1);
});
