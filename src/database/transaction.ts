import { setTimeout as sleep } from 'node:timers/promises';
import type { DataSource, EntityManager } from 'typeorm';
import { announcePublication, goFirst } from './going-first';
import { isKeptWaiting, waitAtMost } from './locks';
import { stateOf } from './state';
import { badInput, conflict, faultyInput } from '../errors';

const mostTries = 5;

/** In milliseconds; each further try waits up to twice as long. By chance, so that two who collided do not do it again. */
const firstPause = 10;

/** In milliseconds: for how long something gives way; how long it waits at first, while it holds nothing; and before it begins anew. */
const givingWay = 2000;
const firstWait = 1000;
const pauseOnGivingWay = 100;

/** Two writers waited for each other, or saw each other's rows: the one that was stopped begins anew. */
const stoppedByOthers: readonly unknown[] = ['40P01', '40001'];

/** What a change was prepared for has changed before it could be locked: thrown inside a transaction, which then begins anew. */
export class OutOfDate extends Error {
  override readonly name = 'OutOfDate';
}

export interface Options {
  /** By default each statement sees what was committed before it. */
  isolation?: 'REPEATABLE READ';
  /** It takes something back from somebody: whatever is in its way for longer than a moment is stopped. */
  goesFirst?: boolean;
  /** It cannot begin anew: what CONFLICT says where others were in its way. */
  once?: string;
  /** It does not begin anew where it was stopped by one that goes first: what CONFLICT says then. */
  ifTakenBack?: string;
  /**
   * It gives way to what takes longer, such as an import: where it would have to wait for more than a moment, it lets go of everything
   * and begins anew, for some seconds. What CONFLICT says then.
   */
  givesWay?: string;
}

/**
 * Runs a change in one transaction: all of it or nothing. The one place where transactions are begun. Begins anew, a few
 * times, where the database stopped it for the sake of another; throws CONFLICT where that was of no use. What the database
 * refuses is told with a code and without the content of any row.
 */
export async function inTransaction<T>(
  dataSource: DataSource,
  work: (manager: EntityManager) => Promise<T>,
  options: Options = {},
): Promise<T> {
  for (const begin = Date.now(); ; await sleep(pauseOnGivingWay)) {
    try {
      return await untilDone(dataSource, work, options);
    } catch (error) {
      if (options.givesWay === undefined || !isKeptWaiting(error)) throw error;
      if (Date.now() - begin > givingWay) throw conflict(options.givesWay);
    }
  }
}

async function untilDone<T>(
  dataSource: DataSource,
  work: (manager: EntityManager) => Promise<T>,
  options: Options,
): Promise<T> {
  const { once, ifTakenBack } = options;
  for (let tries = 1; ; tries += 1) {
    try {
      return await attempt(dataSource, work, options);
    } catch (error) {
      const stopped = isTakenBack(error) || isOutrun(error);
      if (once !== undefined && (stopped || isOvertaken(error))) throw conflict(once);
      if (ifTakenBack !== undefined && isTakenBack(error)) throw conflict(ifTakenBack);
      if (!stopped) throw told(error);
      if (tries === mostTries) throw conflict('Others are writing the same objects right now: try again.');
    }
    await sleep(Math.random() * firstPause * 2 ** tries);
  }
}

async function attempt<T>(
  dataSource: DataSource,
  work: (manager: EntityManager) => Promise<T>,
  { isolation, goesFirst, ifTakenBack, givesWay }: Options,
): Promise<T> {
  let stopWatching: (() => void) | undefined;
  const begun = async (manager: EntityManager): Promise<T> => {
    if (goesFirst) stopWatching = await goFirst(manager);
    if (ifTakenBack !== undefined) await announcePublication(manager);
    if (givesWay !== undefined) await waitAtMost(manager, firstWait);
    return work(manager);
  };
  try {
    return await (isolation ? dataSource.transaction(isolation, begun) : dataSource.transaction(begun));
  } finally {
    stopWatching?.();
  }
}

function isOutrun(error: unknown): boolean {
  return error instanceof OutOfDate || stoppedByOthers.includes(stateOf(error));
}

/** What was checked before, unique names and whatever is referred to, was changed by others meanwhile. */
function isOvertaken(error: unknown): boolean {
  return ['23503', '23505'].includes(stateOf(error) ?? '');
}

/** Stopped by one that goes first: cancelled, but not for its own slowness, or its connection was ended. */
function isTakenBack(error: unknown): boolean {
  const { message = '', name } = error as Partial<Error>;
  const state = stateOf(error);
  if (state === '57014') return !message.includes('statement timeout');
  return (
    state === '57P01' ||
    /^QueryRunner(Provider)?AlreadyReleasedError$/.test(name ?? '') ||
    connectionEnded.includes(message)
  );
}

/** As the driver says it: of a statement under way, and of the next one. */
const connectionEnded = [
  'Connection terminated unexpectedly',
  'Client has encountered a connection error and is not queryable',
];

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
