import type { FastifyRequest } from 'fastify';
import { startWork as start } from '../shares/turns';

const ends = new WeakMap<FastifyRequest, () => void>();

/** A request is worked on when its client has a place for it: before, it costs nothing. */
export async function startWork(request: FastifyRequest): Promise<void> {
  ends.set(request, await start());
}

/** Its answer is made: how long the client takes to read it is another matter. */
export async function endWork(request: FastifyRequest): Promise<void> {
  ends.get(request)?.();
}
