import { GraphQLError } from 'graphql';
import type { DataSource } from 'typeorm';
import type { OpenDatabase } from '../database/open';

/** Something that the operator asked for and that cannot be done. The message is one line: why, and what to do. */
export class OperatorError extends Error {
  override readonly name = 'OperatorError';
}

/** How a command gets at the database: that of the server, whether it runs or not. */
export type Open = () => Promise<OpenDatabase>;

/** What a command does with the database; it returns the lines to print. */
export type Work = (dataSource: DataSource) => Promise<readonly string[]>;

/** Opens the database, does the work, prints what it has to say, and closes the database whatever happens. */
export async function run(open: Open, work: Work): Promise<void> {
  const database = await open();
  try {
    for (const line of await work(database.dataSource)) process.stdout.write(`${printable(line)}\n`);
  } catch (error) {
    throw error instanceof GraphQLError ? new OperatorError(error.message) : error;
  } finally {
    await database.close();
  }
}

/** Names are what users made of them: none may move the cursor of the operator's terminal, or fake a line. */
export function printable(line: string): string {
  return line.replace(/[\p{Cc}\p{Bidi_Control}\u2028\u2029]/gu, '\ufffd');
}

/** A moment, to the minute, in UTC. */
export function moment(date: Date): string {
  return `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** `3 tokens`, `1 role`. */
export function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}
