import type { DataSource, EntityManager } from 'typeorm';
import { all } from '../database/conditions';
import { lockAll } from '../database/locks';
import { run, sql, TRUE, value, type Runner } from '../database/sql';
import { inTransaction, type Options } from '../database/transaction';
import { unauthenticated } from '../errors';
import type { Access } from './access';
import type { SignedIn, Viewer } from './viewer';

/** Who acts, under which rules, on which database. */
export interface Actor {
  readonly dataSource: DataSource;
  readonly access: Access;
  readonly viewer: SignedIn;
}

/** The same within the one transaction of what they do: handed to everything that is a part of it. */
export interface Acting {
  readonly manager: EntityManager;
  readonly access: Access;
  readonly viewer: SignedIn;
}

/**
 * Runs a change for somebody, in one transaction. What they came with has to hold until its end: a token that is revoked
 * while the change waits or works changes nothing. Throws UNAUTHENTICATED, and what inTransaction throws.
 */
export function act<T>(
  { dataSource, access, viewer }: Actor,
  work: (acting: Acting) => Promise<T>,
  options?: Options,
): Promise<T> {
  return inTransaction(
    dataSource,
    async (manager) => {
      const done = await work({ manager, access, viewer });
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
async function requireStanding(manager: EntityManager, viewer: SignedIn): Promise<void> {
  if (viewer.validUntil && viewer.validUntil.getTime() <= Date.now()) throw unauthenticated(noLonger);
  if (viewer.tokenId === undefined) return;
  const userId = value(viewer.userId, 'uuid');
  const live = await lockAll(
    manager,
    'AccessToken',
    'used',
    all([
      sql`"id" = ${value(viewer.tokenId, 'uuid')} AND "user_id" = ${userId}`,
      sql`"revoked_at" IS NULL AND "expires_at" > clock_timestamp()`,
      viewer.isAdministrator ? sql`EXISTS (SELECT 1 FROM "user" WHERE "id" = ${userId} AND "is_administrator")` : TRUE,
    ]),
  );
  if (live.length === 0) throw unauthenticated(noLonger);
}

const noLonger = 'The token was revoked or has expired in the meantime: nothing was changed.';

/** Whether what somebody came with still holds, as it is committed now: asked again and again by what takes long and reads. */
export async function isStanding(runner: Runner, viewer: Viewer): Promise<boolean> {
  if (viewer.kind !== 'user') return true;
  if (viewer.validUntil && viewer.validUntil.getTime() <= Date.now()) return false;
  if (viewer.tokenId === undefined) return true;
  const live = await run(
    runner,
    sql`SELECT 1 FROM "access_token" WHERE "id" = ${value(viewer.tokenId, 'uuid')} AND "revoked_at" IS NULL AND "expires_at" > clock_timestamp()`,
  );
  return live.length > 0;
}
