import { compile, identifier, join, literal, query as sql, raw, value as valueNode, type SQL } from 'pg-sql2';
import type { EntityManager } from 'typeorm';

export { FALSE, join, NULL, query as sql, TRUE } from 'pg-sql2';

/** A piece of SQL. It brings its own values and aliases along, wherever it is put. */
export type Sql = SQL;

/** What a table is called in one statement: two of them never meet, whatever they were made with. */
export type Alias = symbol;

/** A query that may name others which it begins with, `name AS (…)` each. */
export function beginningWith(named: readonly Sql[], query: Sql): Sql {
  return named.length === 0 ? query : sql`WITH ${join([...named], ', ')} ${query}`;
}

/** The types that values have in our statements. */
export type SqlType =
  | ('boolean' | 'uuid' | 'text' | 'integer' | 'bigint' | 'double precision' | 'numeric' | 'timestamptz' | 'date')
  | (
      | 'uuid[]'
      | 'text[]'
      | 'integer[]'
      | 'bigint[]'
      | 'double precision[]'
      | 'numeric[]'
      | 'timestamptz[]'
      | 'date[]'
      | 'smallint[]'
    )
  | ('jsonpath' | 'tsquery');

/** A table, an alias, or a column of one of these. Only ever made of names from the code, never of input. */
export const name = (...path: (string | Alias)[]): Sql => identifier(...path);

/** A value. The same fragment, used twice in a statement, is one parameter. */
export function value(given: unknown, type: SqlType): Sql {
  return sql`${valueNode(given)}::${raw(type)}`;
}

/** A text as it stands in the statement. Only ever called with texts from the code, never with input. */
export const text = (constant: string): Sql => literal(constant);

/** A name as PostgreSQL quotes it, for statements that are written as text. */
export function quote(identifierText: string): string {
  return `"${identifierText}"`;
}

/** Something that runs one statement: a transaction, or the snapshot of a request. */
export interface Runner {
  query(text: string, values: unknown[]): Promise<unknown>;
}

/** Runs a statement once. */
export async function run<T = unknown>(runner: Runner, statement: Sql): Promise<T[]> {
  const { text: composed, values = [] } = compile(statement);
  return (await runner.query(composed, values as unknown[])) as T[];
}

/** Runs a statement that changes rows, in a transaction, and returns how many it has changed. */
export async function runChange(manager: EntityManager, statement: Sql): Promise<number> {
  const { text: composed, values = [] } = compile(statement);
  const [, count] = await manager.query<[unknown[], number]>(composed, values as unknown[]);
  return count;
}

/** Runs a statement that was composed before. */
export async function runComposed<T, Given>(runner: Runner, statement: Statement<Given>, given: Given): Promise<T[]> {
  return (await runner.query(statement.text, statement.valuesFor(given))) as T[];
}

/** Stands in a statement for a value that is known only when it is run. */
class Later<Given> {
  constructor(readonly of: (given: Given) => unknown) {}
}

/** A value that is taken from what the statement is run with. */
export function later<Given>(of: (given: Given) => unknown, type: SqlType): Sql {
  return value(new Later(of), type);
}

/** A statement composed once, to be run with other values each time. */
export class Statement<Given> {
  readonly text: string;
  private readonly values: readonly unknown[];

  constructor(composed: Sql) {
    const { text: made, values = [] } = compile(composed);
    this.text = made;
    this.values = values;
  }

  valuesFor(given: Given): unknown[] {
    return this.values.map((one) => (one instanceof Later ? (one as Later<Given>).of(given) : one));
  }
}
