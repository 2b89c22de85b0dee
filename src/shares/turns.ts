import { asking } from './asking';

/**
 * Waits for the current request to have its turn at exports or imports of whole projects, of which each client may have few
 * at a time. To be called before a connection is taken: nobody keeps one while they wait. Throws OVERLOADED.
 *
 * @returns what is to be called at the end; may be called twice
 */
export async function takeTurn(at: 'exports' | 'imports'): Promise<() => void> {
  const request = asking.getStore();
  if (!request) return () => undefined;
  const leave = await takePlace(at);
  const { rank } = request;
  request.rank = 'tree';
  return () => {
    request.rank = rank;
    leave();
  };
}

/**
 * Waits until few enough others do such work. To be called before a connection is taken. Throws OVERLOADED.
 *
 * @returns what is to be called at the end; may be called twice
 */
export async function takePlace(at: 'exports' | 'imports' | 'large'): Promise<() => void> {
  const request = asking.getStore();
  if (!request) return () => undefined;
  return request.server[at].enter({ client: request.client, signal: request.left });
}

/**
 * Waits for the current request to be worked on. Throws OVERLOADED.
 *
 * @returns what is to be called once its answer is made; may be called twice
 */
export async function startWork(): Promise<() => void> {
  const request = asking.getStore();
  if (!request) return () => undefined;
  const leave = await request.server.work.enter({ client: request.client, signal: request.left });
  request.atEnd(leave);
  return leave;
}
