import type { EntityManager } from 'typeorm';
import { isWord } from '../../model/families';
import { quote } from '../../database/sql';
import { classOf } from '../../model/node';
import { withheldAddresses } from '../../writing/file-addresses';
import { changesBetween, isSeenByAll } from '../../writing/marks';
import { shapeOf } from '../../writing/shape';
import type { Importer } from './matching';
import { storedRows, withSchemaVersion } from './checks';
import { tableOf, type StagedEntry } from './stage';
import { namesProject, referencesOf, type ImportedType } from './types';

/** What is the same for every object that one import makes. */
export interface Making {
  projectId: string;
  userId: string;
}

/**
 * Makes some objects of one type be as they are wanted: makes the new, changes what differs, leaves the rest untouched.
 * Returns the ids of those that were there and have been changed, or would be.
 */
export async function storeRows(
  importer: Importer,
  type: ImportedType,
  entries: readonly StagedEntry[],
  making: Making,
): Promise<string[]> {
  const { manager } = importer;
  const known = entries.filter(({ isKnown }) => isKnown);
  const stored = await storedRows(
    manager,
    type,
    known.map(({ id }) => id),
  );
  const created = entries.filter(({ isKnown }) => !isKnown);
  if (created.length > 0 && !importer.isDry)
    await insert(
      manager,
      type,
      created.map((entry) => newRow(type, entry, making)),
    );
  const groups = new Map<string, Record<string, unknown>[]>();
  const wanted = known.flatMap(({ id, columns }) => {
    const before = stored.get(id);
    return before ? [{ stored: before, columns: withSchemaVersion(type, columns, before) }] : [];
  });
  const withheld = await withheldAddresses(importer, type, wanted);
  for (const [index, { stored: before, columns }] of wanted.entries()) {
    const { id } = before;
    const changes = changesBetween(before, { ...withheld[index], ...columns });
    const names = Object.keys(changes).sort().join();
    if (names !== '') groups.set(names, [...(groups.get(names) ?? []), { id, ...changes }]);
  }
  if (!importer.isDry) for (const [names, rows] of groups) await update(manager, type, names.split(','), rows);
  return [...groups.values()].flat().map(({ id }) => id as string);
}

/** A whole row: a column that is not given holds its standard, since the database fills in nothing here. */
function newRow(type: ImportedType, { id, columns: given }: StagedEntry, making: Making): Record<string, unknown> {
  const columns = withSchemaVersion(type, given, undefined);
  const row: Record<string, unknown> = { id };
  for (const { name, value } of shapeOf(type).fields) row[name] = columns[name] ?? value.standard ?? null;
  for (const { column } of referencesOf(type)) row[column] = columns[column] ?? null;
  if (namesProject(type)) row['projectId'] = making.projectId;
  // Whoever imports: nobody has read what stands in a tree.
  if (isWord(type)) Object.assign(row, { isApproved: false, proposedById: making.userId });
  return row;
}

async function insert(manager: EntityManager, type: ImportedType, rows: Record<string, unknown>[]): Promise<void> {
  const names = Object.keys(rows[0]!);
  const columns = names.map((name) => columnOf(manager, type, name));
  const list = columns.map(quote).join(', ');
  await manager.query(
    `INSERT INTO ${tableOf(type)} (${list}) SELECT ${list} FROM json_populate_recordset(NULL::${tableOf(type)}, $1::json)`,
    [
      JSON.stringify(
        rows.map((row) =>
          Object.fromEntries(names.map((name, place): [string, unknown] => [columns[place]!, row[name]])),
        ),
      ),
    ],
  );
}

/** Every write moves `version`; `updatedAt` moves only with what every viewer of the object may see. */
async function update(
  manager: EntityManager,
  type: ImportedType,
  names: readonly string[],
  rows: readonly Record<string, unknown>[],
): Promise<void> {
  const columns = names.map((name) => columnOf(manager, type, name));
  const values = rows.map((row) =>
    Object.fromEntries<unknown>([
      ['id', row['id']],
      ...names.map((name, place): [string, unknown] => [columns[place]!, row[name]]),
    ]),
  );
  const seen = names.some((name) => isSeenByAll(type, fieldOf(type, name)));
  await manager.query(
    `UPDATE ${tableOf(type)} t SET ${columns.map((column) => `${quote(column)} = new.${quote(column)}`).join(', ')}${marksOfChange(seen)}
     FROM json_populate_recordset(NULL::${tableOf(type)}, $1::json) new WHERE t."id" = new."id"`,
    [JSON.stringify(values)],
  );
}

/** To be set with a change: `updatedAt` as well, where everybody who sees the object sees what has changed. */
export function marksOfChange(seen: boolean): string {
  return `, "version" = t."version" + 1${seen ? `, "updated_at" = now()` : ''}`;
}

function fieldOf(type: ImportedType, property: string): string {
  return referencesOf(type).find(({ column }) => column === property)?.field ?? property;
}

function columnOf(manager: EntityManager, type: ImportedType, property: string): string {
  const column = manager.connection.getMetadata(classOf(type)).findColumnWithPropertyName(property);
  if (!column) throw new Error(`${type} has no column ${property}.`);
  return column.databaseName;
}
