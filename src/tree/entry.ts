import type { NodeName } from '../model/ids';

/**
 * One object of a tree as it is imported and exported: a line of NDJSON. Fields have the names and values of the graph
 * (moments as ISO 8601 with a zone, days as `2024-05-31`). A field that refers to another object holds that object's key,
 * one that refers to several holds a list of keys; what an object belongs to is named in it (`session`, `subject`, `setup`,
 * `inventory`, `dataStorage`, `log`), the project alone is understood. A module's own `type` is called `moduleType` here. A field that is left out is as it was, or empty;
 * null clears it.
 *
 * A key is unique in the tree and the same each time the same source is read: made from identifiers and paths, never from
 * positions, so that a second import finds what the first one stored.
 */
export interface Entry {
  type: NodeName;
  key: string;
  [field: string]: unknown;
}
