import { changesBetween, withVersion } from '../../writing/changes';
import { withheldAddresses } from '../../writing/file-addresses';
import { insertRows, storedRows, updateRows } from '../../writing/rows';
import type { Importer } from './matching';
import { expectRead, holdRead } from './state';
import type { StagedEntry } from './stage';
import type { ImportedType } from './types';

/**
 * Makes some objects of one type be as they are wanted: makes the new, changes what differs, leaves the rest untouched.
 * Returns the ids of those that were there and have been changed, or would be.
 */
export async function storeRows(
  importer: Importer,
  type: ImportedType,
  entries: readonly StagedEntry[],
): Promise<string[]> {
  const { manager, viewer, isDry } = importer;
  const stored = await storedRows(manager, type, idsOfKnown(entries));
  expectRead(importer, idsOfKnown(entries), stored);
  const rows = entries.map(({ id, isKnown, columns }) => {
    const before = stored.get(id);
    return { id, isKnown, stored: before, columns: withVersion(type, columns, before) };
  });
  const created = rows.filter(({ isKnown }) => !isKnown);
  if (!isDry) await insertRows(manager, type, created, viewer.userId);
  const known = rows.flatMap(({ stored: before, ...row }) => (before ? [{ ...row, stored: before }] : []));
  const withheld = await withheldAddresses(importer, type, known);
  const changed = known
    .map(({ id, stored: before, columns }, index) => ({
      id,
      columns: changesBetween(before, { ...withheld[index], ...columns }),
    }))
    .filter(({ columns }) => Object.keys(columns).length > 0);
  const ids = changed.map(({ id }) => id);
  await holdRead(importer, type, ids);
  if (!isDry) await updateRows(manager, type, changed);
  return ids;
}

/** Of what is new, nothing is stored yet. */
export const idsOfKnown = (entries: readonly StagedEntry[]): string[] =>
  entries.flatMap(({ id, isKnown }) => (isKnown ? id : []));
