/** How large one `where` may be. Whatever it holds is looked at for each object that it is asked of. */
export const bounds = {
  /** Levels of objects within objects. */
  depth: 6,
  /** Objects in all, those that ask for nothing too. */
  objects: 200,
  /** What is asked of values, and of lists. */
  conditions: 50,
  /** The values of one condition. */
  values: 500,
  /** Those of all its conditions. */
  allValues: 2000,
  /** The characters of one text. */
  text: 200,
} as const;
