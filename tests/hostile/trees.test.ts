import { readdirSync, readlinkSync } from 'node:fs';
import { get, type ClientRequest, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { setImmediate } from 'node:timers/promises';
import { gatherCrowd, tally, type Crowd } from './crowd';

const mebibyte = 1024 ** 2;
let crowd: Crowd;
let path: string;
let exported: string;
let token: string;

beforeAll(async () => {
  crowd = await gatherCrowd({
    files: { perClient: 4, forAll: 6 },
    fileBytes: { perClient: 64 * mebibyte, forAll: 70 * mebibyte },
    trees: { perClient: 1, waiting: 2, patience: 10 },
  });
  const { lab } = crowd;
  const published = { isPublic: true, publishedAt: new Date(), firstPublishedAt: new Date() };
  const project = await lab.add('Project', { name: 'Large', ...published });
  for (let made = 0; made < 100; made += 1) {
    const session = await lab.add('Session', { name: `Night ${made}`, description: 'x'.repeat(100_000) });
    await lab.link('project_session', { project_id: project, session_id: session });
  }
  path = `/export/projects/${project}.ndjson`;
  exported = `exportProject(id: "${project}")`;
  token = await crowd.token(await lab.person('Lena'));
});
afterAll(() => crowd.close());

/** Files without a name that this process has open, and any that have kept theirs. */
function temporaryFiles(): number {
  const open = readdirSync('/proc/self/fd').map((one) => {
    try {
      return readlinkSync(`/proc/self/fd/${one}`);
    } catch {
      return '';
    }
  });
  const named = readdirSync(tmpdir()).filter((name) => /^stemgraph-[0-9a-f]{8}-/.test(name));
  expect(named).toEqual([]);
  return open.filter((target) => target.includes('/stemgraph-') && target.endsWith('(deleted)')).length;
}

/** Asks for an export and takes nothing of it but the head. */
function startReading(from: string): Promise<{ request: ClientRequest; status: number | undefined }> {
  return new Promise((resolve, reject) => {
    const request = get(`${crowd.url}${path}`, { headers: { 'x-forwarded-for': from }, agent: false });
    request.on('response', (answer: IncomingMessage) => resolve({ request, status: answer.pause().statusCode }));
    request.on('error', reject);
  });
}

test('exports that nobody reads keep few files of one client; others take theirs, and nothing is left behind', async () => {
  const unread: Awaited<ReturnType<typeof startReading>>[] = [];
  for (let asked = 0; asked < 12; asked += 1) unread.push(await startReading('192.0.2.1'));
  expect(unread.map(({ status }) => status)).toEqual([...Array<number>(4).fill(200), ...Array<number>(8).fill(503)]);
  expect(temporaryFiles()).toBe(4);
  const other = await crowd.get('192.0.2.2', path);
  expect([other.status, other.body.length > 10_000_000]).toEqual([200, true]);
  for (const { request } of unread) request.on('error', () => undefined).destroy();
  await crowd.until(() => temporaryFiles() === 0);
  expect((await crowd.get('192.0.2.1', path)).status).toBe(200);
}, 60_000);

test('one client exports once at a time, and few wait: as a file, or as a field under many aliases', async () => {
  const aliases = Array.from({ length: 3 }, (_, index) => `a${index}: ${exported}`).join(' ');
  const sent = Array.from({ length: 10 }, (_, index) =>
    index % 2 === 0 ? crowd.get('192.0.2.1', path) : crowd.ask('192.0.2.1', `{ ${aliases} }`),
  );
  const read = await Promise.all([1, 2, 3].map(() => crowd.ask('192.0.2.2', '{ projects { totalCount } }')));
  expect(tally(read)).toEqual({ 200: 3 });
  const replies = await Promise.all(sent);
  const refused = replies.filter(({ code }) => code === 'OVERLOADED');
  expect(refused.length).toBeGreaterThanOrEqual(5);
  for (const { status, retryAfter } of refused) expect([status, retryAfter]).toEqual([503, '30']);
  expect(replies.filter(({ status }) => status === 200).length).toBeGreaterThanOrEqual(1);
}, 60_000);

test('an upload ends as soon as it is more than its client may have kept, with an answer', async () => {
  const line = `${JSON.stringify({ type: 'Session', key: 'k', description: 'x'.repeat(mebibyte) })}\n`;
  let pieces = 0;
  const body = new ReadableStream<Uint8Array>({
    pull: async (controller) => {
      await setImmediate(); // the server is in the same process
      if ((pieces += 1) > 100) controller.close();
      else controller.enqueue(new TextEncoder().encode(line));
    },
  });
  const init = { method: 'POST', body, duplex: 'half', token, headers: { 'content-type': 'application/x-ndjson' } };
  const reply = await crowd.get('192.0.2.3', '/import', init);
  expect(reply).toMatchObject({ status: 503, code: 'OVERLOADED', retryAfter: '30' });
  await crowd.until(() => temporaryFiles() === 0);
}, 60_000);
