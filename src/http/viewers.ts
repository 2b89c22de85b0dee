import type { FastifyInstance, FastifyRequest } from 'fastify';
import { anonymous, type Viewer } from '../access/viewer';
import { BadCredentials } from '../people/tokens/authenticate';
import { refuse } from './bad-requests';

type Recognise = (request: FastifyRequest) => Viewer | Promise<Viewer>;

/**
 * Says who asks, before anything else of a request to the graph is looked at. Credentials that are not valid refuse the
 * whole request with 401: it is never answered as if it had brought none.
 */
export function recogniseViewers(app: FastifyInstance, recognise: Recognise): (request: FastifyRequest) => Viewer {
  const viewers = new WeakMap<FastifyRequest, Viewer>();
  app.addHook('onRequest', async (request, reply) => {
    if (request.method === 'OPTIONS') return undefined;
    try {
      viewers.set(request, await recognise(request));
      return undefined;
    } catch (error) {
      if (!(error instanceof BadCredentials)) throw error;
      return refuse(reply.header('www-authenticate', 'Bearer'), 401, 'UNAUTHENTICATED', error.message);
    }
  });
  return (request) => viewers.get(request) ?? anonymous;
}
