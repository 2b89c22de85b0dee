import { buildClientSchema, getIntrospectionQuery } from 'graphql';
import { setTimeout as sleep } from 'node:timers/promises';
import { newId } from '../../src/model/ids';
import { makeToken } from '../../src/people/tokens/token.service';
import { createTestDatabase, type TestDatabase } from '../stage/database';
import { isQuiet, mostCpu, mostHeld, mostHealth, mostMemory, startServerProcess, type ServerProcess } from './process';
import { Dice } from '../world/dice';
import { long } from '../world/effort';
import { Agreement } from './agreement';
import { corpusOf } from './nestings';
import { storeLargeWorld, type LargeWorld } from './world';

/** What an attack with the source open found, each as a request of its own. */
let database: TestDatabase;
let server: ServerProcess;
let world: LargeWorld;
const heavyProject = newId('Project');

beforeAll(async () => {
  database = await createTestDatabase();
  world = await storeLargeWorld(database.dataSource);
  await database.dataSource.query(
    `INSERT INTO "project" ("id", "name", "is_public", "published_at", "first_published_at", "extra_fields", "description")
     VALUES ($1, 'Heavy', true, now(), now(), jsonb_build_object('note', repeat('é', 120000)), repeat('x', 90000))`,
    [heavyProject],
  );
  server = await startServerProcess(database.url, { TRUST_PROXY: '127.0.0.1' });
  // A server that has served for a minute is measured, not one whose code is yet to be compiled.
  for (let query = 0; query < 5; query += 1)
    await server.ask(
      `{ session(id: "${world.session}") { subjects(first: 50) { nodes { sessions(first: 20) { nodes { id name } } } } } }`,
    );
});

afterAll(async () => {
  await server.stop();
  await database.drop();
});

/** How many of the corpus a usual run tries; a long one tries all. */
const sampled = 12;

interface Answer {
  data?: unknown;
  errors?: { message: string; extensions: Record<string, unknown> }[];
}

/** Sends it some times at once; none may cost more than its share, or be noticed by others. */
async function attack(query: string, atOnce = 1, headers: Record<string, string> = {}): Promise<Answer> {
  const { result, spent, health } = await server.measure(() =>
    Promise.all(Array.from({ length: atOnce }, () => server.ask(query, {}, headers))),
  );
  expect(spent.cpu).toBeLessThan(mostCpu * atOnce);
  if (atOnce === 1) expect(spent.held).toBeLessThan(mostHeld);
  if (atOnce === 1) expect(spent.rss).toBeLessThan(mostMemory);
  if (isQuiet()) expect(health).toBeLessThan(mostHealth);
  return JSON.parse(result[0]!.body) as Answer;
}

/** Checks that the whole request was refused while it ran, for what it came to. */
function ended({ data, errors }: Answer, limit: string, field: string): void {
  const setting = { objects: 'QUERY_OBJECTS', values: 'QUERY_VALUES', bytes: 'QUERY_BYTES' }[limit];
  expect(data).toBeNull();
  expect(errors).toHaveLength(1);
  expect(errors![0]!.extensions).toEqual({
    code: 'QUERY_TOO_LARGE',
    limit,
    most: expect.any(Number) as number,
    value: expect.any(Number) as number,
    setting,
    costliestField: field,
  });
  const { value, most } = errors![0]!.extensions as { value: number; most: number };
  expect(value).toBeGreaterThan(most);
}

const times = (count: number, part: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => part(index)).join(' ');

test('what is to be looked at before publishing, in 5,000 notes and long texts', async () => {
  const { dataSource } = database;
  await dataSource.query(`UPDATE "data_acquisition" SET "notes" = repeat('In room 0441 of 17, ', 25)`);
  for (const table of ['session', 'subject', 'collection', 'cohort'])
    await dataSource.query(`UPDATE "${table}" SET "description" = repeat('In room 0441 of 17, ', 4500)`);
  const userId = newId('User');
  await dataSource.query(`INSERT INTO "user" ("id", "name") VALUES ($1, 'Olga Owner')`, [userId]);
  await dataSource.query(
    `INSERT INTO "membership" ("id", "user_id", "project_id", "role", "accepted_at") VALUES ($1, $2, $3, 'OWNER', now())`,
    [newId('Membership'), userId, world.project],
  );
  const { secret } = await makeToken(dataSource.manager, userId, { name: 'Olga', scopes: ['READ'], lifetime: 1 });
  const query = `{ publishReadiness(projectId: "${world.project}") { code count } }`;
  const { data, errors } = await attack(query, 1, { authorization: `Bearer ${secret}` });
  expect(errors).toBeUndefined();
  expect(data).toEqual({ publishReadiness: expect.arrayContaining([]) as unknown });
  for (const table of ['session', 'subject', 'collection', 'cohort'])
    await dataSource.query(`UPDATE "${table}" SET "description" = NULL`);
});

test('the contributors of a set, and their project, and its contributors: refused before anything is read', async () => {
  const nest = (levels: number): string =>
    levels === 0 ? 'id' : `contributors { nodes { project { ${nest(levels - 1)} } } }`;
  const { data, errors } = await attack(`{ project(id: "${world.project}") { ${nest(5)} } }`);
  expect([data, errors![0]!.extensions['code']]).toEqual([undefined, 'QUERY_TOO_LARGE']);
});

describe('what is more than it likely would be is ended while it runs', () => {
  const nest = (levels: number): string =>
    levels === 0 ? 'id' : `subjects { nodes { sessions { nodes { ${nest(levels - 1)} } } } }`;

  test.each([2])('the sessions of subjects of sessions, %i times', async (levels) => {
    const answer = await attack(`{ session(id: "${world.session}") { ${nest(levels)} } }`);
    ended(answer, 'objects', 'Subject.sessions');
  });

  test('the same object many times over counts each time', async () => {
    const ids = times(100, () => `"${world.session}"`);
    await attack(`{ nodes(ids: [${ids}]) { ... on Session { ${nest(1)} } } }`);
  });
});

test('what a request cost is told to whoever asks: estimate, what it came to, and the limit', async () => {
  const query = `{ project(id: "${world.project}") { contributors(first: 7) { nodes { name } } } }`;
  const { body } = await server.ask(query, {}, { 'stemgraph-explain': 'cost, access' });
  const { cost } = (JSON.parse(body) as { extensions: { cost: object } }).extensions;
  expect(cost).toMatchObject({
    objects: { estimate: 8, spent: 8, limit: 100_000 },
    bytes: { spent: expect.any(Number) as number, limit: 16 * 1024 * 1024 },
    connections: { estimate: 1, limit: 200 },
    depth: { estimate: 4, limit: 16 },
  });
});

describe('one long value under many aliases', () => {
  test.each(['extraFields', 'description'])('%s', async (field) => {
    const aliases = times(500, (i) => `a${i}: ${field}`);
    const answer = await attack(`{ project(id: "${heavyProject}") { ${aliases} } }`);
    ended(answer, 'bytes', `Project.${field}`);
    expect(answer.errors![0]!.extensions['most']).toBe(16 * 1024 * 1024);
  });

  test('as many as fit are answered', async () => {
    const aliases = times(60, (i) => `a${i}: extraFields`);
    const answer = await attack(`{ project(id: "${heavyProject}") { ${aliases} } }`);
    expect(answer.errors).toBeUndefined();
  });
});

test('a whole project under many aliases costs as many whole projects', async () => {
  const aliases = times(200, (i) => `e${i}: exportProject(id: "${world.project}")`);
  const { errors } = await attack(`{ ${aliases} }`);
  expect(errors![0]!.message).toContain('could return 1000000 objects');
});

test('introspection under many aliases is refused: it is answered at one go', async () => {
  const all = '__schema { types { fields { args { type { ofType { name } } } type { ofType { ofType { name } } } } } }';
  const { errors } = await attack(`{ ${times(10, (i) => `s${i}: ${all}`)} }`);
  expect(errors![0]!.extensions['code']).toBe('QUERY_TOO_LARGE');
});

test('the largest of several addresses at once take no more memory than one, and others are answered', async () => {
  const introspection = (JSON.parse((await server.ask(getIntrospectionQuery())).body) as { data: never }).data;
  const corpus = corpusOf(buildClientSchema(introspection), world.one);
  const { query, variables } = corpus.find(({ name }) => name === 'Setup.behaviors, deep')!.make();
  const from = (address: string): Record<string, string> => ({ 'x-forwarded-for': address });
  const { result, spent } = await server.measure(async () => {
    const large = times(long ? 10 : 4, (index) => `192.0.2.${index}`)
      .split(' ')
      .map((address) => server.ask(query, variables, from(address)));
    const small: number[] = [];
    for (let index = 0; index < 5; index += 1) {
      await sleep(100);
      const { body } = await server.ask('{ projects(first: 1) { nodes { name } } }', {}, from('198.51.100.1'));
      small.push((JSON.parse(body) as Answer).errors?.length ?? 0);
    }
    return { small, large: await Promise.all(large) };
  });
  expect(result.small).toEqual([0, 0, 0, 0, 0]);
  const told = result.large.map(
    ({ body }) => (JSON.parse(body) as Answer).errors?.[0]?.extensions['code'] ?? 'answered',
  );
  expect(told).toContain('answered');
  expect(told.filter((code) => !['answered', 'OVERLOADED', 'QUERY_TIMED_OUT'].includes(code as string))).toEqual([]);
  expect(spent.held).toBeLessThan(mostHeld);
  expect(spent.rss).toBeLessThan(mostMemory);
});

describe('a nesting that returns to itself is answered right, or refused as a whole', () => {
  const agreement = new Agreement();

  test(
    long ? 'for every list of the schema' : 'for some lists of the schema',
    async () => {
      const introspection = (JSON.parse((await server.ask(getIntrospectionQuery())).body) as { data: never }).data;
      const corpus = corpusOf(buildClientSchema(introspection), world.one);
      expect(corpus.length).toBeGreaterThan(300);
      const faults: string[] = [];
      for (const { name, make } of long ? corpus : new Dice(1).shuffled(corpus).slice(0, sampled)) {
        const { query, variables, first } = make();
        const { result, spent, health } = await server.measure(() => server.ask(query, variables));
        const { data, errors } = JSON.parse(result.body) as Answer;
        const told = errors?.map(({ extensions }) => String(extensions['code']));
        const isRefused = told?.length === 1 && /^QUERY_/.test(told[0]!) && (data ?? null) === null;
        const wrong = [
          ...(errors && !isRefused ? [`answers ${told!.slice(0, 3).join()}`] : []),
          ...agreement.check(data, first),
          ...(spent.cpu > mostCpu ? [`takes ${Math.round(spent.cpu)} ms`] : []),
          ...(spent.held > mostHeld ? [`holds the event loop for ${Math.round(spent.held)} ms`] : []),
          ...(spent.rss > mostMemory ? [`takes ${Math.round(spent.rss)} MB`] : []),
          ...(isQuiet() && health > mostHealth ? [`lets others wait for ${Math.round(health)} ms`] : []),
        ];
        faults.push(...wrong.slice(0, 3).map((what) => `${name} ${what}`));
      }
      expect(faults).toEqual([]);
    },
    1_800_000,
  );
});

// At the end: the memory that it takes is not given back at once.
test('ten large requests at once', async () => {
  const inner = 'subjects { nodes { sessions { nodes { subjects { nodes { sessions { nodes { id } } } } } } } }';
  await attack(`{ session(id: "${world.session}") { ${inner} } }`, 10);
});
