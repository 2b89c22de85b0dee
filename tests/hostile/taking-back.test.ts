import { request, type ClientRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { availableParallelism, loadavg } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Posted } from '../importing/stage';
import { asLines } from '../importing/whole-tree';
import { long } from '../world/effort';
import { ask, openTwoServers, other, scene, stage, type Scene } from './two-servers';

const epochs = long ? 150_000 : 12_000;

/** In milliseconds; on a machine with other work everything takes longer. */
const bound = (): number => 1000 * Math.max(1, loadavg()[0]! / availableParallelism());

jest.setTimeout(long ? 900_000 : 120_000);

openTwoServers();

/** The project with as many epochs as are wanted in a new session, and one in the session that was there. */
function* tree({ project, session }: Scene, change: object = {}): Generator<object> {
  yield { type: 'Project', key: project };
  yield { type: 'Session', key: session, ...change };
  yield { type: 'Epoch', key: 'first', session, name: 'First', start: 0, end: 1 };
  yield { type: 'Session', key: 'new', name: 'New' };
  for (let start = 0; start < epochs; start += 1)
    yield { type: 'Epoch', key: `e${start}`, session: 'new', name: 'Epoch', start, end: start + 1 };
}

/** The connection that imports runs a statement like this. */
async function imports(statement: RegExp): Promise<void> {
  for (;;) {
    const rows = await other.dataSource.query<{ query: string }[]>(
      `SELECT "query" FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND "state" <> 'idle'`,
    );
    if (rows.some(({ query }) => statement.test(query))) return;
    await sleep(5);
  }
}

const storing = /INSERT INTO "epoch"/;
const anything = /"import_entry"/;

const stored = async ({ project }: Scene): Promise<number> => {
  const [{ count }] = await other.dataSource.query<[{ count: number }]>(
    `SELECT count(*)::int AS "count" FROM "imported_object" WHERE "project_id" = $1`,
    [project],
  );
  return count;
};

const revoke = ({ project }: Scene): string => `mutation { revokeProject(id: "${project}") { isPublic } }`;
const publish = ({ project }: Scene): string =>
  `mutation { publishProject(id: "${project}", confirm: true) { isPublic } }`;
const unlink = ({ session, project }: Scene): string =>
  `mutation { unlinkSession(id: "${session}", projectId: "${project}") { changed } }`;
const unlinkSubject = ({ subject, project }: Scene): string =>
  `mutation { unlinkSubject(id: "${subject}", projectId: "${project}") { changed } }`;
const linkSubject = ({ subject, project }: Scene): string =>
  `mutation { linkSubject(id: "${subject}", projectId: "${project}", confirm: true) { changed } }`;
const removeMember = (id: string): string => `mutation { removeMember(membershipId: "${id}") { changed } }`;
const lower = (id: string): string => `mutation { changeMemberRole(membershipId: "${id}", role: MEMBER) { changed } }`;
const endToken = (id: string): string => `mutation { revokeAccessToken(id: "${id}") { changed } }`;

/** Takes back and gives again whatever can be, once; tells how long the slowest answer took, and one that waits for nothing. */
async function takeBack(at: Scene): Promise<{ slowest: number; plain: number }> {
  const guest = await stage.lab.person('Gwen');
  const role = { projectId: at.project, userId: guest, role: 'CONTRIBUTOR', acceptedAt: new Date() };
  const membership = await stage.lab.add('Membership', role);
  const spare = await stage.token(guest);
  const plain = await ask(at.owner, `{ node(id: "${at.project}") { id } }`);
  const answers = [
    await ask(at.owner, revoke(at)),
    await ask(at.owner, unlinkSubject(at)),
    await ask(at.owner, lower(membership)),
    await ask(at.owner, removeMember(membership)),
    await ask(spare.secret, endToken(spare.id)),
  ];
  for (const { errors } of answers) expect(errors).toBeUndefined();
  await ask(at.owner, linkSubject(at));
  await ask(at.owner, publish(at));
  return { slowest: Math.max(...answers.map(({ took }) => took)), plain: plain.took };
}

/** The same, again and again as long as something runs. */
async function takeBackMeanwhile(
  at: Scene,
  running: Promise<Posted>,
): Promise<{ slowest: number; plain: number; rounds: number }> {
  let ended = false;
  void running.finally(() => (ended = true));
  const rounds: Awaited<ReturnType<typeof takeBack>>[] = [];
  while (!ended) rounds.push(await takeBack(at));
  const most = (times: number[]): number => Math.max(...times);
  return {
    rounds: rounds.length,
    slowest: most(rounds.map(({ slowest }) => slowest)),
    plain: most(rounds.map(({ plain }) => plain)),
  };
}

test.each([
  ['a dry run', '?dryRun=true'],
  ['an import', ''],
])(
  `while %s of ${epochs} epochs runs, its owner takes back whatever they like within a second`,
  async (what, query) => {
    const at = await scene();
    await takeBack(at);
    const running = stage.post(at.contributor.token, asLines([...tree(at)]), query);
    const { slowest, plain, rounds } = await takeBackMeanwhile(at, running);
    console.info(`${what}: ${rounds} rounds, the slowest answer after ${slowest} ms, a plain one after ${plain} ms`);
    expect(rounds).toBeGreaterThan(1);
    expect(slowest).toBeLessThan(bound());
    // Neither was in the way of the other.
    expect((await running).status).toBe(200);
    expect(await stored(at)).toBe(query === '' ? epochs + 2 : 0);
  },
);

test('a dry run holds no lock but on its own stage', async () => {
  const at = await scene();
  const running = stage.post(at.contributor.token, asLines([...tree(at, { name: 'Night 1' })]), '?dryRun=true');
  let ended = false;
  void running.finally(() => (ended = true));
  const modes = new Set<string>();
  while (!ended) {
    const rows = await other.dataSource.query<{ lock: string }[]>(
      `SELECT DISTINCT concat_ws(' ', l.locktype, l.mode, c.relname) AS "lock" FROM pg_locks l LEFT JOIN pg_class c ON c.oid = l.relation
       WHERE l.pid IN (SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND "query" LIKE '%import_entry%' AND pid <> pg_backend_pid() AND "state" <> 'idle')
         AND (l.locktype = 'advisory' OR (l.locktype = 'relation' AND l.mode <> 'AccessShareLock' AND c.relpersistence <> 't' AND c.relnamespace = 'public'::regnamespace))`,
    );
    for (const { lock } of rows) modes.add(lock);
    await sleep(5);
  }
  expect((await running).outcome).toMatchObject({ updated: 1, created: epochs + 2 });
  expect([...modes]).toEqual([]);
});

test.each<[string, RegExp, (at: Scene) => [token: string, query: string], number[]]>([
  ['they are removed', storing, (at) => [at.owner, removeMember(at.contributor.membership)], [404]],
  ['their role is lowered', storing, (at) => [at.owner, lower(at.contributor.membership)], [403]],
  ['their token is revoked', storing, (at) => [at.contributor.token, endToken(at.contributor.tokenId)], [401]],
  ['their token is revoked early', anything, (at) => [at.contributor.token, endToken(at.contributor.tokenId)], [401]],
  ['the session leaves the project', storing, (at) => [at.owner, unlink(at)], [409]],
])('an import stores nothing where %s meanwhile', async (_what, moment, takeBack, statuses) => {
  const at = await scene();
  const running = stage.post(at.contributor.token, asLines([...tree(at)]));
  await imports(moment);
  const { errors, took } = await ask(...takeBack(at));
  expect(errors).toBeUndefined();
  expect(took).toBeLessThan(bound());
  expect(statuses).toContain((await running).status);
  expect(await stored(at)).toBe(0);
});

test('an import that has changed a session gives way to whoever takes the session out of the project', async () => {
  const at = await scene();
  const running = stage.post(at.contributor.token, asLines([...tree(at, { name: 'Night 1' })]));
  await imports(storing);
  const { errors, took } = await ask(at.owner, unlink(at));
  expect(errors).toBeUndefined();
  expect(took).toBeLessThan(bound());
  const { status, errors: refusals } = await running;
  expect([status, refusals?.[0]?.message]).toEqual([409, 'Somebody changed the same objects meanwhile: import again.']);
  expect(await stored(at)).toBe(0);
});

test('an owner who is one no longer does not change what only owners change', async () => {
  const at = await scene('OWNER');
  const lines = [...tree(at)];
  lines[0] = { ...lines[0], name: 'Renamed' };
  const running = stage.post(at.contributor.token, asLines(lines));
  await imports(storing);
  const answer = await ask(
    at.owner,
    `mutation { changeMemberRole(membershipId: "${at.contributor.membership}", role: CONTRIBUTOR) { changed } }`,
  );
  expect(answer.errors).toBeUndefined();
  expect((await running).status).toBe(403);
  expect(await stored(at)).toBe(0);
});

test('writers who wait for what an import has changed are answered, and so is the import', async () => {
  const at = await scene('OWNER');
  const lines = [...tree(at, { name: 'Night 1' })];
  lines[0] = { ...lines[0], name: 'Renamed' };
  const running = stage.post(at.contributor.token, asLines(lines));
  await imports(storing);
  // It holds the project and waits for the session, while the import holds the session and wants the project.
  const written = await ask(
    at.owner,
    `mutation { updateSession(id: "${at.session}", input: { description: "Quiet." }) { object: session { name description } } }`,
  );
  expect(written.errors).toBeUndefined();
  expect((written.data!['updateSession'] as { object: object }).object).toEqual({
    name: 'Night 1',
    description: 'Quiet.',
  });
  expect((await running).status).toBe(200);
});

test('a token that is revoked while a tree is being sent writes nothing', async () => {
  const at = await scene();
  const { port } = stage.app.server.address() as AddressInfo;
  const answered = new Promise<number>((resolve, reject) => {
    const sending: ClientRequest = request(
      {
        port,
        path: '/import',
        method: 'POST',
        headers: { 'content-type': 'application/x-ndjson', authorization: `Bearer ${at.contributor.token}` },
      },
      (response) => {
        response.resume();
        resolve(response.statusCode!);
      },
    );
    sending.on('error', reject);
    sending.write(`{"type": "Project", "key": "${at.project}"}\n`);
    void (async () => {
      await sleep(50);
      expect((await ask(at.contributor.token, endToken(at.contributor.tokenId))).errors).toBeUndefined();
      sending.end('{"type": "Session", "key": "s", "name": "Smuggled"}\n');
    })();
  });
  expect(await answered).toBe(401);
  expect(await stored(at)).toBe(0);
});
