import type { DataSource } from 'typeorm';
import type { Viewer } from '../../access/viewer';
import { BadCredentials } from '../tokens/bad-credentials';
import { accountOf } from './account';
import type { OidcConfig } from './oidc-config';
import { keysOf, defaultKeyRest } from './provider-keys';
import { verifyToken } from './verify';

/** Makes the viewer of a request from a token of the provider. Throws BadCredentials or ProviderUnreachable. */
export type SignIn = (token: string) => Promise<Viewer>;

/** @param keyRest for how many milliseconds the provider is not asked for its keys again */
export function signInWith(config: OidcConfig, dataSource: DataSource, keyRest = defaultKeyRest): SignIn {
  const keys = keysOf(config, keyRest);
  return async (token) => {
    const { subject, scopes, payload } = await verifyToken(token, keys, config);
    const account = await accountOf(dataSource, { issuer: config.issuer, subject, payload });
    if (!account) throw new BadCredentials('The account of this token was deleted: ask the operator of this server.');
    const validUntil = new Date((payload.exp! + config.clockSkew) * 1000);
    return { kind: 'user', ...account, scopes, byProvider: true, validUntil };
  };
}
