import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { conditionFor } from '../access/visibleTo';
import type { Foundation } from '../context';
import { takeTurn } from '../database/turns';
import { Refusal } from '../http/refusal';
import type { Look } from '../http/view-as';
import { Snapshot } from '../loading/snapshot';
import { runBound } from '../loading/sql';
import { normalizeId, typeOfId } from '../model/ids';
import { exportProject, type Exporting } from './export-project';
import { questionOf } from './rows';

interface Options {
  foundation: Foundation;
  lookOf: (request: FastifyRequest) => Look;
}

/** How many exports are read at the same time; others wait. */
const atOnce = 3;

/** A client that takes nothing for so long is given up: it holds a connection to the database. */
const stalledMs = 30_000;

/** `GET /export/projects/<id>.ndjson`: a project as newline-delimited JSON, one entry a line, as an import takes it. */
export async function registerExport(app: FastifyInstance, { foundation, lookOf }: Options): Promise<void> {
  app.get<{ Params: { id: string } }>(
    '/export/projects/:id.ndjson',
    { exposeHeadRoute: false },
    async (request, reply): Promise<FastifyReply> => {
      const id = normalizeId(request.params.id);
      const leave = await takeTurn(foundation.pool, 'export', atOnce);
      // Not watched for its time as a whole: a large project may take longer than any query.
      const snapshot = new Snapshot(foundation.pool);
      let ended = false;
      const end = async (): Promise<void> => {
        if (ended) return;
        ended = true;
        await snapshot.close();
        leave();
      };
      try {
        const { viewer } = lookOf(request);
        const exporting: Exporting = { ...foundation, runner: snapshot, viewer, projectId: id ?? '' };
        if (id === undefined || typeOfId(id) !== 'Project' || !(await isVisible(exporting)))
          throw new Refusal(404, 'NOT_FOUND', 'There is no Project with this id that you can see.');
        const stream = Readable.from(lines(exporting, request), { objectMode: false, highWaterMark: 256 * 1024 });
        // Whether it was read to its end or the client has left: a generator that never began would not tell.
        stream.once('close', () => void end());
        reply.header('content-disposition', `attachment; filename="${id}.ndjson"`);
        return await reply.type('application/x-ndjson; charset=utf-8').send(stream);
      } catch (error) {
        await end();
        throw error;
      }
    },
  );
}

async function isVisible(exporting: Exporting): Promise<boolean> {
  const question = questionOf(exporting);
  const { parameters } = question;
  const visible = conditionFor(question, 'Project', 't');
  const rows = await runBound(
    exporting.runner,
    parameters,
    `SELECT 1 FROM "project" t WHERE t."id" = ${parameters.add(exporting.projectId, 'uuid')} AND ${visible}`,
  );
  return rows.length > 0;
}

/** The export in pieces of some lines, for as long as somebody takes them. */
async function* lines(exporting: Exporting, request: FastifyRequest): AsyncGenerator<string> {
  const stalled = setTimeout(() => request.raw.socket.destroy(), stalledMs);
  stalled.unref();
  try {
    let piece = '';
    for await (const entry of exportProject(exporting)) {
      piece += `${JSON.stringify(entry)}\n`;
      if (piece.length < pieceLength) continue;
      stalled.refresh();
      yield piece;
      piece = '';
    }
    if (piece !== '') yield piece;
  } finally {
    clearTimeout(stalled);
  }
}

const pieceLength = 64 * 1024;
