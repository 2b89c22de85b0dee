import { connect, type Socket } from 'node:net';
import { defaultShares } from '../../src/shares/settings';
import { gatherCrowd, type Crowd } from './crowd';

let crowd: Crowd;
let large: string;
beforeAll(async () => {
  crowd = await gatherCrowd({
    trustProxy: [],
    transfers: { grace: 1, rate: 16, longest: 2 },
    sockets: { perClient: 4, forAll: 20 },
    answers: { ...defaultShares.answers, perClient: 25_000_000 },
  });
  const project = await crowd.lab.add('Project', {
    name: 'Large',
    description: 'x'.repeat(100_000),
    isPublic: true,
    publishedAt: new Date(),
    firstPublishedAt: new Date(),
  });
  large = `{ project(id: "${project}") { ${Array.from({ length: 120 }, (_, i) => `d${i}: description`).join(' ')} } }`;
});
afterAll(() => crowd.close());

/** Opens a connection, sends something, and says what came back until it was closed, and after how long. */
function exchange(
  text: string,
  more: (socket: Socket) => void = () => undefined,
): Promise<{ answer: string; took: number }> {
  const began = performance.now();
  return new Promise((resolve) => {
    const socket = connect(crowd.port, '127.0.0.1', () => socket.write(text));
    let answer = '';
    socket.on('data', (chunk: Buffer) => (answer += chunk.toString('latin1')));
    socket.on('error', () => undefined);
    socket.on('close', () => resolve({ answer, took: performance.now() - began }));
    more(socket);
  });
}

test('a tree of which a byte comes now and then is given up, however long it goes on', async () => {
  const token = await crowd.token(await crowd.lab.person('Lena'));
  const head = `POST /import HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${token}\r\nContent-Type: application/x-ndjson\r\nContent-Length: 1000000\r\n\r\n`;
  const { answer, took } = await exchange(head, (socket) => {
    const drip = setInterval(() => socket.write('x'), 100);
    socket.on('close', () => clearInterval(drip));
  });
  expect(answer).toMatch(/^HTTP\/1\.1 408 /);
  expect(took).toBeGreaterThan(900);
});

test('whoever is refused sees why, and cannot go on sending for ever', async () => {
  const head =
    'POST /import HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-ndjson\r\nContent-Length: 1000000000\r\n\r\n';
  const { answer } = await exchange(head, (socket) => {
    const flow = setInterval(() => socket.write('x'.repeat(10_000)), 20);
    socket.on('close', () => clearInterval(flow));
  });
  expect(answer).toMatch(/^HTTP\/1\.1 401 /);
});

test('so is a query', async () => {
  const { answer } = await exchange(
    'POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{"query":',
  );
  expect(answer).toMatch(/^HTTP\/1\.1 408 /);
});

test('an answer that its client does not take is given up, and others are answered meanwhile', async () => {
  const { took, answer } = await exchange(
    `GET /graphql?query=${encodeURIComponent(large)} HTTP/1.1\r\nHost: x\r\n\r\n`,
    (socket) => {
      socket.pause();
      setTimeout(() => socket.resume(), 6000).unref();
    },
  );
  expect(took).toBeGreaterThan(1900);
  expect(answer.length).toBeLessThan(12_000_000);
}, 20_000);

test('the answers that a client has not taken are bounded, also on one connection', async () => {
  const one = `GET /graphql?query=${encodeURIComponent(large)} HTTP/1.1\r\nHost: x\r\n`;
  const { answer } = await exchange(`${`${one}\r\n`.repeat(9)}${one}Connection: close\r\n\r\n`, (socket) => {
    socket.pause();
    setTimeout(() => socket.resume(), 1500);
  });
  const statuses = answer.match(/HTTP\/1\.1 \d{3}/g) ?? [];
  expect(statuses.filter((status) => status.endsWith('200')).length).toBeLessThanOrEqual(3);
}, 20_000);

test('one address has so many connections', async () => {
  const sockets = Array.from({ length: 8 }, () => connect(crowd.port, '127.0.0.1').on('error', () => undefined));
  let closed = 0;
  for (const socket of sockets) socket.on('close', () => (closed += 1));
  await crowd.until(() => closed >= 4);
  for (const socket of sockets) socket.destroy();
});
