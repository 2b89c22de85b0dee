import type { Alias, Sql } from '../database/sql';
import type { OrderingKey } from './places';

/** Where many objects are read from. */
export interface Source {
  /** The alias of their own table. */
  t: Alias;
  from: Sql;
  parent: Sql | undefined;
  keys: readonly OrderingKey[];
  select: Sql;
  condition: Sql;
  /** Whether the condition leads to few rows by itself, which are looked up; of all others it is asked one by one. */
  isFew?: boolean;
}
