import { AsyncResource } from 'node:async_hooks';

interface Waiter {
  weight: number;
  go: () => void;
}

/**
 * About how much work is done before everybody else gets a turn: a unit is one plain value of an answer, half a
 * microsecond or so. It keeps the event loop free for health probes and small requests while large ones run.
 */
const workPerTurn = 20_000;

/** A request that has had so many turns is a large one; only a few of them go on at a time, for the memory they take. */
const turnsOfLarge = 2;
const largeAtOnce = 3;

/**
 * Lets the work of all requests through in turns of the event loop. JavaScript runs one thing at a time: whoever is about
 * to cause much work passes here first, and waits for a later turn when enough was let through in this one. Requests
 * that wait take turns among themselves, so that a small one is not behind all of a large one.
 */
export class Turns {
  private used = 0;
  private isOpen = false;
  private waiting: Lane[] = [];
  private readonly large = new Set<Lane>();

  constructor(readonly capacity = workPerTurn) {}

  /** The way of one request through the turns. */
  lane(): Lane {
    return new Lane(this);
  }

  /** Whether work of that weight fits into this turn; it counts from then on. */
  admit(lane: Lane, weight: number): boolean {
    if (this.waiting.length > 0 || !this.fits(weight) || !this.mayGoOn(lane)) return false;
    this.use(lane, weight);
    return true;
  }

  /** A request is done: another may go on. */
  leave(lane: Lane): void {
    this.large.delete(lane);
    if (this.waiting.length > 0) this.openTurn();
  }

  wait(lane: Lane): void {
    this.waiting.push(lane);
    this.openTurn();
  }

  /** What is heavier than a whole turn gets one for itself. */
  private fits(weight: number): boolean {
    return this.used === 0 || this.used + weight <= this.capacity;
  }

  private use(lane: Lane, weight: number): void {
    this.used += weight;
    lane.used += weight;
    this.openTurn();
  }

  private mayGoOn(lane: Lane): boolean {
    if (lane.used < turnsOfLarge * this.capacity || this.large.has(lane)) return true;
    if (this.large.size >= largeAtOnce) return false;
    this.large.add(lane);
    return true;
  }

  private openTurn(): void {
    if (this.isOpen) return;
    this.isOpen = true;
    setImmediate(() => this.nextTurn());
  }

  private nextTurn(): void {
    this.isOpen = false;
    this.used = 0;
    this.waiting = this.waiting.filter((lane) => lane.next);
    const isReady = (lane: Lane): boolean => this.fits(lane.next!.weight) && this.mayGoOn(lane);
    for (let place = this.waiting.findIndex(isReady); place >= 0; place = this.waiting.findIndex(isReady)) {
      const [lane] = this.waiting.splice(place, 1) as [Lane];
      this.use(lane, lane.next!.weight);
      if (lane.release()) this.waiting.push(lane);
    }
    // Where only large ones wait, they wait for another of them to leave.
    if (this.waiting.some((lane) => this.mayGoOn(lane))) this.openTurn();
  }
}

/** The way of one request through the turns: first come, first served. */
export class Lane {
  private queue: Waiter[] = [];
  private head = 0;
  private idlers: (() => void)[] = [];
  private isClosed = false;
  private readonly request = new AsyncResource('Lane');
  /** How much of its work was let through. */
  used = 0;

  constructor(private readonly turns: Turns) {}

  /** Waits until work of that weight may be done; undefined where it may be done at once. */
  pass(weight: number): Promise<void> | undefined {
    if (this.isClosed) return new Promise(() => undefined);
    if (this.turns.admit(this, weight)) return undefined;
    return new Promise((go) => {
      this.queue.push({ weight, go });
      if (this.queue.length - this.head === 1) this.turns.wait(this);
    });
  }

  /**
   * Calls back once nothing of this request waits and what was let through has run. Look-ups wait for it, so that those
   * of a whole level of an answer go into one statement, though the level is worked off in several turns.
   */
  whenIdle(callback: () => void): void {
    this.idlers.push(callback);
    if (this.idlers.length === 1) this.settle();
  }

  /** Nothing of this request is let through any more. */
  close(): void {
    this.isClosed = true;
    this.queue = [];
    this.head = 0;
    this.idlers = [];
    this.turns.leave(this);
  }

  get next(): Waiter | undefined {
    return this.queue[this.head];
  }

  /** Lets the first through; says whether more wait. */
  release(): boolean {
    this.queue[this.head++]!.go();
    if (this.head < this.queue.length) return true;
    this.queue = [];
    this.head = 0;
    if (this.idlers.length > 0) this.settle();
    return false;
  }

  /** After all promises of now, and all that they cause, have run: DataLoader waits for them in the same way. */
  private settle(): void {
    void Promise.resolve().then(() =>
      process.nextTick(() => {
        if (this.next) return;
        const ready = this.idlers;
        this.idlers = [];
        // It may be another request's turn that lets this one through: the work stays on the account of its own.
        this.request.runInAsyncScope(() => {
          for (const callback of ready) callback();
        });
      }),
    );
  }
}
