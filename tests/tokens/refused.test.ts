import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { LightMyRequestResponse } from 'fastify';
import { newToken } from '../../src/people/tokens/secret';
import type { Answer } from '../stage/server';
import { setUpStage, type Stage } from './stage';

let stage: Stage;
let good: string;
let userId: string;
beforeAll(async () => {
  stage = await setUpStage();
  userId = await stage.lab.person('Olga');
  good = (await stage.token(userId)).secret;
  await stage.app.listen({ port: 0, host: '127.0.0.1' });
});
afterAll(() => stage.close());

const query = '{ viewer { id } moduleTypes { __typename } }';

const challenge = 'Bearer error="invalid_token"';

function expectRefused(answer: LightMyRequestResponse, sent: string): void {
  expect(answer.statusCode).toBe(401);
  expect(answer.headers['www-authenticate']).toBe(challenge);
  expect(answer.headers['cache-control']).toBe('no-cache');
  const body = answer.json<Answer>();
  expect(body).toEqual({
    errors: [{ message: expect.any(String) as string, extensions: { code: 'UNAUTHENTICATED' } }],
  });
  expect(answer.body + stage.log()).not.toContain(sent);
}

const swapped = (text: string, place: number): string =>
  text.slice(0, place) + (text[place] === 'x' ? 'y' : 'x') + text.slice(place + 1);

async function changed(set: string): Promise<string> {
  const { id, secret } = await stage.token(userId);
  await stage.database.dataSource.query(`UPDATE "access_token" SET ${set} WHERE "id" = $1`, [id]);
  return secret;
}

const cases: [name: string, make: () => string | Promise<string>][] = [
  ['another prefix', () => `Bearer ${good.replace('stemgraph_', 'stemgrape_')}`],
  ['no prefix', () => `Bearer ${good.replace('stemgraph_', '')}`],
  ['a typo in the secret', () => `Bearer ${swapped(good, 20)}`],
  ['a typo in the checksum', () => `Bearer ${swapped(good, good.length - 1)}`],
  ['other capitals', () => `Bearer ${good.toUpperCase()}`],
  ['a cut token', () => `Bearer ${good.slice(0, -1)}`],
  ['a well-formed token that nobody was given', () => `Bearer ${newToken()}`],
  ['an expired token', async () => `Bearer ${await changed(`"expires_at" = now()`)}`],
  ['a revoked token', async () => `Bearer ${await changed(`"revoked_at" = now()`)}`],
  [
    'the token of a deleted user',
    async () => {
      const gone = await stage.lab.person('Gone');
      const { secret } = await stage.token(gone);
      await stage.database.dataSource.query(`DELETE FROM "user" WHERE "id" = $1`, [gone]);
      return `Bearer ${secret}`;
    },
  ],
  ['a password', () => `Basic ${Buffer.from(`olga:${good}`).toString('base64')}`],
  ['the token without a scheme', () => good],
  ['the scheme without a token', () => 'Bearer'],
  ['two tokens in one header', () => `Bearer ${good}, Bearer ${good}`],
  ['text after the token', () => `Bearer ${good} x`],
  ['the hash that is stored', async () => `Bearer ${await storedHash()}`],
  ['10 kB', () => `Bearer stemgraph_${'a'.repeat(10_000)}`],
];

async function storedHash(): Promise<string> {
  const [row] = await stage.database.dataSource.query<{ hash: string }[]>(
    `SELECT "hash" FROM "access_token" WHERE "user_id" = $1 LIMIT 1`,
    [userId],
  );
  return row!.hash;
}

test.each(cases)('%s', async (_name, make) => {
  const header = await make();
  const before = stage.statements.length;
  expectRefused(await stage.send(header, query), header.length > 10 ? header.slice(7) : `"${header}"`);
  expect(stage.statements).toHaveLength(before);
});

test.each([[20], [55]])('a typo at place %i is told apart from an unknown token', async (place) => {
  const message = async (token: string): Promise<string> =>
    (await stage.send(`Bearer ${token}`, query)).json<Answer>().errors![0]!.message;
  expect(await message(swapped(good, place))).toContain('not a whole Stemgraph token');
  expect(await message(newToken())).toContain('unknown, expired or revoked');
});

test('an empty header', async () => {
  const answer = await stage.send('', query);
  expect([answer.statusCode, answer.headers['www-authenticate']]).toEqual([401, challenge]);
});

test.each([
  ['the same token twice', () => [`Bearer ${good}`, `Bearer ${good}`]],
  ['a good one before a bad one', () => [`Bearer ${good}`, 'Basic x']],
  ['a good one before an empty one', () => [`Bearer ${good}`, '']],
])('two headers: %s', async (_name, headers) => {
  expect(await overTheWire(headers())).toEqual({ status: 401, challenge });
});

test('the refusal is by the header, not by the way there: one header over the wire is let in', async () => {
  expect(await overTheWire([`Bearer ${good}`])).toEqual({ status: 200, challenge: undefined });
});

/** Through a socket, because only there are two headers two. */
function overTheWire(authorization: string[]): Promise<{ status: number | undefined; challenge: string | undefined }> {
  const { port } = stage.app.server.address() as AddressInfo;
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', authorization: authorization as never };
    const sent = request({ port, host: '127.0.0.1', path: '/graphql', method: 'POST', headers }, (answer) => {
      answer.resume();
      resolve({ status: answer.statusCode, challenge: answer.headers['www-authenticate'] });
    });
    sent.on('error', reject);
    sent.end(JSON.stringify({ query }));
  });
}

test('a refused mutation changes nothing, and a refused GET reads nothing', async () => {
  const project = await stage.lab.add('Project', { name: 'Sleep' });
  const olga = await stage.lab.person('Olga', 'OWNER', [project]);
  const { id, secret } = await stage.token(olga);
  await stage.database.dataSource.query(`UPDATE "access_token" SET "revoked_at" = now() WHERE "id" = $1`, [id]);
  expectRefused(
    await stage.send(`Bearer ${secret}`, `mutation { publishProject(id: "${project}", confirm: true) { changed } }`),
    secret,
  );
  const [row] = await stage.database.dataSource.query<{ isPublic: boolean }[]>(
    `SELECT "is_public" AS "isPublic" FROM "project" WHERE "id" = $1`,
    [project],
  );
  expect(row).toEqual({ isPublic: false });
  const read = await stage.app.inject({
    url: `/graphql?query=${encodeURIComponent(query)}`,
    headers: { authorization: `Bearer ${secret}` },
  });
  expectRefused(read, secret);
});

test('the refusal comes before anything else: also for a body that is no JSON', async () => {
  const answer = await stage.app.inject({
    method: 'POST',
    url: '/graphql',
    headers: { 'content-type': 'application/json', authorization: 'Bearer x' },
    payload: '{',
  });
  expect(answer.statusCode).toBe(401);
});

test('a script in a browser can read the refusal', async () => {
  const answer = await stage.app.inject({
    method: 'POST',
    url: '/graphql',
    headers: { 'content-type': 'application/json', authorization: 'Bearer x', origin: 'https://example.org' },
    payload: JSON.stringify({ query }),
  });
  expect([answer.statusCode, answer.headers['access-control-allow-origin']]).toEqual([401, '*']);
});

test('a database that fails is an error of the server, never an anonymous answer', async () => {
  const { dataSource } = stage.database;
  await dataSource.query(`ALTER TABLE "access_token" RENAME TO "elsewhere"`);
  try {
    const answer = await stage.send(`Bearer ${good}`, query);
    expect(answer.statusCode).toBe(500);
    expect(answer.json<Answer>().errors![0]!.extensions.code).toBe('INTERNAL_SERVER_ERROR');
    expect(answer.body).not.toContain('access_token');
  } finally {
    await dataSource.query(`ALTER TABLE "elsewhere" RENAME TO "access_token"`);
  }
});
