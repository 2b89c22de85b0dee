import DataLoader from 'dataloader';
import { never, type Budget } from '../budget/budget';
import type { Question } from './asked';
import { parentColumn } from './many';
import type { Row, Snapshot } from './snapshot';
import type { Loader } from './ready';

/** Limits of what is done without giving way; far above what an ordinary question comes to. */
const keysAtOnce = 5000;
const rowsAtOnce = 500;
/** How much is done with each row, in plain values: see Turns. */
export const workPerRow = 6;
/** So many that ask for the same, or for one of a level, go on with it at once. */
const answersAtOnce = 1000;
/** What it takes to go on with what was looked up, in plain values: some promises. */
const workPerAnswer = 10;

/** How look-ups are made: many in one statement, within the budget of the request, and in turns with others. */
export class Batches {
  constructor(
    private readonly snapshot: Snapshot,
    private readonly budget: Budget,
  ) {}

  /** What each of many parents has, from one statement. */
  byParent<R, T>(
    field: string,
    question: (parents: readonly string[], room: number) => Question,
    each: (row: Row) => R,
    result: (made: R[]) => T,
  ): Loader<T> {
    return this.batched<T>(async (parents) => {
      // A page is read with one row more, which tells of a next page.
      const room = this.budget.objectsLeft + parents.length + 1;
      const asking = question(parents, room);
      const { asked } = asking;
      const rows = await this.run(asking, field);
      if (asked.room !== undefined && rows.length >= asked.room) {
        this.budget.exceedObjects(field, rows.length);
        return never();
      }
      const made = await this.each(rows, each);
      const grouped = new Map<string, R[]>(parents.map((parent) => [parent, []]));
      rows.forEach((row, index) => grouped.get(row[parentColumn] as string)!.push(made[index]!));
      return parents.map((parent) => result(grouped.get(parent)!));
    });
  }

  /** Of a long list of rows, some at a time, so that others get their turn. */
  async each<R>(rows: readonly Row[], make: (row: Row) => R): Promise<R[]> {
    const made: R[] = [];
    for (const row of rows) {
      if (made.length % rowsAtOnce === rowsAtOnce - 1) await this.budget.lane.pass(rowsAtOnce * workPerRow);
      made.push(make(row));
    }
    return made;
  }

  /** Looks up in one statement what a whole level of the answer asks for, however many turns that takes. */
  batched<T>(load: (keys: readonly string[]) => Promise<T[]>): Loader<T> {
    let asked = 0;
    const loader = new DataLoader<string, T>(load, {
      maxBatchSize: keysAtOnce,
      batchScheduleFn: (dispatch) =>
        this.budget.lane.whenIdle(() => {
          asked = 0;
          dispatch();
        }),
    });
    const loadAtOnce = loader.load.bind(loader);
    loader.load = (key) => {
      asked += 1;
      return asked <= answersAtOnce ? loadAtOnce(key) : loadAtOnce(key).then((value) => this.inTurn(value));
    };
    return loader;
  }

  /** What a statement found goes on in turns, where many wait for it. */
  private inTurn<T>(value: T): T | Promise<T> {
    const turn = this.budget.lane.pass(workPerAnswer);
    return turn ? turn.then(() => value) : value;
  }

  /** Runs one statement. */
  run({ statement, asked, isOneOff = false }: Question, field: string): Promise<Row[]> {
    return this.snapshot.query(statement.text, statement.valuesFor(asked), field, isOneOff);
  }
}
