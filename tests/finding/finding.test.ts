import fc from 'fast-check';
import { long, seed } from '../world/effort';
import type { Operation } from '../visibility/operations';
import { Stage, type Asking } from '../visibility/stage';
import type { Where } from './evaluate';
import { findIn, orderOf } from './operations';
import { Wheres } from './wheres';

const filtersEach = long ? 400 : 8;

jest.setTimeout(long ? 3_600_000 : 300_000);

let stage: Stage;
let everybody: Asking[];
let wheres: Wheres;
beforeAll(async () => {
  stage = await Stage.open({ seed });
  everybody = stage.cast(
    ...(['anonymous', 'stranger', 'member', 'owner', 'crewMember', 'proposer', 'administrator', 'outsider'] as const),
  );
  wheres = new Wheres(stage.served.schema, stage.world);
});
afterAll(() => stage.close());

const sample = (arbitrary: fc.Arbitrary<Where>, count: number, salt: number): Where[] =>
  fc.sample(arbitrary, { numRuns: count, seed: seed * 1000 + salt });

/** How often something was found, and how often nothing. */
const outcomes = { something: 0, nothing: 0 };

async function faultsOf(asking: Asking, asked: Operation): Promise<string[]> {
  const { data, faults } = await asking.answer(asked);
  for (const page of Object.values(data as Record<string, { totalCount: number } | null>))
    outcomes[page?.totalCount ? 'something' : 'nothing'] += 1;
  return faults;
}

test('each field of each type finds what its viewer would find by reading', async () => {
  const faults: string[] = [];
  let turn = 0;
  for (const { name: list, target } of stage.served.listFields()) {
    for (const { where } of wheres.ofEachField(target)) {
      turn += 1;
      const asked = findIn(list, target, sample(where, 3, turn));
      const some = long ? everybody : [0, 3, 5].map((step) => everybody[(turn + step) % everybody.length]!);
      for (const asking of some) faults.push(...(await faultsOf(asking, asked)));
    }
  }
  expect(faults.slice(0, 5)).toEqual([]);
});

test('so does any filter, along edges and turned round, in any order', async () => {
  const faults: string[] = [];
  let turn = 0;
  for (const { name: list, target } of stage.served.listFields()) {
    const some = sample(wheres.of(target, 3), filtersEach, 7);
    for (let from = 0; from < some.length; from += 4) {
      turn += 1;
      const order = turn % 4 === 0 ? '' : orderOf(stage.served.schema, target, turn);
      const asked = findIn(list, target, some.slice(from, from + 4), order);
      for (const asking of everybody) faults.push(...(await faultsOf(asking, asked)));
    }
  }
  expect(faults.slice(0, 5)).toEqual([]);
});

test('the filters above found something about as often as nothing', () => {
  expect(outcomes.something).toBeGreaterThan(2000);
  expect(outcomes.nothing).toBeGreaterThan(2000);
});
