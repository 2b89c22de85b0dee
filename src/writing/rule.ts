import type { Acting } from '../access/act';
import type { Change } from './changes';
import type { Fault } from './faults';
import type { Others } from './others';
import type { WritableType } from '../model/families';

/** Objects of one type that are being written. */
export interface Writing {
  acting: Acting;
  type: WritableType;
  changes: readonly Change[];
  /** All others, and these among them. */
  others: Others;
}

/** A fault, and in what. */
export interface Told {
  change: Change;
  fault: Fault;
}

/** What does not agree with others, in any number of objects: a rule asks the database the same number of times for all. */
export type Rule = (writing: Writing) => Promise<Told[]>;
