import { readdirSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { readBids } from '../../src/importers/bids/read-bids';
import { readDandiset } from '../../src/importers/dandi/read-dandiset';
import { isFields } from '../../src/importers/entry-tree';
import { joinStored } from '../../src/importers/joining';
import type { ReadSource } from '../../src/importers/sources';
import { isTerm } from '../../src/model/families';
import type { Entry } from '../../src/tree/entry';
import { damagedSets, isClearFault, wrongIn } from './damaged-sets';
import { fixture, removeFolders } from './reading';

afterAll(removeFolders);

/** Of each set the files without which it cannot be told what it is, or who took part: these alone may refuse it. */
const sets: [string, (folder: string) => Promise<ReadSource>, essential: string[]][] = [
  ['harbour', (folder) => readBids(folder), ['dataset_description.json', 'participants.tsv']],
  ['lantern', (folder) => readDandiset(folder), ['dandiset.json', 'assets.jsonl']],
];

/** Files that are read: of recordings the names and sizes count alone, and these are as they are. */
const filesOf = (set: string): string[] =>
  readdirSync(fixture(set), { recursive: true, encoding: 'utf8' }).filter((file) =>
    /(?:^README|^CHANGES|\.jsonl?|(?<!_beh)\.tsv)$/.test(file),
  );

/** What is true although the whole set says it otherwise, or more of it. */
const alsoTrue: [file: RegExp, what: RegExp][] = [
  // Of files of one recording, that which its folder holds; its place among others; a note without the time.
  [/_scans\.tsv$/, /^file:\S+ (?:fileName|order|notes): /],
  // The same electrodes, as they are listed in another space, or as far as they are listed.
  [/_electrodes\.tsv$/, /^procedure:\S+ notes: /],
  // A group by what its table says, where the meaning of that is not to be had.
  [/^participants\.json$/, /^cohort:\S+ name: /],
];

/** What joining to the whole set that is stored would change of it, or tell as taken back. */
function changedIn({ entries, findings }: ReturnType<typeof joinStored>, { tree }: ReadSource): unknown[] {
  const stored = new Map(tree.entries.map((entry) => [entry.key, entry]));
  const changed = entries.flatMap((entry) => {
    const known = stored.get(entry.key);
    if (!known || isTerm(entry.type)) return known ? [] : [entry.key];
    return Object.keys(entry).flatMap((field) =>
      isDeepStrictEqual(entry[field], known[field]) ? [] : [`${entry.key} ${field}: ${JSON.stringify(entry[field])}`],
    );
  });
  return [...changed, ...findings.filter(({ kind }) => kind === 'CHANGED' || kind === 'TAKEN_BACK')];
}

/** What of the whole set is not there once it is joined to what was stored of the damaged one. */
function missingIn(
  before: readonly Entry[],
  { entries }: ReturnType<typeof joinStored>,
  { tree }: ReadSource,
): string[] {
  const stored = new Map(before.map((entry) => [entry.key, entry]));
  for (const entry of entries) stored.set(entry.key, { ...stored.get(entry.key), ...entry });
  const isThere = (value: unknown, now: unknown): boolean =>
    isFields(value) && isFields(now)
      ? Object.entries(value).every(([name, one]) => isThere(one, now[name]))
      : Array.isArray(value) && Array.isArray(now)
        ? value.length === now.length && value.every((one) => now.some((other) => isDeepStrictEqual(one, other)))
        : isDeepStrictEqual(value, now);
  return tree.entries.flatMap((entry) =>
    Object.entries(entry).flatMap(([field, value]) => {
      const isSame = isTerm(entry.type) || isThere(value, stored.get(entry.key)?.[field]);
      return isSame || tree.assumed.get(entry.key)?.has(field)
        ? []
        : [`${entry.key} ${field}: ${JSON.stringify(value)}`];
    }),
  );
}

/** A fact that a session states once, and only of some recordings where others may say otherwise: `run-1: 50` of `50`. */
const isOfSome = (line: string, whole: ReadSource): boolean => {
  const [, key = '', fields = ''] = /^(session:\S+) extraFields: (.*)$/.exec(line) ?? [];
  const known = whole.tree.entries.find((entry) => entry.key === key)?.['extraFields'] as Record<string, unknown>;
  return (
    fields !== '' &&
    Object.entries(JSON.parse(fields) as Record<string, unknown>).every(([name, value]) =>
      String(value)
        .split('\n')
        .every((one) => String(known[name]).includes(one) || one.endsWith(`: ${String(known[name])}`)),
    )
  );
};

/** Nobody can see that a text, or a table between two of its lines, was cut off. */
const isUnseen = (what: string, file: string): boolean =>
  what.includes('swapped') || (/cut off|empty/.test(what) && /^README|^CHANGES/.test(file));

describe.each(sets)('of the %s set', (set, read, essential) => {
  let whole: ReadSource;
  beforeAll(async () => {
    whole = await read(fixture(set));
  });

  test.each(damagedSets(set, filesOf(set), {}))('a file that is %s: %s', async (what, file, make) => {
    const outcome: unknown = await read(make()).catch((error: unknown) => error);
    if (outcome instanceof Error) {
      expect(isClearFault(outcome) ? '' : String(outcome.stack)).toBe('');
      expect(essential).toContain(file);
      return;
    }
    const { tree, report } = outcome as ReadSource;
    const isLeft = report.findings.some(({ kind }) => kind === 'LEFT_OUT');
    expect(tree.mayMiss !== undefined).toBe(isLeft);
    if (isUnseen(what, file)) return;
    const isTrue = (line: string): boolean =>
      isOfSome(line, whole) || alsoTrue.some(([of, form]) => of.test(file) && form.test(line));
    expect(wrongIn({ tree, report }, whole.tree).filter((line) => !isTrue(line))).toEqual([]);
    const told = report.findings.filter(
      ({ kind, message, example }) =>
        (kind === 'LEFT_OUT' && example.file === file) || message.includes('see that its last row is whole'),
    );
    const isOther = JSON.stringify(tree.entries) !== JSON.stringify(whole.tree.entries);
    if (isOther) expect(told).not.toEqual([]);
    if (!isLeft) return;
    expect(changedIn(joinStored(tree, whole.tree.entries), whole)).toEqual([]);
    expect(missingIn(tree.entries, joinStored(whole.tree, tree.entries), whole)).toEqual([]);
  });
});
