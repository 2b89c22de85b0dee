import { Dice } from '../world/dice';
import { long, seed } from '../world/effort';
import type { Operation } from './operations';
import { alwaysVisible, allEdges, edgesWith, sidesOf, withinOneBorder } from './situations';
import { faultsOfEach, Stage, type Asking } from './stage';
import { booksOf, turnPages } from './turning-pages';
import { Walks } from './walks';

const walksEach = long ? 500 : 30;

jest.setTimeout(long ? 3_600_000 : 300_000);

let stage: Stage;
let everybody: Asking[];
beforeAll(async () => {
  stage = await Stage.open({ seed, size: long ? 4 : 1 });
  everybody = stage.cast();
});
afterAll(() => stage.close());

describe(`the world of seed ${seed} is such that a leak would show`, () => {
  const oracles = (): Asking['oracle'][] => everybody.map(({ oracle }) => oracle);

  test('of every type there is something that somebody sees and somebody else does not', () => {
    const types = stage.served.nodeTypes().filter((type) => !alwaysVisible.includes(type));
    const sides = types.map((type) => ({ type, sides: oracles().map((oracle) => sidesOf(oracle, type)) }));
    expect(sides.filter((one) => !one.sides.some(({ sees }) => sees)).map(({ type }) => type)).toEqual([]);
    expect(sides.filter((one) => !one.sides.some(({ misses }) => misses)).map(({ type }) => type)).toEqual([]);
  });

  test('of what somebody owns, some is also in a project that they do not see, and some is not', () => {
    for (const type of ['Subject', 'Session'] as const) {
      const told = everybody.flatMap(({ oracle }) =>
        stage.world.rows[type]
          .filter((row) => oracle.sees(type, row) && oracle.seesField(type, row, 'isShared'))
          .map((row) => oracle.isShared(type, row)),
      );
      expect(new Set(told)).toEqual(new Set([true, false]));
    }
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
    expect(await faultsOfEach(everybody, (asking) => asking.faultsOfAll(operations))).toEqual([]);
  });

  test('along every pair of adjacent edges, from every object, hidden or not', async () => {
    const operations = stage.operations.everyPairOfEdges();
    // Each by every other of the cast, which is by six or seven.
    const some = (turn: number): Operation[] => operations.filter((_, place) => long || (place + turn) % 2 === 0);
    const faults = await faultsOfEach([...everybody.entries()], ([turn, asking]) => asking.faultsOfAll(some(turn)));
    expect(faults).toEqual([]);
  });

  test('in the list of everything of each type, through nodes and through edges', async () => {
    const operations = stage.operations.everyList();
    expect(await faultsOfEach(everybody, (asking) => asking.faultsOfAll(operations))).toEqual([]);
  });

  test('by every id, with hidden and visible ones side by side in one request', async () => {
    const operations = stage.operations.everyId();
    expect(await faultsOfEach(everybody, (asking) => asking.faultsOfAll(operations))).toEqual([]);
  });

  test(`on ${walksEach} walks each, up to eight edges deep, with aliases and fragments`, async () => {
    const walks = new Walks(stage.operations, new Dice(seed));
    const someWalks = (): Operation[] => Array.from({ length: walksEach }, () => walks.next());
    expect(await faultsOfEach(everybody, (asking) => asking.faultsOfAll(someWalks()))).toEqual([]);
  });

  test('on every page of every connection, forwards and backwards', async () => {
    const some = long
      ? stage.cast('anonymous', 'stranger', 'member', 'crewMember', 'outsider')
      : stage.cast('anonymous', 'member', 'crewMember');
    const faults = await faultsOfEach(some, (asking) =>
      faultsOfEach(booksOf(asking), (book) => turnPages(asking, book, 2)),
    );
    expect(faults).toEqual([]);
  });

  test('when owners are told what to look at before they publish', async () => {
    const operations = stage.operations.everyReadiness();
    expect(await faultsOfEach(everybody, (asking) => asking.faultsOfAll(operations))).toEqual([]);
  });

  test('when they ask why something is null', async () => {
    const walks = new Walks(stage.operations, new Dice(seed + 1));
    const operations = [...stage.operations.everyObjectItself(), ...stage.operations.everyList()];
    const faults = await faultsOfEach(everybody, (asking) =>
      faultsOfEach([...operations, ...Array.from({ length: 10 }, () => walks.next())], (operation) =>
        asking.faultsOfReasons(operation),
      ),
    );
    expect(faults).toEqual([]);
    const told = everybody.filter(({ reasons }) => reasons > 0).map(({ name }) => name);
    expect(told).toEqual(expect.arrayContaining(['member', 'owner', 'colleague', 'crewMember']));
  });

  test('while all the others ask the same at the same time', async () => {
    const faults = await faultsOfEach(stage.operations.everyList(), async (operation) =>
      (await Promise.all(everybody.map((asking) => asking.faultsOf(operation)))).flat(),
    );
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

test('nothing of the world stands in the log of all these requests', () => {
  expect(everybody[0]!.watch.anythingIn(stage.server.log())).toEqual([]);
});
