import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readBids } from '../../src/importers/bids/read-bids';
import type { SourceTree } from '../../src/importers/source-tree';
import type { Entry } from '../../src/tree/entry';
import { formatReport, type Report } from '../../src/importers/report';
import { brokenEntryRules } from './entry-rules';

/**
 * Real published sets, counted beforehand by somebody else. They are not part of this project: STEMGRAPH_CORPUS says
 * where they lie. Without them these tests are skipped, loudly. STEMGRAPH_LONG_TESTS shows every set's report.
 */
const corpus = process.env.STEMGRAPH_CORPUS ?? join(__dirname, '../../../shared/data/corpus');
const manifest = join(corpus, 'manifest.json');
const isHere = existsSync(manifest);

it('the corpus is here, or the output says that nothing was tested against it', () => {
  if (!isHere) console.warn(`NOT TESTED on real sets: there is no ${manifest}. Set STEMGRAPH_CORPUS to the corpus.`);
});

interface Counted {
  folder: string;
  name: string;
  subjects: number;
  sessions: number;
}

const all = isHere ? (JSON.parse(readFileSync(manifest, 'utf8')) as Counted[]) : [];
const sets = all.filter(({ folder }) => folder.startsWith('bids/'));
const rows: [string, Partial<Counted>][] = isHere ? sets.map((set) => [set.folder, set]) : [['none', {}]];

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

(isHere ? describe : describe.skip)('published BIDS sets', () => {
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
    if (process.env.STEMGRAPH_LONG_TESTS) console.info([folder, ...formatReport(report)].join('\n'));
  });

  it.each(rows)('%s gives the same tree when read again', async (folder) => {
    expect((await readBids(join(corpus, folder))).tree).toEqual((await readSet(folder)).tree);
  });
});
