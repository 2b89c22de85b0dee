import { nodeNames } from '../../src/model/ids';
import { snakeCase } from '../../src/model/names';
import { linkNames, type World } from './world';

/** Whatever runs statements: a data source, or a single connection. */
export interface Runner {
  query(text: string, values?: unknown[]): Promise<unknown>;
}

const tables = [...nodeNames.map(snakeCase), ...linkNames];

/**
 * One statement for a whole world. The parts of a `WITH` all take effect at its end, when the foreign keys are checked,
 * so the tables need no order.
 */
const insertion = `WITH ${tables
  .map(
    (table) =>
      `"+${table}" AS (INSERT INTO "${table}" SELECT * FROM json_populate_recordset(NULL::"${table}", $1::json->'${table}'))`,
  )
  .join(', ')} SELECT 1`;

/** Puts a world into an empty database. */
export async function storeWorld(runner: Runner, world: World): Promise<void> {
  await runner.query(insertion, [JSON.stringify(asTables(world))]);
}

const clearance = `WITH ${tables.map((table) => `"-${table}" AS (DELETE FROM "${table}")`).join(', ')} SELECT 1`;

/** Empties the database of everything but the record of publications; ten times as fast as TRUNCATE on small worlds. */
export async function clearWorld(runner: Runner): Promise<void> {
  await runner.query(clearance);
}

function asTables({ rows, links }: World): Record<string, unknown[]> {
  const entries = [
    ...nodeNames.map((name) => [snakeCase(name), rows[name]] as const),
    ...linkNames.map((name) => [name, links[name]] as const),
  ];
  return Object.fromEntries(entries.map(([table, found]) => [table, found.map(asRecord)]));
}

const spellings = new Map<string, string>();

function asRecord(row: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(row).map(([property, value]) => {
      const column = spellings.get(property) ?? snakeCase(property);
      spellings.set(property, column);
      return [column, value];
    }),
  );
}
