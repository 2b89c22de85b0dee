import { createRemoteJWKSet, customFetch, errors, type JWTVerifyGetKey } from 'jose';
import { isSafeUrl, type OidcConfig } from './oidc-config';

/** The provider does not answer, or not as a provider does. The message says why; it is for the log. */
export class ProviderUnreachable extends Error {
  override readonly name = 'ProviderUnreachable';
}

/** How long the provider is left alone after its keys were fetched, though a token names one that is not among them. */
export const defaultKeyRest = 10_000;

const timeoutMs = 5000;
/** A key that the provider has withdrawn is refused after this long at the latest. */
const keysLastMs = 5 * 60_000;

/**
 * The keys of the provider, fetched when a token first needs them and again when one names a key that is not there: that
 * is how keys are rotated. Between two fetches, also failed ones, lies a rest, so that made-up tokens do not become
 * requests to the provider. Throws ProviderUnreachable; errors of jose where no key fits the token.
 */
export function keysOf({ issuer, keysUrl }: OidcConfig, rest: number): JWTVerifyGetKey {
  let remote: Promise<JWTVerifyGetKey> | undefined;
  let failure: { error: ProviderUnreachable; until: number } | undefined;

  const fetchRested: typeof fetch = async (url, options) => {
    if (failure && Date.now() < failure.until) throw failure.error;
    return fetch(url, options);
  };
  const open = async (): Promise<JWTVerifyGetKey> =>
    createRemoteJWKSet(new URL(keysUrl ?? (await discover(issuer, fetchRested))), {
      timeoutDuration: timeoutMs,
      cooldownDuration: rest,
      cacheMaxAge: keysLastMs,
      [customFetch]: fetchRested,
    });

  return async (header, token) => {
    try {
      remote ??= open().catch((error: unknown) => {
        remote = undefined;
        throw error;
      });
      return await (
        await remote
      )(header, token);
    } catch (error) {
      if (isFaultOfToken(error) || error === failure?.error) throw error;
      failure = { error: unreachable(issuer, error), until: Date.now() + rest };
      throw failure.error;
    }
  };
}

/** The provider was asked, and its keys do not fit. */
function isFaultOfToken(error: unknown): boolean {
  return (
    error instanceof errors.JWKSNoMatchingKey ||
    error instanceof errors.JWKSMultipleMatchingKeys ||
    error instanceof errors.JOSENotSupported
  );
}

/** Asks the provider where its keys are. */
async function discover(issuer: string, fetchIt: typeof fetch): Promise<string> {
  const url = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const answer = await fetchIt(url, { redirect: 'manual', signal: AbortSignal.timeout(timeoutMs) });
  if (answer.status !== 200) throw new Error(`${url} answers with the status ${answer.status}`);
  const found = (await answer.json()) as { issuer?: unknown; jwks_uri?: unknown } | null;
  if (found?.issuer !== issuer)
    throw new Error(`${url} is the document of another issuer than OIDC_ISSUER: write that exactly as it does`);
  if (typeof found.jwks_uri !== 'string' || !isSafeUrl(found.jwks_uri))
    throw new Error(`${url} names no address of keys (jwks_uri) that can be trusted`);
  return found.jwks_uri;
}

/** `fetch failed` says nothing: what did is the cause of it. */
function unreachable(issuer: string, error: unknown): ProviderUnreachable {
  const { message, cause } = error as { message: string; cause?: { message?: string; code?: string } };
  const reason = cause?.message || cause?.code;
  const sentence = `The keys of ${issuer} cannot be fetched: ${message}${reason ? ` (${reason})` : ''}`;
  return new ProviderUnreachable(sentence, { cause: error });
}
