import type { Soon } from '../model/soon';

/** Looks up what belongs to an id. */
export interface Loader<T> {
  load(id: string): Soon<T>;
}

/** What was read before anybody asked for it, by the name of the loader that would look it up, and the id. */
export class Ready {
  private readonly byLoader = new Map<string, Map<string, unknown>>();

  put(loader: string, id: string, value: unknown): void {
    let known = this.byLoader.get(loader);
    if (!known) this.byLoader.set(loader, (known = new Map<string, unknown>()));
    known.set(id, value);
  }

  of(loader: string): ReadonlyMap<string, unknown> | undefined {
    return this.byLoader.get(loader);
  }
}

/** A loader that takes what is ready, and is made only for what is not. */
export function withReady<T>(ready: ReadonlyMap<string, unknown>, make: () => Loader<T>): Loader<T> {
  let made: Loader<T> | undefined;
  return { load: (id) => (ready.has(id) ? (ready.get(id) as T) : (made ??= make()).load(id)) };
}
