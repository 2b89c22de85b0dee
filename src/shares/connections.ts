import type { Pool, PoolClient } from 'pg';
import { cancelStatement } from '../database/cancel-statement';
import { asking, ranks, type Asking, type Rank } from './asking';
import { Gate, type Entrant } from './gate';
import { connectionsOf, tellToWait, type Shares } from './settings';

type Release = PoolClient['release'];
type Callback = (error: Error | undefined, client: PoolClient | undefined, release: Release) => void;

/** How much of the pool is open to each rank: a little is kept for what must not wait for those who read. */
function roomsIn(size: number): Record<Rank, number> {
  const all = (less: number): number => Math.max(1, size - less);
  return {
    own: size,
    // However much is asked for of what was changed: a place stays for what is urgent, and for what is told of that.
    takenAway: all(1),
    changed: all(2),
    urgent: size,
    change: all(1),
    read: all(Math.max(1, Math.floor(size / 5))),
    tree: all(Math.max(1, Math.floor(size / 5))),
  };
}

/** One client gets half of the connections, unless the settings say otherwise. */
function gateFor(size: number, shares: Shares): Gate {
  const { waiting, patience } = shares;
  const rooms = roomsIn(size);
  return new Gate({
    rooms: ranks.map((rank) => rooms[rank]),
    mostOf: { [ranks.indexOf('tree')]: Math.max(1, Math.floor(size / 2)) },
    perClient: connectionsOf(shares, size),
    waiting: waiting.forAll,
    waitingPerClient: waiting.perClient,
    patience: patience * 1000,
    tell: tellToWait,
  });
}

/**
 * Lets every connection of the pool be taken in fair shares, whoever takes it: a request that reads, a transaction, the
 * look-up of a token. Whoever gets none in time is refused with OVERLOADED. A request whose client has left gives its
 * connection back soon: the statement that it waits for is cancelled, unless it changes something.
 *
 * @returns what ends it
 */
export function shareConnections(pool: Pool, shares: Shares): () => void {
  const gate = gateFor(pool.options.max, shares);
  const treePatience = shares.trees.patience * 1000;
  const connect = pool.connect.bind(pool);
  const open = connect as () => Promise<PoolClient>;
  let isShared = true;

  async function take(): Promise<PoolClient> {
    if (!isShared) return open();
    const request = asking.getStore();
    const leave = await gate.enter(entrantOf(request, treePatience));
    try {
      return lend(await open(), request, leave);
    } catch (error) {
      leave();
      throw error;
    }
  }

  const shared = (callback?: Callback): Promise<PoolClient> | void => {
    const taken = take();
    if (!callback) return taken;
    taken.then(
      (client) => callback(undefined, client, (broken) => client.release(broken)),
      (error: Error) => callback(error, undefined, () => undefined),
    );
  };
  pool.connect = shared as Pool['connect'];
  return () => {
    isShared = false;
  };
}

/** For how many milliseconds a connection is waited for to tell of a change that is done. */
const settlingMs = 15_000;

function entrantOf(request: Asking | undefined, treePatience: number): Entrant {
  if (!request) return {};
  const { client, left: signal, hasChanged, rank } = request;
  // What is done has to be told: then the connection is waited for, before anybody else.
  if (hasChanged)
    return {
      client,
      rank: ranks.indexOf(rank === 'urgent' ? 'takenAway' : 'changed'),
      beyondShare: 1,
      patience: settlingMs,
    };
  // It has waited for its turn, and may have been sent for hours: it is not refused for a moment's rush.
  const patience = rank === 'tree' ? treePatience : undefined;
  return { client, signal, patience, rank: ranks.indexOf(rank), beyondShare: rank === 'urgent' ? 1 : 0 };
}

function lend(client: PoolClient, request: Asking | undefined, leave: () => void): PoolClient {
  const release = client.release.bind(client);
  let cancelled = false;
  const cancel = (): void => {
    if (!request || !endsWithClient(request)) return;
    cancelled = true;
    cancelStatement(client);
  };
  request?.left.addEventListener('abort', cancel);
  client.release = (broken) => {
    request?.left.removeEventListener('abort', cancel);
    // The cancellation may still be under way: nobody else may be hit by it.
    release(cancelled || broken);
    leave();
  };
  if (request?.left.aborted) cancel();
  return client;
}

/** A change that was asked for is made, or not, whether its client waits for the answer or not. */
function endsWithClient({ rank, hasChanged }: Asking): boolean {
  return !hasChanged && (rank === 'read' || rank === 'tree');
}
