import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StartupError } from '../../src/database/startup-error';
import { writeDemoTokens, type DemoCast, type DemoRole, type DemoToken } from '../../src/people/tokens/demo-tokens';
import { setUpStage, type Stage } from './stage';

let stage: Stage;
let dataDir: string;
let cast: DemoCast;
let project: string;
beforeAll(async () => {
  stage = await setUpStage();
});
afterAll(() => stage.close());
beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'stemgraph-demo-tokens-'));
  project = await stage.lab.add('Project', { name: 'Sleep' });
  cast = {
    owner: { id: await stage.lab.person('Olga', 'OWNER', [project]) },
    contributor: { id: await stage.lab.person('Cleo', 'CONTRIBUTOR', [project]) },
    member: { id: await stage.lab.person('Mia', 'MEMBER', [project]) },
    stranger: { id: await stage.lab.person('Sam') },
  };
});
afterEach(() => rmSync(dataDir, { recursive: true }));

const file = (): string => join(dataDir, 'demo-tokens.json');
const write = (): Promise<string[]> => writeDemoTokens(stage.database.dataSource, dataDir, cast);
const read = (): Record<DemoRole, DemoToken> => JSON.parse(readFileSync(file(), 'utf8')) as Record<DemoRole, DemoToken>;
const mode = (): number => statSync(file()).mode & 0o777;
const live = async (role: DemoRole): Promise<number> => {
  const [row] = await stage.database.dataSource.query<[{ count: number }]>(
    `SELECT count(*)::int AS "count" FROM "access_token" WHERE "user_id" = $1 AND "revoked_at" IS NULL`,
    [cast[role].id],
  );
  return row.count;
};

test('each part has a token that works as its user, in a file of its owner alone', async () => {
  const lines = await write();
  expect(mode()).toBe(0o600);
  expect(readdirSync(dataDir)).toEqual(['demo-tokens.json']);
  const tokens = read();
  expect(Object.keys(tokens)).toEqual(['owner', 'contributor', 'member', 'stranger']);
  expect(tokens.owner).toEqual({
    token: expect.stringMatching(/^stemgraph_/) as string,
    user: cast.owner.id,
    name: 'Olga',
    projects: [project],
  });
  expect([tokens.contributor.projects, tokens.member.projects, tokens.stranger.projects]).toEqual([
    [project],
    [project],
    [],
  ]);
  const roles: Record<string, unknown> = {};
  for (const [role, { token }] of Object.entries(tokens))
    roles[role] = (await stage.ask(token, `{ project(id: "${project}") { viewerRole } }`)).data!['project'];
  expect(roles).toEqual({
    owner: { viewerRole: 'OWNER' },
    contributor: { viewerRole: 'CONTRIBUTOR' },
    member: { viewerRole: 'MEMBER' },
    stranger: null,
  });
  expect(lines[0]).toBe(`Demo tokens (for the demo only; ${file()} holds them):`);
  expect(lines[1]).toContain(`owner        ${tokens.owner.token}  Olga owns “Sleep”`);
  expect(lines[4]).toContain('Sam has an account and no role');
});

test('a later start keeps what works, and closes a file that was opened to others', async () => {
  const lines = await write();
  const before = readFileSync(file(), 'utf8');
  chmodSync(file(), 0o644);
  expect(await write()).toEqual(lines);
  expect(readFileSync(file(), 'utf8')).toBe(before);
  expect(mode()).toBe(0o600);
  expect(await live('owner')).toBe(1);
});

test.each([
  ['revoked', `"revoked_at" = now()`],
  ['expired', `"expires_at" = now()`],
  ['weaker', `"scopes" = '{READ}'`],
])('one that is %s is renewed, the others are kept', async (_name, change) => {
  await write();
  const before = read();
  await stage.database.dataSource.query(`UPDATE "access_token" SET ${change} WHERE "user_id" = $1`, [cast.member.id]);
  await write();
  const after = read();
  expect(after.member.token).not.toBe(before.member.token);
  expect((await stage.send(`Bearer ${after.member.token}`, '{ viewer { id } }')).statusCode).toBe(200);
  expect({ ...after, member: null }).toEqual({ ...before, member: null });
  expect(await live('member')).toBe(1);
});

test.each([
  ['gone', () => rmSync(file())],
  ['cut', () => writeFileSync(file(), '{"owner": {"tok')],
  ['something else', () => writeFileSync(file(), '[null, 3]')],
  ['of another user', () => writeFileSync(file(), JSON.stringify({ owner: read().stranger }))],
])('a file that is %s is written anew, and the tokens that were lost with it end', async (_name, spoil) => {
  await write();
  const lost = read().owner.token;
  spoil();
  await write();
  const { token, user } = read().owner;
  expect((await stage.send(`Bearer ${lost}`, '{ viewer { id } }')).statusCode).toBe(401);
  expect((await stage.ask(token, '{ viewer { id } }')).data).toEqual({ viewer: { id: user } });
  expect(await live('owner')).toBe(1);
});

test('what a token has made that is renewed ends with it', async () => {
  await write();
  const lost = read().owner.token;
  const make = 'mutation { createAccessToken(input: { name: "By it", scopes: [READ], lifetimeDays: 7 }) { token } }';
  const { data } = await stage.ask(lost, make);
  const { token } = data!['createAccessToken'] as { token: string };
  expect((await stage.send(`Bearer ${token}`, '{ viewer { id } }')).statusCode).toBe(200);
  rmSync(file());
  await write();
  expect((await stage.send(`Bearer ${token}`, '{ viewer { id } }')).statusCode).toBe(401);
  expect(await live('owner')).toBe(1);
});

test('a user who was deleted is left out', async () => {
  await write();
  await stage.database.dataSource.query(`DELETE FROM "user" WHERE "id" = $1`, [cast.stranger.id]);
  expect(await write()).toHaveLength(4);
  expect(Object.keys(read())).toEqual(['owner', 'contributor', 'member']);
});

test('a database that is no demo gets no tokens and no file', async () => {
  const nobody = { id: cast.stranger.id.replace(/^.{4}/, '0000') };
  cast = { owner: nobody, contributor: nobody, member: nobody, stranger: nobody };
  expect(await write()).toEqual([]);
  expect(readdirSync(dataDir)).toEqual([]);
});

test('where the file cannot be written there is one line, and no token', async () => {
  mkdirSync(file());
  await expect(write()).rejects.toThrow(StartupError);
  expect(await live('owner')).toBe(0);
  expect(readdirSync(dataDir)).toEqual(['demo-tokens.json']);
});

test('two starts at the same time agree', async () => {
  await Promise.all([write(), write()]);
  expect((await stage.send(`Bearer ${read().owner.token}`, '{ viewer { id } }')).statusCode).toBe(200);
  expect(await live('owner')).toBe(1);
});
