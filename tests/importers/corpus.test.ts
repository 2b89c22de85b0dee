import { join } from 'node:path';
import { readDandiset } from '../../src/importers/dandi/read-dandiset';
import { brokenEntryRules } from './entry-rules';
import { corpus, type CountedSet, countedSets, describeCorpus, madeOf, tellWhereCorpusIs } from './reading';

tellWhereCorpusIs();

const sets = countedSets('dandi');
/** Never empty, which it.each does not allow. */
const rows: [string, Partial<CountedSet>][] = sets.length > 0 ? sets.map((set) => [set.folder, set]) : [['none', {}]];

describeCorpus('published DANDI sets', () => {
  it('are 40, of which 33 have a list of files', () => {
    expect([sets.length, sets.filter(({ assets = 0 }) => assets > 0).length]).toEqual([40, 33]);
  });

  it.each(rows)('%s gives the counts of the manifest and a tree without faults', async (_, set) => {
    const { tree, report } = await readDandiset(join(corpus, set.folder!));
    const counts = {
      subjects: madeOf(tree).subjects.length,
      sessions: madeOf(tree).sessions.length,
      assets: madeOf(tree).dataAcquisitions.length,
    };
    expect(counts).toEqual({ subjects: set.subjects ?? 0, sessions: set.sessions ?? 0, assets: set.assets });
    expect(report.read['files of the set']).toBe(set.assets);
    expect(madeOf(tree).project.name.startsWith(set.name!.slice(0, 60).trim())).toBe(true);
    expect(brokenEntryRules(tree)).toEqual([]);
  });

  it('hold no species, technique, sex, age or start that is not understood', async () => {
    const strange: string[] = [];
    for (const { folder } of sets) {
      const { report } = await readDandiset(join(corpus, folder));
      const findings = report.findings.filter(({ kind }) => kind === 'NOT_UNDERSTOOD');
      strange.push(...findings.map(({ message }) => message));
    }
    expect([...new Set(strange)]).toEqual([
      'two people state one ORCID iD: each is credited, without it',
      'the identifier of a related resource is not purely a DOI',
    ]);
  });

  it('keep one label under several subjects apart, and a time zone for each site', async () => {
    const { tree } = await readDandiset(join(corpus, 'dandi/000053'));
    const named = madeOf(tree).sessions.filter(({ name }) => name === '20190430');
    expect(new Set(named.flatMap(({ subjects }) => subjects)).size).toBe(named.length);
    expect(named.length).toBeGreaterThan(1);
    const azalea = madeOf(tree).sessions.find(({ key }) => key === 'session:Azalea/20190129');
    expect(azalea?.startedAt).toBe('2019-01-29T08:00:00.000Z');
  });

  it('hold files of hundreds of gigabytes whose sizes survive', async () => {
    const { tree } = await readDandiset(join(corpus, 'dandi/000350'));
    expect(Math.max(...madeOf(tree).dataAcquisitions.map(({ fileSizeBytes }) => fileSizeBytes ?? 0))).toBe(
      938_143_891_298,
    );
  });
});
