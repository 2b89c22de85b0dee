import TestSequencer from '@jest/test-sequencer';

/** The files that take longest, the longest first. One that is missing here costs time and nothing else. */
const longest = [
  'visibility/leak',
  'visibility/non-interference',
  'visibility/refusal',
  'importing/fuzz',
  'visibility/mutation',
  'publishing/through-public-eyes',
  'importers/stored-sources',
  'policy/agreement',
  'hostile/findings',
  'startup/newcomer',
  'startup/stopping',
  'hostile/taking-back',
];

const placeOf = ({ path }) => {
  const place = longest.findIndex((name) => path.endsWith(`/tests/${name}.test.ts`));
  return place < 0 ? longest.length : place;
};

/**
 * Starts what takes long first, so that no worker is still at it when the others have nothing left to do. Jest learns it
 * from the run before, and a clean clone has none.
 */
export default class LongestFirst extends TestSequencer {
  sort(tests) {
    const sorted = super.sort(tests);
    const isKnown = sorted.some(({ duration }) => duration !== undefined);
    return isKnown ? sorted : sorted.sort((one, other) => placeOf(one) - placeOf(other));
  }
}
