import { isOneOf, withinAttributes } from '../../model/families';
import { changeOf, type Change } from '../../writing/changes';
import { faultsOfChanges } from '../../writing/faults-of-changes';
import { rights } from '../../writing/rights';
import { storedRows } from '../../writing/rows';
import type { LinkedList } from '../../writing/shape';
import type { FaultList } from './faults';
import type { Importer } from './matching';
import { asTree } from './read-entry';
import { idsOfKnown } from './rows';
import type { Stage, StagedEntry } from './stage';
import { listsOf, parentOf, type ImportedType } from './types';

/** Some entries of a type, and whether an owner of the project imports them. */
interface Checked {
  stage: Stage;
  type: ImportedType;
  entries: readonly StagedEntry[];
  byOwner: boolean;
}

/** Looks for disagreement among the values of some entries of a type, and with what is stored or in the tree beside them. */
export async function checkEntries(
  importer: Importer,
  { stage, type, entries, byOwner }: Checked,
  faults: FaultList,
): Promise<void> {
  const stored = await storedRows(importer.manager, type, idsOfKnown(entries));
  const lists = await judgedLists(stage, type, entries);
  const entryOf = new Map(
    entries.map((entry): [Change, StagedEntry] => [
      changeOf(type, { ...entry, before: stored.get(entry.id), lists: lists.get(entry.line)! }),
      entry,
    ]),
  );
  for (const [change, entry] of entryOf) {
    expectParent(type, entry, change, faults);
    if (!byOwner && isByOwners(type)) expectUnchanged(entry, change, faults);
  }
  const writing = { acting: importer, type, changes: [...entryOf.keys()], beside: stage };
  const told = await faultsOfChanges(writing, (change) => faults.of(entryOf.get(change)!));
  for (const { change, fault } of told) faults.tell(entryOf.get(change)!, asTree(type, [fault]));
}

/** The lists of some entries that have to agree with anything, by line. */
async function judgedLists(
  stage: Stage,
  type: ImportedType,
  entries: readonly StagedEntry[],
): Promise<Map<number, Map<LinkedList, string[]>>> {
  const judged = new Map(entries.map(({ line }) => [line, new Map<LinkedList, string[]>()]));
  for (const list of listsOf(type).filter(({ by }) => by.link.within))
    for (const [line, ids] of await stage.listed(entries, list.field)) judged.get(line)!.set(list, ids);
  return judged;
}

function expectParent(type: ImportedType, entry: StagedEntry, { before, columns }: Change, faults: FaultList): void {
  const parent = parentOf(type);
  const named = parent && columns[parent.column];
  if (!parent || !before || named === undefined || before[parent.column] === named) return;
  const message = `It stays in the \`${parent.field}\` that it was made in: give it another key.`;
  faults.add(entry, 'NOT_WRITABLE', [parent.field], message);
}

/** Whether it takes an owner of the project: its details, and its credits. */
function isByOwners(type: ImportedType): boolean {
  const { update } = rights[type];
  return !isOneOf(withinAttributes, type) && 'atLeast' in update && update.atLeast === 'OWNER';
}

/** What only owners change stands in the trees of others as it is stored. */
function expectUnchanged(entry: StagedEntry, { before, written }: Change, faults: FaultList): void {
  for (const path of before ? written.map((field) => [field]) : [[]]) faults.add(entry, 'FORBIDDEN', path, ownersOnly);
}

export const ownersOnly = 'It takes an owner of the project to change this: leave it as it is, or ask an owner.';
