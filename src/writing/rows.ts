import { In, type EntityManager } from 'typeorm';
import { permissions } from '../access/permissions';
import { quote } from '../database/sql';
import { allEdges } from '../model/edges';
import { isProposed } from '../model/families';
import { newId, type NodeName } from '../model/ids';
import { idColumn, snakeCase } from '../model/names';
import { classOf, nameOf } from '../model/node';
import { shapeOf, type WritableType } from './shape';

/** An object as it is stored, by column. */
export type Stored = Record<string, unknown> & { id: string; version: number };

/** Reads what is stored of some objects. */
export async function storedRows(
  manager: EntityManager,
  type: NodeName,
  ids: readonly string[],
): Promise<Map<string, Stored>> {
  if (ids.length === 0) return new Map();
  const rows = await manager.getRepository<Stored>(classOf(type)).findBy({ id: In([...new Set(ids)]) });
  return new Map(rows.map((row) => [row.id, row]));
}

/** Stores new objects of one type; of each is given what it does not have by its default. */
export async function insertRows(
  manager: EntityManager,
  type: WritableType,
  rows: readonly { id: string; columns: Readonly<Record<string, unknown>> }[],
  proposedById: string,
): Promise<void> {
  if (rows.length === 0) return;
  const whole = rows.map(({ id, columns }) => ({ ...wholeRow(type, columns), ...proposal(type, proposedById), id }));
  const list = Object.keys(whole[0]!)
    .map((property) => quote(snakeCase(property)))
    .join(', ');
  await manager.query(`INSERT INTO ${tableOf(type)} (${list}) SELECT ${list} FROM ${recordset(type)}`, [asJson(whole)]);
}

/** A column that is not given holds its default, since the database fills in nothing here. */
function wholeRow(type: WritableType, columns: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { fields, parent, references } = shapeOf(type);
  const edges = parent ? [parent, ...references] : references;
  return Object.fromEntries([
    ...fields.map(({ name, value }): [string, unknown] => [name, columns[name] ?? value.defaultValue ?? null]),
    ...edges.map(({ column }): [string, unknown] => [column, columns[column] ?? null]),
  ]);
}

/** Whoever writes it proposes it, an administrator too: nobody has read it yet. */
function proposal(type: WritableType, proposedById: string): object {
  return isProposed(type) ? { isApproved: false, proposedById } : {};
}

/** What is written of an object that is there: columns, and lists that have changed already, by their fields. */
export interface RowChange {
  id: string;
  columns: Readonly<Record<string, unknown>>;
  lists?: readonly string[];
}

/** Writes what has changed of some objects of one type: those of which the same changes in one statement. */
export async function updateRows(
  manager: EntityManager,
  type: WritableType,
  changes: readonly RowChange[],
): Promise<void> {
  const alike = new Map<string, RowChange[]>();
  for (const change of changes) {
    const names = Object.keys(change.columns).sort();
    const key = JSON.stringify([names, nextVersion(type, [...names, ...(change.lists ?? [])])]);
    alike.set(key, [...(alike.get(key) ?? []), change]);
  }
  for (const [key, some] of alike) {
    const [names, set] = JSON.parse(key) as [string[], string];
    const columns = names.map((property) => quote(snakeCase(property))).map((column) => `${column} = new.${column}, `);
    await manager.query(
      `UPDATE ${tableOf(type)} t SET ${columns.join('')}${set} FROM ${recordset(type)} new WHERE t."id" = new."id"`,
      [asJson(some.map(({ id, columns: written }) => ({ ...written, id })))],
    );
  }
}

/** Every write moves `version`; `updatedAt` moves only with what every viewer of the object may see. */
function nextVersion(type: NodeName, properties: readonly string[]): string {
  const seen = properties.some((property) => isSeenByAll(type, property));
  return `"version" = t."version" + 1${seen ? ', "updated_at" = now()' : ''}`;
}

/** Whether every viewer of an object sees the field that shows a column or list of it. */
function isSeenByAll(type: NodeName, property: string): boolean {
  const edge = allEdges().find(
    (one) => one.kind === 'reference' && one.column === property && nameOf(one.owner) === type,
  );
  const kind = permissions[type]?.[edge?.field ?? property]?.kind;
  return kind === 'open' || kind === 'inherited';
}

/** Makes a user the first owner of what they have made. */
export async function addOwner(
  manager: EntityManager,
  type: WritableType,
  ids: readonly string[],
  userId: string,
): Promise<void> {
  if (ids.length === 0) return;
  await manager.query(
    `INSERT INTO "membership" ("id", ${quote(idColumn(type))}, "user_id", "role", "accepted_at")
     SELECT "id", "on", $3, 'OWNER', now() FROM unnest($1::uuid[], $2::uuid[]) AS n ("id", "on")`,
    [ids.map(() => newId('Membership')), ids, userId],
  );
}

const tableOf = (type: NodeName): string => quote(snakeCase(type));

const recordset = (type: NodeName): string => `json_populate_recordset(NULL::${tableOf(type)}, $1::json)`;

/** Rows that have the same columns, by the names of these. */
function asJson(rows: readonly Readonly<Record<string, unknown>>[]): string {
  const columns = Object.keys(rows[0]!).map((property) => [property, snakeCase(property)] as const);
  return JSON.stringify(
    rows.map((row) => Object.fromEntries(columns.map(([property, column]) => [column, row[property]]))),
  );
}
