import { isOneOf, isTerm, withinAttributes } from '../model/families';
import type { Entry } from '../tree/entry';

/** What is exported with what it is part of. */
const parents = ['setup', 'dataStorage'];

/**
 * The entries that a project holds once they are stored, as its export gives them: what is inside it, and of attributes and
 * shared terms those that it refers to, a setup with its equipment, a data storage with its protocols.
 */
export function contentOf(entries: readonly Entry[]): Entry[] {
  const byKey = new Map(entries.map((entry) => [entry.key, entry]));
  const children = new Map<string, Entry[]>();
  for (const entry of entries.filter(({ type }) => isOneOf(withinAttributes, type)))
    for (const parent of parents.map((field) => entry[field]).filter((key) => typeof key === 'string'))
      children.set(parent, [...(children.get(parent) ?? []), entry]);
  const found = new Set(entries.filter(({ type }) => !isTerm(type) && !isOneOf(withinAttributes, type)));
  // What is added while it is walked is walked as well.
  for (const entry of found) {
    for (const child of children.get(entry.key) ?? []) found.add(child);
    for (const key of Object.values(entry).flat()) {
      const referred = typeof key === 'string' ? byKey.get(key) : undefined;
      if (referred) found.add(referred);
    }
  }
  return [...found];
}
