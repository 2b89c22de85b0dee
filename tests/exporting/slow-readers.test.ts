import { readdirSync } from 'node:fs';
import { get, type ClientRequest, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { setTimeout } from 'node:timers/promises';
import { setUpStage, type Stage } from '../tokens/stage';

let stage: Stage;
let address: string;
beforeAll(async () => {
  stage = await setUpStage();
  await stage.app.listen({ port: 0, host: '127.0.0.1' });
  const { lab, app } = stage;
  const published = new Date();
  const project = await lab.add('Project', {
    name: 'Large',
    isPublic: true,
    publishedAt: published,
    firstPublishedAt: published,
  });
  for (let made = 0; made < 100; made += 1) {
    const session = await lab.add('Session', { name: `Night ${made}`, description: 'x'.repeat(100_000) });
    await lab.link('project_session', { project_id: project, session_id: session });
  }
  address = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}/export/projects/${project}.ndjson`;
});
afterAll(() => stage.close());

const temporaryFiles = (): string[] => readdirSync(tmpdir()).filter((name) => name.startsWith('stemgraph-export-'));

/** Asks for an export and takes nothing of it but the head. */
function startReading(): Promise<{ request: ClientRequest; answer: IncomingMessage }> {
  return new Promise((resolve, reject) => {
    const request = get(address, (answer) => resolve({ request, answer: answer.pause() }));
    request.on('error', reject);
  });
}

async function readWhole(): Promise<number> {
  const response = await fetch(address);
  expect(response.status).toBe(200);
  return (await response.text()).length;
}

test('clients that take nothing of their exports keep nobody from theirs, and leave no file behind', async () => {
  const before = temporaryFiles();
  const idle = await Promise.all(Array.from({ length: 8 }, startReading));
  expect(await readWhole()).toBeGreaterThan(10_000_000);
  for (const { request } of idle) request.on('error', () => undefined).destroy();
  for (let tries = 0; temporaryFiles().length > before.length && tries < 100; tries += 1) await setTimeout(50);
  expect(temporaryFiles()).toEqual(before);
});
