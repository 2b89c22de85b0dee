import fc from 'fast-check';
import { findIn, orderOf } from '../finding/operations';
import { Wheres } from '../finding/wheres';
import { startTestServer, type TestServer } from '../stage/server';
import type { Operation } from '../visibility/operations';
import { Stage } from '../visibility/stage';
import { Walks } from '../visibility/walks';
import { castNames } from '../world/cast';
import { Dice } from '../world/dice';
import { long } from '../world/effort';

const askers = ['anonymous', ...(long ? castNames : (['colleague', 'crewMember', 'owner'] as const))] as const;

jest.setTimeout(long ? 3_600_000 : 300_000);

let stage: Stage;
let unplanned: TestServer;
beforeAll(async () => {
  stage = await Stage.open();
  unplanned = await startTestServer(stage.database.dataSource, { unplanned: true });
});
afterAll(async () => {
  await unplanned.close();
  await stage.close();
});

/** Everything that operations may ask for: along all pairs of edges, lists in all orders and under filters, and walks. */
function everything(): Operation[] {
  const { operations, served, world } = stage;
  const wheres = new Wheres(served.schema, world);
  const walks = new Walks(operations, new Dice(11));
  const found = served.listFields().flatMap(({ name, target }, place) => {
    const [where] = fc.sample(wheres.of(target, 3), { numRuns: 1, seed: place });
    return [findIn(name, target, [where!], orderOf(served.schema, target, place))];
  });
  return [
    ...operations.everyPairOfEdges().filter((_, place) => long || place % 4 === 0),
    ...operations.everyList(),
    ...operations.everyId(),
    ...found,
    ...Array.from({ length: long ? 3000 : 160 }, () => walks.next()),
  ];
}

test('an operation is answered by the same bytes, whether it is read in one statement or list by list', async () => {
  const different: string[] = [];
  let [inOne, all] = [0, 0];
  const asked = everything();
  for (const [turn, { viewer, name: asker }] of stage.cast(...askers).entries())
    for (const { name, query, variables } of long
      ? asked
      : asked.filter((_, place) => place % askers.length === turn)) {
      const before = stage.server.statements.length;
      const { body } = await stage.server.send(viewer, query, variables);
      all += 1;
      if (stage.server.statements.length === before + 1) inOne += 1;
      const other = await unplanned.send(viewer, query, variables);
      if (body !== other.body) different.push(`${asker}: ${name}`);
    }
  expect(different).toEqual([]);
  // What is read in several is what has fields that are computed, or behind a role.
  expect(inOne / all).toBeGreaterThan(0.3);
});
