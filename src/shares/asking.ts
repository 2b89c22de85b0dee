import { AsyncLocalStorage } from 'node:async_hooks';
import type { ServerShares } from './server-shares';

/**
 * What a connection to the database is taken for, the most urgent first: the server itself; what has to be told of something
 * that was taken away from others, and of another change that is done; finding out who asks, and taking something away from others; other changes; reading; whole trees.
 */
export const ranks = ['own', 'takenAway', 'changed', 'urgent', 'change', 'read', 'tree'] as const;

export type Rank = (typeof ranks)[number];

/** One request, as far as shares are concerned: on whose account it is, and whether anybody still waits for its answer. */
export class Asking {
  /** Finding out who asks comes first. */
  rank: Rank = 'urgent';
  /** A change was made, of which the client has to be told. */
  hasChanged = false;
  /** It is a change that reads on at length: that is a reading, and goes before nobody. */
  readsOn = false;
  private readonly leaving = new AbortController();
  private readonly undos: (() => void)[] = [];

  constructor(
    public client: string,
    readonly server: ServerShares,
  ) {}

  /** Told when the client has left before it was answered. */
  get left(): AbortSignal {
    return this.leaving.signal;
  }

  /** Remembers what is to be given back once the answer was taken, or nobody is there any more to take it. */
  atEnd(undo: () => void): void {
    this.undos.push(undo);
  }

  /** @param isAnswered whether the client has taken its answer */
  end(isAnswered: boolean): void {
    if (!isAnswered) this.leaving.abort();
    for (const undo of this.undos.splice(0)) undo();
  }
}

/** The request that is being worked on; undefined where the server does something of its own. */
export const asking = new AsyncLocalStorage<Asking | undefined>();
