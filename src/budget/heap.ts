import { setFlagsFromString } from 'node:v8';

/** By how many percent the heap may grow before V8 looks for what is unused; 0: as V8 sees fit, up to a multiple. */
const sooner = 70;
const asUsual = 0;

let large = 0;

/**
 * While a large query is worked on, V8 looks sooner for what is unused: it leaves much behind at once, and would take twice
 * the memory. Small ones do not pay for it. Returns what is to be called at its end.
 */
export function collectSooner(): () => void {
  large += 1;
  setGrowth(sooner);
  return () => {
    large -= 1;
    if (large === 0) setGrowth(asUsual);
  };
}

const setGrowth = (percent: number): void => setFlagsFromString(`--heap-growing-percent=${percent}`);
