import { readBids } from '../../src/importers/bids/read-bids';
import type { Report } from '../../src/importers/report';
import type { SourceTree } from '../../src/importers/source-tree';
import { foldersOf } from './cases';
import { brokenEntryRules } from './entry-rules';
import { type Made, madeOf } from './reading';

/** What a set was read into. */
export interface Read {
  tree: SourceTree;
  made: ReturnType<typeof madeOf>;
  report: Report;
}

/** The description of a set. */
export const named = (Name: string, rest: object = {}): string =>
  JSON.stringify({ Name, BIDSVersion: '1.8.0', ...rest });

/** One test on the copy and, where it is, on the case: what is right is the same for both. */
export function right(
  what: string,
  name: string,
  files: Record<string, string>,
  expected: (read: Read) => void,
  { part = '', timeZone = null }: { part?: string; timeZone?: string | null } = {},
): void {
  it.each(foldersOf(name, files, part))(`${what}: %s`, async (_, folder) => {
    const { tree, report } = await readBids(folder(), undefined, timeZone);
    expect(brokenEntryRules(tree)).toEqual([]);
    expected({ tree, made: madeOf(tree), report });
  });
}

export const fieldsOf = ({ subjects }: Read['made'], at: number): Made['extraFields'] =>
  subjects[at]?.extraFields ?? {};
