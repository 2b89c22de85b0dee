import { run, type Sql } from '../../database/sql';
import type { Snapshot } from '../../loading/snapshot';

/**
 * Runs a statement of a search, planned for the words that are looked for: a plan for any would read all documents for a rare
 * one, or sort those of a very common one.
 */
export function ask<T>(snapshot: Snapshot, statement: Sql): Promise<T[]> {
  return run<T>({ query: (text, values) => snapshot.query(text, values, 'Query.search', true) }, statement);
}
