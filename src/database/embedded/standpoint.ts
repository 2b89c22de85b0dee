import { existsSync } from 'node:fs';
import { parse } from 'node:path';
import { StartupError } from '../startup-error';
import { firstClosed } from './account';
import type { Account } from './programs';

/** How PostgreSQL's programs are told a folder: under which name, and where they start. */
export interface Standpoint {
  path: string;
  cwd: string;
}

/**
 * What Linux calls the folder that a process is in. It is entered without a walk through the folders above, so a program
 * that root has started inside a folder of its own works there even where its account could not have walked, as below
 * /root. Every process that it starts is in the same place.
 */
const HERE = '/proc/self/cwd';

/**
 * Tells whether the folders above the data folder are closed to the account that PostgreSQL runs as, so that it has to be
 * started inside its own.
 *
 * @param account the account; undefined for the present one
 * @param dataDir the data folder, absolute
 * @throws StartupError where that is so and this system has no way to do that
 */
export async function isEnclosed(account: Account | undefined, dataDir: string): Promise<boolean> {
  const closed = account && (await firstClosed(account, dataDir));
  if (closed === undefined) return false;
  if (existsSync(HERE)) return true;
  throw new StartupError(
    `PostgreSQL may not run as root and the account it runs as (user id ${account?.uid}) cannot enter ${closed}: ` +
      `set DATA_DIR to a folder it can reach, such as /var/lib/stemgraph, or let it in with \`chmod o+x ${closed}\`.`,
  );
}

/**
 * How to tell PostgreSQL's programs of a folder that belongs to their account.
 *
 * @param dir the folder, absolute
 * @param enclosed whether the folders above are closed to the account
 */
export function standpoint(dir: string, enclosed: boolean): Standpoint {
  return enclosed ? { path: HERE, cwd: dir } : { path: dir, cwd: parse(dir).root };
}
