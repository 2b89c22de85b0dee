/** What becomes of operations: how many were read in one statement, and how many for which reason list by list. */
export class PlannerCounts {
  readonly planned = { whole: 0, partly: 0 };
  readonly unplanned = { explained: 0, supposed: 0, empty: 0, wide: 0, long: 0, faulty: 0, failed: 0 };
}
