import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { idsWith } from '../access/authorize';
import type { Foundation } from '../context';
import { TemporaryFile } from '../http/temporary-file';
import type { Look } from '../http/view-as';
import { Snapshot } from '../loading/snapshot';
import { normalizeId, typeOfId } from '../model/ids';
import { takeTurn } from '../shares/turns';
import { Collected } from './collected';
import { exportProject } from './export-project';
import type { Exporting } from './exporting';
import { hidden, StillReadable } from './still-readable';

interface Options {
  foundation: Foundation;
  lookOf: (request: FastifyRequest) => Look;
}

/** `GET /export/projects/<id>.ndjson`: a project as newline-delimited JSON, one entry a line, as an import takes it. */
export async function registerExport(app: FastifyInstance, { foundation, lookOf }: Options): Promise<void> {
  app.get<{ Params: { id: string } }>(
    '/export/projects/:id.ndjson',
    { exposeHeadRoute: false },
    async (request, reply): Promise<FastifyReply> => {
      const id = normalizeId(request.params.id);
      const file = await TemporaryFile.make();
      try {
        const still = await write(file, foundation, lookOf(request), id, gone(reply));
        const stream = Readable.from(still.whileSending(file.read()), { objectMode: false });
        // Whether it was read to its end or the client has left.
        stream.once('close', () => void file.remove());
        reply.header('content-length', file.size);
        reply.header('content-disposition', `attachment; filename="${id}.ndjson"`);
        return await reply.type('application/x-ndjson; charset=utf-8').send(stream);
      } catch (error) {
        await file.remove();
        throw error;
      }
    },
  );
}

async function isVisible({ runner, access, viewer, projectId }: Exporting): Promise<boolean> {
  return (await idsWith(runner, access, viewer, 'Project', [projectId])).has(projectId);
}

/** Writes the export into a file: a client that is slow to take it holds no connection to the database. */
async function write(
  file: TemporaryFile,
  foundation: Foundation,
  { viewer, asker }: Look,
  id: string | undefined,
  signal: AbortSignal,
): Promise<StillReadable> {
  const leave = await takeTurn('exports');
  // Not watched for its time as a whole: a large project may take longer than any query.
  const snapshot = new Snapshot(foundation.pool);
  try {
    const exporting: Exporting = { ...foundation, runner: snapshot, viewer, projectId: id ?? '' };
    if (id === undefined || typeOfId(id) !== 'Project' || !(await isVisible(exporting))) throw hidden();
    const collected = new Collected();
    const still = new StillReadable(exporting, collected, foundation.dataSource.manager, asker);
    await file.write(still.whileWriting(lines(exporting, collected)), signal);
    return still;
  } finally {
    await snapshot.close();
    leave();
  }
}

/** Told when the client has left before it was answered. */
function gone({ raw }: FastifyReply): AbortSignal {
  const left = new AbortController();
  raw.once('close', () => left.abort());
  return left.signal;
}

/** The export in pieces of some lines. */
async function* lines(exporting: Exporting, collected: Collected): AsyncGenerator<string> {
  let piece = '';
  for await (const entry of exportProject(exporting, collected)) {
    piece += `${JSON.stringify(entry)}\n`;
    if (piece.length < pieceLength) continue;
    yield piece;
    piece = '';
  }
  if (piece !== '') yield piece;
}

const pieceLength = 64 * 1024;
