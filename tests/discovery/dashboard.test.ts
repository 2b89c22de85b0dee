import type { Pool } from 'pg';
import { accessInForce } from '../../src/access/access';
import { driftOfDocuments, repairDocuments } from '../../src/access/kept-documents';
import { compactTallies } from '../../src/discovery/dashboard/compact-tallies';
import { driftOfTallies, repairTallies } from '../../src/discovery/dashboard/verify-tallies';
import { searchedTypes } from '../../src/discovery/search/searchable';
import { newId } from '../../src/model/ids';
import { PublicTally } from '../../src/domain/project/public-tally.entity';
import { createTestDatabase, type TestDatabase } from '../stage/database';
import { startTestServer, userViewer, type TestServer } from '../stage/server';
import { anonymous, castMember } from '../world/cast';
import { Dice } from '../world/dice';
import { long, seed } from '../world/effort';
import { fullWorld } from '../world/generate';
import { readShape } from '../world/shape';
import { storeWorld } from '../world/store';
import type { World } from '../world/world';
import { anyChange } from './changes-of-rows';
import { everything, expectedDashboard } from './expected-dashboard';
import { storedWorld } from './stored-world';

const rounds = long ? 300 : 60;
const changesOfRound = 5;

let database: TestDatabase;
let server: TestServer;
let world: World;
beforeAll(async () => {
  database = await createTestDatabase();
  world = fullWorld(readShape(database.dataSource), seed, long ? 15 : 3);
  await storeWorld(database.dataSource, world);
  server = await startTestServer(database.dataSource);
});
afterAll(async () => {
  await server.close();
  await database.drop();
});

const dashboard = async (viewer = anonymous): Promise<unknown> => {
  const { data, errors } = await server.ask(viewer, everything);
  expect(errors).toBeUndefined();
  return data!['publicDashboard'];
};

test('what it says is what an anonymous viewer could count, and the same to everybody', async () => {
  const expected = expectedDashboard(await storedWorld(database.dataSource));
  const owner = userViewer(castMember(world, 'owner').id);
  const administrator = userViewer(castMember(world, 'administrator').id, true);
  for (const viewer of [anonymous, owner, administrator]) expect(await dashboard(viewer)).toEqual(expected);
});

test(`${rounds} times some changes: it is right after each`, async () => {
  const dice = new Dice(seed);
  let seen = 0;
  for (let round = 0; round < rounds; round += 1) {
    const changes = Array.from({ length: changesOfRound }, () => anyChange(dice, world));
    await database.dataSource.transaction(async (manager) => {
      for (const { text, values } of changes) await manager.query(text, values);
    });
    const told = { changes, drift: await driftOfTallies(database.dataSource, accessInForce) };
    expect(told).toEqual({ changes, drift: [] });
    if (round % 5 !== 0) continue;
    const is = await dashboard();
    expect({ changes, is }).toEqual({ changes, is: expectedDashboard(await storedWorld(database.dataSource)) });
    if (Object.values(is as object).every((one) => (Array.isArray(one) ? one.length > 0 : one !== 0))) seen += 1;
  }
  // Of each number and each list there was mostly something.
  expect(seen).toBeGreaterThan(rounds / 5 / 3);
});

test('what is added up says the same, beside those who write', async () => {
  const { dataSource } = database;
  await dataSource.query(
    `UPDATE "project" SET "is_public" = TRUE, "published_at" = now(), "first_published_at" = now() WHERE NOT "is_public"`,
  );
  const length = async (): Promise<number> => dataSource.createQueryBuilder(PublicTally, 't').getCount();
  const before = await length();
  const dice = new Dice(seed + 1);
  const pool = (dataSource.driver as unknown as { master: Pool }).master;
  const write = async (): Promise<void> => {
    for (let turn = 0; turn < 20; turn += 1) {
      const { text, values } = anyChange(dice, world);
      // Of two who hold each other up one is stopped.
      await dataSource.query(text, values).catch(() => undefined);
    }
  };
  const addUp = async (): Promise<void> => {
    for (let turn = 0; turn < 10; turn += 1) await compactTallies(pool);
  };
  await Promise.all([write(), addUp(), addUp()]);
  const is = await dashboard();
  await compactTallies(pool);
  expect(await dashboard()).toEqual(is);
  expect(await driftOfTallies(dataSource, accessInForce)).toEqual([]);
  expect(is).toEqual(expectedDashboard(await storedWorld(dataSource)));
  const now = await length();
  expect([now > 10, now < before]).toEqual([true, true]);
});

test('what nobody sees is noted nowhere', async () => {
  const { dataSource } = database;
  await dataSource.query(`UPDATE "project" SET "is_public" = FALSE, "published_at" = NULL`);
  await dataSource.query(`UPDATE "setup" SET "is_public" = FALSE`);
  const last = (): Promise<unknown> => dataSource.query(`SELECT max("id") FROM "public_tally"`);
  const before = await last();
  const dice = new Dice(seed + 2);
  for (let turn = 0; turn < 60; turn += 1) {
    const { text, values } = anyChange(dice, world);
    if (!text.includes('is_public')) await dataSource.query(text, values);
  }
  expect(await last()).toEqual(before);
  expect(await driftOfTallies(dataSource, accessInForce)).toEqual([]);
});

test('what is wrong is told, and set right', async () => {
  await database.dataSource.query(
    `INSERT INTO "public_tally" ("kind", "key", "change") VALUES ('Cohort', '', 3), ('Species', 'x', 0), ('Project', '1999-01', -1)`,
  );
  const wrong = [
    { kind: 'Cohort', key: '', kept: 3, seen: 0 },
    { kind: 'Project', key: '1999-01', kept: -1, seen: 0 },
  ];
  expect(await driftOfTallies(database.dataSource, accessInForce)).toEqual(wrong);
  expect(await repairTallies(database.dataSource, accessInForce)).toEqual(wrong);
  expect(await driftOfTallies(database.dataSource, accessInForce)).toEqual([]);
});

test('documents of search that stand for something else than there is are told of, each for what is wrong with it', async () => {
  const { dataSource } = database;
  const ids = Array.from({ length: 5 }, () => newId('Project')) as [string, string, string, string, string];
  const [closed, open, missing, gone, nothing] = ids;
  await dataSource.query(
    `INSERT INTO "project" ("id", "name", "is_public", "published_at", "first_published_at")
      SELECT "one", 'P', "one" <> $2, CASE WHEN "one" <> $2 THEN now() END, CASE WHEN "one" <> $2 THEN now() END FROM unnest($1::uuid[]) "one"`,
    [ids.slice(0, 4), open],
  );
  const documents = `"search_document" SET "is_public" = NOT "is_public" WHERE "id" = ANY($1)`;
  await dataSource.query(`UPDATE ${documents}`, [[closed, open]]);
  await dataSource.query(`DELETE FROM "search_document" WHERE "id" = $1`, [missing]);
  await dataSource.query(`UPDATE "search_document" SET "id" = $2, "root_id" = $2 WHERE "id" = $1`, [gone, nothing]);
  const told = async (): Promise<string[]> =>
    (await driftOfDocuments(dataSource, searchedTypes)).map(({ id, fault }) => `${fault} ${id}`).sort();
  const wrong = [`CLOSED ${closed}`, `MISSING ${gone}`, `MISSING ${missing}`, `OF_NOTHING ${nothing}`, `OPEN ${open}`];
  expect(await told()).toEqual(wrong.sort());
  await dataSource.transaction((manager) => repairDocuments(manager, searchedTypes));
  expect(await told()).toEqual(wrong.filter((one) => /MISSING|OF_NOTHING/.test(one)));
});
