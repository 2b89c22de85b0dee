import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';
import { inTransaction } from '../../src/database/transaction';
import { guardConnections } from '../../src/loading/guard-connections';
import { createTestDatabase, type TestDatabase } from '../stage/database';

let database: TestDatabase;
let unguard: () => void;
beforeAll(async () => {
  database = await createTestDatabase();
  unguard = await guardConnections((database.dataSource.driver as unknown as { master: Pool }).master, 10_000);
});
afterAll(async () => {
  unguard();
  await database.drop();
});

test('a change whose connection is ended by one that goes first begins anew, in a statement or between two', async () => {
  for (const between of [true, false]) {
    let tries = 0;
    const done = await inTransaction(database.dataSource, async (manager) => {
      tries += 1;
      const [{ pid }] = await manager.query<[{ pid: number }]>(`SELECT pg_backend_pid() AS "pid"`);
      if (tries > 1) return 'done';
      const end = database.dataSource.query(`SELECT pg_terminate_backend($1)`, [pid]);
      if (between) {
        await end;
        await sleep(100); // the driver knows by then
      }
      await manager.query(`SELECT pg_sleep(5)`);
      return 'not ended';
    });
    expect([between, done, tries]).toEqual([between, 'done', 2]);
  }
});

test('what takes something back is done to its end, however long it takes; anything else is ended', async () => {
  const { dataSource } = database;
  const { master } = dataSource.driver as unknown as { master: Pool };
  const unhurry = await guardConnections(master, 100);
  const slow = (goesFirst: boolean): Promise<unknown> =>
    inTransaction(dataSource, (manager) => manager.query(`SELECT pg_sleep(0.2)`), { goesFirst });
  await expect(slow(false)).rejects.toThrow('statement timeout');
  await expect(slow(true)).resolves.toHaveLength(1);
  unhurry();
});
