import type { Pool } from 'pg';
import { anonymous, type Scope, type Viewer } from '../../access/viewer';
import type { SignIn } from '../identity/sign-in';
import { BadCredentials } from './bad-credentials';
import { hashToken, isTokenShaped, tokenPrefix } from './secret';

/** The three parts of a JWT, the last of which is empty where nobody has signed it. */
const jwtForm = /^[\w-]+\.[\w-]+\.[\w-]*$/;

interface TokenRow {
  id: string;
  userId: string;
  isAdministrator: boolean;
  scopes: Scope[];
  usedThisHour: boolean;
}

/**
 * Makes the viewer of a request from its Authorization header. Throws BadCredentials for any that is not valid now.
 *
 * @param signIn what becomes of tokens of an identity provider; without it they are refused
 */
export async function authenticate(pool: Pool, authorization: string | undefined, signIn?: SignIn): Promise<Viewer> {
  if (authorization === undefined) return anonymous;
  const token = /^Bearer +(\S+)$/i.exec(authorization)?.[1];
  if (token === undefined)
    throw new BadCredentials('Send the token as `Authorization: Bearer …`, or no Authorization header at all.');
  if (jwtForm.test(token) && !token.startsWith(tokenPrefix)) {
    if (signIn) return signIn(token);
    throw new BadCredentials(
      'This server takes no tokens of an OpenID Connect provider: send a personal access token.',
    );
  }
  if (!isTokenShaped(token))
    throw new BadCredentials('This is not a whole Stemgraph token: check that it was copied completely.');
  const row = await findToken(pool, token);
  if (!row) throw new BadCredentials('This token is not valid: it is unknown, expired or revoked. Make a new one.');
  if (!row.usedThisHour) await noteUse(pool, row.id);
  return {
    kind: 'user',
    userId: row.userId,
    isAdministrator: row.isAdministrator,
    scopes: row.scopes,
    tokenId: row.id,
  };
}

/** The database's clock decides what is expired: that of this machine may jump. */
async function findToken(pool: Pool, token: string): Promise<TokenRow | undefined> {
  const { rows } = await pool.query<TokenRow>({
    name: 'stemgraph_find_token',
    text: `SELECT t."id", t."user_id" AS "userId", u."is_administrator" AS "isAdministrator", t."scopes",
             t."last_used_at" IS NOT DISTINCT FROM date_trunc('hour', now(), 'UTC') AS "usedThisHour"
           FROM "access_token" t JOIN "user" u ON u."id" = t."user_id"
           WHERE t."hash" = $1 AND t."revoked_at" IS NULL AND t."expires_at" > now()`,
    values: [hashToken(token)],
  });
  return rows[0];
}

/** To the hour only: enough to find tokens that nobody uses, and no write for each request. */
async function noteUse(pool: Pool, id: string): Promise<void> {
  await pool.query(`UPDATE "access_token" SET "last_used_at" = date_trunc('hour', now(), 'UTC') WHERE "id" = $1`, [id]);
}
