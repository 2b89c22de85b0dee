import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readDandiset } from '../../src/importers/dandi/read-dandiset';
import { finding, fixture, folderOf, refusal, removeFolders } from './reading';

afterAll(removeFolders);

const description = readFileSync(join(fixture('lantern'), 'dandiset.json'), 'utf8');
const lines = readFileSync(join(fixture('lantern'), 'assets.jsonl'), 'utf8')
  .trim()
  .split('\n')
  .filter(Boolean);
const assets = lines.map((line) => JSON.parse(line) as { path: string });
const half = Math.ceil(assets.length / 2);
const page = (results: readonly unknown[], count = assets.length): string =>
  JSON.stringify({ count, next: null, previous: null, results });

test('the pages of the archive give the same tree as its list, whatever they are called', async () => {
  const { tree } = await readDandiset(fixture('lantern'));
  for (const [first, second] of [
    ['assets-1.json', 'assets-2.json'],
    ['assets_page9.json', 'assets_page10.json'],
  ]) {
    const folder = folderOf({
      'dandiset.json': description,
      [second!]: page(assets.slice(half)),
      [first!]: page(assets.slice(0, half)),
    });
    expect((await readDandiset(folder)).tree).toEqual(tree);
  }
});

test('a list of lines beside pages is what counts, and the report says so', async () => {
  const folder = folderOf({
    'dandiset.json': description,
    'assets.jsonl': lines.join('\n'),
    'assets-1.json': page(assets.slice(0, 1)),
  });
  const { tree, report } = await readDandiset(folder);
  expect(tree).toEqual((await readDandiset(fixture('lantern'))).tree);
  expect(finding(report, 'the pages are not').example.file).toBe('assets-1.json');
});

test.each<[string, Record<string, string>, number, RegExp]>([
  [
    'a page that is missing',
    { 'assets-1.json': page(assets.slice(0, half)) },
    half,
    /The pages hold \d+ assets, and count \d+.*Some are missing/,
  ],
  [
    'a page that was cut off',
    { 'assets-1.json': page(assets).slice(0, 500), 'assets-2.json': page(assets.slice(half)) },
    assets.length - half,
    /not valid JSON/,
  ],
  [
    'an asset without a path',
    { 'assets.json': page([{ size: 1 }, assets[0]], 2) },
    1,
    /place 1 of `results` has no path/,
  ],
])('%s is left out alone, which the report says first', async (_what, files, count, message) => {
  const { tree, report } = await readDandiset(folderOf({ 'dandiset.json': description, ...files }));
  expect(report.findings[0]).toMatchObject({ kind: 'LEFT_OUT', message: expect.stringMatching(message) as string });
  expect(report.read['files of the set']).toBe(count);
  expect(tree.mayMiss).toBeDefined();
});

test('a page that is there twice adds nothing', async () => {
  const { tree } = await readDandiset(fixture('lantern'));
  const twice = { 'dandiset.json': description, 'assets-1.json': page(assets), 'assets-2.json': page(assets) };
  expect((await readDandiset(folderOf(twice))).tree).toEqual(tree);
});

test.each<[string, Record<string, string>, RegExp]>([
  ['pages that were cut off', { 'assets-1.json': page(assets).slice(0, 500) }, /assets-1\.json.*not valid JSON/],
  ['something else', { 'assets.json': '{"detail": "Not found."}' }, /no page of assets: it has no list `results`/],
])('%s alone are refused, with the file and what to do', async (_what, files, message) => {
  expect((await refusal(folderOf({ 'dandiset.json': description, ...files }))).message).toMatch(message);
});
