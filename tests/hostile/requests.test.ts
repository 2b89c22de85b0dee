import { connect } from 'node:net';
import { clientAt } from '../../src/shares/addresses';
import { sendRaw } from '../http/wire';
import { gatherCrowd, tally, type Crowd } from './crowd';

const held = '{ inventories { totalCount } }';
const quick = '{ projects { totalCount } }';

let crowd: Crowd;
beforeAll(async () => {
  crowd = await gatherCrowd({ requests: { perClient: 4, forAll: 6 } });
});
afterAll(() => crowd.close());

test.each<[string, string, string]>([
  ['192.0.2.1', '::ffff:192.0.2.1', '192.0.2.2'],
  ['2001:db8:1:2::1', '2001:db8:1:2:ffff:ffff:ffff:ffff', '2001:db8:1:3::1'],
])('%s and %s are one client, %s is another', (one, same, other) => {
  expect(clientAt(one)).toBe(clientAt(same));
  expect(clientAt(one)).not.toBe(clientAt(other));
});

test('a client has so many requests under way, whichever of their tokens they send; another one is answered', async () => {
  const [mara, lena] = [await crowd.lab.person('Mara'), await crowd.lab.person('Lena')];
  const tokens = [await crowd.token(mara), await crowd.token(mara)];
  const hers = await crowd.token(lena);
  await crowd.whileLocked('inventory', async () => {
    const sent = Array.from({ length: 4 }, (_, index) => crowd.ask('192.0.2.1', held, tokens[index % 2]));
    await crowd.until(async () => (await crowd.blocked()) === 4);
    const fifth = await crowd.ask('192.0.2.2', quick, tokens[0]);
    expect([fifth.status, fifth.code, fifth.retryAfter]).toEqual([503, 'OVERLOADED', '1']);
    expect(fifth.took).toBeLessThan(900);
    expect((await crowd.ask('192.0.2.1', quick, hers)).status).toBe(200);
    expect((await crowd.ask('192.0.2.1', quick)).status).toBe(200);
    void sent;
  });
});

test('all clients together have so many, and whoever watches the server is still answered, though not without end', async () => {
  await crowd.whileLocked('inventory', async () => {
    const sent = Array.from({ length: 6 }, (_, index) => crowd.ask(`192.0.2.${index}`, held));
    await crowd.until(async () => (await crowd.blocked()) === 6);
    for (const path of ['/graphiql', '/', '/graphql?query=%7B__typename%7D'])
      expect([path, (await crowd.get('192.0.2.9', path)).status]).toEqual([path, 503]);
    const preflight = { method: 'OPTIONS', headers: { origin: 'https://a.example' } };
    expect((await crowd.get('192.0.2.9', '/graphql', preflight)).status).toBe(503);
    for (const path of ['/health/live', '/health/ready'])
      expect([path, (await crowd.get('192.0.2.9', path)).status]).toEqual([path, 200]);
    void sent;
  });
  await crowd.whileLocked('migration', async () => {
    const probes = Array.from({ length: 10 }, () => crowd.get('192.0.2.9', '/health/ready'));
    expect(tally(await Promise.all(probes))).toEqual({ '503': 4, '503 OVERLOADED': 6 });
  });
});

describe('several requests on one connection', () => {
  const one = `GET /graphql?query=${encodeURIComponent(held)} HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: 192.0.2.1\r\n`;
  const twenty = `${`${one}\r\n`.repeat(19)}${one}Connection: close\r\n\r\n`;

  test('count as several', async () => {
    const answers = await crowd.whileLocked('inventory', async () => {
      const all = sendRaw(crowd.app, twenty);
      await crowd.until(async () => (await crowd.blocked()) === 4);
      return { all };
    });
    const statuses = (await answers.all).match(/^HTTP\/1\.1 \d+/gm)!.sort();
    expect(statuses).toEqual([...Array<string>(4).fill('HTTP/1.1 200'), ...Array<string>(16).fill('HTTP/1.1 503')]);
  });

  test('count no longer once it is closed', async () => {
    await crowd.whileLocked('inventory', async () => {
      const socket = connect(crowd.port, '127.0.0.1', () => socket.write(twenty));
      await crowd.until(async () => (await crowd.blocked()) === 4);
      expect((await crowd.ask('192.0.2.1', quick)).status).toBe(503);
      socket.destroy();
      await crowd.until(async () => (await crowd.blocked()) === 0);
      expect((await crowd.ask('192.0.2.1', quick)).status).toBe(200);
    });
  });
});
