import type { AttributeType } from '../model/families';

/** One thing that is wrong with a tree. Its message never quotes what is stored. */
export interface ImportFault<Code extends string = string> {
  /** The line, from 1, or the place among the entries, from 0; null where the tree as a whole is wrong. */
  entry: number | null;
  key: string | null;
  /** From the entry on, such as `['details', 'power']`. */
  path: readonly (string | number)[];
  code: Code;
  message: string;
}

/** What an import has done, or (dry, or with faults) would have done: then nothing is stored. */
export interface ImportOutcome<Code extends string = string> {
  /** The project of the tree; null where there is none (yet). */
  projectId: string | null;
  /**
   * Of a dry run into a project that is there: what tells its state from any other, to be sent back as `ifState`, so that nothing is
   * overwritten that came in between. Null otherwise.
   */
  state: string | null;
  /** Whether everybody can read the project, or anything that the import has made. */
  isPublic: boolean;
  /** Entries by what became of them. */
  created: number;
  updated: number;
  unchanged: number;
  rejected: number;
  faults: readonly ImportFault<Code>[];
  /** The personal attributes that the tree brought or found. */
  attributes: readonly { type: AttributeType; key: string; id: string }[];
}
