import fc from 'fast-check';
import { Access, accessInForce } from '../../src/access/access';
import type { Permission } from '../../src/access/permission';
import { countBy } from '../discovery/operations';
import { findIn } from '../finding/operations';
import { Wheres } from '../finding/wheres';
import { startTestServer } from '../stage/server';
import { castNames } from '../world/cast';
import { Dice } from '../world/dice';
import { long } from '../world/effort';
import { readShape } from '../world/shape';
import { clearWorld, storeWorld } from '../world/store';
import { sizeOf, type World } from '../world/world';
import { Expectation } from './expected';
import { Oracle } from '../policy/oracle';
import { HiddenChanges } from './hidden-changes';
import type { Operation } from './operations';
import { Stage, type Asking } from './stage';
import { Walks } from './walks';

const seeds = long ? 5 : 1;
const askers = ['anonymous', ...(long ? castNames : (['colleague', 'crewMember', 'outsider'] as const))] as const;

jest.setTimeout(long ? 3_600_000 : 300_000);

let stage: Stage;
let asked: Operation[];
beforeAll(async () => {
  stage = await Stage.open();
  const { operations } = stage;
  const walks = new Walks(operations, new Dice(5));
  asked = [
    ...operations.everyPairOfEdges().filter((_, place) => long || place % 2 === 0),
    ...operations.everyList(),
    ...Array.from({ length: 20 }, () => walks.next()),
    ...filters(),
    ...counts(),
  ];
});
afterAll(() => stage.close());

/** Filters of every list, by what is hidden as by what is not. */
function filters(): Operation[] {
  const wheres = new Wheres(stage.served.schema, stage.world);
  return stage.served.listFields().flatMap(({ name, target }, place) => {
    const asked = fc.sample(wheres.of(target, 3), { numRuns: 12, seed: place });
    return [0, 4, 8].map((from) => findIn(name, target, asked.slice(from, from + 4)));
  });
}

/** Every facet of every list, and groups, each under a filter. */
function counts(): Operation[] {
  const { schema } = stage.served;
  const wheres = new Wheres(schema, stage.world);
  return stage.served.listFields().map((list, place) => {
    const [where] = fc.sample(wheres.of(list.target, 2), { numRuns: 1, seed: place });
    return countBy(schema, list, place % 2 === 0 ? where : undefined, place);
  });
}

async function bodies({ viewer }: Asking, some: readonly Operation[], server = stage.server): Promise<string[]> {
  const found: string[] = [];
  for (const { query, variables } of some) found.push((await server.send(viewer, query, variables)).body);
  return found;
}

async function become(world: World): Promise<void> {
  await clearWorld(stage.database.dataSource);
  await storeWorld(stage.database.dataSource, world);
}

/** The names of the operations that were answered otherwise in the one world than in the other. */
function changed(before: readonly string[], after: readonly string[]): string[] {
  return asked.filter((_, index) => before[index] !== after[index]).map(({ name }) => name);
}

function expectedOf({ viewer }: Asking, world: World): string[] {
  const expectation = new Expectation(stage.served.schema, new Oracle(world, viewer), new Map());
  return asked.map(({ query, variables }) => JSON.stringify(expectation.answer(query, variables)));
}

describe.each(askers)('%s', (name) => {
  let asking: Asking;
  /** What they are answered in the world as it was stored, and what the visibility page has them answered. */
  let before: string[];
  let expected: string[];
  beforeAll(async () => {
    [asking] = stage.cast(name) as [Asking];
    await become(stage.world);
    before = await bodies(asking, asked);
    expected = expectedOf(asking, stage.world);
  });

  /** The world becomes that one, and nothing is answered otherwise: neither by the page, or it proves nothing, nor by us. */
  async function expectNothingNoticed(world: World): Promise<void> {
    expect(changed(expected, expectedOf(asking, world))).toEqual([]);
    await become(world);
    expect(changed(before, await bodies(asking, asked))).toEqual([]);
  }

  const changes = (seed: number): HiddenChanges =>
    new HiddenChanges(asking.oracle, readShape(stage.database.dataSource), new Dice(seed));

  test('notices nothing when everything that is hidden becomes something else', async () => {
    for (let seed = 1; seed <= seeds; seed += 1) {
      const world = changes(seed).scrambled();
      expect(JSON.stringify(world.rows)).not.toBe(JSON.stringify(stage.world.rows));
      await expectNothingNoticed(world);
    }
  });

  test('notices nothing when everything that is hidden goes', async () => {
    const world = changes(1).pruned();
    expect(sizeOf(world)).toBeLessThan(sizeOf(stage.world) * 0.95);
    await expectNothingNoticed(world);
  });
});

test('somebody would notice if lists were not filtered', async () => {
  const permissions = Object.fromEntries(
    Object.entries(accessInForce.permissions).map(([type, fields]) => [
      type,
      Object.fromEntries(
        Object.entries(fields).map(([field, permission]): [string, Permission] => [
          field,
          permission.kind === 'filtered' ? { kind: 'inherited' } : permission,
        ]),
      ),
    ]),
  );
  const access = new Access(accessInForce.policy, permissions, accessInForce.roleConditions);
  const server = await startTestServer(stage.database.dataSource, { access });
  try {
    const [asking] = stage.cast('colleague') as [Asking];
    await become(stage.world);
    const lists = stage.operations.everyList();
    const before = await bodies(asking, lists, server);
    await become(new HiddenChanges(asking.oracle, readShape(stage.database.dataSource), new Dice(1)).scrambled());
    const after = await bodies(asking, lists, server);
    expect(lists.filter((_, index) => before[index] !== after[index]).length).toBeGreaterThan(20);
  } finally {
    await server.close();
  }
});
