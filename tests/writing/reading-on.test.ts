import { getNamedType, isInterfaceType, isObjectType } from 'graphql';
import { makeToken } from '../../src/people/tokens/token.service';
import { openWire } from '../http/wire';
import type { Answer } from '../stage/server';
import { Workshop, type Things } from './bench';

/** Every mutation answers in one shape, and lets its client read on in the same request. */
let workshop: Workshop;
let things: Things;
beforeAll(async () => {
  workshop = await Workshop.open();
  things = await workshop.things();
});
afterAll(() => workshop.close());

const owner = (): ReturnType<Workshop['as']> => workshop.as('owner', 'READ', 'WRITE', 'PUBLISH');
const ask = (query: string): Promise<Answer> => workshop.server.ask(owner(), query);
const sessions = (): string => `query { project(id: "${things['Project']}") { sessions { totalCount } } }`;
const counted = (totalCount: number): object => ({ query: { project: { sessions: { totalCount } } } });

test('every mutation answers with a payload: what it is about, what happened, and where to read on', () => {
  const { schema } = workshop.inputs;
  const shared = schema.getType('MutationPayload');
  if (!isInterfaceType(shared)) throw new Error('There is no interface for payloads.');
  expect(Object.values(shared.getFields()).map((field) => `${field.name}: ${String(field.type)}`)).toEqual(
    expect.arrayContaining(['changed: Boolean!', 'message: String!', 'query: Query!']),
  );
  const wrong = workshop.inputs.fields().filter(({ type }) => {
    const payload = getNamedType(type);
    if (!isObjectType(payload) || !payload.getInterfaces().includes(shared)) return true;
    return !payload.name.endsWith('Payload') || String(type) !== payload.name;
  });
  expect(wrong.map(({ name }) => name)).toEqual([]);
});

test('what is read on is the state after the change, after each of several', async () => {
  const create = (name: string): string =>
    `${name}: createSession(input: { name: "${name}", projectIds: ["${things['Project']}"] }) { ${sessions()} }`;
  const { data, errors } = await ask(
    `mutation { ${create('one')} gone: deleteSession(id: "${things['Session']}") { ${sessions()} } ${create('two')} }`,
  );
  expect(errors).toBeUndefined();
  expect(data).toEqual({ one: counted(2), gone: counted(1), two: counted(2) });
});

test('it is read by the same viewer, who may have lost sight of something by the change itself', async () => {
  const [mine, hidden] = [await workshop.things(), await workshop.hiddenThings()];
  const read = `query { mine: project(id: "${mine['Project']}") { name } other: project(id: "${hidden['Project']}") { name } }`;
  const left = await ask(`mutation { leave(containerId: "${mine['Project']}") { ${read} } }`);
  expect(left).toEqual({ data: { leave: { query: { mine: null, other: null } } } });
  const stranger = await workshop.server.ask(
    workshop.as('stranger'),
    `mutation { createProject(input: { name: "Mine" }) { ${read} } }`,
  );
  expect(stranger).toEqual({ data: { createProject: { query: { mine: null, other: null } } } });
});

test('what is read on is estimated with the rest: what could be too much is refused before anything is changed', async () => {
  const wide =
    'nodes { subjects(first: 100) { nodes { sessions(first: 100) { nodes { subjects(first: 100) { nodes { id } } } } } } }';
  const before = await workshop.fingerprint();
  const { data, errors } = await ask(
    `mutation { createProject(input: { name: "Wide" }) { query { projects(first: 100) { ${wide} } } } }`,
  );
  expect([data, errors?.map(({ extensions }) => extensions.code)]).toEqual([undefined, ['QUERY_TOO_LARGE']]);
  expect(await workshop.fingerprint()).toBe(before);
});

test('a change that reads on at length, or exports, is refused: it would keep the place of others while it waits', async () => {
  const wide = 'nodes { sessions(first: 50) { nodes { subjects(first: 80) { nodes { id } } } } }';
  const before = await workshop.fingerprint();
  for (const read of [`projects(first: 7) { ${wide} }`, `exportProject(id: "${things['Project']}")`]) {
    const { errors } = await ask(`mutation { createProject(input: { name: "Long" }) { query { ${read} } } }`);
    expect(errors?.map(({ extensions }) => extensions.code)).toEqual(['QUERY_TOO_LARGE']);
    expect(errors![0]!.message).toContain('in a request of its own');
  }
  expect(await workshop.fingerprint()).toBe(before);
});

describe('while it runs', () => {
  let token: string;
  beforeAll(async () => {
    const wanted = { name: 'Reader', scopes: ['READ' as const, 'WRITE' as const], lifetime: 2 };
    ({ secret: token } = await makeToken(workshop.dataSource.manager, workshop.cast.ids.owner, wanted));
  });

  const send = async (limits: object, query: string): Promise<Answer & { took: number }> => {
    const wire = await openWire(workshop.dataSource, { limits });
    try {
      const began = performance.now();
      const answer = await wire.send(JSON.stringify({ query }), { authorization: `Bearer ${token}` });
      return { ...answer.json<Answer>(), took: performance.now() - began };
    } finally {
      await wire.close();
    }
  };

  const wireOf = async (secret: string, query: string): Promise<Answer> => {
    const wire = await openWire(workshop.dataSource);
    try {
      return (await wire.send(JSON.stringify({ query }), { authorization: `Bearer ${secret}` })).json<Answer>();
    } finally {
      await wire.close();
    }
  };

  test('what would be too much is refused as the client’s fault', async () => {
    const wire = await openWire(workshop.dataSource);
    try {
      const query = `mutation { revokeProject(id: "${things['Project']}") { query { exportProject(id: "${things['Project']}") } } }`;
      const { statusCode } = await wire.send(JSON.stringify({ query }), { authorization: `Bearer ${token}` });
      expect(statusCode).toBe(400);
    } finally {
      await wire.close();
    }
  });

  test('it is counted as any query is', async () => {
    const tags = Array.from({ length: 60 }, (_, index) => `t${index}: tags`).join(' ');
    const update = `updateProject(id: "${things['Project']}", input: { tags: ["a", "b", "c"] })`;
    const query = `mutation { ${update} { query { project(id: "${things['Project']}") { ${tags} } } } }`;
    const { data, errors } = await send({ bytes: 600 }, query);
    expect(data).toBeNull();
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'QUERY_TOO_LARGE', limit: 'bytes' });
    expect((await send({ bytes: 5000 }, query)).errors).toBeUndefined();
  });

  test('what was changed before it came to too much is told, a secret too, which is told only once', async () => {
    const tags = Array.from({ length: 60 }, (_, index) => `t${index}: tags`).join(' ');
    const update = `updateProject(id: "${things['Project']}", input: { tags: ["a", "b", "c"] }) { changed }`;
    const read = `query { project(id: "${things['Project']}") { ${tags} } }`;
    const create = 'createAccessToken(input: { name: "Mine", scopes: [READ], lifetimeDays: 1 })';
    const query = `mutation { ${update} made: ${create} { token ${read} } last: ${update} }`;
    for (const limits of [{ bytes: 500 }, { bytes: 900 }]) {
      const { data, errors, extensions } = await send(limits, query);
      expect(data).toBeNull();
      expect(errors?.[0]?.message).toContain('What came before is done: see `extensions.changesMade`.');
      const [first, made] = extensions!['changesMade'] as Record<string, unknown>[];
      expect(first).toMatchObject({ path: ['updateProject'], changed: expect.any(Boolean) as boolean });
      expect(made).toMatchObject({ path: ['made'], changed: true });
      const answer = await wireOf(String(made!['token']), '{ viewer { id } }');
      expect(answer).toEqual({ data: { viewer: { id: workshop.cast.ids.owner } } });
    }
  });

  test('of an answer of too many errors the last one says what became of it, and that a change before them is done', async () => {
    const failing = Array.from({ length: 120 }, (_, index) => `f${index}: deleteProject(id: "no id") { changed }`);
    const { Project: project } = await workshop.things();
    const wanted = { name: 'Publisher', scopes: ['WRITE' as const, 'PUBLISH' as const], lifetime: 2 };
    const { secret } = await makeToken(workshop.dataSource.manager, workshop.cast.ids.owner, wanted);
    const publish = `publishProject(id: "${project}", confirm: true) { changed confirmationRequired }`;
    const { data, errors, extensions } = await wireOf(secret, `mutation { ${publish} ${failing.join(' ')} }`);
    expect(data).toBeNull();
    expect(errors).toHaveLength(100);
    expect(errors!.slice(0, 99).map((one) => one.extensions.code)).toEqual(Array(99).fill('BAD_USER_INPUT'));
    expect(errors![99]).toMatchObject({
      message:
        'This answer had 120 errors, and fails as a whole: these are the first 99. Ask for less at once. What came before is done: see `extensions.changesMade`.',
      extensions: { code: 'QUERY_TOO_LARGE' },
    });
    expect(extensions!['changesMade']).toEqual([
      expect.objectContaining({ path: ['publishProject'], changed: true, confirmationRequired: false }),
    ]);
    const without = await send({}, `mutation { ${failing.join(' ')} }`);
    expect(without.errors![99]!.message).toMatch(/Ask for less at once\.$/);
    expect(without.extensions).toBeUndefined();
  });

  test('a change that itself takes longer than a request may is told', async () => {
    const runner = workshop.dataSource.createQueryRunner();
    await runner.startTransaction();
    await runner.query('SELECT 1 FROM "cohort" WHERE "id" = $1 FOR UPDATE', [things['Cohort']]);
    const change = `mutation { updateCohort(id: "${things['Cohort']}", input: { name: "Late" }) { changed cohort { name } } }`;
    const answer = send({ totalTime: 500 }, change);
    await new Promise((resolve) => setTimeout(resolve, 1000));
    await runner.rollbackTransaction();
    await runner.release();
    expect(await answer).toMatchObject({ data: { updateCohort: { changed: true, cohort: { name: 'Late' } } } });
  });

  test('its time ends, whereas the change before it is finished', async () => {
    const runner = workshop.dataSource.createQueryRunner();
    const name = `Kept ${Math.random()}`;
    await runner.startTransaction();
    try {
      await runner.query('LOCK TABLE "contributor" IN ACCESS EXCLUSIVE MODE');
      const reads = `query { project(id: "${things['Project']}") { contributors { nodes { id } } } }`;
      const answer = await send(
        { totalTime: 1500 },
        `mutation { updateCohort(id: "${things['Cohort']}", input: { name: "${name}" }) { changed ${reads} } }`,
      );
      expect(answer.errors?.[0]?.extensions).toMatchObject({ code: 'QUERY_TIMED_OUT', limit: 'totalTime' });
      expect(answer.took).toBeLessThan(5000);
    } finally {
      await runner.rollbackTransaction();
      await runner.release();
    }
    const [row] = await workshop.rows(`SELECT "name" FROM "cohort" WHERE "id" = $1`, [things['Cohort']]);
    expect(row).toEqual({ name });
  });
});
