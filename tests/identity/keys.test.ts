import { setTimeout as sleep } from 'node:timers/promises';
import type { OidcConfig } from '../../src/people/identity/oidc-config';
import type { Answer } from '../stage/server';
import { setUpStage, type Stage } from '../tokens/stage';
import { audience, newPair, sign, startKeyServer, type KeyServer, type Pair } from './key-server';

const rest = 400;
const mine = '{ viewer { id } moduleTypes { __typename } }';

let first: Pair;
let second: Pair;
let provider: KeyServer;
let stage: Stage;
beforeAll(async () => {
  [first, second] = await Promise.all([newPair('first'), newPair('second')]);
});
beforeEach(async () => {
  provider = await startKeyServer(first);
  stage = await open();
});
afterEach(async () => {
  await stage.close();
  await provider.stop();
});

const open = (more: Partial<OidcConfig> = {}): Promise<Stage> =>
  setUpStage({ issuer: provider.issuer, audience, clockSkew: 0, keyRest: rest, ...more });
const status = async (pair: Pair, by = stage): Promise<number> =>
  (await by.send(`Bearer ${await sign(pair, provider.issuer)}`, mine)).statusCode;
const fetches = (): number => provider.asked.filter((path) => path === '/keys').length;

test('the provider is not asked before a token comes, and then once for many', async () => {
  await stage.send(undefined, mine);
  expect(provider.asked).toEqual([]);
  expect(await Promise.all(Array.from({ length: 10 }, () => status(first)))).toEqual(Array(10).fill(200));
  expect(provider.asked).toEqual(['/.well-known/openid-configuration', '/keys']);
});

test('a new key is taken without a restart, and one that was withdrawn is refused', async () => {
  expect(await status(first)).toBe(200);
  provider.keys = [second.publicJwk];
  await sleep(rest);
  expect(await status(second)).toBe(200);
  expect(await status(first)).toBe(401);
});

test('tokens of unknown keys do not become requests to the provider', async () => {
  expect(await status(first)).toBe(200);
  for (let batch = 0; batch < 10; batch += 1)
    await Promise.all(Array.from({ length: 10 }, (_, index) => status({ ...second, kid: `${batch}-${index}` })));
  const stormMost = fetches();
  await sleep(rest);
  const storm = Array.from({ length: 50 }, (_, index) => status({ ...second, kid: `${index}` }));
  expect(new Set(await Promise.all(storm))).toEqual(new Set([401]));
  expect(fetches() - stormMost).toBe(1);
  expect(await status(first)).toBe(200);
});

test('where the address of the keys is set, the provider is not asked for it', async () => {
  const direct = await open({ keysUrl: `${provider.issuer}/keys` });
  try {
    expect(await status(first, direct)).toBe(200);
    expect(provider.asked).toEqual(['/keys']);
  } finally {
    await direct.close();
  }
});

async function expectUnchecked(reason: string): Promise<void> {
  const token = await sign(first, provider.issuer);
  const answer = await stage.send(`Bearer ${token}`, mine);
  expect(answer.statusCode).toBe(503);
  expect(answer.json<Answer>()).toEqual({
    errors: [
      {
        message: expect.stringContaining('Try again later') as string,
        extensions: { code: 'PROVIDER_UNREACHABLE' },
      },
    ],
  });
  expect(answer.headers['www-authenticate']).toBeUndefined();
  expect(stage.log()).toContain(reason);
  expect(stage.log()).not.toContain(token.split('.')[2]);
}

const spoil: [name: string, change: () => void, reason: string][] = [
  ['fails', () => (provider.status = 500), 'answers with the status 500'],
  ['sends elsewhere', () => (provider.status = 302), 'answers with the status 302'],
  ['is another issuer', () => (provider.document['issuer'] = 'https://else.example'), 'of another issuer'],
  ['names no keys', () => delete provider.document['jwks_uri'], 'no address of keys'],
  ['names unsafe keys', () => (provider.document['jwks_uri'] = 'http://else.example/keys'), 'no address of keys'],
  ['has keys that are none', () => (provider.keys = ['key']), 'cannot be fetched'],
];
test.each(spoil)('a provider that %s: 503, and the log says why', async (_name, change, reason) => {
  change();
  await expectUnchecked(reason);
});

test('a provider that is away is left alone for a while, and found again when it is back', async () => {
  provider.status = 500;
  for (let time = 0; time < 20; time += 1) expect(await status(first)).toBe(503);
  expect(provider.asked.length).toBeLessThanOrEqual(2);
  provider.status = 200;
  await sleep(rest);
  expect(await status(first)).toBe(200);
});

test('a provider that goes away leaves those signed in whose key is known; unknown keys cannot be told apart', async () => {
  expect(await status(first)).toBe(200);
  await provider.stop();
  await sleep(rest);
  expect(await status({ ...second, kid: 'unknown' })).toBe(503);
  expect(stage.log()).toContain('ECONNREFUSED');
  expect(await status(first)).toBe(200);
  const { secret } = await stage.token(await stage.lab.person('Ada'));
  expect((await stage.send(`Bearer ${secret}`, mine)).statusCode).toBe(200);
});

test('a provider that does not answer is given up', async () => {
  provider.delayMs = 10_000;
  const started = Date.now();
  await expectUnchecked('timeout');
  expect(Date.now() - started).toBeLessThan(8000);
});
