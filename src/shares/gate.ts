import { overloaded } from '../errors';

/** How much goes through at once, and how many wait for it. */
export interface GateLimits {
  /** How many of each rank, counting everything that is inside; a smaller number is a rank that goes first. */
  rooms: readonly number[];
  /** How many of a rank itself, where that is less. */
  mostOf?: Readonly<Record<number, number>>;
  perClient: number;
  waiting: number;
  waitingPerClient: number;
  /** In milliseconds. */
  patience: number;
  /** What a client is told that has to come again: of itself, and of the server. */
  tell: { client: string; all: string; retryAfter: number };
}

/** Who wants to enter. */
export interface Entrant {
  /** Undefined: the server itself, which waits as long as it takes and has no share. */
  client?: string | undefined;
  /** An index of `rooms`. */
  rank?: number;
  /** What it may hold beyond the share of its client. */
  beyondShare?: number;
  /** Told when the client has left: then it no longer waits. */
  signal?: AbortSignal | undefined;
  /** In milliseconds, in place of what is usual. */
  patience?: number | undefined;
}

interface Waiter {
  entrant: Entrant;
  admit(): void;
  refuse(): void;
}

/**
 * Lets in so many at once, and of one client only its share, so that others get through beside it. Among those who wait
 * the best rank goes first, then whoever holds least, then whoever came first. Waiting is bounded, by number and by time:
 * whoever cannot be let in is told so with OVERLOADED instead of being kept.
 */
export class Gate {
  private inside = 0;
  private readonly held = new Map<string, number>();
  private readonly ofRank = new Map<number, number>();
  private queue: Waiter[] = [];

  constructor(private readonly limits: GateLimits) {}

  /** Waits for a place inside; returns what gives it back, which may be called twice. Throws OVERLOADED. */
  async enter(entrant: Entrant): Promise<() => void> {
    if (entrant.signal?.aborted) throw this.refusal(entrant);
    if (!this.hasPlaceFor(entrant)) await this.wait(entrant);
    else this.count(entrant, 1);
    let left = false;
    return () => {
      if (left) return;
      left = true;
      this.count(entrant, -1);
      this.admitNext();
    };
  }

  private wait(entrant: Entrant): Promise<void> {
    this.makeRoomInQueue(entrant);
    return new Promise((resolve, reject) => {
      const done = (): void => {
        this.queue = this.queue.filter((one) => one !== waiter);
        clearTimeout(timer);
        entrant.signal?.removeEventListener('abort', refuse);
      };
      const refuse = (): void => {
        done();
        reject(this.refusal(entrant));
      };
      const waiter: Waiter = {
        entrant,
        refuse,
        admit: () => {
          done();
          resolve();
        },
      };
      const timer =
        entrant.client === undefined ? undefined : setTimeout(refuse, entrant.patience ?? this.limits.patience);
      timer?.unref();
      entrant.signal?.addEventListener('abort', refuse);
      this.queue.push(waiter);
    });
  }

  /** Where the queue is full, those make room that are of a lower rank, or one of a client that has many in it. */
  private makeRoomInQueue(entrant: Entrant): void {
    if (entrant.client === undefined) return;
    const own = this.waitingOf(entrant.client);
    if (own >= this.limits.waitingPerClient) throw this.refusal(entrant);
    if (this.queue.length < this.limits.waiting) return;
    const last = this.queue
      .filter(({ entrant: { client } }) => client !== undefined)
      .reduce<Waiter | undefined>((worst, one) => (worst && !this.isWorse(one, worst) ? worst : one), undefined);
    const isWorse =
      last &&
      (rankOf(last.entrant) > rankOf(entrant) ||
        (rankOf(last.entrant) === rankOf(entrant) && this.waitingOf(last.entrant.client!) > own + 1));
    if (!isWorse) throw this.refusal(entrant);
    last.refuse();
  }

  private isWorse({ entrant: one }: Waiter, { entrant: other }: Waiter): boolean {
    if (rankOf(one) !== rankOf(other)) return rankOf(one) > rankOf(other);
    return this.waitingOf(one.client!) >= this.waitingOf(other.client!);
  }

  private waitingOf(client: string): number {
    return this.queue.reduce((count, { entrant }) => count + (entrant.client === client ? 1 : 0), 0);
  }

  private admitNext(): void {
    for (;;) {
      const next = this.queue
        .filter(({ entrant }) => this.hasPlaceFor(entrant))
        .reduce<Waiter | undefined>((best, one) => (best && !this.isBefore(one, best) ? best : one), undefined);
      if (!next) return;
      this.count(next.entrant, 1);
      next.admit();
    }
  }

  private isBefore({ entrant: one }: Waiter, { entrant: other }: Waiter): boolean {
    if (rankOf(one) !== rankOf(other)) return rankOf(one) < rankOf(other);
    return this.heldBy(one) < this.heldBy(other);
  }

  private hasPlaceFor(entrant: Entrant): boolean {
    const rank = rankOf(entrant);
    const { rooms, mostOf } = this.limits;
    const isFull = this.inside >= rooms[rank]! || (this.ofRank.get(rank) ?? 0) >= (mostOf?.[rank] ?? Infinity);
    return !isFull && !this.hasItsShare(entrant);
  }

  private hasItsShare(entrant: Entrant): boolean {
    return entrant.client !== undefined && this.heldBy(entrant) >= this.limits.perClient + (entrant.beyondShare ?? 0);
  }

  private heldBy({ client }: Entrant): number {
    return client === undefined ? 0 : (this.held.get(client) ?? 0);
  }

  private count(entrant: Entrant, change: 1 | -1): void {
    const rank = rankOf(entrant);
    this.inside += change;
    this.ofRank.set(rank, (this.ofRank.get(rank) ?? 0) + change);
    if (entrant.client === undefined) return;
    const held = this.heldBy(entrant) + change;
    if (held === 0) this.held.delete(entrant.client);
    else this.held.set(entrant.client, held);
  }

  private refusal(entrant: Entrant): Error {
    const { client, all, retryAfter } = this.limits.tell;
    return overloaded(this.hasItsShare(entrant) ? client : all, retryAfter);
  }
}

function rankOf({ rank = 0 }: Entrant): number {
  return rank;
}
