import type { FastifyInstance, FastifyRequest } from 'fastify';
import { hasRoleOnAll } from '../access/authorize';
import type { Viewer } from '../access/viewer';
import type { Foundation } from '../context';
import { normalizeId, typeOfId, type NodeName } from '../model/ids';
import { containerTypes } from '../model/families';
import { Refusal } from './refusal';

export const viewAsHeader = 'stemgraph-view-as';
export const explainHeader = 'stemgraph-explain';

/** Through whose eyes a request looks. */
export interface Look {
  /** Who the answer is made for. */
  viewer: Viewer;
  /** Who really asks. */
  asker: Viewer;
  /** They look through other eyes than their own: nothing may be changed. */
  onlyLooks: boolean;
  /** They want to know why something reads as null. */
  wantsReasons?: boolean;
  /** They want to know what the request cost. */
  wantsCost?: boolean;
}

/** What a request wants explained. */
function wishesOf({ headers }: FastifyRequest): string[] {
  const header = headers[explainHeader];
  return header === undefined
    ? []
    : String(header)
        .split(',')
        .map((wish) => wish.trim());
}

/**
 * Reads the header `Stemgraph-View-As`: `public` answers as anonymous would be answered; `public; publish=<id>,<id>` as it
 * would be if these were public, on each of which the asker has to have a role. The very rules that serve anonymous
 * viewers answer; only what counts as public is supposed.
 */
export function readLooks(
  app: FastifyInstance,
  foundation: Foundation,
  viewerOf: (request: FastifyRequest) => Viewer,
): (request: FastifyRequest) => Look {
  const looks = new WeakMap<FastifyRequest, Look>();
  app.addHook('onRequest', async (request, reply) => {
    // A misspelt wish is refused: an answer without reasons would read as if there were nothing to explain.
    if (!wishesOf(request).every((wish) => wish === 'access' || wish === 'cost'))
      throw new Refusal(400, 'BAD_USER_INPUT', 'Stemgraph-Explain takes `access`, `cost`, or both: `access, cost`.');
    const header = request.headers[viewAsHeader];
    if (header === undefined) return;
    const asker = viewerOf(request);
    const wanted = parse(typeof header === 'string' ? header : '');
    if (!wanted) {
      throw new Refusal(400, 'BAD_USER_INPUT', 'Stemgraph-View-As takes `public` or `public; publish=<id>,<id>`.');
    }
    if (wanted.publish.length > 0 && asker.kind === 'anonymous') {
      reply.header('www-authenticate', 'Bearer');
      throw new Refusal(401, 'UNAUTHENTICATED', 'Send a token to suppose that something were public.');
    }
    if (!(await hasRoleOnAll(foundation.dataSource.manager, foundation.access, asker, wanted.publish))) {
      throw new Refusal(404, 'NOT_FOUND', '`publish` names something on which you have no role.');
    }
    const ids = wanted.publish.map(({ id }) => id);
    const viewer: Viewer =
      ids.length > 0 ? { kind: 'anonymous', asIf: { public: ids, private: [] } } : { kind: 'anonymous' };
    looks.set(request, { viewer, asker, onlyLooks: true });
  });
  return (request) => {
    const asker = viewerOf(request);
    const look = looks.get(request) ?? { viewer: asker, asker, onlyLooks: false };
    const wishes = wishesOf(request);
    return { ...look, wantsReasons: wishes.includes('access'), wantsCost: wishes.includes('cost') };
  };
}

interface Wanted {
  publish: { id: string; type: NodeName }[];
}

const supposable: readonly string[] = [...containerTypes, 'DataStorageProtocol'];
const mostIds = 100;

function parse(header: string): Wanted | undefined {
  const match = /^\s*public\s*(?:;\s*publish\s*=([0-9a-f\-,\s]*))?$/i.exec(header);
  if (!match) return undefined;
  const texts = (match[1] ?? '').split(',').flatMap((text) => text.trim() || []);
  if (texts.length > mostIds) return undefined;
  const publish: Wanted['publish'] = [];
  for (const text of texts) {
    const id = normalizeId(text);
    const type = id === undefined ? undefined : typeOfId(id);
    if (id === undefined || type === undefined || !supposable.includes(type)) return undefined;
    publish.push({ id, type });
  }
  return { publish };
}
