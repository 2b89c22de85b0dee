import { randomBytes } from 'node:crypto';
import { isTerm, attributeTypes, isOneOf } from '../../model/families';
import { newId } from '../../model/ids';
import type { ImportedType } from './types';

/**
 * New ids for some objects of one import, in the order in which they are to be read where nothing else orders them. Each is
 * drawn by chance; then they are put in order, so that no number runs on from one to the next. Terms and personal attributes,
 * of which others may see one here and one there, are left as they were drawn: what lies between two tells nothing.
 */
export function newIds(type: ImportedType, count: number, moment: number): string[] {
  const source = { now: () => moment, bytes: randomBytes };
  const drawn = Array.from({ length: count }, () => newId(type, source));
  return isTerm(type) || isOneOf(attributeTypes, type) ? drawn : drawn.sort();
}

/** Moments that go on: what is given later is read later, in whatever order ids of the same moment are. */
export function laterEachTime(): () => number {
  let last = 0;
  return () => (last = Math.max(Date.now(), last + 1));
}
