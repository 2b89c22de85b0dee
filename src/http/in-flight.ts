import type { EventEmitter } from 'node:events';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { GraphQLError } from 'graphql';
import type { Viewer } from '../access/viewer';
import { openToAll, pathOf } from './bad-requests';
import { refusalOf, sendRefusal } from './refusal';
import { clientAt } from '../shares/addresses';
import { Asking, asking } from '../shares/asking';
import { Quota, type Portion, type QuotaLimits } from '../shares/quota';
import type { ServerShares } from '../shares/server-shares';

interface InFlight {
  asking: Asking;
  portion?: Portion;
  refused?: Error;
}

/**
 * Counts the requests that are under way, from their first line until their answer was taken, each on the account of its
 * client: its address, and once it is known who asks that user, whichever of their tokens they send; those that may only
 * read together have an account beside the others. Everything counts, also
 * what is cheap, and each of several requests on one connection. Those that are too many are refused with OVERLOADED.
 */
export class RequestCount {
  private readonly requests = new WeakMap<FastifyRequest, InFlight>();
  private readonly endings = new Endings();
  private readonly quota: Quota;
  private readonly probes: Quota;

  constructor(
    limits: QuotaLimits,
    private readonly shares: ServerShares,
  ) {
    const tell = {
      client: `You have ${limits.perClient} requests under way, the most that one client may: wait for their answers.`,
      all: 'The server has too many requests under way: send this again after a second.',
      retryAfter: 1,
    };
    this.quota = new Quota(limits, tell);
    // Whoever watches the server is answered however busy it is: or else it would be taken for dead.
    this.probes = new Quota(limits, tell);
  }

  /** To be called before any other hook looks at requests. */
  count(app: FastifyInstance): void {
    app.addHook('onRequest', (request, reply, done) => {
      const one: InFlight = { asking: new Asking(clientAt(request.ip), this.shares) };
      this.requests.set(request, one);
      try {
        const quota = openToAll.test(pathOf(request)) ? this.probes : this.quota;
        one.portion = quota.take(one.asking.client);
      } catch (error) {
        // Other answers need headers that come next; a preflight has no page that could look at it.
        if (request.method === 'OPTIONS') return void sendRefusal(request, reply, refusalOf(error as GraphQLError));
        one.refused = error as GraphQLError;
      }
      this.endings.tell(request.raw.socket, reply.raw, () => {
        one.asking.end(reply.raw.writableFinished);
        one.portion?.giveBack();
      });
      asking.run(one.asking, done);
    });
    // The body comes from outside of the request's own doing.
    app.addHook('preValidation', (request, _reply, done) => asking.run(this.requests.get(request)?.asking, done));
  }

  /** To be called once the headers that every answer needs are there, before it is asked who sent the request. */
  refuseTooMany(app: FastifyInstance): void {
    app.addHook('onRequest', async (request) => {
      const refused = this.requests.get(request)?.refused;
      if (refused !== undefined) throw refused;
    });
  }

  /** To be called when it is known who sent a request. */
  putOnAccount(request: FastifyRequest, viewer: Viewer): void {
    const one = this.requests.get(request);
    if (!one) return;
    one.asking.rank = 'read';
    if (viewer.kind !== 'user') return;
    // A token that may only read takes nothing from those of its user that may change or take back something.
    one.asking.client = `user:${viewer.userId}${viewer.scopes?.includes('WRITE') ? '' : ':reading'}`;
    one.portion?.moveTo(one.asking.client);
  }
}

/** Of several requests on one connection, Node tells only the first that it has ended: here each is told. */
class Endings {
  private readonly ofSocket = new WeakMap<EventEmitter, Set<() => void>>();

  /** Calls back once: when the answer was taken, or nobody is there any more to take it. */
  tell(socket: EventEmitter, response: EventEmitter, ended: () => void): void {
    const all = this.ofSocket.get(socket) ?? this.watch(socket);
    const end = (): void => {
      if (all.delete(end)) ended();
    };
    all.add(end);
    response.once('close', end);
  }

  private watch(socket: EventEmitter): Set<() => void> {
    const all = new Set<() => void>();
    this.ofSocket.set(socket, all);
    socket.once('close', () => {
      for (const end of all) end();
    });
    return all;
  }
}
