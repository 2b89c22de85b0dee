import { decodeJwt, decodeProtectedHeader } from 'jose';
import type { Answer } from '../stage/server';
import { setUpStage, type Stage } from '../tokens/stage';
import { newKey, startProvider, type Provider } from './provider';

const audience = 'https://graph.example.org';
const people = {
  olga: { name: 'Olga Owner', email: 'olga@example.org', email_verified: true },
  paul: { name: 'Paul Publisher', roles: ['reader', 'publisher'] },
};
const rest = 300;

let provider: Provider;
let stage: Stage;
beforeAll(async () => {
  provider = await startProvider({ audience, people, keys: [await newKey('RS256', 'first')] });
  stage = await setUpStage({
    issuer: provider.issuer,
    audience,
    publishClaim: { name: 'roles', value: 'publisher' },
    clockSkew: 30,
    keyRest: rest,
  });
});
afterAll(async () => {
  await stage.close();
  await provider.stop();
});

const mine = '{ viewer { id name email } }';
const status = async (token: string): Promise<number> => (await stage.send(`Bearer ${token}`, mine)).statusCode;

test('somebody signs in at the provider, and has an account here from the first request on', async () => {
  const { accessToken } = await provider.signIn('olga');
  expect(decodeProtectedHeader(accessToken)).toMatchObject({ alg: 'RS256', typ: 'at+jwt', kid: 'first' });
  const first = await stage.ask(accessToken, mine);
  expect(first).toEqual({
    data: { viewer: { id: expect.any(String) as string, name: 'Olga Owner', email: 'olga@example.org' } },
  });
  expect(await stage.ask((await provider.signIn('olga')).accessToken, mine)).toEqual(first);
});

test('the ID token of the same sign-in is refused, also where a client is the audience', async () => {
  const { idToken } = await provider.signIn('olga');
  expect(decodeJwt(idToken)).toMatchObject({ sub: 'olga', aud: 'portal' });
  expect(await status(idToken)).toBe(401);
  const lax = await setUpStage({ issuer: provider.issuer, audience: 'portal', clockSkew: 30, keyRest: rest });
  try {
    const answer = await lax.send(`Bearer ${idToken}`, mine);
    expect(answer.statusCode).toBe(401);
    expect(answer.json<Answer>().errors![0]!.message).toContain('not the ID token');
  } finally {
    await lax.close();
  }
});

test('a program that acts for itself is an account of its own', async () => {
  const token = await provider.clientCredentials();
  expect((await stage.ask(token, mine)).data).toEqual({
    viewer: { id: expect.any(String) as string, name: 'New user', email: null },
  });
});

test.each([
  ['olga', 'FORBIDDEN'],
  ['paul', undefined],
])('%s publishes what they own: %s', async (login, code) => {
  const { accessToken } = await provider.signIn(login);
  const { viewer } = (await stage.ask(accessToken, mine)).data as { viewer: { id: string } };
  const project = await stage.lab.add('Project', { name: 'Sleep' });
  await stage.lab.add('Membership', {
    projectId: project,
    userId: viewer.id,
    role: 'OWNER',
    acceptedAt: new Date(),
  });
  const answer = await stage.ask(
    accessToken,
    `mutation { publishProject(id: "${project}", confirm: true) { isPublic } }`,
  );
  expect(answer.errors?.[0]?.extensions.code).toBe(code);
});

test('the provider changes its key, is away, and is back', async () => {
  const old = (await provider.signIn('olga')).accessToken;
  expect(await status(old)).toBe(200);
  await provider.stop();
  expect(await status(old)).toBe(200);

  const { port } = provider;
  await new Promise((resolve) => setTimeout(resolve, rest));
  provider = await startProvider({ port, audience, people, keys: [await newKey('ES256', 'second')] });
  const fresh = (await provider.signIn('olga')).accessToken;
  expect(decodeProtectedHeader(fresh)).toMatchObject({ alg: 'ES256', kid: 'second' });
  expect(await status(fresh)).toBe(200);
  expect(await status(old)).toBe(401);
});
