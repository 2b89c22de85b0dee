/** Something that is at hand, or will be. What is at hand is gone on with at once: a promise for it would only take time. */
export type Soon<T> = T | Promise<T>;

/** Goes on with it as soon as it is there. */
export function after<T, R>(soon: Soon<T>, next: (value: T) => Soon<R>): Soon<R> {
  return soon instanceof Promise ? soon.then(next) : next(soon);
}
