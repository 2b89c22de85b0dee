import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SignJWT, type CryptoKey, type JWK, type JWTPayload, generateKeyPair, exportJWK } from 'jose';

/** A key pair, as its owner holds it. */
export interface Pair {
  kid: string;
  alg: string;
  privateKey: CryptoKey;
  publicJwk: JWK;
}

export async function newPair(kid: string, alg = 'RS256'): Promise<Pair> {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
  return { kid, alg, privateKey, publicJwk: { ...(await exportJWK(publicKey)), kid, alg, use: 'sig' } };
}

/** What a provider publishes, and nothing else of one: so that a test decides on its keys and signs what it likes. */
export interface KeyServer {
  issuer: string;
  /** What it publishes; to be changed. */
  document: Record<string, unknown>;
  keys: unknown[];
  /** It answers with this status, however it is asked. */
  status: number;
  /** Before it answers. */
  delayMs: number;
  /** The paths that were asked for, in order. */
  asked: string[];
  stop(): Promise<void>;
}

export async function startKeyServer(...pairs: Pair[]): Promise<KeyServer> {
  const http = createServer((request, response) => {
    const path = request.url!;
    server.asked.push(path);
    const body = path === '/keys' ? { keys: server.keys } : server.document;
    setTimeout(() => {
      response.writeHead(server.status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    }, server.delayMs).unref();
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
  const server: KeyServer = {
    issuer,
    document: { issuer, jwks_uri: `${issuer}/keys` },
    keys: pairs.map(({ publicJwk }) => publicJwk),
    status: 200,
    delayMs: 0,
    asked: [],
    stop: () => stop(http),
  };
  return server;
}

function stop(http: Server): Promise<void> {
  http.closeAllConnections();
  return new Promise((resolve) => http.close(() => resolve()));
}

export const audience = 'https://graph.example.org';
export const now = (): number => Math.floor(Date.now() / 1000);

/** What is in a good token; a claim set to undefined is left out. */
export const goodClaims = (issuer: string): JWTPayload => ({
  iss: issuer,
  aud: audience,
  sub: 'olga',
  iat: now(),
  exp: now() + 300,
});

/** A token, good but for what is changed. */
export function sign(
  { kid, alg, privateKey }: Pair,
  issuer: string,
  claims: Record<string, unknown> = {},
  header: Record<string, unknown> = {},
): Promise<string> {
  return new SignJWT({ ...goodClaims(issuer), ...claims })
    .setProtectedHeader({ alg, kid, typ: 'at+jwt', ...header })
    .sign(privateKey);
}
