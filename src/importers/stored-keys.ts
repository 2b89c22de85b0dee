import type { Entry } from '../tree/entry';
import type { SourceTree } from './source-tree';

/**
 * The tree under the keys that its objects have where they are stored already, so that what was imported when its source spelled keys
 * otherwise is found again, and is not there twice.
 */
export function withStoredKeys(tree: SourceTree, stored: readonly Entry[]): SourceTree {
  const { spelledNow } = tree;
  if (!spelledNow) return tree;
  const byKey = new Map(stored.map((entry) => [entry.key, entry]));
  const own = new Map(tree.entries.map((entry) => [entry.key, entry]));
  const keys = new Map<string, string>();
  for (const entry of stored) {
    const now = spelledNow(entry, byKey);
    if (own.get(now)?.type === entry.type && !byKey.has(now) && !keys.has(now)) keys.set(now, entry.key);
  }
  return keys.size === 0 ? tree : withKeys(tree, keys);
}

/** The tree with other keys for some of its entries, by those that they have. */
export function withKeys(tree: SourceTree, keys: ReadonlyMap<string, string>): SourceTree {
  const own = new Map([...keys].map(([from, to]) => [to, from]));
  const moved = (key: string): string => keys.get(key) ?? key;
  const told = (key: string): string => own.get(key) ?? key;
  const movedKeys = <T>(noted: ReadonlyMap<string, T>): Map<string, T> =>
    new Map([...noted].map(([key, fields]) => [moved(key), fields]));
  const movedIn = (value: unknown): unknown =>
    typeof value === 'string' ? moved(value) : Array.isArray(value) ? value.map(movedIn) : value;
  const entries = tree.entries.map(
    (entry) => Object.fromEntries(Object.entries(entry).map(([field, value]) => [field, movedIn(value)])) as Entry,
  );
  const { times, mayMiss } = tree;
  return {
    ...{ ...tree, entries, assumed: movedKeys(tree.assumed), emptied: movedKeys(tree.emptied) },
    ...(times && {
      times: { of: (key, path) => times.of(told(key), path), ofSession: (session) => times.ofSession(session) },
    }),
    ...(mayMiss && { mayMiss: ({ type, key }, field) => mayMiss({ type, key: told(key) }, field) }),
  };
}
