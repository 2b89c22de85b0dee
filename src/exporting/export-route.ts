import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { isStanding } from '../access/act';
import type { Viewer } from '../access/viewer';
import { conditionFor } from '../access/visibleTo';
import type { Foundation } from '../context';
import { Refusal } from '../http/refusal';
import { TemporaryFile } from '../http/temporary-file';
import type { Look } from '../http/view-as';
import { Snapshot } from '../loading/snapshot';
import { runBound } from '../loading/sql';
import { normalizeId, typeOfId } from '../model/ids';
import { asking } from '../shares/asking';
import { takeTurn } from '../shares/turns';
import { exportProject, type Exporting } from './export-project';
import { questionOf } from './rows';

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
        const requireStill = stillReadable(foundation, lookOf(request), id);
        await write(file, foundation, lookOf(request).viewer, id, requireStill, gone(reply));
        const stream = Readable.from(whileReadable(file.read(), requireStill), { objectMode: false });
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

/** Writes the export into a file: a client that is slow to take it holds no connection to the database. */
async function write(
  file: TemporaryFile,
  foundation: Foundation,
  viewer: Viewer,
  id: string | undefined,
  requireStill: () => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  const leave = await takeTurn('exports');
  // Not watched for its time as a whole: a large project may take longer than any query.
  const snapshot = new Snapshot(foundation.pool);
  try {
    const exporting: Exporting = { ...foundation, runner: snapshot, viewer, projectId: id ?? '' };
    if (id === undefined || typeOfId(id) !== 'Project' || !(await isVisible(exporting))) throw hidden();
    await file.write(whileReadable(lines(exporting), requireStill), signal);
  } finally {
    await snapshot.close();
    leave();
  }
}

const hidden = (): Refusal => new Refusal(404, 'NOT_FOUND', 'There is no Project with this id that you can see.');

/** In milliseconds: so often it is asked whether an export may go on. */
const pause = 250;

/**
 * Asks whether the viewer may still read the project, beside the snapshot that is exported, in which nothing is ever
 * revoked. What it returns throws where the project, the role or the token was taken from them, also while the file is sent.
 */
function stillReadable(foundation: Foundation, { viewer, asker }: Look, id: string | undefined): () => Promise<void> {
  const runner = foundation.dataSource.manager;
  let asked = Date.now();
  return async () => {
    if (id === undefined || Date.now() - asked < pause) return;
    asked = Date.now();
    // The server's own question: the export that holds a share already would wait for itself.
    const mayRead = await asking.run(
      undefined,
      async () =>
        (await isStanding(runner, asker)) && (await isVisible({ ...foundation, runner, viewer, projectId: id })),
    );
    if (!mayRead) throw hidden();
  };
}

/** Passes on the pieces as long as they may be read. */
async function* whileReadable<T>(pieces: AsyncIterable<T>, requireStill: () => Promise<void>): AsyncGenerator<T> {
  for await (const piece of pieces) {
    await requireStill();
    yield piece;
  }
}

/** Told when the client has left before it was answered. */
function gone({ raw }: FastifyReply): AbortSignal {
  const left = new AbortController();
  raw.once('close', () => left.abort());
  return left.signal;
}

/** The export in pieces of some lines. */
async function* lines(exporting: Exporting): AsyncGenerator<string> {
  let piece = '';
  for await (const entry of exportProject(exporting)) {
    piece += `${JSON.stringify(entry)}\n`;
    if (piece.length < pieceLength) continue;
    yield piece;
    piece = '';
  }
  if (piece !== '') yield piece;
}

const pieceLength = 64 * 1024;
