import { join } from 'node:path';
import { readBids } from '../../src/importers/bids/read-bids';
import type { SourceTree } from '../../src/importers/source-tree';
import type { Entry } from '../../src/tree/entry';
import { formatReport } from '../../src/importers/report-text';
import type { Report } from '../../src/importers/report';
import { brokenEntryRules } from './entry-rules';
import { corpus, type CountedSet, countedSets, describeCorpus, isLong, tellWhereCorpusIs } from './reading';

tellWhereCorpusIs();

const sets = countedSets('bids');
/** Never empty, which it.each does not allow. */
const rows: [string, Partial<CountedSet>][] = sets.length > 0 ? sets.map((set) => [set.folder, set]) : [['none', {}]];

/**
 * The manifest counts the `ses-` labels of the published sets. Of these the corpus has folders of the first few subjects
 * only, and no table that lists the others: so many sessions are named here.
 */
const namedHere: Record<string, number> = {
  'bids/openneuro/ds004100': 4,
  'bids/openneuro/ds004194': 6,
  'bids/openneuro/ds002778': 2,
  'bids/openneuro/ds000117': 1,
  'bids/examples/motion_dualtask': 2,
  'bids/examples/eeg_rishikesh': 2,
  'bids/examples/ieeg_motorMiller2007': 2,
  'bids/examples/eyetracking_fmri': 0,
};

/** Recordings of a subject without any `ses-` label share a session, which the manifest does not count. */
const withoutLabel = ['bids/openneuro/ds004504', 'bids/examples/emg_Multimodal'];

const read = new Map<string, { tree: SourceTree; report: Report }>();

async function readSet(folder: string): Promise<{ tree: SourceTree; report: Report }> {
  const known = read.get(folder) ?? (await readBids(join(corpus, folder)));
  read.set(folder, known);
  return known;
}

const of = (tree: SourceTree, type: Entry['type']): Entry[] => tree.entries.filter((entry) => entry.type === type);

describeCorpus('published BIDS sets', () => {
  it('are 18', () => expect(sets).toHaveLength(18));

  it.each(rows)('%s gives the counts of the manifest and a tree without faults', async (folder, set) => {
    const { tree, report } = await readSet(folder);
    const sessions = of(tree, 'Session');
    const labelled = sessions.filter(({ nameUsedInStorage }) => nameUsedInStorage !== undefined);
    expect(brokenEntryRules(tree)).toEqual([]);
    expect(of(tree, 'Subject')).toHaveLength(set.subjects!);
    expect(labelled).toHaveLength(namedHere[folder] ?? set.sessions!);
    expect(sessions.length - labelled.length).toBe(withoutLabel.includes(folder) ? 1 : 0);
    expect(of(tree, 'Project')[0]?.name).toBe(set.name);
    if (isLong) console.info([folder, ...formatReport(report)].join('\n'));
  });

  it.each(rows)('%s gives the same tree when read again', async (folder) => {
    expect((await readBids(join(corpus, folder))).tree).toEqual((await readSet(folder)).tree);
  });
});
