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

test.each<[string, Record<string, string>, RegExp]>([
  [
    'a page that is missing',
    { 'assets-1.json': page(assets.slice(0, half)) },
    /The pages hold \d+ assets, and count \d+/,
  ],
  ['a page that is there twice', { 'assets-1.json': page(assets), 'assets-2.json': page(assets) }, /second time|count/],
  ['a page that was cut off', { 'assets-1.json': page(assets).slice(0, 500) }, /assets-1\.json.*not valid JSON/],
  ['something else', { 'assets.json': '{"detail": "Not found."}' }, /no page of assets: it has no list `results`/],
  ['an asset without a path', { 'assets.json': page([{ size: 1 }], 1) }, /place 1 of `results` has no path/],
])('%s is refused, with the file and what to do', async (_what, files, message) => {
  expect((await refusal(folderOf({ 'dandiset.json': description, ...files }))).message).toMatch(message);
});
