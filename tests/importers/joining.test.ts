import { joinStored } from '../../src/importers/joining';
import type { SourceTree } from '../../src/importers/source-tree';
import type { Entry } from '../../src/tree/entry';

const key = 'file:a';
const treeOf = (fields: object, isPart: boolean): SourceTree => ({
  source: { kind: 'BIDS', identifier: 'a', version: null, url: null, openAccess: null },
  entries: [{ type: 'DataAcquisition', key, ...fields }],
  ...{ assumed: new Map(), emptied: new Map(), isWhole: true },
  ...(isPart && { mayMiss: (_: unknown, field: string) => field !== 'key' }),
});

/** What is stored, what the source states beside it, and both together. */
const cases: [string, object, object, object][] = [
  [
    'details',
    { details: { channelCount: 4 } },
    { details: { samplingRate: 9 } },
    { details: { channelCount: 4, samplingRate: 9 } },
  ],
  ['extra fields', { extraFields: { a: 1 } }, { extraFields: { b: 2 } }, { extraFields: { a: 1, b: 2 } }],
  ['details of several', { details: [{ a: 1 }] }, { details: [{ a: 1, b: 2 }] }, { details: [{ a: 1, b: 2 }] }],
  [
    'one more of several',
    { details: [{ a: 1 }] },
    { details: [{ a: 1 }, { a: 2 }] },
    { details: [{ a: 1 }, { a: 2 }] },
  ],
  ['a list of texts', { tags: ['a'] }, { tags: ['b'] }, { tags: ['a', 'b'] }],
];

describe.each(cases)('a part of %s', (_what, before, stated, both) => {
  const stored: Entry[] = [{ type: 'DataAcquisition', key, ...before }];

  test('is added where all could be read', () => {
    const { entries, findings } = joinStored(treeOf(stated, false), stored);
    expect([entries[0], findings]).toEqual([{ type: 'DataAcquisition', key, ...both }, []]);
  });

  test('is not added, but reported, where what could not be read may say it otherwise', () => {
    const { entries, findings } = joinStored(treeOf(stated, true), stored);
    expect(entries).toEqual(stored);
    expect(findings.map(({ kind, message }) => [kind, message])).toEqual([
      ['NOT_IMPORTED', expect.stringContaining('stays as it is, since not all could be read that may state it')],
    ]);
  });
});
