/** Whether there is time for far more cases than a usual run has: `STEMGRAPH_LONG_TESTS=1`. */
export const long = process.env['STEMGRAPH_LONG_TESTS'] === '1';

/** From what the worlds and walks are made: always the same, or in a long run others each time. */
export const seed = long ? Date.now() % 10_000 : 1;
