import type { Alias, Sql } from '../database/sql';
import type { OrderingKey } from './places';

/** Where many objects are read from. */
export interface Source {
  /** The alias of their own table. */
  t: Alias;
  from: Sql;
  /** Where as many rows are as there are objects, if nothing is asked of these. */
  counted: Sql;
  parent: Sql | undefined;
  keys: readonly OrderingKey[];
  /** What is read of each; and what orders it and is in no column of its own. */
  columns: Sql;
  keyColumns: readonly Sql[];
  condition: Sql;
  /** Whether the condition leads to few rows by itself, which are looked up; of all others it is asked one by one. */
  isFew?: boolean;
}
