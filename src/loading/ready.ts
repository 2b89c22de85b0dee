import type { Soon } from '../model/soon';

/** Looks up what belongs to an id. */
export interface Loader<T> {
  load(id: string): Soon<T>;
}

/** What was read before anybody asked for it, by the name of the loader that would look it up, and the id. */
export class Ready {
  private readonly byLoader = new Map<string, Map<string, unknown>>();

  /** @param failure why nothing could be read: nor can it be looked up then */
  constructor(private readonly failure?: Error) {}

  put(loader: string, id: string, value: unknown): void {
    let known = this.byLoader.get(loader);
    if (!known) this.byLoader.set(loader, (known = new Map<string, unknown>()));
    known.set(id, value);
  }

  /** The loader of that name: it takes what is ready, and is made only for what is not. */
  loader<T>(name: string, make: () => Loader<T>): Loader<T> {
    const { failure } = this;
    if (failure) return { load: () => Promise.reject(failure) };
    const ready = this.byLoader.get(name);
    if (!ready) return make();
    let made: Loader<T> | undefined;
    return { load: (id) => (ready.has(id) ? (ready.get(id) as T) : (made ??= make()).load(id)) };
  }
}
