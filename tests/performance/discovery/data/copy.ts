import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Client } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';

/** A value of a column; JSON is given as its text, in an object that says so. */
export type Value = string | number | boolean | null | Date | readonly string[] | Json;

/** JSON, written. */
export class Json {
  constructor(readonly text: string) {}
}

/** A table with its rows, each of them in the order of the columns. */
export interface Rows {
  table: string;
  columns: readonly string[];
  rows: Iterable<readonly Value[]>;
}

/** Some hundred kB are sent at once. */
const chunkLength = 1 << 18;

/** Writes rows by COPY. Columns that the table does not have are left out. */
export async function copy(client: Client, { table, columns, rows }: Rows): Promise<number> {
  const { rows: known } = await client.query<{ name: string }>(
    `SELECT "column_name" AS "name" FROM information_schema.columns WHERE "table_name" = $1`,
    [table],
  );
  const places = columns.flatMap((column, place) => (known.some(({ name }) => name === column) ? [place] : []));
  const names = places.map((place) => `"${columns[place]}"`).join(', ');
  const sink = client.query(copyFrom(`COPY "${table}" (${names}) FROM STDIN`));
  await pipeline(Readable.from(chunksOf(rows, places), { objectMode: true }), sink);
  return sink.rowCount ?? 0;
}

function* chunksOf(rows: Iterable<readonly Value[]>, places: readonly number[]): Generator<string> {
  let chunk = '';
  for (const row of rows) {
    places.forEach((place, index) => {
      chunk += index === 0 ? written(row[place]!) : `\t${written(row[place]!)}`;
    });
    chunk += '\n';
    if (chunk.length < chunkLength) continue;
    yield chunk;
    chunk = '';
  }
  if (chunk !== '') yield chunk;
}

function written(value: Value): string {
  if (value === null) return '\\N';
  if (typeof value === 'string') return escaped(value);
  if (typeof value === 'number') return String(value);
  if (typeof value === 'boolean') return value ? 't' : 'f';
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Json) return escaped(value.text);
  return escaped(`{${value.map((one) => `"${one.replace(/["\\]/g, '\\$&')}"`).join(',')}}`);
}

const special = /[\\\t\n\r]/;

function escaped(text: string): string {
  if (!special.test(text)) return text;
  return text.replaceAll('\\', '\\\\').replaceAll('\t', '\\t').replaceAll('\n', '\\n').replaceAll('\r', '\\r');
}
