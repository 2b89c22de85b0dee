import type { DataSource, EntityManager } from 'typeorm';
import type { Scope, SignedIn } from '../../access/viewer';
import { act, type Actor } from '../../access/act';
import { oneAtATime } from '../../database/locks';
import { inTransaction } from '../../database/transaction';
import { badInput, conflict, forbidden, notFound, unauthenticated } from '../../errors';
import { newId } from '../../model/ids';
import { counted } from '../../model/names';
import { isCleanLine, normalName, uncleanName } from '../../model/texts';
import { readId } from '../../model/read-id';
import { AccessToken } from '../../domain/people/access-token.entity';
import { hashToken, newToken } from './secret';

const day = 24 * 60 * 60 * 1000;
const longestLifeDays = 366;

/** A token outlives the sign-in that made it, also where the provider has locked its user out since: not for long. */
const longestLifeBySignInDays = 30;

/** How many valid tokens a user may have made. */
const mostTokens = 100;

export interface NewToken {
  name: string;
  scopes: readonly Scope[];
  /** In days. */
  lifetime: number;
}

export interface MadeToken {
  id: string;
  /** The token itself; nobody can be told it again. */
  secret: string;
  expiresAt: Date;
}

/**
 * Stores a new token of a user. READ is always among its scopes. Throws BAD_USER_INPUT.
 *
 * @param madeWithId the token that makes it
 */
export async function makeToken(
  manager: EntityManager,
  userId: string,
  { name, scopes, lifetime }: NewToken,
  madeWithId: string | null = null,
): Promise<MadeToken> {
  if (scopes.length > 3) throw badInput('`scopes` may name 3 scopes at most.');
  const label = normalName(name);
  if (label === '' || label.length > 100 || !isCleanLine(label))
    throw badInput(`\`name\` has to hold 1 to 100 characters, and may not hold ${uncleanName}.`);
  if (!Number.isInteger(lifetime) || lifetime < 1 || lifetime > longestLifeDays)
    throw badInput(`\`lifetimeDays\` has to be a whole number from 1 to ${longestLifeDays}.`);
  const secret = newToken();
  const id = newId('AccessToken');
  const [{ now }] = await manager.query<[{ now: Date }]>(`SELECT now() AS "now"`);
  const expiresAt = new Date(now.getTime() + lifetime * day);
  await manager.insert(AccessToken, {
    id,
    userId,
    madeWithId,
    name: label,
    hash: hashToken(secret),
    scopes: [...new Set<Scope>(['READ', ...scopes])],
    expiresAt,
  });
  return { id, secret, expiresAt };
}

/**
 * Makes a token for the viewer. A token makes only tokens that are as weak and as short-lived as itself, and that end with
 * it: whoever finds one cannot turn it into more. One of an identity provider lives for minutes; the tokens that it makes last for 30 days
 * at most and never publish, since that is for the provider to say each time. Throws FORBIDDEN or BAD_USER_INPUT.
 */
export async function makeTokenFor(actor: Actor, wanted: NewToken): Promise<MadeToken> {
  return act(actor, async ({ manager, viewer }) => {
    const beyond = wanted.scopes.filter((scope) => !viewer.scopes?.includes(scope));
    if (beyond.length > 0)
      throw forbidden(
        `A token can only make tokens with scopes of its own, and this one does not have ${beyond.join(' and ')}.`,
      );
    if (viewer.byProvider) refuseBeyondSignIn(wanted);
    await requireRoom(manager, viewer.userId);
    const expiresAt = viewer.tokenId ? await expiryOfLive(manager, viewer.tokenId) : undefined;
    const made = await makeToken(manager, viewer.userId, wanted, viewer.tokenId);
    if (expiresAt && made.expiresAt > expiresAt)
      throw forbidden(
        'A token can only make tokens that expire no later than itself: ask for a shorter `lifetimeDays`.',
      );
    return made;
  });
}

/** Of two that are made at once the second waits, and counts the first. Throws CONFLICT. */
async function requireRoom(manager: EntityManager, userId: string): Promise<void> {
  await oneAtATime(manager, 'tokens', userId);
  const [{ count }] = await manager.query<[{ count: number }]>(
    `SELECT count(*)::int AS "count" FROM "access_token" WHERE "user_id" = $1 AND "revoked_at" IS NULL AND "expires_at" > now()`,
    [userId],
  );
  if (count >= mostTokens) throw conflict(`You have ${count} tokens that are valid: revoke one that you do not need.`);
}

function refuseBeyondSignIn({ scopes, lifetime }: NewToken): void {
  if (scopes.includes('PUBLISH'))
    throw forbidden('A token of an identity provider cannot make tokens that publish: publish with itself.');
  if (lifetime > longestLifeBySignInDays)
    throw forbidden(
      `A token of an identity provider can only make tokens for ${longestLifeBySignInDays} days: ask for a shorter \`lifetimeDays\`.`,
    );
}

/** When the token that is used expires. That it is not revoked meanwhile is asked at the end. */
async function expiryOfLive(manager: EntityManager, id: string): Promise<Date> {
  const [live] = await manager.query<{ expiresAt: Date }[]>(
    `SELECT "expires_at" AS "expiresAt" FROM "access_token" WHERE "id" = $1 AND "revoked_at" IS NULL`,
    [id],
  );
  if (!live) throw unauthenticated();
  return live.expiresAt;
}

/** What became of a token that was to be ended. */
export interface EndedToken {
  id: string;
  /** Whether it was valid until then. */
  changed: boolean;
  /** How many others ended with it. */
  others: number;
}

/**
 * Ends a token, and those that were made with it, with those, and so on. Undefined where there is none.
 *
 * @param userId of this user; of anybody where it is left out
 */
export async function endToken(
  manager: EntityManager,
  id: string | undefined,
  userId?: string,
): Promise<EndedToken | undefined> {
  const [[ended]] = await manager.query<[Pick<EndedToken, 'id' | 'changed'>[], number]>(
    `UPDATE "access_token" SET "revoked_at" = COALESCE("revoked_at", now()), ${nextVersion}
     WHERE "id" = $1 AND "user_id" = COALESCE($2, "user_id") RETURNING "id", "revoked_at" = now()::timestamptz(3) AS "changed"`,
    [id ?? null, userId ?? null],
  );
  if (!ended) return undefined;
  let others = 0;
  let more: number;
  // What was being made with a token that has just ended is there only now; after it there comes none.
  do {
    [, more] = await manager.query<[unknown[], number]>(
      `WITH RECURSIVE made AS (
         SELECT "id" FROM "access_token" WHERE "made_with_id" = $1
         UNION SELECT t."id" FROM "access_token" t JOIN made ON t."made_with_id" = made."id")
       UPDATE "access_token" SET "revoked_at" = now(), ${nextVersion} WHERE "id" IN (SELECT "id" FROM made) AND "revoked_at" IS NULL`,
      [ended.id],
    );
    others += more;
  } while (more > 0);
  return { ...ended, others };
}

/** What is told when a token has ended. */
export function toldOfEnd(done: string, others: number): string {
  const more = others === 0 ? '' : `, and so ${others === 1 ? 'is' : 'are'} ${counted(others, 'token')} that it made`;
  return `${done}: it is refused from the next request on${more}.`;
}

const nextVersion = `"updated_at" = now(), "version" = "version" + 1`;

/**
 * Ends a token of the viewer from the next request on. Ending it twice is no error. Without the scope WRITE a token ends
 * no other than itself: else whoever finds one that may only read could lock its user out. Throws NOT_FOUND or FORBIDDEN.
 */
export async function revokeToken({ dataSource, viewer }: Actor, text: string): Promise<EndedToken> {
  const id = readId(text, 'AccessToken');
  if (id !== viewer.tokenId && !viewer.scopes?.includes('WRITE')) return refuseToEnd(dataSource, viewer, id);
  const end = (manager: EntityManager): Promise<EndedToken | undefined> => endToken(manager, id, viewer.userId);
  const ended = await inTransaction(dataSource, end, { goesFirst: true });
  if (!ended) throw notFound('AccessToken');
  return ended;
}

async function refuseToEnd(dataSource: DataSource, { userId }: SignedIn, id: string | undefined): Promise<never> {
  const rows = await dataSource.query<unknown[]>(`SELECT 1 FROM "access_token" WHERE "id" = $1 AND "user_id" = $2`, [
    id ?? null,
    userId,
  ]);
  if (rows.length === 0) throw notFound('AccessToken');
  throw forbidden('To end another token than the one that is used takes the scope WRITE: use a token that has it.');
}
