import type { DataSource, EntityManager } from 'typeorm';
import { badInput, conflict, faultyInput } from '../errors';

const mostTries = 4;

/** Two writers waited for each other, or saw each other's rows: the one that was stopped begins anew. */
const stoppedByOthers: readonly unknown[] = ['40P01', '40001'];

/**
 * Runs a mutation in one transaction: all of it or nothing. Begins anew, up to three times, where the database stopped it
 * for the sake of another. What the database refuses is told with a code and without the content of any row.
 */
export async function inTransaction<T>(
  dataSource: DataSource,
  work: (manager: EntityManager) => Promise<T>,
): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await dataSource.transaction(work);
    } catch (error) {
      const state = (error as { code?: unknown }).code;
      if (!stoppedByOthers.includes(state)) throw told(error, state);
      if (tries === mostTries) throw conflict('Others are writing the same objects right now: try again.');
    }
  }
}

/** The messages of the database quote rows and names: none of them is handed on. */
function told(error: unknown, state: unknown): unknown {
  if (typeof state !== 'string') return error;
  if (state === '23505') {
    return faultyInput([
      {
        path: [],
        code: 'DUPLICATE',
        message: 'Another object that you can see has the same name: choose another one.',
      },
    ]);
  }
  if (state === '23503')
    return conflict('Something that this refers to, or that refers to it, has just changed: look again.');
  if (state.startsWith('23') || state.startsWith('22'))
    return badInput('The database cannot hold this: a value is too long, out of range or does not agree with others.');
  return error;
}
