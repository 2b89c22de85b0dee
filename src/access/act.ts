import type { DataSource, EntityManager } from 'typeorm';
import { lockAll } from '../database/locks';
import { inTransaction, type Options } from '../database/transaction';
import { unauthenticated } from '../errors';
import type { Runner } from '../loading/sql';
import type { Viewer } from './viewer';

/**
 * Runs a change for somebody, in one transaction. What they came with has to hold until its end: a token that is revoked
 * while the change waits or works changes nothing. Throws UNAUTHENTICATED, and what inTransaction throws.
 */
export function act<T>(
  { dataSource, viewer }: { dataSource: DataSource; viewer: Viewer },
  work: (manager: EntityManager) => Promise<T>,
  options?: Options,
): Promise<T> {
  return inTransaction(
    dataSource,
    async (manager) => {
      const done = await work(manager);
      await requireStanding(manager, viewer);
      return done;
    },
    options,
  );
}

/**
 * The last thing that a change asks: its token stays as it is until the transaction has ended. By the clock, since the time
 * of the database stands still in a transaction.
 */
async function requireStanding(manager: EntityManager, viewer: Viewer): Promise<void> {
  if (viewer.kind !== 'user') return;
  if (viewer.validUntil && viewer.validUntil.getTime() <= Date.now()) throw unauthenticated(noLonger);
  if (viewer.tokenId === undefined) return;
  const live = await lockAll(
    manager,
    'AccessToken',
    'used',
    `"id" = $1 AND "user_id" = $2 AND "revoked_at" IS NULL AND "expires_at" > clock_timestamp()
       AND (NOT $3 OR EXISTS (SELECT 1 FROM "user" WHERE "id" = $2 AND "is_administrator"))`,
    [viewer.tokenId, viewer.userId, viewer.isAdministrator],
  );
  if (live.length === 0) throw unauthenticated(noLonger);
}

const noLonger = 'The token was revoked or has expired in the meantime: nothing was changed.';

/** Whether what somebody came with still holds, as it is committed now: asked again and again by what takes long and reads. */
export async function isStanding(runner: Runner, viewer: Viewer): Promise<boolean> {
  if (viewer.kind !== 'user') return true;
  if (viewer.validUntil && viewer.validUntil.getTime() <= Date.now()) return false;
  if (viewer.tokenId === undefined) return true;
  const live = (await runner.query(
    `SELECT 1 FROM "access_token" WHERE "id" = $1 AND "revoked_at" IS NULL AND "expires_at" > clock_timestamp()`,
    [viewer.tokenId],
  )) as unknown[];
  return live.length > 0;
}
