import { faultsOfAgreement } from './agreement';
import { faultsAmongOthers } from './agreement-with-others';
import type { Change } from './changes';
import type { Fault } from './faults';
import { Others, type Beside } from './others';
import type { Told, Writing } from './rule';
import { shapeOf, type WritableType } from './shape';

/**
 * Everything in some objects of one type that does not agree: within each, and with others, stored or written beside. A
 * mutation asks it of one object, an import of many.
 *
 * @param toldOf what is wrong with an object by itself: one that refers to nothing is not held against others
 */
export async function faultsOfChanges(
  { beside, ...writing }: Omit<Writing, 'others'> & { beside: Beside },
  toldOf: (change: Change) => readonly Pick<Fault, 'path'>[],
): Promise<Told[]> {
  const { acting, type, changes } = writing;
  const within = changes.flatMap((change) =>
    faultsOfAgreement(type, change.row, change.written).map((fault) => ({ change, fault })),
  );
  const placed = changes.filter((change) => !toldOf(change).some((fault) => isOfReference(type, fault)));
  const others = new Others(acting.manager, beside);
  return [...within, ...(await faultsAmongOthers({ ...writing, changes: placed, others }))];
}

function isOfReference(type: WritableType, { path }: Pick<Fault, 'path'>): boolean {
  const { parent, references, lists } = shapeOf(type);
  return [...(parent ? [parent] : []), ...references, ...lists].some(({ field }) => field === path[0]);
}
