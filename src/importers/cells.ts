/** What stands in cells of which nothing is known, in any case of letters: nothing, and what BIDS writes. */
const unstated = ['', 'n/a'];
/** What people and their programs write in its place. */
const alsoUnstated = ['na', 'nan', '-', '--', '#n/a', 'null'];

/** Whether a cell says nothing; `TAKEN` where it is only taken for that, and the report should say so. */
export function isUnstated(cell: string): boolean | 'TAKEN' {
  const lower = cell.toLowerCase();
  return unstated.includes(lower) || (alsoUnstated.includes(lower) && 'TAKEN');
}
