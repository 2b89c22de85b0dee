import { castViewers } from '../world/cast';
import { Dice } from '../world/dice';
import { provocationsOf } from './provocations';
import { alwaysVisible, allEdges, edgesWith, sidesOf, withinOneBorder } from './situations';
import { Stage, type Asking } from './stage';
import { booksOf, turnPages } from './turning-pages';
import { trailOf, twinsOf } from './twins';
import { Walks } from './walks';

const long = process.env['STEMGRAPH_LONG_TESTS'] === '1';
const walksEach = long ? 2000 : 40;
const seed = long ? Date.now() % 10_000 : 1;

/** How tests/stage/server.ts says who asks. */
const viewerHeader = 'x-test-viewer';

jest.setTimeout(long ? 3_600_000 : 300_000);

let stage: Stage;
let everybody: Asking[];
beforeAll(async () => {
  stage = await Stage.open({ seed, size: long ? 4 : 1 });
  everybody = castViewers(stage.world).map(({ name, viewer }) => stage.as(viewer, name));
});
afterAll(() => stage.close());

/** Those whose eyes differ most: for what is asked in very many requests. */
const few = (): Asking[] =>
  everybody.filter(({ name }) => ['anonymous', 'stranger', 'member', 'crewMember', 'outsider'].includes(name));

async function collect<T>(from: readonly T[], faultsOf: (one: T) => Promise<string[]>): Promise<string[]> {
  const faults: string[] = [];
  for (const one of from) faults.push(...(await faultsOf(one)));
  return faults;
}

describe(`the world of seed ${seed} is such that a leak would show`, () => {
  const oracles = (): Asking['oracle'][] => everybody.map(({ oracle }) => oracle);

  test('of every type there is something that somebody sees and somebody else does not', () => {
    const types = stage.served.nodeTypes().filter((type) => !alwaysVisible.includes(type));
    const sides = types.map((type) => ({ type, sides: oracles().map((oracle) => sidesOf(oracle, type)) }));
    expect(sides.filter((one) => !one.sides.some(({ sees }) => sees)).map(({ type }) => type)).toEqual([]);
    expect(sides.filter((one) => !one.sides.some(({ misses }) => misses)).map(({ type }) => type)).toEqual([]);
  });

  test('every edge leads somebody to something visible, and somebody to something hidden where that can be', () => {
    const [visible, hidden] = [edgesWith('visible', oracles()), edgesWith('hidden', oracles())];
    expect(allEdges().filter((edge) => !visible.has(edge))).toEqual([]);
    expect(allEdges().filter((edge) => !hidden.has(edge))).toEqual(
      allEdges().filter((edge) => withinOneBorder.includes(edge)),
    );
  });
});

describe('every viewer of the cast is answered exactly what the visibility page allows', () => {
  test('for every object itself, hidden or not', async () => {
    const operations = stage.operations.everyObjectItself();
    expect(await collect(everybody, (asking) => asking.faultsOfAll(operations))).toEqual([]);
  });

  test('along every pair of adjacent edges, from every object, hidden or not', async () => {
    const operations = stage.operations.everyPairOfEdges();
    expect(await collect(everybody, (asking) => asking.faultsOfAll(operations))).toEqual([]);
  });

  test('in the list of everything of each type, through nodes and through edges', async () => {
    const operations = stage.operations.everyList();
    expect(await collect(everybody, (asking) => asking.faultsOfAll(operations))).toEqual([]);
  });

  test('by every id, with hidden and visible ones side by side in one request', async () => {
    const operations = stage.operations.everyId();
    expect(await collect(everybody, (asking) => asking.faultsOfAll(operations))).toEqual([]);
  });

  test(`on ${walksEach} walks each, up to eight edges deep, with aliases and fragments`, async () => {
    const walks = new Walks(stage.operations, new Dice(seed));
    const operations = Array.from({ length: walksEach }, () => walks.next());
    expect(await collect(everybody, (asking) => asking.faultsOfAll(operations))).toEqual([]);
  });

  test('on every page of every connection, forwards and backwards', async () => {
    const faults = await collect(few(), (asking) => collect(booksOf(asking), (book) => turnPages(asking, book, 2)));
    expect(faults).toEqual([]);
  });
});

test('every field of every type was answered with something to somebody', () => {
  const answered = new Set(everybody.flatMap(({ expectation }) => [...expectation.answered]));
  const fields = stage.served
    .nodeTypes()
    .flatMap((type) => stage.served.fieldsOf(type).map(({ name }) => `${type}.${name}`));
  expect(fields.filter((field) => !answered.has(field))).toEqual([]);
});

test('a wrong request is refused with its own code, and the refusal tells nothing', async () => {
  const two = everybody.filter(({ name }) => ['anonymous', 'member'].includes(name));
  const faults = await collect(two, (asking) =>
    collect(provocationsOf(asking), (provocation) => asking.faultsOfRefusal(provocation)),
  );
  expect(faults).toEqual([]);
});

test('a hidden id and an unknown one are answered with the same bytes, headers and SQL statements', async () => {
  const faults = await collect(everybody, (asking) =>
    collect(twinsOf(asking), async ({ name, hidden, unknown }) =>
      (await trailOf(asking, hidden)) === (await trailOf(asking, unknown)) ? [] : [`${asking.name}: ${name}`],
    ),
  );
  expect(faults).toEqual([]);
});

test('a query in the address is answered like any other, with nothing more', async () => {
  const faults = await collect(few(), async ({ name, watch, viewer }) => {
    const id = stage.world.rows.Project.find((row) => row['isPublic'] === false)!.id;
    const query = `{ node(id: "${id}") { id } projects { nodes { id name } } }`;
    const { body, statusCode } = await stage.server.app.inject({
      method: 'GET',
      url: '/graphql',
      query: { query },
      headers: { [viewerHeader]: JSON.stringify(viewer) },
    });
    const posted = await stage.server.send(viewer, query);
    return [
      ...watch.leaksIn(body),
      ...(statusCode === 200 && posted.body === body ? [] : [`${name}: ${statusCode} ${body}`]),
    ];
  });
  expect(faults).toEqual([]);
});

test('nothing of the world stands in the log of all these requests', () => {
  expect(everybody[0]!.watch.anythingIn(stage.server.log())).toEqual([]);
});
