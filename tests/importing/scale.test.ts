import { readFileSync } from 'node:fs';
import { newId } from '../../src/model/ids';
import { makeToken } from '../../src/people/tokens/token.service';
import type { ImportOutcome } from '../../src/tree/outcome';
import { createTestDatabase, type TestDatabase } from '../stage/database';
import { buildIfStale, start, type Run } from '../startup/program';
import { long } from '../world/effort';
import { asLines, wholeTree } from './whole-tree';

const sessions = long ? 5000 : 500;

let database: TestDatabase;
let server: Run;
let address: string;
let token: string;
beforeAll(async () => {
  buildIfStale();
  database = await createTestDatabase();
  const userId = newId('User');
  await database.dataSource.query(`INSERT INTO "user" ("id", "name") VALUES ($1, 'Lena')`, [userId]);
  const wanted = { name: 'Test', scopes: ['READ', 'WRITE'] as const, lifetime: 1 };
  token = (await makeToken(database.dataSource.manager, userId, wanted)).secret;
  server = start({ DATABASE_URL: database.url });
  [, address] = (await server.says(/(http:\/\/127\.0\.0\.1:\d+)/)) as unknown as [string, string];
});
afterAll(async () => {
  server.signalAll('SIGTERM');
  await server.ended;
  await database.drop();
});

/** The tree with that many sessions more, each with an epoch and five modules. */
function* largeTree(): Generator<object> {
  yield* wholeTree('large');
  const text = 'What happened in this session, told at some length. '.repeat(6);
  for (let number = 0; number < sessions; number += 1) {
    const session = `x${number}`;
    yield {
      type: 'Session',
      key: session,
      name: `Session ${number}`,
      description: text,
      subjects: ['m1'],
      dataStorages: ['nas'],
      extraFields: { number },
    };
    yield { type: 'Epoch', key: `${session}/e`, session, name: 'All', start: 0, end: 10 };
    yield {
      type: 'Behavior',
      key: `${session}/b`,
      session,
      epoch: `${session}/e`,
      subjects: ['m1'],
      setup: 'rig',
      behavioralParadigm: 'maze-task',
    };
    yield {
      type: 'Manipulation',
      key: `${session}/m`,
      session,
      moduleType: 'OptogeneticStimulation',
      equipment: ['rig/amp'],
    };
    for (let file = 0; file < 3; file += 1)
      yield {
        type: 'DataAcquisition',
        key: `${session}/d${file}`,
        session,
        moduleType: 'ExtracellularEphys',
        fileName: `${session}/${file}.nwb`,
        fileUrl: `https://example.org/${session}/${file}.nwb`,
        fileSizeBytes: 1e9,
        dataStorage: 'nas',
        equipment: ['rig/amp'],
        order: file,
      };
  }
}

/** The most memory that the server has held so far, in MB. */
const peakMemory = (): number =>
  Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${server.process.pid}/status`, 'utf8'))![1]) / 1024;

async function post(body = asLines([...largeTree()])): Promise<{ outcome: ImportOutcome; seconds: number }> {
  const begun = Date.now();
  const response = await fetch(`${address}/import`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-ndjson', authorization: `Bearer ${token}` },
    body,
  });
  const outcome = (await response.json()) as ImportOutcome;
  return { outcome, seconds: (Date.now() - begun) / 1000 };
}

test(`${sessions} sessions with their modules within 20 s, in less than 500 MB, while others are served`, async () => {
  let slowest = 0;
  let done = false;
  const others = (async (): Promise<void> => {
    while (!done) {
      const begun = Date.now();
      const query = encodeURIComponent('{ projects { totalCount } }');
      expect(
        (await fetch(`${address}/graphql?query=${query}`, { headers: { 'apollo-require-preflight': '1' } })).status,
      ).toBe(200);
      slowest = Math.max(slowest, Date.now() - begun);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  })();
  const first = await post();
  const again = await post();
  done = true;
  await others;
  const entries = wholeTree().length + 7 * sessions;
  expect(first.outcome).toMatchObject({ created: entries, updated: 0, faults: [] });
  expect(again.outcome).toMatchObject({ created: 0, updated: 0, unchanged: entries });
  console.info(
    `${sessions} sessions: stored in ${first.seconds} s, compared in ${again.seconds} s, ${peakMemory().toFixed()} MB, others waited ${slowest} ms at most`,
  );
  expect(first.seconds).toBeLessThan(20);
  expect(peakMemory()).toBeLessThan(500);
}, 120_000);

test('120 MB in lines that are as long as they may be take no more memory', async () => {
  const extraFields = Object.fromEntries(Array.from({ length: 10 }, (_, index) => [`f${index}`, 'x'.repeat(25_000)]));
  const long = Array.from({ length: 480 }, (_, index) => ({
    type: 'Session',
    key: `long ${index}`,
    name: 'Long',
    extraFields,
  }));
  const body = asLines([{ type: 'Project', key: 'long', name: 'Long' }, ...long]);
  const first = await post(body);
  const again = await post(body);
  expect(first.outcome).toMatchObject({ created: 481, faults: [] });
  expect(again.outcome).toMatchObject({ unchanged: 481, faults: [] });
  console.info(`${(body.length / 1e6).toFixed()} MB: stored in ${first.seconds} s, ${peakMemory().toFixed()} MB`);
  expect(peakMemory()).toBeLessThan(500);
}, 120_000);
