import { AsyncLocalStorage } from 'node:async_hooks';

/**
 * What a connection to the database is taken for, the most urgent first: the server itself and what has to be told of a
 * change that is done; finding out who asks, and taking something away from others; other changes; reading; whole trees.
 */
export const ranks = ['own', 'urgent', 'change', 'read', 'tree'] as const;

export type Rank = (typeof ranks)[number];

/** One request, as far as shares are concerned: on whose account it is, and whether anybody still waits for its answer. */
export class Asking {
  /** Finding out who asks comes first. */
  rank: Rank = 'urgent';
  /** A change was made, of which the client has to be told. */
  hasChanged = false;
  private readonly leaving = new AbortController();

  constructor(public client: string) {}

  /** Told when the client has left before it was answered. */
  get left(): AbortSignal {
    return this.leaving.signal;
  }

  leave(): void {
    this.leaving.abort();
  }
}

/** The request that is being worked on; undefined where the server does something of its own. */
export const asking = new AsyncLocalStorage<Asking | undefined>();

/** Says that the current request reads or writes a whole tree. */
export function asksForTree(): void {
  const request = asking.getStore();
  if (request) request.rank = 'tree';
}

/** On whose account the current request is. */
export function currentClient(): string | undefined {
  return asking.getStore()?.client;
}
