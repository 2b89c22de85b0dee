import { createHmac, generateKeyPairSync, sign as rawSign } from 'node:crypto';
import { exportSPKI, importJWK } from 'jose';
import type { LightMyRequestResponse } from 'fastify';
import { verifyToken } from '../../src/people/identity/verify';
import { BadCredentials } from '../../src/people/tokens/bad-credentials';
import type { Answer } from '../stage/server';
import { setUpStage, type Stage } from '../tokens/stage';
import { audience, goodClaims, newPair, now, sign, startKeyServer, type KeyServer, type Pair } from './key-server';

const skew = 30;
const mine = '{ viewer { id } moduleTypes { __typename } }';

let pair: Pair;
let elliptic: Pair;
let attacker: Pair;
let provider: KeyServer;
let elsewhere: KeyServer;
let stage: Stage;
beforeAll(async () => {
  [pair, elliptic, attacker] = await Promise.all([newPair('first'), newPair('second', 'ES256'), newPair('first')]);
  [provider, elsewhere] = await Promise.all([startKeyServer(pair, elliptic), startKeyServer(attacker)]);
  stage = await setUpStage({ issuer: provider.issuer, audience, clockSkew: skew, keyRest: 60_000 });
});
afterAll(async () => {
  await stage.close();
  await Promise.all([provider.stop(), elsewhere.stop()]);
});

const send = (token: string): Promise<LightMyRequestResponse> => stage.send(`Bearer ${token}`, mine);
const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const good = (claims?: Record<string, unknown>, header?: Record<string, unknown>): Promise<string> =>
  sign(pair, provider.issuer, claims, header);

/** Signed by hand, where jose would not lend itself to it. */
function byHand(header: object, signature: (signed: string) => Buffer | string): string {
  const signed = `${encode({ typ: 'at+jwt', kid: 'first', ...header })}.${encode(goodClaims(provider.issuer))}`;
  return `${signed}.${Buffer.from(signature(signed)).toString('base64url')}`;
}

const publicPem = async (): Promise<string> =>
  exportSPKI((await importJWK({ ...pair.publicJwk, ext: true }, 'RS256', { extractable: true })) as CryptoKey);

async function withNewKey(): Promise<string> {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return byHand({ alg: 'RS256', jwk: publicKey.export({ format: 'jwk' }), kid: undefined }, (signed) =>
    rawSign('sha256', Buffer.from(signed), privateKey),
  );
}

const spoiled = (token: string, part: number, change: (text: string) => string): string =>
  token
    .split('.')
    .map((text, index) => (index === part ? change(text) : text))
    .join('.');

test.each<[string, () => Promise<string>]>([
  ['as it should be', () => good()],
  ['by an elliptic key', () => sign(elliptic, provider.issuer)],
  ['for several services', () => good({ aud: ['https://other.example.org', audience] })],
  ['of a provider that does not set `typ`, but a scope', () => good({ scope: 'read' }, { typ: undefined })],
  ['of the general type', () => good({ scp: ['read'] }, { typ: 'JWT' })],
  ['of the long type', () => good({}, { typ: 'application/at+jwt' })],
  ['expired within the skew of the clocks', () => good({ exp: now() - skew + 10 })],
  ['valid in a moment within the skew of the clocks', () => good({ nbf: now() + skew - 10 })],
])('taken: one %s', async (_name, make) => {
  expect((await send(await make())).statusCode).toBe(200);
});

const unsigned = 'no key of the provider has signed it';
test.each<[name: string, make: () => Promise<string>, sentence: string]>([
  ['unsigned', async () => byHand({ alg: 'none' }, () => ''), unsigned],
  ['unsigned, in other capitals', async () => byHand({ alg: 'nOnE' }, () => ''), unsigned],
  ['that says it is unsigned, with a signature', async () => good({}, {}).then(asNone), unsigned],
  ['signed with the public key as if it were a secret', () => confused(publicPem), unsigned],
  ['signed with the JWK as if it were a secret', () => confused(async () => JSON.stringify(pair.publicJwk)), unsigned],
  ['signed with an empty secret', () => confused(async () => ''), unsigned],
  ['of another key with the same name', () => sign(attacker, provider.issuer), unsigned],
  ['of a key that is nowhere', () => sign({ ...attacker, kid: 'none' }, provider.issuer), unsigned],
  ['of a key of another algorithm', () => sign({ ...elliptic, kid: 'first' }, provider.issuer), unsigned],
  ['that brings its key', withNewKey, unsigned],
  ['that says where its key is', () => ofAttacker({ jku: `${elsewhere.issuer}/keys` }), unsigned],
  ['that says where its certificate is', () => ofAttacker({ x5u: `${elsewhere.issuer}/keys` }), unsigned],
  ['that brings its certificate', () => ofAttacker({ x5c: ['MIIB'] }), unsigned],
  [
    'with a claim changed',
    async () => spoiled(await good(), 1, () => encode({ ...goodClaims(provider.issuer), sub: 'ada' })),
    unsigned,
  ],
  ['with a cut signature', async () => spoiled(await good(), 2, (text) => text.slice(0, -4)), unsigned],
  ['without its signature', async () => spoiled(await good(), 2, () => ''), unsigned],
  ['whose head is no JSON', async () => spoiled(await good(), 0, () => 'eyJ'), unsigned],
  ['whose head lists a need that is not known', () => withCrit(), unsigned],
  ['of another provider', () => good({ iss: elsewhere.issuer }), 'of another provider'],
  ['of the provider but for a slash', () => good({ iss: `${provider.issuer}/` }), 'of another provider'],
  ['of no provider', () => good({ iss: undefined }), 'of another provider'],
  ['for another service', () => good({ aud: 'https://other.example.org' }), 'for another service'],
  ['for a service that begins alike', () => good({ aud: `${audience}.evil.example` }), 'for another service'],
  ['for no service', () => good({ aud: undefined }), 'for another service'],
  ['expired', () => good({ exp: now() - skew - 5 }), 'has expired'],
  ['that never expires', () => good({ exp: undefined }), '`exp`'],
  ['that expires at a time in words', () => good({ exp: 'never' }), '`exp`'],
  ['not valid yet', () => good({ nbf: now() + skew + 10 }), 'not valid yet'],
  ['of nobody', () => good({ sub: undefined }), '`sub`'],
  ['of an empty name', () => good({ sub: '' }), '`sub`'],
  ['of a name that cannot be stored', () => good({ sub: 'a\0b' }), '`sub`'],
  ['of a list of names', () => good({ sub: ['olga'] }), '`sub`'],
  ['for a client, by its form', () => good({ nonce: 'x', azp: 'portal' }, { typ: 'JWT' }), 'not the ID token'],
  ['for a client, by its hash', () => good({ scope: 'openid', at_hash: 'x' }, { typ: 'JWT' }), 'not the ID token'],
  ['to sign out', () => good({ scope: 'x' }, { typ: 'logout+jwt' }), 'not the ID token'],
  ['bound to a key', () => good({ cnf: { jkt: 'x' } }), 'bound to a key'],
])('refused: one %s', async (_name, make, sentence) => {
  const token = await make();
  const before = stage.statements.length;
  const answer = await send(token);
  expect(answer.statusCode).toBe(401);
  expect(answer.headers['www-authenticate']).toBe('Bearer error="invalid_token"');
  const { errors } = answer.json<Answer>();
  expect(errors).toEqual([
    { message: expect.stringContaining(sentence) as string, extensions: { code: 'UNAUTHENTICATED' } },
  ]);
  expect(answer.body + stage.log()).not.toContain(token.split('.')[1]);
  expect(stage.statements).toHaveLength(before);
});

test('a secret is no key, even where the keys of the provider were to hold it', async () => {
  const token = await confused(async () => 'known to both');
  const config = { issuer: provider.issuer, audience, clockSkew: skew };
  const verified = verifyToken(token, async () => new TextEncoder().encode('known to both'), config);
  await expect(verified).rejects.toThrow(BadCredentials);
});

test('nothing that a token names was ever asked, and nobody got an account by a refused one', async () => {
  expect(elsewhere.asked).toEqual([]);
  const rows = await stage.database.dataSource.query<unknown[]>(`SELECT "subject" FROM "external_identity"`);
  expect(rows).toEqual([{ subject: 'olga' }]);
});

test('a JWT is no token where no provider is set', async () => {
  const closed = await setUpStage();
  try {
    const answer = await closed.send(`Bearer ${await good()}`, mine);
    expect(answer.statusCode).toBe(401);
    expect(answer.json<Answer>().errors![0]!.message).toContain('takes no tokens of an OpenID Connect provider');
  } finally {
    await closed.close();
  }
});

test('personal tokens work as before where a provider is set, and are refused as before', async () => {
  const { secret } = await stage.token(await stage.lab.person('Ada'));
  expect((await send(secret)).statusCode).toBe(200);
  for (const wrong of [`${secret}.a.b`, 'stemgraph_a.b', 'a.b', 'a.b.c.d.e', 'a..c'])
    expect((await send(wrong)).json<Answer>().errors![0]!.message).toContain('not a whole Stemgraph token');
});

async function confused(secret: () => Promise<string>): Promise<string> {
  const key = await secret();
  return byHand({ alg: 'HS256' }, (signed) => createHmac('sha256', key).update(signed).digest());
}

function asNone(token: string): string {
  return spoiled(token, 0, () => encode({ alg: 'none', typ: 'at+jwt', kid: 'first' }));
}

const ofAttacker = (header: Record<string, unknown>): Promise<string> => sign(attacker, provider.issuer, {}, header);

async function withCrit(): Promise<string> {
  return byHand({ alg: 'RS256', crit: ['x'], x: 1 }, () => 'x');
}
