import type { Entry } from '../tree/entry';
import type { StatedTimes } from './stated-times';

/** Where a tree comes from. */
export interface Source {
  kind: 'DANDI' | 'BIDS' | 'AIND' | 'CSV' | 'BRAINSTEM';
  identifier: string;
  version: string | null;
  url: string | null;
  /** Whether the source calls itself open to everybody; false for an embargo. Ask before publishing what is not true. */
  openAccess: boolean | null;
}

/**
 * What a source is read into: exactly one entry is the Project; the others are in any order. What the source does not state
 * is left out of an entry, never null and never an empty list, so that importing again takes nothing back.
 */
export interface SourceTree {
  source: Source;
  entries: Entry[];
  /** The fields of entries that the source does not state, by key: they hold for new objects alone. */
  assumed: ReadonlyMap<string, ReadonlySet<string>>;
  /** The fields of entries that the source states as empty, by key: perhaps it has taken back what it stated before. */
  emptied: ReadonlyMap<string, ReadonlySet<string>>;
  /** Whether the source states all that there is of the project, so that what it does not name has left it. */
  isWhole: boolean;
  /**
   * Whether something that could not be read, and was left out, may say more, or otherwise, of a field of an entry: what is
   * stored there stays as it is. Absent where all was read.
   */
  mayMiss?: (entry: Pick<Entry, 'type' | 'key'>, field: string) => boolean;
  /** Of a source of which records come one by one: when each says what it says. */
  times?: StatedTimes;
  /** Of the same: what its own entries say together with those that were stored before, of all as it will be. */
  follows?: (own: readonly Entry[], before: readonly Entry[], all: readonly Entry[]) => Entry[];
  /** Of a source that once spelled keys otherwise: the key of a stored entry as it is spelled now. */
  spelledNow?: (entry: Entry, stored: ReadonlyMap<string, Entry>) => string;
}

/** Whether the storages of a source are those of an archive, not of the lab itself, which shares each on its own. */
export function isOfArchive({ kind }: Source): boolean {
  return kind === 'DANDI' || kind === 'BIDS' || kind === 'AIND';
}

/** A file of a source's template: what it is called, and what stands in it. */
export interface TemplateFile {
  name: string;
  content: string;
}
