import { anonymous } from '../../src/access/viewer';
import { Workshop, type Cast, type Things } from './bench';
import { operationOf } from './inputs';

let workshop: Workshop;
let things: Things;
beforeAll(async () => {
  workshop = await Workshop.open();
});
beforeEach(async () => {
  things = await workshop.things();
});
afterAll(() => workshop.close());

interface Outcome {
  code: string | undefined;
  message: string;
  revoked: boolean | undefined;
}

async function remove(type: string, part: keyof Cast['ids'] = 'owner', id = things[type]!): Promise<Outcome> {
  const { data, errors } = await workshop.server.ask(
    workshop.as(part),
    operationOf({ name: `delete${type}`, action: 'delete', type }),
    { id },
  );
  const result = data?.['result'] as { message: string; revoked: boolean } | undefined;
  return {
    code: errors?.[0]?.extensions.code,
    message: errors?.[0]?.message ?? result!.message,
    revoked: result?.revoked,
  };
}

const count = async (table: string, id: string): Promise<number> =>
  (await workshop.rows(`SELECT 1 FROM "${table}" WHERE "id" = $1`, [id])).length;
const open = (table: string, id: string): Promise<unknown> =>
  workshop.rows(
    `UPDATE "${table}" SET "is_public" = TRUE${table === 'project' ? ', "published_at" = now(), "first_published_at" = now()' : ''} WHERE "id" = $1`,
    [id],
  );
const history = async (id: string): Promise<string[]> =>
  (
    await workshop.rows<{ action: string }>(`SELECT "action" FROM "publication_event" WHERE "object_id" = $1`, [id])
  ).map(({ action }) => action);

test('a deleted project takes with it what would be in no project, and leaves the rest', async () => {
  const other = await workshop.things();
  await workshop.rows(`INSERT INTO "project_session" ("project_id", "session_id") VALUES ($1, $2)`, [
    other['Project'],
    things['Session'],
  ]);
  await open('project', things['Project']!);
  const { revoked, message } = await remove('Project');
  expect(revoked).toBe(true);
  expect(message).toContain('1 subject that was in no other project');
  expect(message).not.toContain('session');
  expect(await count('subject', things['Subject']!)).toBe(0);
  expect(await count('procedure', things['Procedure']!)).toBe(0);
  expect(await count('session', things['Session']!)).toBe(1);
  expect(await count('behavior', things['Behavior']!)).toBe(1);
  expect(await history(things['Project']!)).toEqual(['REVOKE']);
});

test.each(['Subject', 'Project'])(
  'with a deleted %s, breedings of other projects lose their animals, and their version moves for whoever edits them',
  async (type) => {
    const { Breeding: other, Project: project } = await workshop.things();
    const pair = await workshop.lab.add('Breeding', { projectId: project, name: 'Pair', damId: things['Subject'] });
    const untouched = await workshop.lab.add('Breeding', { projectId: project, name: 'Untouched' });
    await workshop.rows(`INSERT INTO "breeding_offspring" ("breeding_id", "subject_id") VALUES ($1, $2)`, [
      other,
      things['Subject'],
    ]);
    const versions = (): Promise<{ version: number; updatedAt: Date }[]> =>
      workshop.rows(
        `SELECT "version", "dam_id" AS "dam", "updated_at" AS "updatedAt" FROM "breeding" WHERE "id" = ANY($1)
         ORDER BY array_position($1, "id")`,
        [[pair, other, untouched]],
      );
    const before = await versions();
    expect((await remove(type)).code).toBeUndefined();
    expect(await versions()).toEqual(
      before.map((one, index) => ({ ...one, dam: null, version: one.version + (index < 2 ? 1 : 0) })),
    );
    expect(await workshop.rows(`SELECT 1 FROM "breeding_offspring" WHERE "breeding_id" = $1`, [other])).toEqual([]);
  },
);

test('what was never public leaves no record', async () => {
  expect((await remove('Project')).revoked).toBe(false);
  expect(await history(things['Project']!)).toEqual([]);
});

test('a subject or session is deleted by a contributor of all of its projects, else it can only be taken out', async () => {
  const hidden = await workshop.hiddenThings();
  for (const type of ['Subject', 'Session']) {
    await workshop.rows(
      `INSERT INTO "project_${type.toLowerCase()}" ("project_id", "${type.toLowerCase()}_id") VALUES ($1, $2)`,
      [hidden['Project'], things[type]],
    );
    const refused = await remove(type, 'contributor');
    expect(refused).toMatchObject({ code: 'FORBIDDEN' });
    expect(refused.message).toContain(`unlink${type}`);
    expect(refused.message).not.toContain(hidden['Project']);
    expect((await remove(type, 'curator')).code).toBeUndefined();
    expect(await count(type.toLowerCase(), things[type]!)).toBe(0);
  }
});

test('deleting an attribute never fails: what referred to it reads as null', async () => {
  await workshop.rows(`UPDATE "behavior" SET "setup_id" = $1, "behavioral_paradigm_id" = $2 WHERE "id" = $3`, [
    things['Setup'],
    things['BehavioralParadigm'],
    things['Behavior'],
  ]);
  await workshop.rows(`UPDATE "procedure" SET "consumable_stock_id" = $1 WHERE "id" = $2`, [
    things['ConsumableStock'],
    things['Procedure'],
  ]);
  await workshop.rows(`INSERT INTO "procedure_equipment" ("procedure_id", "equipment_id") VALUES ($1, $2)`, [
    things['Procedure'],
    things['Equipment'],
  ]);
  for (const type of ['Setup', 'BehavioralParadigm', 'Inventory']) expect((await remove(type)).code).toBeUndefined();
  const { data } = await workshop.server.ask(
    workshop.as('owner'),
    `query ($b: ID!, $p: ID!) { behavior(id: $b) { setup { id } behavioralParadigm { id } } procedure(id: $p) { consumableStock { id } equipment { nodes { id } } } }`,
    { b: things['Behavior'], p: things['Procedure'] },
  );
  expect(data).toEqual({
    behavior: { setup: null, behavioralParadigm: null },
    procedure: { consumableStock: null, equipment: { nodes: [] } },
  });
});

test('what took place in a deleted epoch stays in its session', async () => {
  for (const table of ['behavior', 'data_acquisition', 'manipulation'])
    await workshop.rows(`UPDATE "${table}" SET "epoch_id" = $1 WHERE "session_id" = $2`, [
      things['Epoch'],
      things['Session'],
    ]);
  expect((await remove('Epoch', 'contributor')).code).toBeUndefined();
  for (const type of ['Behavior', 'Manipulation'])
    expect(
      await workshop.rows(`SELECT "epoch_id", "version" FROM "${type.toLowerCase()}" WHERE "id" = $1`, [things[type]]),
    ).toEqual([{ epoch_id: null, version: 2 }]);
});

test('a term that is in use stays; one that is not goes, by whoever may', async () => {
  expect(await remove('Species', 'administrator')).toMatchObject({ code: 'CONFLICT' });
  expect(await remove('Journal', 'administrator')).toMatchObject({ code: 'CONFLICT' });
  await workshop.rows(`INSERT INTO "project_publication" ("project_id", "publication_id") VALUES ($1, $2)`, [
    things['Project'],
    things['Publication'],
  ]);
  expect(await remove('Publication', 'administrator')).toMatchObject({ code: 'CONFLICT' });
  expect(await remove('Strain', 'owner')).toMatchObject({ code: 'FORBIDDEN' });
  expect(await remove('Strain', 'administrator')).toMatchObject({ code: undefined });
});

test('an old version is not deleted, and nobody sees what was', async () => {
  const mutation = operationOf({ name: 'deleteProject', action: 'delete', type: 'Project' });
  const { errors } = await workshop.server.ask(workshop.as('owner'), mutation, { id: things['Project'], ifVersion: 7 });
  expect(errors?.[0]?.extensions).toMatchObject({ code: 'CONFLICT', currentVersion: 1 });
  const stranger = await workshop.server.ask(workshop.as('member'), mutation, { id: things['Project'], ifVersion: 7 });
  expect(stranger.errors?.[0]?.extensions).toEqual({ code: 'FORBIDDEN' });
  await open('project', things['Project']!);
  await remove('Project');
  const { data } = await workshop.server.ask(anonymous, `query ($id: ID!) { project(id: $id) { id } }`, {
    id: things['Project'],
  });
  expect(data).toEqual({ project: null });
});
