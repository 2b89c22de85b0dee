import { anonymous, type Scope } from '../../src/access/viewer';
import { fieldName } from '../../src/model/names';
import type { Answer } from '../stage/server';
import { Workshop, type Cast, type Things } from './bench';
import { operationOf } from './inputs';

let workshop: Workshop;
let things: Things;
let target: Things;
beforeAll(async () => {
  workshop = await Workshop.open();
});
beforeEach(async () => {
  things = await workshop.things();
  target = await workshop.things();
});
afterAll(() => workshop.close());

const everything = ['READ', 'WRITE', 'PUBLISH'] as const satisfies readonly Scope[];

interface Linked {
  changed: boolean;
  isPublic: boolean;
  confirmationRequired: boolean;
  message: string;
  impact: {
    subjects: number;
    procedures: number;
    sessions: number;
    epochs: number;
    modules: number;
    logs: number;
    digest: string;
    stillHidden: unknown[];
  };
}

type LinkedType = 'Subject' | 'Session';

function send(part: keyof Cast['ids'], scopes: readonly Scope[], type: LinkedType, args: string): Promise<Answer> {
  return workshop.server.ask(
    workshop.as(part, ...scopes),
    `mutation ($id: ID!, $project: ID!) { result: link${type}(id: $id, projectId: $project${args}) { changed isPublic confirmationRequired message object: ${fieldName(type)} { id }
      impact { subjects procedures sessions epochs modules logs digest stillHidden { type references paths } } } }`,
    { id: things[type], project: target['Project'] },
  );
}

async function link(
  type: LinkedType,
  args = '',
  scopes: readonly Scope[] = everything,
  part: keyof Cast['ids'] = 'owner',
): Promise<Linked> {
  const { data, errors } = await send(part, scopes, type, args);
  expect(errors).toBeUndefined();
  return data!['result'] as Linked;
}

async function unlink(type: LinkedType, project: string, part: keyof Cast['ids'] = 'owner'): Promise<Answer> {
  return workshop.server.ask(
    workshop.as(part),
    `mutation ($id: ID!, $project: ID!) { result: unlink${type}(id: $id, projectId: $project) { unlinkedId changed isPublic revoked message } }`,
    { id: things[type], project },
  );
}

const code = ({ errors }: Answer): string | undefined => errors?.[0]?.extensions.code;
const publish = (id: string): Promise<unknown> =>
  workshop.rows(
    `UPDATE "project" SET "is_public" = TRUE, "published_at" = now(), "first_published_at" = now() WHERE "id" = $1`,
    [id],
  );
const isSeen = async (id: string): Promise<boolean> =>
  (await workshop.server.ask(anonymous, `query ($id: ID!) { node(id: $id) { id } }`, { id })).data!['node'] !== null;
const history = (id: string): Promise<unknown[]> =>
  workshop.rows(`SELECT "action", "user_id" FROM "publication_event" WHERE "object_id" = $1 ORDER BY "id"`, [id]);
const hire = (userId: string, projectId: string, role: string): Promise<unknown> =>
  workshop.lab.add('Membership', { userId, projectId, role, acceptedAt: new Date() });

test.each(['Subject', 'Session'] as const)(
  'linking a %s to a private project opens nothing and needs no confirmation',
  async (type) => {
    const linked = await link(type, '', ['WRITE']);
    expect(linked).toMatchObject({ changed: true, isPublic: false, confirmationRequired: false });
    expect(linked.impact).toMatchObject({ subjects: 0, sessions: 0, modules: 0, stillHidden: [] });
    expect(await link(type)).toMatchObject({ changed: false });
    expect(await history(things[type]!)).toEqual([]);
  },
);

test.each([
  ['Subject', { subjects: 1, procedures: 1, logs: 2, sessions: 0, modules: 0 }],
  ['Session', { sessions: 1, epochs: 1, modules: 3, subjects: 0, procedures: 0 }],
] as const)(
  'linking a %s to a public project is a publication: question, impact, scope and history',
  async (type, counts) => {
    await workshop.rows(`UPDATE "behavior" SET "setup_id" = $1 WHERE "id" = $2`, [things['Setup'], things['Behavior']]);
    await publish(target['Project']!);
    expect(code(await send('owner', ['READ', 'WRITE'], type, ', confirm: true'))).toBe('FORBIDDEN');
    const before = await workshop.fingerprint();
    const question = await link(type);
    expect(question).toMatchObject({ changed: false, isPublic: false, confirmationRequired: true, impact: counts });
    expect(question.message).toMatch(/^Are you sure .* Nothing has changed yet/);
    expect(await workshop.fingerprint()).toBe(before);
    if (type === 'Session')
      expect(question.impact.stillHidden).toEqual([{ type: 'SETUP', references: 1, paths: ['Behavior.setup'] }]);
    // What would become visible changes meanwhile: the old impact no longer counts.
    await workshop.lab.add(
      type === 'Subject' ? 'SubjectLog' : 'Epoch',
      type === 'Subject'
        ? { subjectId: things['Subject'], type: 'Handling', schemaVersion: '1.0.0' }
        : { sessionId: things['Session'], name: 'Late' },
    );
    expect(code(await send('owner', everything, type, `, confirm: true, ifImpact: "${question.impact.digest}"`))).toBe(
      'CONFLICT',
    );
    expect(await isSeen(things[type]!)).toBe(false);
    const { digest } = (await link(type)).impact;
    expect(await link(type, `, confirm: true, ifImpact: "${digest}"`)).toMatchObject({ changed: true, isPublic: true });
    expect(await isSeen(things[type]!)).toBe(true);
    expect(await isSeen(things['Project']!)).toBe(false);
    expect(await history(things[type]!)).toEqual([{ action: 'PUBLISH', user_id: workshop.cast.ids.owner }]);
  },
);

test('what is public already is linked to another public project without a question', async () => {
  await publish(things['Project']!);
  await publish(target['Project']!);
  expect(await link('Session', '', ['WRITE'])).toMatchObject({
    changed: true,
    isPublic: true,
    confirmationRequired: false,
  });
  expect(await history(things['Session']!)).toEqual([]);
});

test('a contributor cannot launder what is private through a project of their own', async () => {
  await publish(target['Project']!);
  for (const type of ['Subject', 'Session'] as const) {
    // A contributor of the source who owns the target.
    const userId = workshop.cast.ids.stranger;
    await hire(userId, things['Project']!, 'CONTRIBUTOR').catch(() => undefined);
    await hire(userId, target['Project']!, 'OWNER').catch(() => undefined);
    const before = await workshop.fingerprint();
    expect(code(await send('stranger', everything, type, ', confirm: true'))).toBe('FORBIDDEN');
    expect(code(await send('contributor', everything, type, ', confirm: true'))).toBe('FORBIDDEN');
    expect(code(await send('member', everything, type, ', confirm: true'))).toBe('FORBIDDEN');
    expect(await workshop.fingerprint()).toBe(before);
    expect(await isSeen(things[type]!)).toBe(false);
  }
});

test('an owner of the source who is only a member of the target links nothing to it', async () => {
  const alone = await workshop.hiddenThings();
  target = alone;
  expect(code(await send('owner', everything, 'Subject', ''))).toBe('NOT_FOUND');
  await hire(workshop.cast.ids.owner, alone['Project']!, 'MEMBER');
  expect(code(await send('owner', everything, 'Subject', ''))).toBe('FORBIDDEN');
});

test('no input of any mutation but publishing says what is public, and no update names a parent or project', () => {
  const inputs = Object.values(workshop.inputs.schema.getTypeMap()).filter(({ name }) => name.endsWith('Input'));
  expect(inputs.length).toBeGreaterThan(66);
  const wrong = inputs.flatMap(({ name }) =>
    workshop.inputs
      .inputFields(name)
      .map((field) => field.name)
      .filter(
        (field) =>
          /public|publish|approved|proposed|version$|createdAt|updatedAt/i.test(field) &&
          !['publishedOn', 'schemaVersion', 'publicationIds'].includes(field),
      )
      .map((field) => `${name}.${field}`),
  );
  expect(wrong).toEqual([]);
  const parents = [
    'projectId',
    'projectIds',
    'logId',
    'groupId',
    'inventoryId',
    'dataStorageId',
    'sessionId',
    'subjectId',
    'procedureId',
    'setupId',
  ];
  const moving = workshop.inputs.types().flatMap((type) =>
    workshop.inputs
      .inputFields(`Update${type}Input`)
      .filter(({ name }) => parents.includes(name))
      .map(({ name }) => `${type}.${name}`),
  );
  // These only refer to an attribute; they do not belong to it.
  expect(moving.sort()).toEqual(['Behavior.setupId', 'DataAcquisition.dataStorageId']);
});

test('whatever is created inside a public project says that it is public, and is', async () => {
  await publish(things['Project']!);
  const inside =
    'Contributor Subject Session Collection Cohort Epoch Manipulation DataAcquisition Procedure ProcedureLog ProcedureLogEntry SubjectLog SubjectLogEntry'.split(
      ' ',
    );
  for (const type of inside) {
    const { data } = await workshop.server.ask(
      workshop.as('owner'),
      operationOf({ name: `create${type}`, action: 'create', type }),
      {
        input: { ...workshop.inputs.valid(type, 'create', things) },
      },
    );
    const { isPublic, message, object } = data!['result'] as {
      isPublic: boolean;
      message: string;
      object: { id: string };
    };
    expect([type, isPublic, message]).toEqual([
      type,
      true,
      'Created. It is public from now on, since it is in a public project.',
    ]);
    expect([type, await isSeen(object.id)]).toEqual([type, true]);
  }
  for (const type of ['Session', 'Setup', 'DataStorage', 'Project']) {
    const { data } = await workshop.server.ask(
      workshop.as('owner'),
      operationOf({ name: `create${type}`, action: 'create', type }),
      {
        input: { ...workshop.inputs.valid(type, 'create', type === 'Session' ? target : things) },
      },
    );
    expect([type, data!['result']]).toMatchObject([
      type,
      { isPublic: false, message: 'Created. Only members see it.' },
    ]);
  }
});

test('unlinking takes it out of that project, its collections and cohorts; the last project cannot be left', async () => {
  for (const [type, choice, table] of [
    ['Subject', 'Cohort', 'cohort_subject'],
    ['Session', 'Collection', 'collection_session'],
  ] as const) {
    const alone = await unlink(type, things['Project']!);
    expect(code(alone)).toBe('BAD_USER_INPUT');
    await link(type);
    await workshop.rows(
      `INSERT INTO "${table}" ("${choice.toLowerCase()}_id", "${type.toLowerCase()}_id", "project_id", "position") VALUES ($1, $2, $3, 0)`,
      [target[choice], things[type], target['Project']],
    );
    expect(code(await unlink(type, target['Project']!, 'member'))).toBe('FORBIDDEN');
    expect((await unlink(type, target['Project']!, 'contributor')).data!['result']).toMatchObject({
      unlinkedId: things[type],
      changed: true,
      revoked: false,
    });
    expect(
      await workshop.rows(`SELECT 1 FROM "${table}" WHERE "${type.toLowerCase()}_id" = $1`, [things[type]]),
    ).toEqual([]);
    expect(
      await workshop.rows(`SELECT "version" FROM "${choice.toLowerCase()}" WHERE "id" = $1`, [target[choice]]),
    ).toEqual([{ version: 2 }]);
    expect((await unlink(type, target['Project']!)).data!['result']).toMatchObject({ changed: false });
  }
});

test('leaving the last public project is recorded as a revoke', async () => {
  await publish(target['Project']!);
  await link('Session', ', confirm: true');
  expect((await unlink('Session', target['Project']!)).data!['result']).toMatchObject({
    changed: true,
    isPublic: false,
    revoked: true,
  });
  expect(await isSeen(things['Session']!)).toBe(false);
  expect(await history(things['Session']!)).toMatchObject([{ action: 'PUBLISH' }, { action: 'REVOKE' }]);
});
