import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { projectFolder } from '../../../src/project-folder';
import { type Lab, openLab, projectIn } from '../lab';
import { fixture, folderOf, removeFolders } from '../reading';
import { id } from './warren';

let lab: Lab;
let brainstem: Server;
beforeAll(async () => {
  lab = await openLab();
  brainstem = createServer((request, response) => {
    const { status, body } = answerTo(new URL(request.url!, 'http://x'), request.headers.authorization);
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => void brainstem.listen(0, '127.0.0.1', resolve));
}, 120_000);
afterAll(async () => {
  brainstem.close();
  removeFolders();
  await lab.close();
});

interface Found {
  id: string;
}

/** One spelling for `data_acquisitions`, `data_acquisition` and the model `dataacquisition`. */
const kindOf = (name: string): string => name.replaceAll('_', '').replace(/ies$/, 'y').replace(/s$/, '');

/** What the lab has in BrainSTEM, by kind; of subjects more than a page holds. */
function stock(): Map<string, Found[]> {
  const found = new Map<string, Found[]>();
  const names = readdirSync(fixture('warren'), { recursive: true, encoding: 'utf8' });
  for (const name of names.filter((one) => one.endsWith('.json')).sort()) {
    const answer = JSON.parse(readFileSync(join(fixture('warren'), name), 'utf8')) as Record<string, Found | Found[]>;
    for (const [key, value] of Object.entries(answer).filter(([, one]) => typeof one === 'object' && one !== null))
      found.set(kindOf(key), [...(found.get(kindOf(key)) ?? []), ...[value].flat()]);
  }
  const more = Array.from({ length: 130 }, (_, at) => ({
    ...{ id: id(1000 + at), name: `More ${at}`, sex: 'F', projects: [id(1)], strain: id(40) },
  }));
  found.get('subject')!.push(...more);
  return found;
}
const records = stock();

/** Keys of lists are irregular. */
const listKeys: Record<string, string> = {
  ...{ dataacquisition: 'data_acquisitions', subjectlog: 'subject_logs', procedurelog: 'procedure_logs' },
  ...{ brainregion: 'brain_regions', inventory: 'inventories', behavioralcategory: 'behavioral_categories' },
  ...{ species: 'species', equipment: 'equipment', laboratory: 'laboratories' },
};

/** What BrainSTEM answers: a page of a list, of at most 100; to who has no token, that they need one. */
function answerTo(url: URL, authorization: string | undefined): { status: number; body: object } {
  if (authorization !== 'Bearer sesame') return { status: 401, body: { detail: 'Authentication failed.' } };
  const model = /^\/api\/private\/[a-z_]+\/([a-z]+)\/$/.exec(url.pathname)?.[1];
  if (model === undefined) return { status: 404, body: { detail: 'Not found.' } };
  const all = records.get(kindOf(model)) ?? [];
  const limit = Math.min(Number(url.searchParams.get('limit') ?? 20), 100);
  const offset = Number(url.searchParams.get('offset') ?? 0);
  const isLast = offset + limit >= all.length;
  const next = isLast ? null : `https://www.brainstem.org${url.pathname}?limit=${limit}&offset=${offset + limit}`;
  const key = listKeys[model] ?? `${model}s`;
  return { status: 200, body: { count: all.length, next, [key]: all.slice(offset, offset + limit) } };
}

/** The lines of the README that save an export, with this server in the place of BrainSTEM, and those that import it. */
function linesOfReadme(): { save: string; imports: string[] } {
  const readme = readFileSync(join(projectFolder, 'README.md'), 'utf8');
  const block = /### From BrainSTEM[^]*?```sh\n([^]*?)```/.exec(readme)![1]!;
  const lines = block.trimEnd().split('\n');
  const { port } = brainstem.address() as AddressInfo;
  const save = lines.filter((line) => !line.startsWith('npx stemgraph')).join('\n');
  return {
    save: save.replaceAll('https://www.brainstem.org', `http://127.0.0.1:${port}`),
    imports: lines.filter((line) => line.startsWith('npx stemgraph')),
  };
}

const bash = (script: string, cwd: string, token: string): Promise<string> =>
  new Promise((resolve) => {
    const env = { PATH: process.env['PATH'], BRAINSTEM_TOKEN: token };
    execFile('bash', ['--norc', '-c', script], { cwd, env }, (error, out, err) =>
      resolve(`${error?.message ?? ''}${out}${err}`),
    );
  });

test('the lines of the README save every page of every list, and what they save is imported', async () => {
  const folder = folderOf({});
  const { save, imports } = linesOfReadme();
  expect(save).toContain('http://127.0.0.1:');
  expect(await bash(save, folder, 'sesame')).toBe('');
  expect(readdirSync(join(folder, 'export'))).toEqual(expect.arrayContaining(['subject-0.json', 'subject-100.json']));
  expect(imports).toEqual(['npx stemgraph import brainstem export --of "My project" --dry-run']);
  const end = await lab.import(['brainstem', join(folder, 'export'), '--of', 'Warren light']);
  expect([end.code, end.err]).toEqual([0, '']);
  const stored = await lab.stored(projectIn(end));
  const counts = new Map<string, number>();
  for (const { type } of stored) counts.set(type, (counts.get(type) ?? 0) + 1);
  expect(Object.fromEntries(counts)).toMatchObject({ Subject: 132, Session: 2, Breeding: 1, DataAcquisition: 2 });
}, 60_000);

test('without a token the lines end, and the import says what BrainSTEM has said', async () => {
  const folder = folderOf({});
  await bash(linesOfReadme().save, folder, 'wrong');
  const { code, err } = await lab.import(['brainstem', join(folder, 'export')]);
  expect([code, err]).toEqual([1, expect.stringContaining('Authentication failed.')]);
}, 60_000);
