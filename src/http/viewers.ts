import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Viewer } from '../access/viewer';
import { ProviderUnreachable } from '../people/identity/provider-keys';
import { BadCredentials } from '../people/tokens/bad-credentials';
import { openToAll, pathOf } from './bad-requests';
import { Refusal } from './refusal';

type Recognise = (request: FastifyRequest) => Viewer | Promise<Viewer>;

const tryLater =
  'The identity provider does not answer, so that your token cannot be checked. Try again later, or send a personal access token.';

/**
 * Says who asks, before anything else of a request to the graph is looked at. Credentials that are not valid refuse the
 * whole request with 401, and those that cannot be checked with 503: it is never answered as if it had brought none.
 */
export function recogniseViewers(
  app: FastifyInstance,
  recognise: Recognise,
  onKnown?: (request: FastifyRequest, viewer: Viewer) => void,
): (request: FastifyRequest) => Viewer {
  const viewers = new WeakMap<FastifyRequest, Viewer>();
  app.addHook('onRequest', async (request, reply) => {
    if (request.method === 'OPTIONS' || openToAll.test(pathOf(request))) return;
    try {
      // Node hands on the first of two headers and drops the second: which of them was meant is not for us to guess.
      if (countOf(request, 'authorization') > 1)
        throw new BadCredentials('Send one Authorization header, not several.');
      const viewer = await recognise(request);
      viewers.set(request, viewer);
      onKnown?.(request, viewer);
    } catch (error) {
      if (error instanceof ProviderUnreachable) {
        request.log.warn({ err: error }, 'A token could not be checked');
        throw new Refusal(503, 'PROVIDER_UNREACHABLE', tryLater);
      }
      if (!(error instanceof BadCredentials)) throw error;
      reply.header('www-authenticate', 'Bearer error="invalid_token"');
      throw new Refusal(401, 'UNAUTHENTICATED', error.message);
    }
  });
  return (request) => {
    const viewer = viewers.get(request);
    if (!viewer) throw new Error('A request was handled before it was known who sent it.');
    return viewer;
  };
}

/** How many headers of that name, in lower case, the client sent. */
function countOf({ raw }: FastifyRequest, name: string): number {
  return raw.rawHeaders.filter((text, index) => index % 2 === 0 && text.toLowerCase() === name).length;
}
