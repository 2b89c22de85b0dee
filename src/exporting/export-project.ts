import type { Entry } from '../tree/entry';
import { storingOrder, type ImportedType } from '../importing/storing/types';
import { contentTypes } from '../importing/storing/types';
import { Collected } from './collected';
import type { Exporting } from './exporting';
import { readKeys } from './keys';
import { readLists } from './lists';
import { referencesIn, writeEntry } from './entry-of';
import { readPage, type ExportedRow } from './rows';

/** How many entries `exportProject` gives at most; the address that exports as a file knows no such limit. */
export const mostEntries = 5000;

/**
 * A project as the tree that an import takes: with everything inside it, and with the personal attributes and shared terms
 * that it refers to, as far as the viewer may see them. What is hidden is left out, field by field, and so is what refers
 * to it; subjects of other projects are left out as well, since an import would make them subjects of this one. `isPublic` is
 * no part of it: importing publishes nothing. Keys are those of the import where the viewer is a contributor, else ids.
 *
 * The caller has made sure that the viewer may see the project. Reads page by page, and holds no more than a page and
 * some ids, in `collected`.
 */
export async function* exportProject(exporting: Exporting, collected = new Collected()): AsyncGenerator<Entry> {
  for (const type of exportOrder()) {
    await collected.before(exporting, type);
    for (let after: string | undefined; ;) {
      const rows = await readPage(exporting, type, collected, after);
      yield* await entriesOf(exporting, type, rows, collected);
      after = rows.at(-1)?.id;
      if (after === undefined) break;
    }
  }
}

/** What a project holds, then what that refers to; each type after all that refer to it. */
function exportOrder(): ImportedType[] {
  const order = storingOrder();
  return [
    ...order.filter((type) => contentTypes.has(type)),
    ...order.filter((type) => !contentTypes.has(type)).reverse(),
  ];
}

async function entriesOf(
  exporting: Exporting,
  type: ImportedType,
  rows: readonly ExportedRow[],
  collected: Collected,
): Promise<Entry[]> {
  if (rows.length === 0) return [];
  const lists = await readLists(
    exporting,
    type,
    rows.map(({ id }) => id),
  );
  collected.exports(
    type,
    rows.map(({ id }) => id),
  );
  for (const row of rows) for (const [target, id] of referencesIn(type, row, lists)) collected.add(target, id);
  const ids = rows.flatMap((row) => [row.id, ...referencesIn(type, row, lists).map(([, id]) => id)]);
  const keys = await readKeys(exporting, ids);
  return rows.map((row) => writeEntry(type, row, lists, (id) => keys.get(id) ?? id));
}
