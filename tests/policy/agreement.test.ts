import fc from 'fast-check';
import { Client } from 'pg';
import { accessInForce } from '../../src/access/access';
import { nodeNames } from '../../src/model/ids';
import { createTestDatabase, type TestDatabase } from '../stage/database';
import { viewersOf } from '../world/cast';
import { long } from '../world/effort';
import { randomWorld } from '../world/generate';
import { readShape, type Shape } from '../world/shape';
import { storeWorld } from '../world/store';
import { Oracle } from './oracle';
import { asks, byOracle, byParts, bySql, differences, disagreements, keyOf } from './verdicts';

const worlds = long ? 2000 : 200;
const leastCases = long ? 10_000 : 1000;
/** For how many viewers it is asked once what is in which part. */
const partsEach = 21;

let database: TestDatabase;
let client: Client;
let shape: Shape;
beforeAll(async () => {
  database = await createTestDatabase();
  shape = readShape(database.dataSource);
  client = new Client({ connectionString: database.url });
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await database.drop();
});

/** How often each question was answered yes and no: a question that is always answered alike tests little. */
const answers = new Map<string, { yes: number; no: number }>();
let cases = 0;

/** A world that is there for one property only. */
async function inWorld(seed: number, size: number, check: (world: ReturnType<typeof randomWorld>) => Promise<void>) {
  const world = randomWorld(shape, seed, size);
  await client.query('BEGIN');
  try {
    await storeWorld(client, world);
    await check(world);
  } finally {
    await client.query('ROLLBACK');
  }
}

test('the policy as SQL and as code both say what the visibility page says, of every object to every viewer', async () => {
  const everyWorld = fc.asyncProperty(fc.noShrink(fc.integer()), fc.integer({ min: 1, max: 2 }), (seed, size) =>
    inWorld(seed, size, async (world) => {
      for (const viewer of viewersOf(world)) {
        cases += 1;
        count(new Oracle(world, viewer));
        expect(await disagreements(client, world, viewer, accessInForce)).toEqual([]);
        // What is read in parts follows from the same rules: that takes longer, and is held against the SQL for some.
        if (cases % partsEach === 0) {
          const [whole, parts] = [
            await bySql(client, viewer, accessInForce),
            await byParts(client, viewer, accessInForce),
          ];
          expect(differences(whole, parts, 'a part')).toEqual([]);
        }
      }
    }),
  );
  await fc.assert(everyWorld, { numRuns: worlds, ...(!long && { seed: 20260105 }) });
  expect(cases).toBeGreaterThanOrEqual(leastCases);
}, 1_200_000);

function count(oracle: Oracle): void {
  const verdicts = byOracle(oracle);
  for (const type of nodeNames) {
    for (const ask of asks) {
      const key = keyOf(type, ask);
      const soFar = answers.get(key) ?? { yes: 0, no: 0 };
      soFar.yes += verdicts.get(key)!.size;
      soFar.no += oracle.world.rows[type].length - verdicts.get(key)!.size;
      answers.set(key, soFar);
    }
  }
}

/** Groups are visible to everybody. */
const alwaysYes = [keyOf('Group', 'visible')];

test('the worlds above held, for every question, objects of which the answer is yes and objects of which it is no', () => {
  const rare = [...answers]
    .filter(([question, { yes, no }]) => yes < 20 || (no < 20 && !alwaysYes.includes(question)))
    .map(([question, { yes, no }]) => `${question}: ${yes} times yes, ${no} times no`);
  expect(rare).toEqual([]);
});
