import { setTimeout as sleep } from 'node:timers/promises';
import type { DataSource, EntityManager } from 'typeorm';
import { badInput, conflict, faultyInput } from '../errors';

const mostTries = 5;

/** In milliseconds; each further try waits up to twice as long. By chance, so that two who collided do not do it again. */
const firstPause = 10;

/** Two writers waited for each other, or saw each other's rows: the one that was stopped begins anew. */
const stoppedByOthers: readonly unknown[] = ['40P01', '40001'];

/** What a change was prepared for has changed before it could be locked: thrown inside a transaction, which then begins anew. */
export class OutOfDate extends Error {
  override readonly name = 'OutOfDate';
}

interface Options {
  /** By default each statement sees what was committed before it. */
  isolation?: 'REPEATABLE READ';
  /** It cannot begin anew: what CONFLICT says where others were in its way. */
  once?: string;
}

/**
 * Runs a change in one transaction: all of it or nothing. The one place where transactions are begun. Begins anew, a few
 * times, where the database stopped it for the sake of another; throws CONFLICT where that was of no use. What the database
 * refuses is told with a code and without the content of any row.
 */
export async function inTransaction<T>(
  dataSource: DataSource,
  work: (manager: EntityManager) => Promise<T>,
  { isolation, once }: Options = {},
): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await (isolation ? dataSource.transaction(isolation, work) : dataSource.transaction(work));
    } catch (error) {
      if (once !== undefined && (isStoppedByOthers(error) || isOutrun(error))) throw conflict(once);
      if (!isStoppedByOthers(error)) throw told(error);
      if (tries === mostTries) throw conflict('Others are writing the same objects right now: try again.');
    }
    await sleep(Math.random() * firstPause * 2 ** tries);
  }
}

function isStoppedByOthers(error: unknown): boolean {
  return error instanceof OutOfDate || stoppedByOthers.includes(stateOf(error));
}

/** What was checked before, unique names and whatever is referred to, was changed by others meanwhile. */
function isOutrun(error: unknown): boolean {
  return ['23503', '23505'].includes(stateOf(error) ?? '');
}

/** The state in which PostgreSQL refused a statement, as five characters; undefined for any other error. */
export function stateOf(error: unknown): string | undefined {
  const state = (error as { code?: unknown } | undefined)?.code;
  return typeof state === 'string' ? state : undefined;
}

/** The messages of the database quote rows and names: none of them is handed on. */
function told(error: unknown): unknown {
  const state = stateOf(error);
  if (state === undefined) return error;
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
  if (/^2[23]...$/.test(state))
    return badInput('The database cannot hold this: a value is too long, out of range or does not agree with others.');
  return error;
}
