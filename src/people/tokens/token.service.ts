import type { DataSource, EntityManager } from 'typeorm';
import type { Scope, Viewer } from '../../access/viewer';
import { badInput, forbidden, notFound } from '../../errors';
import { newId } from '../../model/ids';
import { readId } from '../../model/read-id';
import { AccessToken } from './access-token.entity';
import { hashToken, newToken } from './secret';

const day = 24 * 60 * 60 * 1000;
const longestLifeDays = 366;

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
}

/** Stores a new token of a user. READ is always among its scopes. Throws BAD_USER_INPUT. */
export async function makeToken(
  manager: EntityManager,
  userId: string,
  { name, scopes, lifetime }: NewToken,
): Promise<MadeToken> {
  const label = name.trim();
  if (label === '' || label.length > 100) throw badInput('`name` has to hold 1 to 100 characters.');
  if (!(lifetime > 0 && lifetime <= longestLifeDays))
    throw badInput(`\`lifetimeDays\` has to be from 1 to ${longestLifeDays}.`);
  const secret = newToken();
  const id = newId('AccessToken');
  const [{ now }] = await manager.query<[{ now: Date }]>(`SELECT now() AS "now"`);
  await manager.insert(AccessToken, {
    id,
    userId,
    name: label,
    hash: hashToken(secret),
    scopes: [...new Set<Scope>(['READ', ...scopes])],
    expiresAt: new Date(now.getTime() + lifetime * day),
  });
  return { id, secret };
}

/**
 * Makes a token for the viewer. A token makes only tokens that are as weak and as short-lived as itself: whoever finds
 * one cannot turn it into more. Throws FORBIDDEN or BAD_USER_INPUT.
 */
export async function makeTokenFor(
  dataSource: DataSource,
  viewer: Viewer & { kind: 'user' },
  wanted: NewToken,
): Promise<MadeToken> {
  return dataSource.transaction(async (manager) => {
    const beyond = wanted.scopes.filter((scope) => !viewer.scopes?.includes(scope));
    if (beyond.length > 0)
      throw forbidden(
        `A token can only make tokens with scopes of its own, and this one does not have ${beyond.join(' and ')}.`,
      );
    const made = await makeToken(manager, viewer.userId, wanted);
    if (viewer.tokenId) {
      const outlived = await manager.query<unknown[]>(
        `SELECT 1 FROM "access_token" parent, "access_token" child WHERE parent."id" = $1 AND child."id" = $2 AND child."expires_at" > parent."expires_at"`,
        [viewer.tokenId, made.id],
      );
      if (outlived.length > 0)
        throw forbidden(
          'A token can only make tokens that expire no later than itself: ask for a shorter `lifetimeDays`.',
        );
    }
    return made;
  });
}

/** Ends a token of the viewer from the next request on. Ending it twice is no error. Throws NOT_FOUND. */
export async function revokeToken(
  dataSource: DataSource,
  viewer: Viewer & { kind: 'user' },
  text: string,
): Promise<string> {
  const id = readId(text, 'AccessToken');
  const rows = await dataSource.query<[unknown[], number]>(
    `UPDATE "access_token" SET "revoked_at" = COALESCE("revoked_at", now()), "updated_at" = now(), "version" = "version" + 1
     WHERE "id" = $1 AND "user_id" = $2`,
    [id ?? null, viewer.userId],
  );
  if (id === undefined || rows[1] === 0) throw notFound('AccessToken');
  return id;
}
