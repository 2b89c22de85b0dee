import { cpSync, lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readAind } from '../../src/importers/aind/read-aind';
import { readBids } from '../../src/importers/bids/read-bids';
import { readDandiset } from '../../src/importers/dandi/read-dandiset';
import { ImportError } from '../../src/importers/import-error';
import type { ReadSource } from '../../src/importers/sources';
import { damages } from './damages';
import { brokenEntryRules } from './entry-rules';
import { fixture, folderOf, isLong, removeFolders } from './reading';

afterEach(removeFolders);

const filesIn = (folder: string, within = ''): string[] =>
  readdirSync(join(folder, within), { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? filesIn(folder, join(within, entry.name)) : join(within, entry.name),
  );

/** One file of each kind: others are read in the same way. */
function oneOfEachKind(folder: string): string[] {
  const kindOf = (file: string): string => file.replace(/.*[/_]/, '');
  const files = filesIn(folder).filter((file) => !file.includes('.zarr'));
  return isLong ? files : [...new Map(files.map((file) => [kindOf(file), file])).values()];
}

/** Every value in the entries of a set, also in JSON inside of texts, and of one recording; not what entries are called by. */
function valuesIn({ tree }: ReadSource): Set<string> {
  const values = new Set<string>();
  const keys = new Set(tree.entries.map(({ key }) => key));
  const visit = (value: unknown): void => {
    const json = typeof value === 'string' ? /^(?:\w+-[\w-]+: )?(\{.*\})$/.exec(value)?.[1] : undefined;
    if (json !== undefined) visit(JSON.parse(json));
    else if (typeof value === 'string' || typeof value === 'number') values.add(String(value));
    else if (typeof value === 'object' && value !== null) Object.values(value).forEach(visit);
  };
  for (const { key: _, ...fields } of tree.entries) visit(fields);
  return new Set([...values].filter((value) => !keys.has(value)));
}

const wordsIn = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

/** What a set says now that it did not say before, and that the damaged file does not say either. */
function invented(before: ReadonlySet<string>, after: ReadSource, text: string): string[] {
  const known = new Set([text, ...before].flatMap(wordsIn));
  return [...valuesIn(after)].filter(
    (value) => !before.has(value) && !ours.test(value) && wordsIn(value).some((word) => !known.has(word)),
  );
}

/** Words of ours that stand where nothing is stated, what is called by its folder, counts, and an age in years for want of a unit. */
const ours = /^(?:UNKNOWN|Unspecified|stemgraph-import-.*|(?:.*: )?\d+(?: not stated)?|P\d+Y)$/;

const sources: [string, (folder: string) => Promise<ReadSource>][] = [
  ['lantern', (folder) => readDandiset(folder)],
  ['harbour', (folder) => readBids(folder)],
  ['rig', (folder) => readAind(folder)],
];

describe.each(sources)('the %s set', (name, read) => {
  const whole = fixture(name);
  const files = oneOfEachKind(whole);
  let before: Set<string>;
  beforeAll(async () => {
    before = valuesIn(await read(whole));
  });

  test.each(Object.entries(damages))(
    'with any of its files %s is refused with that file, or read without what it no longer says',
    async (_what, damage) => {
      for (const [at, file] of files.entries()) {
        const folder = folderOf({});
        cpSync(whole, folder, { recursive: true });
        damage(join(folder, file), join(whole, files[(at + 1) % files.length]!));
        const outcome: unknown = await read(folder).catch((error: unknown) => error);
        if (outcome instanceof Error) {
          expect([file, outcome.name, outcome.message]).toEqual([file, ImportError.name, outcome.message]);
          expect((outcome as ImportError).remedy).toMatch(/^[A-Z].{8,}\.$/);
          continue;
        }
        const stat = lstatSync(join(folder, file));
        const text = [file, stat.isFile() ? readFileSync(join(folder, file), 'utf8') : ''].join('\n');
        const after = outcome as ReadSource;
        expect([file, brokenEntryRules(after.tree)]).toEqual([file, []]);
        expect([file, invented(before, after, text)]).toEqual([file, []]);
        const cells = [...valuesIn(after)].filter((value) => /^(?:n\/a|version https:.*|\/annex\/.*)$/i.test(value));
        expect([file, cells]).toEqual([file, []]);
      }
    },
  );
});
