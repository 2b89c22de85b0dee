import { Gate, type GateLimits } from './gate';
import { Quota } from './quota';
import { connectionsOf, tellToWait, type Shares } from './settings';

/** What the requests of one server share, apart from the connections to its database. */
export class ServerShares {
  /** Requests of the graph that are worked on: what waits has cost nothing yet. */
  readonly work: Gate;
  /** Queries that are large by their estimate: each takes much memory, and the event loop for a while. */
  readonly large: Gate;
  /** Whole projects that are written out, and read in. */
  readonly exports: Gate;
  readonly imports: Gate;
  /** Temporary files, and the bytes in them. */
  readonly files: Quota;
  readonly fileBytes: Quota;
  /** Bytes of answers that were not taken yet. */
  readonly answers: Quota;

  /** @param poolSize how many connections there are to the database */
  constructor(shares: Shares, poolSize: number) {
    const { exports, imports, trees, files, fileBytes, answers } = shares;
    this.work = new Gate(waitingForWork(shares, poolSize));
    this.large = new Gate({
      ...waitingForWork(shares, poolSize),
      rooms: [shares.large],
      perClient: 1,
      patience: 15_000,
    });
    this.exports = new Gate(turns(exports, trees, 'exports'));
    this.imports = new Gate(turns(imports, trees, 'imports'));
    const kept = {
      client:
        'The server keeps as many exports and imports of yours as it may: take them, or wait until they have ended.',
      all: 'The server keeps as many exports and imports as it can: send this again after half a minute.',
      retryAfter: 30,
    };
    this.files = new Quota(files, kept);
    this.fileBytes = new Quota(fileBytes, kept);
    this.answers = new Quota(answers, {
      client: 'The server keeps as many answers for you as it may: take them, then send this again.',
      all: 'The server keeps as many answers as it can: send this again after some seconds.',
      retryAfter: 5,
    });
  }
}

/** A client's requests are worked on as many at a time as it may have connections: others come in between. */
function waitingForWork(shares: Shares, poolSize: number): GateLimits {
  return {
    rooms: [shares.requests.forAll],
    perClient: connectionsOf(shares, poolSize),
    waiting: shares.requests.forAll,
    waitingPerClient: shares.waiting.perClient,
    patience: shares.patience * 1000,
    tell: tellToWait,
  };
}

function turns(atOnce: number, { perClient, waiting, patience }: Shares['trees'], what: string): GateLimits {
  return {
    rooms: [atOnce],
    perClient,
    waiting: 10 * atOnce,
    waitingPerClient: waiting,
    patience: patience * 1000,
    tell: {
      client: `Your earlier ${what} are still under way: wait until they have ended.`,
      all: `Too many ${what} are under way: send this again after half a minute.`,
      retryAfter: 30,
    },
  };
}
