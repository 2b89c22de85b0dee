import { In, type EntityManager } from 'typeorm';
import { newId, type NodeName } from '../../model/ids';
import { classOf } from '../../model/node';
import { changesBetween, marksOfChange } from '../../writing/marks';

/** How many objects an import made, changed and left as they were. */
export interface Tally {
  created: number;
  updated: number;
  unchanged: number;
}

/** An object as it should be: its key in the source, and its columns by property. */
export interface Wanted {
  key: string;
  columns: Record<string, unknown>;
}

const chunkSize = 500;

/** Which object each key of the source stands for; grows while objects are made. */
export type Keys = Map<string, string>;

/**
 * Makes the objects of one type be as they are wanted: makes the new, changes what differs, leaves the rest untouched.
 * Every id is then known under its key.
 */
export async function storeRows(
  manager: EntityManager,
  type: NodeName,
  wanted: readonly Wanted[],
  keys: Keys,
): Promise<Tally> {
  const tally: Tally = { created: 0, updated: 0, unchanged: 0 };
  for (let start = 0; start < wanted.length; start += chunkSize) {
    await storeChunk(manager, type, wanted.slice(start, start + chunkSize), keys, tally);
  }
  return tally;
}

type Stored = Record<string, unknown> & { id: string };

async function storeChunk(
  manager: EntityManager,
  type: NodeName,
  wanted: readonly Wanted[],
  keys: Keys,
  tally: Tally,
): Promise<void> {
  const repository = manager.getRepository<Stored>(classOf(type));
  const knownIds = wanted.flatMap(({ key }) => keys.get(key) ?? []);
  const found = knownIds.length > 0 ? await repository.findBy({ id: In(knownIds) }) : [];
  const stored = new Map(found.map((row) => [row.id, row]));
  const created: Record<string, unknown>[] = [];
  for (const { key, columns } of wanted) {
    const before = stored.get(keys.get(key) ?? '');
    if (!before) {
      const id = newId(type);
      keys.set(key, id);
      created.push({ id, ...columns });
      continue;
    }
    const changes = changesBetween(before, columns);
    if (Object.keys(changes).length === 0) {
      tally.unchanged += 1;
      continue;
    }
    await repository.update(before.id, { ...changes, ...marksOfChange(type, changes) } as never);
    tally.updated += 1;
  }
  if (created.length > 0) {
    await manager.createQueryBuilder().insert().into(classOf(type)).values(created).updateEntity(false).execute();
    tally.created += created.length;
  }
}
