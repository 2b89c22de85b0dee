import { types } from 'pg';
import { sql, text as literal, type Sql } from '../database/sql';
import type { KeyKind } from './page';

/** How the values of a column are put into JSON, so that what comes out is what the driver makes of a column of its own. */
export interface JsonForm {
  write: (column: Sql) => Sql;
  read: (value: unknown) => unknown;
  /** How many bytes a value is as text, where that may be many; of what is large, no more than that it is. */
  length?: (column: Sql) => Sql;
}

const asItIs = (column: Sql): Sql => column;
const same = (value: unknown): unknown => value;

/** What JSON has another form for, or none: as the text that the driver gets, and read as it reads that. */
function asText(oid: number): JsonForm {
  const parse = types.getTypeParser(oid) as (text: string) => unknown;
  return {
    write: (column) => sql`${column}::text`,
    read: (value) => (value === null ? null : parse(value as string)),
  };
}

const plain: JsonForm = { write: asItIs, read: same };
const text: JsonForm = { ...plain, length: (column) => sql`octet_length(${column})` };
/** So much of one, as it is stored, is worth being written to be measured. */
const mostStored = 8192;

/**
 * What is stored compressed may be of any length, and numbers are longer as they are written: three hundred digits take ten bytes.
 */
const packed: JsonForm = {
  ...plain,
  length: (column) =>
    sql`CASE WHEN ${column} IS NULL THEN 0 WHEN pg_column_compression(${column}) IS NULL AND pg_column_size(${column}) <= ${literal(String(mostStored))}::integer THEN octet_length(${column}::text) ELSE 2147483647::bigint END`,
};

const timestamptzOid = 1184;
const doubleOid = 701;

const forms: Readonly<Record<string, JsonForm>> = {
  uuid: plain,
  boolean: plain,
  integer: plain,
  bigint: plain,
  text,
  'character varying': text,
  jsonb: packed,
  'timestamp with time zone': asText(timestamptzOid),
  'double precision': asText(doubleOid),
  date: { write: (column) => sql`${column}::text`, read: same },
};

/** Texts that have at most so many characters are not worth measuring. */
const shortText = 255;

/** Throws where nobody has said how such a column is put into JSON: the server does not start then. */
export function jsonFormOf(type: string, isArray: boolean, length: string): JsonForm {
  if (type === 'character varying' && !isArray && Number(length) <= shortText) return plain;
  const form = isArray ? packed : forms[type];
  if (!form || (isArray && forms[type] !== text))
    throw new Error(`A column of type ${type}${isArray ? '[]' : ''} has no form in JSON: see json-form.ts.`);
  return form;
}

const typesOfKeys: Record<KeyKind, string> = {
  integer: 'integer',
  instant: 'timestamp with time zone',
  'instant?': 'timestamp with time zone',
  'decimal?': 'double precision',
  'text?': 'text',
  'day?': 'date',
  'count?': 'bigint',
  id: 'uuid',
};

/** The same for what orders a list. */
export const jsonFormOfKey = (kind: KeyKind): JsonForm => forms[typesOfKeys[kind]]!;
