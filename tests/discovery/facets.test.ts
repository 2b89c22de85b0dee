import fc from 'fast-check';
import type { Where } from '../finding/evaluate';
import { Wheres } from '../finding/wheres';
import { Stage, type Asking } from '../visibility/stage';
import { long, seed } from '../world/effort';
import { countBy } from './operations';

jest.setTimeout(long ? 3_600_000 : 300_000);

let stage: Stage;
let everybody: Asking[];
let wheres: Wheres;
beforeAll(async () => {
  stage = await Stage.open({ seed });
  everybody = stage.cast();
  wheres = new Wheres(stage.served.schema, stage.world);
});
afterAll(() => stage.close());

test('objects of each type are counted by each facet as their viewer would count by reading', async () => {
  const faults: string[] = [];
  let turn = 0;
  for (const list of stage.served.listFields()) {
    const filters: (Where | undefined)[] = [
      undefined,
      ...fc.sample(wheres.of(list.target, 2), { numRuns: long ? 50 : 1, seed: seed * 1000 + turn }),
    ];
    for (const where of filters)
      for (const asking of long ? everybody : everybody.filter((_, place) => place % 7 === turn % 7)) {
        turn += 1;
        faults.push(...(await asking.faultsOf(countBy(stage.served.schema, list, where, turn))));
      }
  }
  expect(faults.slice(0, 5)).toEqual([]);
});
