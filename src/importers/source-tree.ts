import type { Entry } from '../tree/entry';

/** Where a tree comes from. */
export interface Source {
  kind: 'DANDI' | 'BIDS' | 'AIND';
  identifier: string;
  version: string | null;
  url: string | null;
  /** Whether the source calls itself open to everybody; false for an embargo. Ask before publishing what is not true. */
  openAccess: boolean | null;
}

/** What a source is read into: exactly one entry is the Project; the others are in any order. */
export interface SourceTree {
  source: Source;
  entries: Entry[];
}
