import { newId, type NodeName } from '../../src/model/ids';
import { classOf } from '../../src/model/node';
import type { TestDatabase } from '../stage/database';

/** Puts rows into a database that is there by then, and gives their ids. */
export function adding(database: () => TestDatabase) {
  return async (type: NodeName, rows: readonly Record<string, unknown>[]): Promise<string[]> => {
    const withIds = rows.map((row) => ({ id: newId(type), ...row }));
    const insert = database().dataSource.createQueryBuilder().insert().into(classOf(type)).values(withIds);
    await insert.updateEntity(false).execute();
    return withIds.map(({ id }) => id);
  };
}
