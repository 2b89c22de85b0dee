import { snakeCase } from '../../src/model/names';
import { createTestDatabase, type TestDatabase } from '../stage/database';
import { canaryPattern } from './builder';
import { fullWorld, randomWorld } from './generate';
import { readShape, type Shape } from './shape';
import { clearWorld, storeWorld } from './store';
import { linkNames, type TypeName, type World } from './world';

let database: TestDatabase;
let shape: Shape;
beforeAll(async () => {
  database = await createTestDatabase();
  shape = readShape(database.dataSource);
});
afterAll(() => database.drop());

const types = (): TypeName[] => Object.keys(shape) as TypeName[];

async function countAll(world: World): Promise<Record<string, number>> {
  const tables = [...Object.keys(world.rows).map(snakeCase), ...linkNames];
  const counts = tables.map((table) => `SELECT '${table}' AS "table", count(*)::int AS "count" FROM "${table}"`);
  const rows = await database.dataSource.query<{ table: string; count: number }[]>(counts.join(' UNION ALL '));
  return Object.fromEntries(rows.map(({ table, count }) => [table, count]));
}

test('the same seed makes the same world, another one another', () => {
  expect(randomWorld(shape, 7)).toEqual(randomWorld(shape, 7));
  expect(randomWorld(shape, 7).rows).not.toEqual(randomWorld(shape, 8).rows);
});

test('a world that is stored is in the database, and gone when it is cleared', async () => {
  const world = fullWorld(shape, 1);
  await storeWorld(database.dataSource, world);
  const stored = await countAll(world);
  for (const type of types()) expect(stored[snakeCase(type)]).toBe(world.rows[type].length);
  for (const link of linkNames) expect(stored[link]).toBe(world.links[link].length);
  await clearWorld(database.dataSource);
  expect(Object.values(await countAll(world)).every((count) => count === 0)).toBe(true);
});

describe('a full world', () => {
  test('has objects of every type, and rows in every join table', () => {
    const { rows, links } = fullWorld(shape, 1);
    expect(types().filter((type) => rows[type].length === 0)).toEqual([]);
    expect(linkNames.filter((name) => links[name].length === 0)).toEqual([]);
  });

  test('knows every join table that there is', () => {
    const joinTables = database.dataSource.entityMetadatas.map(({ tableName, name }) => ({ tableName, name }));
    expect(
      joinTables
        .filter(({ name }) => name.startsWith('Link_'))
        .map(({ tableName }) => tableName)
        .sort(),
    ).toEqual([...linkNames].sort());
  });

  test('follows every reference somewhere', () => {
    const { rows } = fullWorld(shape, 1);
    const unused = types().flatMap((type) =>
      shape[type]
        .filter(({ kind, property }) => kind.is === 'id' && rows[type].every((row) => row[property] === null))
        .map(({ property }) => `${type}.${property}`),
    );
    expect(unused).toEqual([]);
  });

  test('has a canary of its own in every text of every row', () => {
    const { rows, events, canaries } = fullWorld(shape, 1);
    const texts = ['text', 'webAddress', 'words', 'object', 'list'];
    const found: string[] = [];
    for (const type of types()) {
      for (const { property, kind } of shape[type].filter((column) => texts.includes(column.kind.is))) {
        for (const row of rows[type]) {
          // Only whoever is invited by an address has one.
          if (property === 'invitedEmail' && row[property] === null) continue;
          const tokens = JSON.stringify(row[property]).match(canaryPattern) ?? [];
          for (const token of tokens) expect(canaries.get(token)).toEqual({ type, id: row.id, column: property });
          if (tokens.length === 0) throw new Error(`${type}.${property} of ${row.id} holds no canary (${kind.is}).`);
          found.push(...tokens);
        }
      }
    }
    found.push(...(JSON.stringify(events).match(canaryPattern) ?? []));
    expect(new Set(found).size).toBe(found.length);
    expect(found.length).toBe(canaries.size);
  });
});
