import { importJWK } from 'jose';
import { deleteUser } from '../../src/commands/users';
import { verifyToken } from '../../src/people/identity/verify';
import type { Answer } from '../stage/server';
import { setUpStage, type Stage } from '../tokens/stage';
import { audience, newPair, sign, startKeyServer, type KeyServer, type Pair } from './key-server';

let pair: Pair;
let provider: KeyServer;
let stage: Stage;
beforeAll(async () => {
  pair = await newPair('first', 'ES256');
  provider = await startKeyServer(pair);
  stage = await setUpStage({
    issuer: provider.issuer,
    audience,
    publishClaim: { name: 'scope', value: 'graph:publish' },
    clockSkew: 0,
    keyRest: 60_000,
  });
});
afterAll(async () => {
  await stage.close();
  await provider.stop();
});

interface Me {
  id: string;
  name: string;
  email: string | null;
}

const mine = '{ viewer { id name email } }';
const tokenOf = (sub: string, claims: Record<string, unknown> = {}): Promise<string> =>
  sign(pair, provider.issuer, { sub, ...claims });
const me = async (sub: string, claims: Record<string, unknown> = {}): Promise<Me> => {
  const { data, errors } = await stage.ask(await tokenOf(sub, claims), mine);
  expect(errors).toBeUndefined();
  return (data as { viewer: Me }).viewer;
};
const verified = (email: string): Record<string, unknown> => ({ email, email_verified: true });
const count = async (table: string): Promise<number> =>
  (await stage.database.dataSource.query<[{ n: number }]>(`SELECT count(*)::int AS "n" FROM "${table}"`))[0].n;

let next = 0;
const someone = (): string => `someone-${(next += 1)}`;

test('whoever comes again is who they were, whatever their token says of them by then', async () => {
  const sub = someone();
  const first = await me(sub, { name: 'Olga', ...verified('olga@example.org') });
  expect(first).toMatchObject({ name: 'Olga', email: 'olga@example.org' });
  expect(await me(sub, { name: 'Somebody', ...verified('else@example.org') })).toEqual(first);
  expect(await me(someone(), { name: 'Olga' })).not.toMatchObject({ id: first.id });
});

test.each([
  ['the name', { name: ' Olga Owner ', preferred_username: 'olga' }, 'Olga Owner'],
  ['the short name, where there is no other', { preferred_username: 'olga' }, 'olga'],
  ['neither where both are addresses', { name: 'o@example.org', preferred_username: 'o@example.org' }, 'New user'],
  ['none that is too long', { name: 'x'.repeat(201) }, 'New user'],
  ['the name without what cannot be seen in it', { name: '\u202eOlga\0' }, 'Olga'],
  ['none of which nothing can be seen', { name: '\u202e\u200b', preferred_username: '\n' }, 'New user'],
  ['none that is half a character', { name: '\ud800' }, 'New user'],
  ['none that is no text', { name: { first: 'Olga' } }, 'New user'],
])('a new account is called by %s', async (_name, claims, name) => {
  expect((await me(someone(), claims)).name).toBe(name);
});

test.each([
  ['not verified', { email: 'someone@example.org' }],
  ['verified in words', { email: 'someone@example.org', email_verified: 'true' }],
  ['denied', { email: 'someone@example.org', email_verified: false }],
  ['no address', { email: 'someone', email_verified: true }],
  ['one that cannot be stored', { email: 'a\0@example.org', email_verified: true }],
])('an address that is %s is not stored', async (_name, claims) => {
  expect((await me(someone(), claims)).email).toBeNull();
});

test('an address that only looks alike proves no account: letters beyond ASCII are never folded', async () => {
  const made = await stage.lab.add('User', { name: 'Mark', email: 'mark@example.org' });
  expect((await me(someone(), verified('mar\u212a@example.org'))).id).not.toBe(made);
  expect((await me(someone(), verified('MARK@example.org'))).id).toBe(made);
});

test('an account that an operator made waits for its person, who proves the address', async () => {
  const made = await stage.lab.add('User', { name: 'Ada', email: 'Ada@Example.org' });
  const unproven = await me(someone(), { email: 'ada@example.org' });
  expect(unproven).toMatchObject({ name: 'New user', email: null });
  expect(unproven.id).not.toBe(made);

  const sub = someone();
  expect(await me(sub, { name: 'A.', ...verified('ada@example.org') })).toEqual({
    id: made,
    name: 'Ada',
    email: 'Ada@Example.org',
  });
  expect((await me(sub)).id).toBe(made);

  // Addresses are given to somebody else in time: the second who proves it is another person.
  const later = await me(someone(), { name: 'Another', ...verified('ada@example.org') });
  expect(later).toMatchObject({ name: 'Another', email: null });
  expect(later.id).not.toBe(made);
});

test('an address of several accounts leads to none of them', async () => {
  const ids = [
    await stage.lab.add('User', { name: 'One', email: 'two@example.org' }),
    await stage.lab.add('User', { name: 'Two', email: 'two@example.org' }),
  ];
  const found = await me(someone(), verified('two@example.org'));
  expect(ids).not.toContain(found.id);
  expect(found.email).toBeNull();
});

test('the signs of a pattern in an address are letters', async () => {
  const made = await stage.lab.add('User', { name: 'Ada', email: 'axb@example.org' });
  expect((await me(someone(), verified('a_b@example.org'))).id).not.toBe(made);
  expect((await me(someone(), verified('%@example.org'))).id).not.toBe(made);
});

test('a first visit of many requests at once makes one account', async () => {
  // Else the first is done before the others have a connection.
  const { dataSource } = stage.database;
  await Promise.all(Array.from({ length: 10 }, () => dataSource.query('SELECT pg_sleep(0.1)')));
  const users = await count('user');
  const identities = await count('external_identity');
  const token = await tokenOf(someone(), { name: 'Olga', ...verified('many@example.org') });
  const answers = await Promise.all(Array.from({ length: 12 }, () => stage.ask(token, mine)));
  expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
  expect(answers[0]!.errors).toBeUndefined();
  expect([await count('user'), await count('external_identity')]).toEqual([users + 1, identities + 1]);
});

test('two people who come at once with one address share no account', async () => {
  const claims = verified('both@example.org');
  const [one, other] = await Promise.all([me(someone(), claims), me(someone(), claims)]);
  expect(one.id).not.toBe(other.id);
  expect([one.email, other.email].sort()).toEqual(['both@example.org', null]);
});

test('who was deleted is refused from the next request on, and gets no new account', async () => {
  const sub = someone();
  const claims = { name: 'Gone', ...verified('gone@example.org') };
  const { id } = await me(sub, claims);
  await deleteUser(stage.database.dataSource, id);
  const users = await count('user');
  for (let time = 0; time < 2; time += 1) {
    const answer = await stage.send(`Bearer ${await tokenOf(sub, claims)}`, mine);
    expect(answer.statusCode).toBe(401);
    expect(answer.json<Answer>().errors).toEqual([
      { message: expect.stringContaining('was deleted') as string, extensions: { code: 'UNAUTHENTICATED' } },
    ]);
  }
  expect(await count('user')).toBe(users);
});

const make = (scopes: string, days: number): string =>
  `mutation { createAccessToken(input: { name: "Script", scopes: [${scopes}], lifetimeDays: ${days} }) { token } }`;

test.each([
  ['', 'READ, WRITE', 30, undefined],
  ['', 'READ', 31, 'FORBIDDEN'],
  ['', 'PUBLISH', 1, 'FORBIDDEN'],
  ['graph:publish', 'PUBLISH', 1, 'FORBIDDEN'],
])('a sign-in with the scope “%s” asks for a token to %s for %i days: %s', async (scope, scopes, days, code) => {
  const token = await tokenOf(someone(), { scope });
  const answer = await stage.ask(token, make(scopes, days));
  expect(answer.errors?.[0]?.extensions.code).toBe(code);
  if (code !== undefined) return;
  const { createAccessToken: made } = answer.data as { createAccessToken: { token: string } };
  expect((await stage.ask(made.token, mine)).data).toEqual((await stage.ask(token, mine)).data);
});

test.each([
  ['graph:publish', undefined],
  ['read graph:publish', undefined],
  ['graph:publisher', 'FORBIDDEN'],
  [['graph:publish'], undefined],
  [{ 'graph:publish': true }, 'FORBIDDEN'],
  [undefined, 'FORBIDDEN'],
])('a sign-in with the claim %p publishes: %s', async (scope, code) => {
  const sub = someone();
  const { id: userId } = await me(sub);
  const projectId = await stage.lab.add('Project', { name: 'Sleep' });
  await stage.lab.add('Membership', { projectId, userId, role: 'OWNER', acceptedAt: new Date() });
  const answer = await stage.ask(
    await tokenOf(sub, { scope }),
    `mutation { publishProject(id: "${projectId}", confirm: true) { isPublic } }`,
  );
  expect(answer.errors?.[0]?.extensions.code).toBe(code);
});

test.each([
  [{ name: 'publisher' }, [true, 'yes', 1, ['any']], [false, 'false', '', 0, null, [], {}, undefined]],
  [{ name: 'publisher', value: 'true' }, [true, 'true', ['true']], [false, 'false', ['false'], undefined]],
  [{ name: 'constructor' }, [], [undefined]],
])('the claim %p lets publish with %p, not with %p', async (publishClaim, yes, no) => {
  const config = { issuer: provider.issuer, audience, clockSkew: 0, publishClaim };
  const publishes = async (value: unknown): Promise<boolean> => {
    const token = await tokenOf('any', { [publishClaim.name]: value });
    const key = await importJWK(pair.publicJwk, pair.alg);
    return (await verifyToken(token, async () => key, config)).scopes.includes('PUBLISH');
  };
  for (const value of yes) expect([value, await publishes(value)]).toEqual([value, true]);
  for (const value of no) expect([value, await publishes(value)]).toEqual([value, false]);
});

test('what a sign-in publishes is recorded as done by its user, without a token of ours', async () => {
  const [row] = await stage.database.dataSource.query<unknown[]>(
    `SELECT "actor", "token_id" AS "tokenId", "user_name" AS "name" FROM "publication_event" LIMIT 1`,
  );
  expect(row).toEqual({ actor: 'USER', tokenId: null, name: 'New user' });
});

test('a verified address claims the invitations that were sent to it, whenever they were sent; another claims none', async () => {
  const { lab, database } = stage;
  const project = await lab.add('Project', { name: 'Sleep' });
  const owner = await stage.token(await lab.person('Olga', 'OWNER', [project]));
  const email = 'invited@example.org';
  const sub = someone();
  await me(sub, verified(email));
  const invited = await stage.ask(
    owner.secret,
    `mutation { inviteMember(containerId: "${project}", email: "${email}", role: CONTRIBUTOR) { __typename } }`,
  );
  expect(invited.errors).toBeUndefined();
  const invitations = async (claims: Record<string, unknown>, who = sub): Promise<number> => {
    const { data } = await stage.ask(await tokenOf(who, claims), '{ viewer { invitations { __typename } } }');
    return (data as { viewer: { invitations: unknown[] } }).viewer.invitations.length;
  };
  expect(await invitations({ email, email_verified: false })).toBe(0);
  expect(await invitations(verified('other@example.org'), someone())).toBe(0);
  expect(await invitations(verified(email.toUpperCase()))).toBe(1);
  expect(await invitations({})).toBe(1);
  expect(await database.dataSource.query(`SELECT "role" FROM "membership" WHERE "claimed_by_id" IS NOT NULL`)).toEqual([
    { role: 'CONTRIBUTOR' },
  ]);
});
