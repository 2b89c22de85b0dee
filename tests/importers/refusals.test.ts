import { mkdirSync, readFileSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { readDandiset, type ReadProgress } from '../../src/importers/dandi/read-dandiset';
import { dandisetWith, finding, fixture, folderOf, madeOf, refusal, removeFolders } from './reading';

afterAll(removeFolders);

const goodList = readFileSync(join(fixture('lantern'), 'assets.jsonl'));
const line = (path: string, size = 1): string => JSON.stringify({ path, size, metadata: {} });
const setWith = (assets: string | Uint8Array): string =>
  folderOf({ 'dandiset.json': dandisetWith(), 'assets.jsonl': assets });

describe('a set that cannot be read whole is refused, with file, line and remedy', () => {
  it('a folder without a description', async () => {
    const error = await refusal(folderOf({ 'assets.jsonl': goodList }));
    expect(error.message).toMatch(/no dandiset\.json or dandiset\.yaml here\. Give the folder of a DANDI set/);
  });

  it('no folder at all, and a file in its place', async () => {
    expect((await refusal('/nowhere/at/all')).message).toBe(
      '/nowhere/at/all: There is nothing at this path. Check the path.',
    );
    expect((await refusal(join(fixture('lantern'), 'dandiset.json'))).message).toMatch(/This is not a folder\./);
  });

  it('broken JSON', async () => {
    const error = await refusal(folderOf({ 'dandiset.json': '{\n "identifier": "DANDI:1",\n "name": \n}\n\n]' }));
    expect(error.message).toMatch(/dandiset\.json, line \d+: The file is not valid JSON/);
  });

  it('broken YAML, by its line', async () => {
    const error = await refusal(folderOf({ 'dandiset.yaml': 'identifier: DANDI:1\nname: "half\n' }));
    expect(error.message).toMatch(/dandiset\.yaml, line [23]: The file is not valid YAML/);
  });

  it('YAML in which a key is there twice', async () => {
    const error = await refusal(folderOf({ 'dandiset.yaml': 'identifier: DANDI:1\nname: a\nname: b\n' }));
    expect([error.line, error.message.includes('unique')]).toEqual([3, true]);
  });

  it('YAML that unfolds without end', async () => {
    const levels = Array.from({ length: 12 }, (_, level) => `l${level}: &l${level} [${`*l${level - 1}, `.repeat(9)}]`);
    const yaml = ['identifier: DANDI:1', 'name: bomb', 'l0: &l0 [a]', ...levels.slice(1)].join('\n');
    expect((await refusal(folderOf({ 'dandiset.yaml': yaml }))).message).toMatch(/not usable YAML/);
  });

  it('a description that is no set, or that lacks what every set has', async () => {
    expect((await refusal(folderOf({ 'dandiset.json': '[]' }))).message).toMatch(/does not hold one object/);
    expect((await refusal(folderOf({ 'dandiset.json': '{"identifier":"DANDI:1"}' }))).message).toMatch(
      /states no name/,
    );
    expect((await refusal(folderOf({ 'dandiset.json': '{"name":"a"}' }))).message).toMatch(/states no identifier/);
  });

  it('a description in another encoding, or compressed', async () => {
    const latin = Buffer.from('{"identifier":"DANDI:1",\n"name":"Stra\xdfe"}', 'latin1');
    expect((await refusal(folderOf({ 'dandiset.json': latin }))).message).toMatch(
      /line 2: There are bytes here that are not UTF-8/,
    );
    const utf16 = Buffer.from(`\ufeff${dandisetWith()}`, 'utf16le');
    expect((await refusal(folderOf({ 'dandiset.json': utf16 }))).message).toMatch(/UTF-16\. Save it as UTF-8/);
    const zipped = Buffer.from([0x1f, 0x8b, 8, 0]);
    expect((await refusal(setWith(zipped))).message).toMatch(/compressed \(gzip\)\. Unpack it/);
  });

  it('a list without one line that is an asset', async () => {
    expect((await refusal(setWith('[1]\n'))).message).toMatch(/line 1: The line is not an object/);
    expect((await refusal(setWith('[\n{}\n]\n'))).message).toMatch(/line 1: The line is not valid JSON/);
    expect((await refusal(setWith('{"size":3}\n'))).message).toMatch(/line 1: The asset has no path/);
    expect((await refusal(setWith('version https://git-lfs.github.com/spec/v1\nsize 7\n'))).message).toMatch(
      /assets\.jsonl: The content of this file is not here/,
    );
  });

  it('an empty list of a set that has files', async () => {
    const summary = dandisetWith({ assetsSummary: { numberOfFiles: 3 } });
    const error = await refusal(folderOf({ 'dandiset.json': summary, 'assets.jsonl': '' }));
    expect(error.message).toMatch(/assets\.jsonl: The list is empty/);
  });

  it('a folder where the list should be', async () => {
    const folder = folderOf({ 'dandiset.json': dandisetWith() });
    mkdirSync(join(folder, 'assets.jsonl'));
    expect((await refusal(folder)).message).toMatch(/This is a folder, not a file/);
  });

  it('files of a size that no description and no line has', async () => {
    const tooLarge = folderOf({ 'dandiset.json': '' });
    truncateSync(join(tooLarge, 'dandiset.json'), 65 * 1024 * 1024);
    expect((await refusal(tooLarge)).message).toMatch(/more than any description, or page of a list/);
    const tooLong = setWith(`${line('sub-a/x.nwb')}\n`);
    truncateSync(join(tooLong, 'assets.jsonl'), 65 * 1024 * 1024);
    expect((await refusal(tooLong)).message).toMatch(/line 2: The line is longer than \d+ bytes/);
  });

  it('values that are nested beyond all sense', async () => {
    const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)}`;
    const inJson = folderOf({ 'dandiset.json': dandisetWith().replace('}', `,"about":${deep}}`) });
    expect((await refusal(inJson)).message).toMatch(/dandiset\.json: Values are nested too deeply/);
    const inYaml = folderOf({ 'dandiset.yaml': `identifier: DANDI:1\nname: deep\nabout: ${deep}\n` });
    expect((await refusal(inYaml)).message).toMatch(/dandiset\.yaml.* The file is not (valid|usable) YAML/);
    const inList = setWith(`{"path":"sub-a/x.nwb","metadata":${deep}}\n`);
    expect((await refusal(inList)).message).toMatch(/assets\.jsonl, line 1: Values are nested too deeply/);
  });

  it('without letting control characters of the file reach a terminal', async () => {
    const error = await refusal(setWith(`${line('sub-a/\u001b[31m')}\n${line('sub-a/\u001b[31m', 2)}\n`));
    expect(error.message).not.toMatch(/\p{Cc}/u);
  });
});

describe('a faulty file of a list is left out alone, which the report says first', () => {
  const good = line('sub-a/sub-a_ses-1.nwb');
  const latin = Buffer.concat([Buffer.from(`${good}\n{"path":"sub-b/\u00e9`, 'latin1'), Buffer.from('"}\n')]);
  it.each<[string, string | Uint8Array, number, RegExp]>([
    ['a line that is cut off', `${good}\n{"path":"sub-b/x.nwb","si`, 2, /ends in the middle of an asset.*Download/],
    ['a line that is no UTF-8', latin, 2, /bytes here that are not UTF-8/],
    ['a line that is no JSON', `${good}\n\nnonsense\n`, 3, /not valid JSON/],
    ['a line that is no object', `[1]\n${good}\n`, 1, /not an object/],
    ['a line without a path', `{"size":3}\n${good}\n`, 1, /has no path/],
    [
      'a line that is nested beyond all sense',
      `${good}\n{"path":"sub-b/x.nwb","metadata":${'['.repeat(50_000)}${']'.repeat(50_000)}}\n`,
      2,
      /nested too deeply/,
    ],
    [
      'a path of which two lines say different things',
      [line('sub-b/x.nwb'), good, line('sub-b/x.nwb', 2)].join('\n'),
      3,
      /sub-b\/x\.nwb is here for the second time \(first in line 1\), with something else/,
    ],
  ])('%s', async (_, list, at, message) => {
    const { tree, report } = await readDandiset(setWith(list));
    expect(report.findings[0]).toMatchObject({ kind: 'LEFT_OUT', example: { file: 'assets.jsonl', line: at } });
    expect(report.findings[0]?.message).toMatch(message);
    expect(madeOf(tree).dataAcquisitions.map(({ fileName }) => fileName)).toEqual(['sub-a/sub-a_ses-1.nwb']);
  });

  it('but one that is there twice, with the same, is one', async () => {
    const { tree, report } = await readDandiset(setWith(`${good}\n${good}\n`));
    expect(madeOf(tree).dataAcquisitions).toHaveLength(1);
    expect(finding(report, 'the list names twice').count).toBe(1);
  });

  it('a description that is faulty, where the other is not', async () => {
    const { tree, report } = await readDandiset(
      folderOf({ 'dandiset.json': '{"identifier":', 'dandiset.yaml': 'identifier: DANDI:999903\nname: Small set\n' }),
    );
    expect(madeOf(tree).project.name).toBe('Small set');
    expect(report.findings[0]).toMatchObject({ kind: 'LEFT_OUT', example: { file: 'dandiset.json' } });
  });
});

describe('what is unusual but whole is read', () => {
  it('a set without a list of files, from YAML: a project alone, numbers as written', async () => {
    const { tree, report } = await readDandiset(fixture('almanac'));
    const { subjects, sessions, dataAcquisitions, dataStorages } = madeOf(tree);
    expect([subjects, sessions, dataAcquisitions, dataStorages]).toEqual([[], [], [], []]);
    expect(madeOf(tree).project).toMatchObject({
      name: 'Almanac of nights',
      description: 'Dates only.',
      license: 'CC0-1.0',
    });
    expect(madeOf(tree).project.funding[0]?.awardNumber).toBe('00123');
    expect(madeOf(tree).project.extraFields).toMatchObject({
      numberOfBytes: 31_496_417_000_475,
      dateCreated: '2024-02-29T12:00:00.000000+00:00',
    });
    expect(finding(report, 'a project alone').count).toBe(1);
  });

  it('an embargo, which is reported', async () => {
    const { tree, report } = await readDandiset(fixture('almanac'));
    expect(tree.source.openAccess).toBe(false);
    expect(finding(report, 'look before publishing').example.value).toBe('dandi:EmbargoedAccess');
  });

  it('both descriptions: the JSON one counts, and the report says so', async () => {
    const { tree, report } = await readDandiset(
      folderOf({ 'dandiset.json': dandisetWith(), 'dandiset.yaml': 'name: other' }),
    );
    expect(madeOf(tree).project.name).toBe('Small set');
    expect(finding(report, 'the other file is not').example.file).toBe('dandiset.yaml');
  });

  it('a byte order mark, Windows line ends, empty lines and a missing last line end', async () => {
    const list = `\ufeff${line('sub-a/sub-a_ses-1.nwb')}\r\n\r\n${line('sub-a/sub-a_ses-2.nwb')}`;
    const { tree } = await readDandiset(setWith(list));
    expect(madeOf(tree).sessions.map(({ key }) => key)).toEqual(['session:a/1', 'session:a/2']);
  });

  it('letters that lie on the border of two chunks of the file', async () => {
    const path = (n: number): string => `sub-${'ä'.repeat(40)}${n}/x.nwb`;
    const list = Array.from({ length: 3000 }, (_, n) => `${' '.repeat(n % 7)}${line(path(n))}`).join('\n');
    const { tree } = await readDandiset(setWith(list));
    expect(madeOf(tree).subjects).toHaveLength(3000);
    expect(JSON.stringify(tree)).not.toContain('\ufffd');
  });

  it('a list in another order, to the same tree', async () => {
    const shuffled = goodList.toString().trim().split('\n').reverse().join('\n');
    const original = await readDandiset(setWith(goodList));
    expect((await readDandiset(setWith(shuffled))).tree).toEqual(original.tree);
  });

  it('telling how far it has come', async () => {
    const steps: ReadProgress[] = [];
    const list = Array.from({ length: 450 }, (_, n) => line(`sub-a/${n}.nwb`)).join('\n');
    await readDandiset(setWith(list), (progress) => steps.push(progress));
    expect(steps.map(({ assets }) => assets)).toEqual([200, 400, 450]);
    expect(steps.at(-1)?.bytesRead).toBe(steps.at(-1)?.bytesTotal);
  });

  it('names that look like parts of an object', async () => {
    const dandiset = dandisetWith({
      constructor: 'c',
      toString: 'x',
      contributor: [{ name: 'N', roleName: ['constructor', 'toString'] }],
    });
    const folder = folderOf({
      'dandiset.json': dandiset.replace('"toString":', '"__proto__":'),
      'assets.jsonl': JSON.stringify({
        path: 'sub-constructor/sub-constructor.nwb',
        metadata: {
          measurementTechnique: ['constructor'],
          wasAttributedTo: [{ identifier: '__proto__', sex: { name: 'constructor' } }],
        },
      }),
    });
    const { tree } = await readDandiset(folder);
    expect(madeOf(tree).project.extraFields).toMatchObject({ proto__: 'x', constructor: 'c' });
    expect(madeOf(tree).contributors[0]?.roles).toBeUndefined();
    expect(madeOf(tree).dataAcquisitions.map(({ moduleType }) => moduleType)).toEqual(['GeneralTimeSeries']);
  });
});
