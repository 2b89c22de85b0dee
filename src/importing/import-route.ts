import type { Readable } from 'node:stream';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { GraphQLError } from 'graphql';
import { mayAct } from '../access/shield';
import { actorOf, type Foundation } from '../context';
import { badRequest, Refusal, refusalOf } from '../http/refusal';
import { TemporaryFile } from '../http/temporary-file';
import type { Look } from '../http/view-as';
import { readLines } from './ndjson';
import { importTree, type StoredOutcome } from './storing/import-tree';

interface Options {
  foundation: Foundation;
  lookOf: (request: FastifyRequest) => Look;
}

/** In bytes. */
const largestTree = 2 * 1024 ** 3;

const mediaType = 'application/x-ndjson';

/** `POST /import`: a tree as newline-delimited JSON, of at most 2 GiB. The answer is the outcome; 422 where it has faults. */
export async function registerImport(app: FastifyInstance, { foundation, lookOf }: Options): Promise<void> {
  app.removeAllContentTypeParsers();
  // The body is left to be read as it comes.
  app.addContentTypeParser(mediaType, (_request: FastifyRequest, body: Readable, done) => done(null, body));
  app.addContentTypeParser('*', (_request: FastifyRequest, _body: Readable, done) =>
    done(badRequest(`Send the tree as newline-delimited JSON, with the header Content-Type: ${mediaType}.`, 415)),
  );
  app.post<{ Body: Readable | undefined; Querystring: { dryRun?: string; ifState?: string } }>(
    '/import',
    {
      onRequest: async (request, reply) => {
        const verdict = mayAct(lookOf(request), 'WRITE');
        if (verdict === true) return;
        if (verdict.extensions['code'] === 'UNAUTHENTICATED') reply.header('www-authenticate', 'Bearer');
        throw refusalOf(verdict);
      },
    },
    async (request, reply): Promise<StoredOutcome> => {
      const dryRun = readFlag(request.query.dryRun);
      const { body } = request;
      if (!body) throw badRequest('The body is empty: send a tree, one entry a line.');
      if ((request.headers['content-encoding'] ?? 'identity') !== 'identity')
        throw badRequest('Send the body as it is: compressed ones are not read.', 415);
      const outcome = await spooled(body, (lines) =>
        importTree(actorOf({ ...foundation, viewer: lookOf(request).viewer }), lines, {
          dryRun,
          ifState: readState(request.query.ifState),
        }),
      );
      return reply.code(outcome.faults.length > 0 ? 422 : 200).send(outcome);
    },
  );
}

/** Lets the whole body arrive in a file first: a client that is slow or breaks off holds no connection to the database. */
async function spooled<T>(body: Readable, work: (lines: ReturnType<typeof readLines>) => Promise<T>): Promise<T> {
  const file = await TemporaryFile.make();
  try {
    // Were the body destroyed where this fails, so were the connection that the answer goes by.
    await file.write(upTo(largestTree)(body.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>));
    return await work(readLines(file.read() as AsyncIterable<Buffer>));
  } catch (error) {
    throw error instanceof GraphQLError ? refusalOf(error) : error;
  } finally {
    await file.remove();
  }
}

/** Passes on so many bytes and refuses more: nobody fills the disk. */
export function upTo(most: number): (chunks: AsyncIterable<Buffer>) => AsyncGenerator<Buffer> {
  return async function* (chunks) {
    let bytes = 0;
    for await (const chunk of chunks) {
      bytes += chunk.length;
      if (bytes > most) {
        throw badRequest(`A tree may have ${most} bytes at most: import it in parts, with the same keys.`, 413);
      }
      yield chunk;
    }
  };
}

/** Given twice, a parameter is a list. */
function readState(text: unknown): string | undefined {
  if (text === undefined || (typeof text === 'string' && /^[0-9a-f]{32}$/.test(text))) return text;
  throw new Refusal(400, 'BAD_USER_INPUT', '`ifState` is the `state` that a dry run has told.');
}

function readFlag(text: string | undefined): boolean {
  if (text === undefined || text === 'false') return false;
  if (text === 'true' || text === '') return true;
  throw new Refusal(400, 'BAD_USER_INPUT', '`dryRun` is either `true` or `false`.');
}
