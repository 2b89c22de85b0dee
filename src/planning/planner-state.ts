/** So many shapes are remembered that were not worth it; … */
const mostRemembered = 500;

/** … and so often such an operation is read list by list, before that is tried again. */
const pauseFor = 100;

/** What all requests share of reading ahead: what became of operations, and what is not worth trying. */
export class PlannerState {
  /** How many were read in one statement, wholly or in part, and how many for which reason list by list. */
  readonly planned = { whole: 0, partly: 0 };
  readonly unplanned = { explained: 0, supposed: 0, empty: 0, wide: 0, long: 0, faulty: 0, failed: 0, paused: 0 };
  private readonly pauses = new Map<string, number>();

  /** Something was too long, the statement or what it read, which is found out only when most of the work is done. */
  pause(shape: string): void {
    if (this.pauses.size === mostRemembered) this.pauses.delete(this.pauses.keys().next().value!);
    this.pauses.set(shape, pauseFor);
  }

  /** Whether an operation of that shape is read list by list for now. */
  pausesFor(shape: string): boolean {
    const left = this.pauses.get(shape);
    if (left === undefined) return false;
    if (left === 1) this.pauses.delete(shape);
    else this.pauses.set(shape, left - 1);
    return true;
  }
}
