import type { GraphQLError } from 'graphql';
import { overBudget } from '../errors';
import { settingOf, type Counted, type RequestLimits } from './limits';
import type { Lane, Turns } from './turns';

interface Spent {
  objects: number;
  values: number;
  sqlTime: number;
}

/** How much more than the answer may hold is read for it: rows are read once, but in the longer form of the database. */
const readingFactor = 2;

/** From what part of what it may cost on a request is a large one: a page that a person looks at is far below. */
const largePart = 4;

/**
 * What one request has cost so far, counted while it runs. Passing a limit ends the whole request: its one error is told
 * at once, and whatever of it is still under way does nothing more.
 */
export class Budget {
  /** Resolves with the error once a limit is passed. */
  readonly over: Promise<GraphQLError>;
  readonly lane: Lane;
  readonly counts = { objects: 0, values: 0, bytes: 0, sqlTime: 0 };
  /** What the request could cost, before it ran. */
  estimate: { objects: number; values: number; connections: number; depth: number } | undefined;
  private readonly fields = new Map<string, Spent>();
  /** How long one value of the answer is at most, where all that it is made of is known to be short. */
  longestValue: number | undefined;
  private bytesRead = 0;
  private readonly start = performance.now();
  private timer: NodeJS.Timeout | undefined;
  private ended = false;
  private closed = false;
  private readonly undos: (() => void)[] = [];
  private readonly tell: (error: GraphQLError) => void;

  constructor(
    readonly limits: RequestLimits,
    turns: Turns,
  ) {
    this.lane = turns.lane();
    let tell: (error: GraphQLError) => void = () => undefined;
    this.over = new Promise((resolve) => (tell = resolve));
    this.tell = tell;
  }

  get isOver(): boolean {
    return this.ended;
  }

  /** Whether it is large by its estimate: few of those are worked on at a time. */
  get isLarge(): boolean {
    const { estimate, limits } = this;
    if (!estimate) return false;
    return estimate.objects > limits.objects / largePart || estimate.values > limits.values / largePart;
  }

  /** Remembers what is to be given back once the request is answered; at once, where it is. */
  atEnd(undo: () => void): void {
    if (this.closed) undo();
    else this.undos.push(undo);
  }

  /** Ends the request when its time is up. Not for a change: one that is under way is finished, and told. */
  watchTime(): void {
    clearTimeout(this.timer);
    const left = Math.max(0, this.limits.totalTime - (performance.now() - this.start));
    this.timer = setTimeout(() => this.checkTime(), left).unref();
  }

  /** Nothing is read any more: what comes is a change. */
  leaveTime(): void {
    clearTimeout(this.timer);
  }

  checkTime(): void {
    const elapsed = performance.now() - this.start;
    if (elapsed >= this.limits.totalTime - 1) this.end('totalTime', elapsed);
  }

  /** Counts what a field hands out; false once the request is over. */
  spend(field: string, objects: number, values: number): boolean {
    if (this.ended) return false;
    this.counts.objects += objects;
    this.counts.values += values;
    const spent = this.spentBy(field);
    spent.objects += objects;
    spent.values += values;
    for (const kind of ['objects', 'values'] as const)
      if (this.counts[kind] > this.limits[kind]) this.end(kind, this.counts[kind], field);
    return !this.ended;
  }

  /** How many rows may still be read for a list: more could not be handed out. */
  get objectsLeft(): number {
    return Math.max(0, this.limits.objects - this.counts.objects);
  }

  /** A list had more rows than may be handed out. */
  exceedObjects(field: string, rows: number): void {
    this.spentBy(field).objects += rows;
    this.end('objects', this.counts.objects + rows, field);
  }

  /** What was handed out is thrown away, and made anew; how long that took is not given back. */
  startOver(): void {
    this.longestValue = undefined;
    Object.assign(this.counts, { objects: 0, values: 0, bytes: 0 });
  }

  /** Whether the answer cannot be longer than it may, however often each value is in it. */
  get isShort(): boolean {
    return this.longestValue !== undefined && this.counts.values * this.longestValue <= this.limits.bytes;
  }

  /** Counts bytes that came from the database; false when they are too many to be answered. */
  read(bytes: number): boolean {
    this.bytesRead += bytes;
    if (this.bytesRead > readingFactor * this.limits.bytes) this.end('bytes', this.bytesRead);
    return !this.ended;
  }

  /** Counts the answer as it is written; false once it, with what is about to come, is too long. */
  write(bytes: number, coming: number, longest: () => string | undefined): boolean {
    this.counts.bytes += bytes;
    const value = this.counts.bytes + coming;
    if (value > this.limits.bytes) this.end('bytes', value, longest());
    return !this.ended;
  }

  /** Counts the time of a statement from now on, and ends the request in the middle of it; returns what ends the count. */
  startSql(field: string): () => void {
    const begin = performance.now();
    const left = Math.max(0, this.limits.sqlTime - this.counts.sqlTime);
    const elapsed = (): number => performance.now() - begin;
    const timer = setTimeout(() => this.end('sqlTime', this.counts.sqlTime + elapsed(), field), left).unref();
    return () => {
      clearTimeout(timer);
      this.counts.sqlTime += elapsed();
      this.spentBy(field).sqlTime += elapsed();
    };
  }

  /** What is told of the cost: of times nothing, since they depend on what is hidden too. */
  get told(): Record<string, object> {
    const { estimate, counts, limits } = this;
    return {
      objects: { estimate: estimate?.objects, spent: counts.objects, limit: limits.objects },
      values: { estimate: estimate?.values, spent: counts.values, limit: limits.values },
      bytes: { spent: counts.bytes, limit: limits.bytes },
      connections: { estimate: estimate?.connections, limit: limits.connections },
      depth: { estimate: estimate?.depth, limit: limits.depth },
    };
  }

  /** The request is answered: nothing is counted any more. */
  close(): void {
    this.closed = true;
    clearTimeout(this.timer);
    this.lane.close();
    for (const undo of this.undos.splice(0)) undo();
  }

  private end(kind: Counted, value: number, field?: string): void {
    if (this.ended) return;
    this.ended = true;
    this.close();
    const costliest = kind === 'bytes' ? (field ?? this.costliest('objects')) : (this.costliest(kind) ?? field);
    this.tell(overBudget({ kind, limit: this.limits[kind], value, setting: settingOf[kind], costliest }));
  }

  private spentBy(field: string): Spent {
    const known = this.fields.get(field) ?? { objects: 0, values: 0, sqlTime: 0 };
    this.fields.set(field, known);
    return known;
  }

  /** The field that cost most of what was exceeded, as far as it is counted field by field. */
  private costliest(kind: Counted): string | undefined {
    const by = kind === 'bytes' ? 'objects' : kind === 'totalTime' ? 'sqlTime' : kind;
    const [first, ...rest] = [...this.fields].filter(([, spent]) => spent[by] > 0);
    return first && rest.reduce((most, one) => (one[1][by] > most[1][by] ? one : most), first)[0];
  }
}

/** What a request that is over waits for: nothing of it is needed any more, and it is forgotten. */
export function never<T>(): Promise<T> {
  return new Promise(() => undefined);
}
