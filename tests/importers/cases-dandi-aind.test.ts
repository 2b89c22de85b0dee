import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readAind } from '../../src/importers/aind/read-aind';
import { readDandiset } from '../../src/importers/dandi/read-dandiset';
import { foldersOf, tellWhereCasesAre } from './cases';
import { brokenEntryRules } from './entry-rules';
import { dandisetWith, finding, fixture, folderOf, madeOf, removeFolders } from './reading';

afterAll(removeFolders);
tellWhereCasesAre();

const participant = (identifier: string, age: object): string =>
  JSON.stringify({
    path: `sub-${identifier}/sub-${identifier}_ecephys.nwb`,
    size: 1,
    metadata: { wasAttributedTo: [{ identifier, age }] },
  });

describe('DANDI', () => {
  const ages: [string, object][] = [
    ['a', { value: 'P90D/P10D', unitText: 'ISO-8601 duration' }],
    ['b', { value: '/', unitText: 'ISO-8601 duration' }],
    ['c', { value: 'P18D', valueReference: { value: 'dandi:GestationalReference' } }],
    ['d', { value: 'P18D', valueReference: 'dandi:GestationalReference' }],
    ['e', { value: 'P170DT12212S' }],
    ['f', { value: '90 or older', unitText: 'ISO-8601 duration' }],
    ['g', { value: 'gestational P7W', unitText: 'ISO-8601 duration' }],
    ['h', { value: 18, unitText: 'days' }],
    ['i', { minValue: 18, maxValue: 20, unitText: 'days' }],
  ];
  it.each(
    foldersOf('11-dandi-ages', {
      'dandiset.json': dandisetWith(),
      'assets.jsonl': ages.map(([label, age]) => participant(label, age)).join('\n'),
    }),
  )('ages keep their reference, and what is no age is kept as stated: %s', async (_, folder) => {
    const { subjects } = madeOf((await readDandiset(folder())).tree);
    expect(subjects.map(({ name, age, extraFields }) => [name, age, extraFields])).toEqual([
      ['a', undefined, { ageAsStated: 'P90D/P10D' }],
      ['b', undefined, { ageAsStated: '/' }],
      ['c', 'P18D', { ageReference: 'dandi:GestationalReference' }],
      ['d', 'P18D', { ageReference: 'dandi:GestationalReference' }],
      ['e', 'P170DT12212S', undefined],
      ['f', undefined, { ageAsStated: '90 or older' }],
      ['g', undefined, { ageAsStated: 'gestational P7W' }],
      ['h', undefined, { ageAsStated: '18 days' }],
      ['i', undefined, { ageAsStated: '18–20 days' }],
    ]);
  });

  const yaml = (identifier: string): Record<string, string> => ({
    'dandiset.yaml': `identifier: ${identifier}\nname: One set\n`,
  });
  it.each([
    ...foldersOf('18-dandi-identifier', yaml("'900003'"), '1-json'),
    ...foldersOf('18-dandi-identifier', yaml('DANDI:900003'), '2-old-yaml'),
    ...foldersOf('18-dandi-identifier', yaml('dandi:900003'), '3-lowercase'),
    ...foldersOf('18-dandi-identifier', yaml("\n  propertyID: DANDI\n  value: '900003'"), '4-dict'),
  ])('an identifier has one spelling: %s', async (_, folder) => {
    expect(madeOf((await readDandiset(folder())).tree).project.key).toBe('project:DANDI:900003');
  });

  const orcid = '0000-0002-1825-0097';
  it.each(
    foldersOf(
      '37-dandi-same-orcid-two-names',
      {
        'dandiset.json': dandisetWith({
          contributor: [
            { schemaKey: 'Person', name: 'Second Author', identifier: orcid, roleName: ['dcite:Author'] },
            {
              schemaKey: 'Person',
              name: 'Principal Investigator',
              identifier: orcid,
              roleName: ['dcite:ContactPerson'],
            },
          ],
        }),
      },
      'set',
    ),
  )('two people who state one ORCID iD are two: %s', async (_, folder) => {
    const { tree, report } = await readDandiset(folder());
    expect(madeOf(tree).contributors.map(({ name, orcid: stated }) => [name, stated])).toEqual([
      ['Second Author', undefined],
      ['Principal Investigator', undefined],
    ]);
    expect(finding(report, 'two people state one ORCID').example.value).toContain(orcid);
  });

  it.each(
    foldersOf(
      '38-dandi-paper-as-repository-link',
      {
        'dandiset.json': dandisetWith({
          url: 'https://dandiarchive.org/dandiset/999903/draft',
          relatedResource: [
            {
              relation: 'dcite:Describes',
              name: 'Replay',
              url: 'https://www.cell.com/neuron/fulltext/S0896(21)00573-0',
            },
            {
              relation: 'dcite:IsSupplementTo',
              name: 'Types',
              url: 'https://journal.example/science/article/pii/S00X',
            },
          ],
        }),
      },
      'set',
    ),
  )('a paper is known by how it is addressed, at any publisher: %s', async (_, folder) => {
    const { publications, project } = madeOf((await readDandiset(folder())).tree);
    expect(publications).toHaveLength(2);
    expect(project.repositoryLinks.map(({ repository }) => repository)).toEqual(['DANDI']);
  });

  it('a DOI in an address tells the paper; data of an archive are none for it', async () => {
    const relatedResource = [
      { relation: 'dcite:IsDescribedBy', url: 'https://www.biorxiv.org/content/10.1101/2020.01.02.123456v2.full' },
      { relation: 'dcite:IsDescribedBy', url: 'https://doi.org/10.1101/2020.01.02.123456' },
      { relation: 'dcite:IsSourceOf', url: 'https://data.example.org/dataset.xhtml?persistentId=doi:10.7910/DVN/ABC' },
    ];
    const { publications, project } = madeOf(
      (await readDandiset(folderOf({ 'dandiset.json': dandisetWith({ relatedResource }) }))).tree,
    );
    expect(publications.map(({ doi }) => doi)).toEqual(['10.1101/2020.01.02.123456']);
    expect(project.repositoryLinks.map(({ repository }) => repository)).toEqual(['OTHER']);
  });

  const asset = {
    contentUrl: ['https://api.dandiarchive.org/api/assets/0/download/'],
    wasAttributedTo: [{ identifier: 'm1', sex: { name: 'Male' }, species: { name: 'House mouse' } }],
    ...{ path: 'sub-m1/sub-m1_ses-1.nwb', contentSize: 10, schemaKey: 'Asset' },
  };
  it.each(
    foldersOf(
      '39-dandi-shapes-of-the-api',
      { 'dandiset.json': dandisetWith(), 'assets.jsonl': JSON.stringify(asset) },
      'flat',
    ),
  )('an asset with its metadata at the top is read whole: %s', async (_, folder) => {
    const { subjects, species, dataAcquisitions } = madeOf((await readDandiset(folder())).tree);
    expect(subjects).toMatchObject([{ name: 'm1', sex: 'MALE' }]);
    expect(species.map(({ name }) => name)).toEqual(['Mus musculus']);
    expect(dataAcquisitions).toMatchObject([{ fileSizeBytes: 10, fileUrl: asset.contentUrl[0] }]);
  });
  it.each(
    foldersOf(
      '39-dandi-shapes-of-the-api',
      { 'dandiset.json': JSON.stringify({ name: 'outer', metadata: JSON.parse(dandisetWith()) as object }) },
      'info',
    ),
  )('a description with what the archive says around it is read: %s', async (_, folder) => {
    const { project } = madeOf((await readDandiset(folder())).tree);
    expect(project.key).toMatch(/^project:DANDI:9999\d\d$/);
  });

  it('people are never funders', async () => {
    const contributor = [{ schemaKey: 'Person', name: 'Payer, P', roleName: ['dcite:Funder'], awardNumber: '7' }];
    const { tree } = await readDandiset(folderOf({ 'dandiset.json': dandisetWith({ contributor }) }));
    expect(madeOf(tree).project.funding).toBeUndefined();
    expect(madeOf(tree).project.extraFields['contributorDetails']).toContain('award 7');
  });
});

describe('AIND', () => {
  const part = (name: string): Record<string, unknown> =>
    JSON.parse(readFileSync(join(fixture('rig'), `${name}.json`), 'utf8')) as Record<string, unknown>;
  const recordWith = (session: object): string =>
    JSON.stringify({
      ...{ name: 'one', subject: part('subject'), rig: part('rig'), data_description: part('data_description') },
      session: { ...part('session'), ...session },
    });
  const read = (folder: string): ReturnType<typeof readAind> => readAind(join(folder, 'record.json'));

  it.each(
    foldersOf('40-aind-session-names-its-rig-otherwise', { 'record.json': recordWith({ rig_id: 'MESO.1' }) }, 'set'),
  )('the rig of a record is that of its session, whatever it is called there: %s', async (_, folder) => {
    const { tree } = await read(folder());
    expect(brokenEntryRules(tree)).toEqual([]);
    const setups = tree.entries.filter(({ type }) => type === 'Setup');
    expect(setups).toHaveLength(1);
    const sessions = tree.entries.filter(({ type }) => type === 'Session');
    expect(sessions.map((session) => session['setups'])).toEqual([[setups[0]!.key]]);
    expect(madeOf(tree).sessions[0]?.extraFields['rigAsCalled']).toBe('MESO.1');
  });

  const stream = (stream_modalities: unknown[]): object => ({
    data_streams: [{ stream_start_time: part('session')['session_start_time'], stream_modalities }],
  });
  it.each(
    foldersOf(
      '41-aind-modality-as-python-repr',
      {
        'record.json': recordWith(
          stream([
            { name: 'Behavior', abbreviation: 'behavior' },
            "name='Fiber photometry' abbreviation='fib'",
            "name='Extracellular electrophysiology' abbreviation='ecephys'",
          ]),
        ),
      },
      'set',
    ),
  )('a modality that a Python program wrote is read: %s', async (what, folder) => {
    const types = madeOf((await read(folder())).tree).dataAcquisitions.map(({ moduleType }) => moduleType);
    expect(types).toEqual(expect.arrayContaining(['BehavioralTracking', 'FiberPhotometry']));
    if (what.startsWith('a copy')) expect(types).toContain('ExtracellularEphys');
    expect(types).not.toContain('GeneralTimeSeries');
  });

  it.each(
    foldersOf('42-aind-long-leftover', { 'record.json': recordWith({ scan_files: 'x.tif '.repeat(20_000) }) }, 'set'),
  )('a leftover of any length is shortened, with its length and a digest: %s', async (_, folder) => {
    const { tree, report } = await read(folder());
    const fields = madeOf(tree).sessions.flatMap(({ extraFields }) => Object.values(extraFields).map(String));
    expect(fields.some((text) => /… \(\d+,\d+ characters in all, SHA-256 [0-9a-f]{16}…\)$/.test(text))).toBe(true);
    expect(Math.max(...fields.map(({ length }) => length))).toBeLessThanOrEqual(100_000);
    expect(report.findings.filter(({ message }) => message.includes('longer than an extra field'))).not.toEqual([]);
  });
});
