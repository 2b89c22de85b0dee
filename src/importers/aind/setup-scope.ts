import type { Context } from './context';
import type { DocumentKeys } from './keys';

/** A property of a setup that is no equipment. */
export interface Specification {
  name: string;
  value: string;
  unit: string | null;
}

/** What its documents say about setups, collected until all are read. */
export interface SetupScope {
  context: Context;
  setup: string;
  keys: DocumentKeys;
  specifications: Specification[];
}
