import { anonymous } from '../../src/access/viewer';
import { newId } from '../../src/model/ids';
import { Workshop } from './bench';
import { operationOf } from './inputs';

let workshop: Workshop;
beforeAll(async () => {
  workshop = await Workshop.open();
});
afterAll(() => workshop.close());

const update = operationOf({ name: 'updateProject', action: 'update', type: 'Project' }, 'version');

test('of a thousand updates of one project by ten writers none is lost: each is applied or told CONFLICT', async () => {
  const { Project: id } = await workshop.things();
  const owner = workshop.as('owner');
  await workshop.server.ask(owner, update, { id, input: { description: 'begin' } });
  const applied: string[] = [];
  let conflicts = 0;
  const writer = async (name: number): Promise<void> => {
    for (let turn = 0; turn < 100; turn += 1) {
      const { data } = await workshop.server.ask(
        owner,
        `query ($id: ID!) { project(id: $id) { version description } }`,
        { id },
      );
      const { version, description } = data!['project'] as { version: number; description: string };
      const mark = `${name}.${turn}`;
      const answer = await workshop.server.ask(owner, update, {
        id,
        ifVersion: version,
        input: { description: `${description} ${mark}` },
      });
      if (!answer.errors) applied.push(mark);
      else {
        expect(answer.errors[0]!.extensions.code).toBe('CONFLICT');
        expect(answer.errors[0]!.extensions['currentVersion']).toBeGreaterThan(version);
        conflicts += 1;
      }
    }
  };
  await Promise.all(Array.from({ length: 10 }, (_, name) => writer(name)));
  expect(applied.length + conflicts).toBe(1000);
  expect(conflicts).toBeGreaterThan(0);
  const [row] = await workshop.rows<{ version: number; description: string }>(
    `SELECT "version", "description" FROM "project" WHERE "id" = $1`,
    [id],
  );
  expect(row!.version).toBe(2 + applied.length);
  expect(row!.description.split(' ').slice(1).sort()).toEqual([...applied].sort());
}, 120_000);

test('writers who hold each other up in all ways are all answered, with a code', async () => {
  const benches = [await workshop.things(), await workshop.things()];
  const owner = workshop.as('owner', 'READ', 'WRITE', 'PUBLISH');
  const [one, two] = benches as [(typeof benches)[0], (typeof benches)[0]];
  const link = (id: string, project: string): Promise<unknown> =>
    workshop.server.ask(
      owner,
      `mutation ($id: ID!, $project: ID!) { linkSubject(id: $id, projectId: $project, confirm: true) { changed } }`,
      { id, project },
    );
  const unlink = (id: string, project: string): Promise<unknown> =>
    workshop.server.ask(
      owner,
      `mutation ($id: ID!, $project: ID!) { unlinkSubject(id: $id, projectId: $project) { changed } }`,
      { id, project },
    );
  const publish = (action: string, id: string): Promise<unknown> =>
    workshop.server.ask(
      owner,
      `mutation ($id: ID!) { ${action}Project(id: $id${action === 'publish' ? ', confirm: true' : ''}) { changed } }`,
      { id },
    );
  const create = (bench: typeof one): Promise<unknown> =>
    workshop.server.ask(owner, operationOf({ name: 'createProcedure', action: 'create', type: 'Procedure' }), {
      input: workshop.inputs.valid('Procedure', 'create', bench),
    });
  const rounds = Array.from({ length: 12 }, () => [
    link(one['Subject']!, two['Project']!),
    link(two['Subject']!, one['Project']!),
    create(one),
    create(two),
    publish('publish', one['Project']!),
    unlink(one['Subject']!, two['Project']!),
    unlink(two['Subject']!, one['Project']!),
    publish('revoke', one['Project']!),
  ]).flat();
  const answers = (await Promise.all(rounds)) as { errors?: { message: string; extensions: { code: string } }[] }[];
  const broken = answers
    .flatMap(({ errors = [] }) => errors)
    .filter(({ extensions }) => extensions.code === 'INTERNAL_SERVER_ERROR');
  expect(broken).toEqual([]);
}, 120_000);

test('what is created while its project is being published is public or counted, never neither', async () => {
  const things = await workshop.things();
  const owner = workshop.as('owner', 'READ', 'WRITE', 'PUBLISH');
  const creation = { name: 'createSession', action: 'create', type: 'Session' };
  const preview = await workshop.server.ask(
    owner,
    `mutation ($id: ID!) { publishProject(id: $id) { impact { digest } } }`,
    { id: things['Project'] },
  );
  const { digest } = (preview.data!['publishProject'] as { impact: { digest: string } }).impact;
  const [made, published] = await Promise.all([
    workshop.server.ask(owner, operationOf(creation), { input: { name: 'New', projectIds: [things['Project']] } }),
    workshop.server.ask(
      owner,
      `mutation ($id: ID!, $digest: String) { publishProject(id: $id, confirm: true, ifImpact: $digest) { changed } }`,
      { id: things['Project'], digest },
    ),
  ]);
  const { isPublic, object } = made.data!['result'] as { isPublic: boolean; object: { id: string } };
  // Either the creator was told that it is public, or the owner that there is more than they looked at.
  if (published.errors) expect([published.errors[0]!.extensions.code, isPublic]).toEqual(['CONFLICT', false]);
  else expect(isPublic).toBe(true);
  const seen = await workshop.server.ask(anonymous, `query ($id: ID!) { session(id: $id) { id } }`, { id: object.id });
  expect(seen.data!['session'] !== null).toBe(isPublic);
});

/** Runs in a transaction of its own that stays open while something else is tried. */
async function meanwhile<T>(
  statement: string,
  values: unknown[],
  attempt: () => Promise<T>,
): Promise<{ waited: boolean; result: T }> {
  const holder = workshop.dataSource.createQueryRunner();
  await holder.startTransaction();
  try {
    await holder.query(statement, values);
    const running = attempt();
    const waited = await Promise.race([
      running.then(() => false),
      new Promise<boolean>((resolve) => setTimeout(() => resolve(true), 500)),
    ]);
    await holder.commitTransaction();
    return { waited, result: await running };
  } finally {
    await holder.release();
  }
}

test.each(['Subject', 'Session', 'Collection', 'Procedure', 'ProcedureLogEntry', 'SubjectLog', 'Behavior', 'Epoch'])(
  'the creation of a %s waits while its project is being published, and then says that it is public',
  async (type) => {
    const things = await workshop.things();
    const publication = `UPDATE "project" SET "is_public" = TRUE, "published_at" = now(), "first_published_at" = now() WHERE "id" = $1`;
    const { waited, result } = await meanwhile(publication, [things['Project']], () =>
      workshop.server.ask(workshop.as('owner'), operationOf({ name: `create${type}`, action: 'create', type }), {
        input: workshop.inputs.valid(type, 'create', things),
      }),
    );
    expect(waited).toBe(true);
    expect(result.data!['result']).toMatchObject({ isPublic: true });
  },
);

test('what the database refuses at the last moment is told without its rows, and changes nothing', async () => {
  const things = await workshop.things();
  const name = `Taken ${Math.random()}`;
  const insertion = `INSERT INTO "collection" ("id", "project_id", "name") VALUES ($1, $2, $3)`;
  const { waited, result } = await meanwhile(insertion, [newId('Collection'), things['Project'], name], () =>
    workshop.server.ask(
      workshop.as('owner'),
      operationOf({ name: 'updateCollection', action: 'update', type: 'Collection' }),
      {
        id: things['Collection'],
        input: { name, sessionIds: [things['Session']] },
      },
    ),
  );
  expect(waited).toBe(true);
  expect(result.errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', errors: [{ code: 'DUPLICATE' }] });
  expect(JSON.stringify(result)).not.toContain(name);
  expect(
    await workshop.rows(`SELECT 1 FROM "collection_session" WHERE "collection_id" = $1`, [things['Collection']]),
  ).toEqual([]);
});

test('what is deleted while somebody refers to it is told as a conflict', async () => {
  const things = await workshop.things();
  const { result } = await meanwhile(`DELETE FROM "strain" WHERE "id" = $1`, [things['Strain']], () =>
    workshop.server.ask(
      workshop.as('owner'),
      operationOf({ name: 'updateSubject', action: 'update', type: 'Subject' }),
      {
        id: things['Subject'],
        input: { strainId: things['Strain'] },
      },
    ),
  );
  expect(result.errors?.[0]?.extensions).toEqual({ code: 'CONFLICT' });
});
