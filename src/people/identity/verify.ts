import { errors, jwtVerify, type JWTPayload, type JWTVerifyGetKey } from 'jose';
import type { Scope } from '../../access/viewer';
import { BadCredentials } from '../tokens/bad-credentials';
import type { OidcConfig, PublishClaim } from './oidc-config';

/** Only with keys of which the provider publishes a half that cannot sign: never `none`, nor HS256 and its like. */
const algorithms = [
  ...['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'],
  ...['ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'],
];

/** What a token of the provider says of its bearer, all of it checked. */
export interface Claims {
  subject: string;
  scopes: readonly Scope[];
  /** Everything else that is in it. */
  payload: JWTPayload;
}

/** Checks an access token of the provider. Throws BadCredentials, or ProviderUnreachable where it cannot be checked. */
export async function verifyToken(token: string, keys: JWTVerifyGetKey, config: OidcConfig): Promise<Claims> {
  const { payload, protectedHeader } = await check(token, keys, config);
  if (!isAccessToken(protectedHeader.typ, payload))
    throw new BadCredentials('This is not an access token: send that one, not the ID token or another.');
  if ('cnf' in payload)
    throw new BadCredentials('This token is bound to a key of its client: ask the provider for a bearer token.');
  const { sub } = payload;
  if (typeof sub !== 'string' || !/^[\x20-\x7e]{1,255}$/.test(sub))
    throw new BadCredentials('This token does not say whose it is as OpenID Connect has it (`sub`).');
  const publishes = config.publishClaim !== undefined && has(payload, config.publishClaim);
  return { subject: sub, scopes: publishes ? ['READ', 'WRITE', 'PUBLISH'] : ['READ', 'WRITE'], payload };
}

async function check(token: string, keys: JWTVerifyGetKey, config: OidcConfig): ReturnType<typeof jwtVerify> {
  try {
    return await jwtVerify(token, keys, {
      algorithms,
      issuer: config.issuer,
      audience: config.audience,
      clockTolerance: config.clockSkew,
      requiredClaims: ['exp', 'sub'],
    });
  } catch (error) {
    if (error instanceof errors.JOSEError) throw new BadCredentials(whatIsWrong(error), { cause: error });
    throw error;
  }
}

function whatIsWrong(error: errors.JOSEError): string {
  if (error instanceof errors.JWTExpired) return 'This token has expired: sign in again.';
  if (error instanceof errors.JWTClaimValidationFailed) {
    if (error.claim === 'iss') return 'This token is of another provider than the one that this server trusts.';
    if (error.claim === 'aud') return 'This token was made for another service: ask for one with the audience of this.';
    if (error.claim === 'nbf') return 'This token is not valid yet.';
    return 'This token lacks a claim that it has to have, or holds it in a wrong form (`exp`, `sub`).';
  }
  return 'This token is not valid: no key of the provider has signed it, or not in a way that can be trusted.';
}

/**
 * Whether it is a token to call services with. An ID token has the same issuer, key and form, but tells a client who has
 * signed in: any client may hold it. RFC 9068 sets them apart by `typ`. Providers that do not follow it yet are known
 * by what only their access tokens have, since neither the audience nor the lack of a nonce is proof.
 */
function isAccessToken(typ: string | undefined, payload: JWTPayload): boolean {
  const type = typ?.toLowerCase().replace(/^application\//, '') ?? 'jwt';
  if (type === 'at+jwt') return true;
  const forServices = ['scope', 'scp', 'client_id', 'cid'].some((name) => Object.hasOwn(payload, name));
  const forClients = ['at_hash', 'c_hash'].some((name) => Object.hasOwn(payload, name));
  return type === 'jwt' && forServices && !forClients;
}

/** What a claim may be that is there only to say no. */
const noes = ['false', '"false"', 'null', '0', '""', '[]', '{}'];

/** Whether a claim is there and, where a value is wanted, is it, lists it, or (like `scope`) holds it among words. */
function has(payload: JWTPayload, { name, value }: PublishClaim): boolean {
  if (!Object.hasOwn(payload, name)) return false;
  const claim = payload[name];
  if (value === undefined) return !noes.includes(JSON.stringify(claim));
  const held: unknown[] = Array.isArray(claim) ? claim : typeof claim === 'string' ? claim.split(' ') : [claim];
  return held.some((item) => item === value || (typeof item !== 'string' && JSON.stringify(item) === value));
}
