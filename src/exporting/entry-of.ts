import { isDeepStrictEqual } from 'node:util';
import type { Entry } from '../tree/entry';
import { toldAs } from '../importing/storing/read-entry';
import { listsOf, referencesOf, type ImportedType } from '../importing/storing/types';
import { nameOf } from '../model/node';
import { shapeOf } from '../writing/shape';
import type { Lists } from './lists';
import type { ExportedRow } from './rows';

/** Everything that a row refers to. */
export function referencesIn(type: ImportedType, row: ExportedRow, lists: Lists): [target: ImportedType, id: string][] {
  const single = referencesOf(type).flatMap(({ column, target }): [ImportedType, string][] =>
    typeof row[column] === 'string' ? [[nameOf(target()) as ImportedType, row[column]]] : [],
  );
  const listed = listsOf(type).flatMap(({ field, target }) =>
    (lists.get(field)?.get(row.id) ?? []).map((id): [ImportedType, string] => [nameOf(target()) as ImportedType, id]),
  );
  return [...single, ...listed];
}

/** A row as an entry: what is empty is left out, as far as a new object can be without it. */
export function writeEntry(type: ImportedType, row: ExportedRow, lists: Lists, keyOf: (id: string) => string): Entry {
  const entry: Entry = { type, key: keyOf(row.id) };
  const { fields, required } = shapeOf(type);
  for (const { column, field } of referencesOf(type))
    if (typeof row[column] === 'string') entry[field] = keyOf(row[column]);
  for (const { field } of listsOf(type)) {
    const ids = lists.get(field)?.get(row.id) ?? [];
    if (ids.length > 0 || required.has(field)) entry[field] = ids.map(keyOf);
  }
  for (const { name, value } of fields) {
    const stored = row[name];
    if (stored !== null && !isDeepStrictEqual(stored, value.defaultValue))
      entry[toldAs(type, name)] = stored instanceof Date ? stored.toISOString() : stored;
  }
  return entry;
}
