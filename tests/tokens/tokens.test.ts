import { createHash } from 'node:crypto';
import { newId } from '../../src/model/ids';
import type { Answer } from '../stage/server';
import { setUpStage, type Stage } from './stage';

let stage: Stage;
beforeAll(async () => {
  stage = await setUpStage();
});
afterAll(() => stage.close());

const fields = 'id name scopes expiresAt lastUsedAt revokedAt';
const create = (args: string): string =>
  `mutation { createAccessToken(input: { ${args} }) { token accessToken { ${fields} } } }`;
const revoke = (id: string): string => `mutation { revokeAccessToken(id: "${id}") { accessToken { id revokedAt } } }`;
const mine = `{ viewer { id accessTokens { nodes { ${fields} } } } }`;
const code = ({ errors }: Answer): string | undefined => errors?.[0]?.extensions.code;

interface Created {
  token: string;
  accessToken: { id: string; name: string; scopes: string[]; expiresAt: string; revokedAt: string | null };
}

async function created(token: string, args: string): Promise<Created> {
  const answer = await stage.ask(token, create(args));
  expect(answer.errors).toBeUndefined();
  return answer.data!['createAccessToken'] as Created;
}

const dayMs = 24 * 60 * 60 * 1000;

test('a token is shown once, and works at once', async () => {
  const olga = await stage.lab.person('Olga');
  const { secret } = await stage.token(olga);
  const { token, accessToken } = await created(secret, 'name: " Laptop ", scopes: [PUBLISH], lifetimeDays: 3');
  expect(token).toMatch(/^stemgraph_[0-9A-Za-z]{46}$/);
  expect(accessToken).toMatchObject({ name: 'Laptop', scopes: ['READ', 'PUBLISH'], revokedAt: null, lastUsedAt: null });
  expect(Math.abs(Date.parse(accessToken.expiresAt) - Date.now() - 3 * dayMs)).toBeLessThan(60_000);
  const listed = await stage.send(`bearer ${token}`, mine);
  expect(listed.json<Answer>().data).toMatchObject({ viewer: { id: olga } });
  expect(listed.body).toContain(accessToken.id);
  expect(listed.body).not.toContain(token);
  expect(listed.body).not.toContain(hashOf(token));
});

const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');

test('no column of the database and no log line holds the secret', async () => {
  const { secret } = await stage.token(await stage.lab.person('Olga'));
  const { token } = await created(secret, 'name: "Laptop", scopes: [], lifetimeDays: 1');
  await stage.ask(token, mine);
  await stage.send(`Bearer ${token}x`, mine);
  const inside = token.slice(14, 40);
  const { dataSource } = stage.database;
  let stored = '';
  for (const { name } of await dataSource.query<{ name: string }[]>(
    `SELECT table_name AS "name" FROM information_schema.tables WHERE table_schema = 'public'`,
  )) {
    const [row] = await dataSource.query<{ all: string | null }[]>(
      `SELECT string_agg(t::text, chr(10)) AS "all" FROM "${name}" t`,
    );
    stored += row?.all ?? '';
  }
  expect(stored).toContain(hashOf(token));
  expect(stored).not.toContain(inside);
  expect(stage.log()).not.toContain(inside);
  expect(stage.log()).not.toContain(hashOf(token));
  expect(stage.log()).toContain('/graphql');
});

test('a token makes only tokens as weak as itself', async () => {
  const { secret } = await stage.token(await stage.lab.person('Olga'), ['READ', 'WRITE']);
  for (const scopes of ['[PUBLISH]', '[READ, WRITE, PUBLISH]']) {
    const answer = await stage.ask(secret, create(`name: "More", scopes: ${scopes}, lifetimeDays: 1`));
    expect([answer.data, code(answer)]).toEqual([{ createAccessToken: null }, 'FORBIDDEN']);
  }
  const child = await created(secret, 'name: "Less", scopes: [], lifetimeDays: 2');
  expect(child.accessToken.scopes).toEqual(['READ']);
  expect(code(await stage.ask(child.token, create('name: "More", scopes: [WRITE], lifetimeDays: 1')))).toBe(
    'FORBIDDEN',
  );
});

test('a token makes only tokens that expire no later than itself, and leaves nothing when it may not', async () => {
  const olga = await stage.lab.person('Olga');
  const { secret } = await stage.token(olga, ['READ'], 2);
  expect(code(await stage.ask(secret, create('name: "Longer", scopes: [], lifetimeDays: 2')))).toBe('FORBIDDEN');
  expect(code(await stage.ask(secret, create('name: "Longer", scopes: []')))).toBe('FORBIDDEN');
  await created(secret, 'name: "Shorter", scopes: [], lifetimeDays: 1');
  const rows = await stage.database.dataSource.query<{ name: string }[]>(
    `SELECT "name" FROM "access_token" WHERE "user_id" = $1 ORDER BY "id"`,
    [olga],
  );
  expect(rows.map(({ name }) => name).sort()).toEqual(['Shorter', 'Test']);
});

test.each([
  ['a name of nothing', 'name: " ", scopes: []'],
  ['a name that is too long', `name: "${'a'.repeat(101)}", scopes: []`],
  ['a name with a control character', 'name: "a\\u0000b", scopes: []'],
  ['no lifetime', 'name: "a", scopes: [], lifetimeDays: 0'],
  ['a lifetime that is over', 'name: "a", scopes: [], lifetimeDays: -1'],
  ['a lifetime that is too long', 'name: "a", scopes: [], lifetimeDays: 367'],
])('%s is refused', async (_name, args) => {
  const { secret } = await stage.token(await stage.lab.person('Olga'), ['READ'], 366);
  expect(code(await stage.ask(secret, create(args)))).toBe('BAD_USER_INPUT');
});

test('a user has so many valid tokens and no more, however many are asked for at once', async () => {
  const olga = await stage.lab.person('Olga');
  const { secret } = await stage.token(olga);
  await stage.database.dataSource.query(
    `INSERT INTO "access_token" ("id", "user_id", "name", "hash", "scopes", "expires_at")
     SELECT n."id", $2::uuid, 'One', md5(n."id"::text), ARRAY['READ'], now() + interval '1 day' FROM unnest($1::uuid[]) AS n ("id")`,
    [Array.from({ length: 97 }, () => newId('AccessToken')), olga],
  );
  const answers = await Promise.all(
    Array.from({ length: 6 }, () => stage.ask(secret, create('name: "More", scopes: [], lifetimeDays: 1'))),
  );
  expect(answers.map(code).sort()).toEqual(['CONFLICT', 'CONFLICT', 'CONFLICT', 'CONFLICT', undefined, undefined]);
});

test('without a token nobody makes one, and a hand-made viewer header counts for nothing', async () => {
  const answer = await stage.app.inject({
    method: 'POST',
    url: '/graphql',
    headers: { 'x-test-viewer': JSON.stringify({ kind: 'user', userId: newId('User'), scopes: ['READ'] }) },
    payload: { query: create('name: "Mine", scopes: []') },
  });
  expect(code(answer.json<Answer>())).toBe('UNAUTHENTICATED');
});

test('a revoke counts from the next request on, also for the token that revokes itself', async () => {
  const olga = await stage.lab.person('Olga');
  const [first, second] = [await stage.token(olga), await stage.token(olga)];
  const answer = await stage.ask(first.secret, revoke(second.id));
  expect(answer.data).toEqual({
    revokeAccessToken: { accessToken: { id: second.id, revokedAt: expect.any(String) as string } },
  });
  expect((await stage.send(`Bearer ${second.secret}`, mine)).statusCode).toBe(401);
  expect((await stage.ask(first.secret, revoke(second.id))).data).toEqual(answer.data);
  expect((await stage.ask(first.secret, revoke(first.id))).errors).toBeUndefined();
  expect((await stage.send(`Bearer ${first.secret}`, mine)).statusCode).toBe(401);
});

test('a token that is revoked while it is used makes no new one', async () => {
  const olga = await stage.lab.person('Olga');
  const { id, secret } = await stage.token(olga);
  const { id: other } = await stage.token(olga);
  const answer = await stage.ask(
    secret,
    `mutation { revokeAccessToken(id: "${id}") { accessToken { id } } createAccessToken(input: { name: "Late", scopes: [], lifetimeDays: 1 }) { token } }`,
  );
  // What was done before is told, whatever becomes of the rest.
  const data = { revokeAccessToken: { accessToken: { id } }, createAccessToken: null };
  expect([answer.data, code(answer)]).toEqual([data, 'UNAUTHENTICATED']);
  const rows = await stage.database.dataSource.query<{ id: string }[]>(
    `SELECT "id" FROM "access_token" WHERE "user_id" = $1`,
    [olga],
  );
  expect(rows.map((row) => row.id).sort()).toEqual([id, other].sort());
});

test('a token that may only read ends itself and no other', async () => {
  const olga = await stage.lab.person('Olga');
  const other = await stage.token(olga, ['READ']);
  const stranger = await stage.token(await stage.lab.person('Sam'));
  for (const scopes of [['READ'], ['READ', 'PUBLISH']] as const) {
    const reader = await stage.token(olga, scopes);
    const refused = await stage.ask(reader.secret, revoke(other.id));
    expect([code(refused), refused.errors![0]!.message]).toEqual(['FORBIDDEN', expect.stringContaining('WRITE')]);
    expect((await stage.send(`Bearer ${other.secret}`, mine)).statusCode).toBe(200);
    const unknown = await stage.ask(reader.secret, revoke(newId('AccessToken')));
    expect(code(unknown)).toBe('NOT_FOUND');
    expect(await stage.ask(reader.secret, revoke(stranger.id))).toEqual(unknown);
    expect((await stage.ask(reader.secret, revoke(reader.id))).errors).toBeUndefined();
    expect((await stage.send(`Bearer ${reader.secret}`, mine)).statusCode).toBe(401);
  }
  const writer = await stage.token(olga, ['WRITE']);
  for (let time = 0; time < 2; time += 1)
    expect((await stage.ask(writer.secret, revoke(other.id))).errors).toBeUndefined();
  expect((await stage.send(`Bearer ${other.secret}`, mine)).statusCode).toBe(401);
});

test("others neither see nor revoke a token: somebody else's and an unknown one are told alike", async () => {
  const project = await stage.lab.add('Project', { name: 'Sleep' });
  const { id, secret } = await stage.token(await stage.lab.person('Olga', 'OWNER', [project]));
  const ada = await stage.lab.person('Ada', 'MANAGER', [project]);
  await stage.database.dataSource.query(`UPDATE "user" SET "is_administrator" = TRUE WHERE "id" = $1`, [ada]);
  const { secret: stranger } = await stage.token(ada);
  const theirs = await stage.ask(stranger, revoke(id));
  const unknown = await stage.ask(stranger, revoke(newId('AccessToken')));
  const otherType = await stage.ask(stranger, revoke(newId('Project')));
  expect(code(theirs)).toBe('NOT_FOUND');
  expect(unknown).toEqual(theirs);
  expect(otherType).toEqual(theirs);
  expect((await stage.ask(stranger, `{ node(id: "${id}") { id } nodes(ids: ["${id}"]) { id } }`)).data).toEqual({
    node: null,
    nodes: [null],
  });
  const asOther = await stage.ask(
    stranger,
    `{ project(id: "${project}") { members { nodes { user { name accessTokens { totalCount } } } } } }`,
  );
  const users = (asOther.data as { project: { members: { nodes: { user: unknown }[] } } }).project.members.nodes;
  expect(users.map(({ user }) => user)).toEqual([
    { name: 'Olga', accessTokens: null },
    { name: 'Ada', accessTokens: { totalCount: 1 } },
  ]);
  expect((await stage.send(`Bearer ${secret}`, mine)).statusCode).toBe(200);
});

test('a token reads what its user may see, with the roles of this very moment', async () => {
  const project = await stage.lab.add('Project', { name: 'Sleep' });
  const member = await stage.lab.person('Mia', 'MEMBER', [project]);
  const { secret } = await stage.token(member, ['READ']);
  const { secret: stranger } = await stage.token(await stage.lab.person('Sam'), ['READ']);
  const query = `{ project(id: "${project}") { name viewerRole } }`;
  expect((await stage.ask(secret, query)).data).toEqual({ project: { name: 'Sleep', viewerRole: 'MEMBER' } });
  expect((await stage.ask(stranger, query)).data).toEqual({ project: null });
  expect((await stage.send(undefined, query)).json<Answer>().data).toEqual({ project: null });
  await stage.database.dataSource.query(`DELETE FROM "membership" WHERE "user_id" = $1`, [member]);
  expect((await stage.ask(secret, query)).data).toEqual({ project: null });
});

test('the scopes are those of the token, not of the user', async () => {
  const project = await stage.lab.add('Project', { name: 'Sleep' });
  const olga = await stage.lab.person('Olga', 'OWNER', [project]);
  const publish = `mutation { publishProject(id: "${project}", confirm: true) { isPublic } }`;
  expect(code(await stage.ask((await stage.token(olga, ['READ', 'WRITE'])).secret, publish))).toBe('FORBIDDEN');
  expect((await stage.ask((await stage.token(olga, ['PUBLISH'])).secret, publish)).errors).toBeUndefined();
});

test('when it was last used is noted to the hour, and only once in it', async () => {
  const { dataSource } = stage.database;
  const { id, secret } = await stage.token(await stage.lab.person('Olga'));
  const read = async (): Promise<{ used: string | null; writtenBy: string }> =>
    (
      await dataSource.query<[{ used: string | null; writtenBy: string }]>(
        `SELECT to_char("last_used_at" AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.MS') AS "used", xmin::text AS "writtenBy" FROM "access_token" WHERE "id" = $1`,
        [id],
      )
    )[0];
  expect((await read()).used).toBeNull();
  await stage.ask(secret, '{ __typename }');
  const first = await read();
  expect(first.used).toMatch(/^\d{4}-\d\d-\d\d \d\d:00:00\.000$/);
  await stage.ask(secret, '{ __typename }');
  expect(await read()).toEqual(first);
  await dataSource.query(
    `UPDATE "access_token" SET "last_used_at" = "last_used_at" - interval '3 days' WHERE "id" = $1`,
    [id],
  );
  await stage.ask(secret, '{ __typename }');
  expect((await read()).used).toBe(first.used);
});

test('many requests at once, each of several mutations, do not wait for each other for ever', async () => {
  const { secret } = await stage.token(await stage.lab.person('Olga'));
  const one = 'createAccessToken(input: { name: "Laptop", scopes: [], lifetimeDays: 1 }) { accessToken { id } }';
  const asked = Array.from({ length: 30 }, () =>
    stage.ask(secret, `mutation { one: ${one} two: ${one} three: ${one} }`),
  );
  for (const answer of await Promise.all(asked)) {
    expect(answer.errors).toBeUndefined();
    expect(Object.keys(answer.data!)).toEqual(['one', 'two', 'three']);
  }
}, 20_000);
