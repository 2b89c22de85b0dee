import type { PoolClient } from 'pg';

/** So many statements have a name; the one that was not run for the longest time loses it to a new one. */
const mostNamed = 200;

/** So many are remembered that were run once: from the second time on they are worth a name. */
const mostSeen = 400;

/** In characters: what is longer is neither kept nor prepared; PostgreSQL keeps about fifty times as many bytes of what is. */
export const longestKept = 32_000;

/**
 * A connection keeps what was prepared on it until it ends: with more than so many statements, or characters of them, it is given
 * up, and another opened.
 */
const mostPrepared = 250;
const mostCharacters = 500_000;

const named = new Map<string, string>();
const seen = new Set<string>();
const preparedOn = new WeakMap<PoolClient, { names: Set<string>; characters: number }>();
let given = 0;

/**
 * The name under which a statement is prepared on a connection, so that the database parses and plans it once; undefined for what
 * was not run before. However many different statements are asked for, those that are kept are bounded, here and there.
 */
export function nameOf(text: string, client: PoolClient): string | undefined {
  if (text.length > longestKept) return undefined;
  const known = named.get(text) ?? (seen.has(text) ? nameAnew(text) : undefined);
  if (known === undefined) {
    remember(text);
    return undefined;
  }
  named.delete(text);
  named.set(text, known);
  const prepared = preparedOn.get(client) ?? { names: new Set<string>(), characters: 0 };
  preparedOn.set(client, prepared);
  if (!prepared.names.has(known)) prepared.characters += text.length;
  prepared.names.add(known);
  return known;
}

/** Whether a connection keeps more than it should. */
export function isFull(client: PoolClient): boolean {
  const prepared = preparedOn.get(client);
  return prepared !== undefined && (prepared.names.size > mostPrepared || prepared.characters > mostCharacters);
}

function nameAnew(text: string): string {
  if (named.size === mostNamed) named.delete(named.keys().next().value!);
  seen.delete(text);
  given += 1;
  const name = `stemgraph_${given}`;
  named.set(text, name);
  return name;
}

function remember(text: string): void {
  if (seen.size === mostSeen) seen.delete(seen.values().next().value!);
  seen.add(text);
}
