import { GraphQLError } from 'graphql';
import type { DataSource } from 'typeorm';
import type { OpenDatabase } from '../database/open';
import { OperatorError, printable } from './telling';

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
