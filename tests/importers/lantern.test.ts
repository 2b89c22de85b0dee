import { readDandiset } from '../../src/importers/dandi/read-dandiset';
import type { Report } from '../../src/importers/report';
import type { SourceTree } from '../../src/importers/source-tree';
import { brokenEntryRules } from './entry-rules';
import { entry, finding, fixture, madeOf } from './reading';

const longLabel = 'S'.repeat(110);

describe('the lantern set, which holds everything odd', () => {
  let tree: SourceTree;
  let made: ReturnType<typeof madeOf>;
  let report: Report;
  beforeAll(async () => {
    ({ tree, report } = await readDandiset(fixture('lantern')));
    made = madeOf(tree);
  });

  it('breaks no rule of a tree', () => {
    expect(brokenEntryRules(tree)).toEqual([]);
  });

  it('gives the same tree when read again', async () => {
    expect((await readDandiset(fixture('lantern'))).tree).toEqual(tree);
  });

  describe('project', () => {
    it('has a name of 200 characters that shows its cut, and the whole name in extraFields', () => {
      const { name, extraFields } = made.project;
      expect(name.length).toBeLessThanOrEqual(200);
      expect(name.endsWith('…')).toBe(true);
      expect(extraFields.projectNameFull).toMatch(/with and without a companion$/);
      expect(finding(report, 'projectName: longer').kind).toBe('SHORTENED');
    });

    it('has tags, licence and where it comes from', () => {
      expect(made.project.tags).toEqual(['lantern', 'maze', 'memory', 'light, dark']);
      expect(made.project.license).toBe('CC-BY-4.0');
      expect(tree.source).toMatchObject({ identifier: 'DANDI:999901', version: '0.250101.1200', openAccess: true });
      expect(made.project.nameUsedInStorage).toBe('999901');
    });

    it('keeps no e-mail address anywhere', () => {
      expect(JSON.stringify({ tree, report })).not.toContain('@example.org');
      expect(finding(report, 'e-mail').count).toBe(3);
    });

    it('keeps fields that nobody foresaw, and leaves a placeholder DOI out', () => {
      expect(made.project.extraFields.lampOil).toBe('{"grade":"A","litres":3}');
      expect(made.project.extraFields.doi).toBeUndefined();
      expect(finding(report, 'placeholder').count).toBe(1);
    });

    it('credits contributors once, with the roles that exist, and keeps the rest', () => {
      expect(made.contributors.map(({ name, roles, orcid }) => [name, roles?.join(), orcid])).toEqual([
        ['Carberry, Josiah', 'CONTACT_PERSON,AUTHOR,PROJECT_MANAGER', '0000-0002-1825-0097'],
        ['Misprint, Ida', 'DATA_COLLECTOR', undefined],
        ['Quiet, Max', undefined, undefined],
        ['Lantern Foundation', 'FUNDER', undefined],
      ]);
      const details = String(made.project.extraFields.contributorDetails).split('\n');
      expect(details[0]).toMatch(
        /^Carberry, Josiah: Institute of .* Brown University, role Software, affiliation https/,
      );
      expect(details[1]).toBe('Misprint, Ida: role LampTrimmer, 0000-0002-1825-0098');
      expect(finding(report, 'the role LampTrimmer').kind).toBe('KEPT_ASIDE');
    });

    it('has one funding entry an award, numbers as written', () => {
      expect(made.project.funding.map(({ funder, awardNumber }) => [funder, awardNumber])).toEqual([
        ['Lantern Foundation', '007'],
        ['Lantern Foundation', '008'],
      ]);
    });

    it('tells publications from repositories', () => {
      expect(made.publications.map(({ title, doi }) => [title, doi])).toEqual([
        ['Remembering corridors', '10.1234/lantern.5'],
        ['doi:10.1234/untitled', '10.1234/untitled'],
      ]);
      expect(made.project.repositoryLinks.map(({ repository }) => repository)).toEqual([
        'DANDI',
        'GITHUB',
        'OTHER',
        'ZENODO',
      ]);
      expect(finding(report, 'related resource without an address').example.value).toContain('gopher:');
    });
  });

  describe('subjects', () => {
    it('are the labels; the source’s own spelling is the identifier', () => {
      const keys = [
        `subject:${longLabel}`,
        ...['ana', 'ben', 'cat-7', 'dot', 'eve', 'zoe'].map((label) => `subject:${label}`),
      ];
      expect(made.subjects.map(({ key }) => key)).toEqual(keys);
      expect(entry(made.subjects, 'subject:cat-7').identifier).toBe('cat_7');
      expect(finding(report, 'called otherwise than its path').example.value).toBe('Ben');
      expect(entry(made.subjects, 'subject:eve').identifier).toBe('eve');
      expect(finding(report, 'several participants').example.value).toContain('zoe');
      expect(entry(made.sessions, 'session:eve/a').subjects).toEqual(['subject:eve', 'subject:zoe']);
    });

    it('have a canonical species, or the source’s own, or the one for "not stated"', () => {
      expect(made.species.map(({ key, name }) => [key, name])).toEqual([
        ['species:NCBITaxon:7041', 'Beetle'],
        ['species:NCBITaxon:10090', 'Mus musculus'],
        ['species:lumen felis - lantern cat', 'Lumen felis - Lantern cat'],
        ['species:unspecified', 'Unspecified'],
      ]);
      expect(entry(made.subjects, 'subject:ben').species).toBe('species:NCBITaxon:10090');
      expect(finding(report, 'not in the vocabulary: it stays').count).toBe(2);
      expect(finding(report, 'species is not stated').example.line).toBe(9);
    });

    it('have a strain of their species', () => {
      const { strain, species } = entry(made.subjects, 'subject:ana');
      expect(entry(made.strains, strain)).toMatchObject({ name: 'C57BL/6J', rrid: 'RRID:IMSR_JAX:000664', species });
    });

    it('have a sex of the list', () => {
      expect(made.subjects.map(({ sex }) => sex)).toEqual([
        'OTHER',
        'MALE',
        'FEMALE',
        'UNKNOWN',
        'UNKNOWN',
        'MALE',
        'MALE',
      ]);
      expect(entry(made.subjects, 'subject:cat-7').extraFields.sexAsStated).toBe('Lamp-lit');
    });

    it('have an age as the source states it: duration, range, open range, or none', () => {
      expect(made.subjects.map(({ age }) => age)).toEqual([
        'P12W/',
        'P90D',
        'P3M/P6M',
        undefined,
        undefined,
        undefined,
        undefined,
      ]);
      expect(entry(made.subjects, 'subject:cat-7').extraFields.ageAsStated).toBe('about a year');
    });

    it('keep what their files disagree about', () => {
      const ana = entry(made.subjects, 'subject:ana');
      expect([ana.genotype, ana.extraFields.genotypeInOtherFiles]).toEqual(['wt/wt', 'wt/tg']);
      const ages = made.sessions
        .filter(({ subjects }) => subjects.includes('subject:ana'))
        .map(({ extraFields }) => extraFields?.subjectAge);
      expect(ages).toEqual(['P90D', undefined, 'P91D']);
      expect(finding(report, 'age differs').count).toBe(1);
    });

    it('have names of at most 100 characters, whole in extraFields', () => {
      const long = entry(made.subjects, `subject:${longLabel}`);
      expect(long.name).toBe(`${'S'.repeat(99)}…`);
      expect(long.extraFields.subjectNameFull).toBe(longLabel);
      expect(long.extraFields.genotypeFull).toHaveLength(244);
    });
  });

  describe('sessions', () => {
    it('of one label under several subjects are several', () => {
      const keys = made.sessions
        .filter(({ nameUsedInStorage }) => nameUsedInStorage === 'ses-day1')
        .map(({ key }) => key);
      expect(keys).toEqual(['session:ana/day1', 'session:ben/day1', 'session:cat-7/day1']);
    });

    it('of files without a label are one a subject', () => {
      const files = made.dataAcquisitions.filter(({ session }) => session === 'session:dot');
      expect(files.map(({ fileName }) => fileName.replace(/.*\//, ''))).toEqual([
        'sub-dot.nwb',
        'sub-dot_obj-2_image+ophys.nwb',
      ]);
      expect(entry(made.sessions, 'session:dot').name).toBe('dot');
    });

    it('are called by their identifier, else by their label, never "Acquisition session"', () => {
      expect(entry(made.sessions, 'session:ana/day1').name).toBe('ana_day_1');
      expect(entry(made.sessions, 'session:ana/day2').name).toBe('day2');
      expect(made.sessions.map(({ name }) => name)).not.toContain('Acquisition session');
    });

    it('start at an instant in UTC, whatever the time zone', () => {
      const start = (key: string): string => entry(made.sessions, `session:${key}`).startedAt;
      expect(start('ana/day1')).toBe('2024-03-01T17:45:00.123Z');
      expect(start('ana/day2')).toBe('2024-03-03T03:45:00.000Z');
      expect(start('eve/c')).toBe('2024-10-26T13:45:00.000Z');
      expect(entry(made.sessions, 'session:eve/c').extraFields.startDate).toBe('2024-10-27T02:30:00+12:45');
    });

    it('have no start where the source names no instant, and keep what it says', () => {
      const without = ['session:cat-7/day1', 'session:eve/a', 'session:ben/day1'].map((key) =>
        entry(made.sessions, key),
      );
      expect(without.map(({ startedAt }) => startedAt)).toEqual([undefined, undefined, undefined]);
      expect(without.map(({ extraFields }) => String(extraFields.startDate).slice(0, 10))).toEqual([
        '2024-03-05',
        '2024-02-30',
        '1899-12-31',
      ]);
      expect(finding(report, 'before 1900').count).toBe(1);
      expect(finding(report, 'no time with an offset').count).toBe(3);
    });

    it('join the descriptions of their files', () => {
      expect(entry(made.sessions, 'session:ana/day1').description).toBe('First night.\n\nFirst night, sorted.');
    });
  });

  describe('data acquisitions', () => {
    const type = (path: string): string => entry(made.dataAcquisitions, `file:${path}`).moduleType;

    it('have the type that the evidence allows', () => {
      expect(type('sub-ana/sub-ana_ses-day1_behavior+ecephys.nwb')).toBe('ExtracellularEphys');
      expect(type('sub-ana/sub-ana_ses-day1_desc-sorted_behavior.nwb')).toBe('ExtracellularEphys');
      expect(type('sub-ana/sub-ana_ses-day2_ophys.nwb')).toBe('TwoPhotonMicroscopy');
      expect(type('sub-ben/sub-ben_ses-day1_icephys.nwb')).toBe('IntracellularEphys');
      expect(type('sub-ben/sub-ben_ses-day1_OriginalVideoLeftCamera.mp4')).toBe('VideoTracking');
      expect(type('sub-dot/sub-dot_obj-2_image+ophys.nwb')).toBe('GeneralTimeSeries');
      expect(type('sub-eve/sub-eve_ses-b_eeg.edf')).toBe('Electroencephalography');
      expect(type('sub-eve/sub-eve_ses-c_behavior.nwb')).toBe('BehavioralTracking');
    });

    it('report what nothing is known about, and terms outside the vocabulary', () => {
      expect(type('sub-dot/sub-dot.nwb')).toBe('GeneralTimeSeries');
      expect(finding(report, 'nothing says how').example).toMatchObject({ file: 'assets.jsonl', line: 9 });
      expect(finding(report, 'approach or technique is outside').count).toBe(2);
    });

    it('keep a size of hundreds of gigabytes, and no size that is none', () => {
      expect(entry(made.dataAcquisitions, 'file:sub-ana/sub-ana_ses-day1_behavior+ecephys.nwb').fileSizeBytes).toBe(
        512_345_678_901,
      );
      expect(entry(made.dataAcquisitions, 'file:sub-eve/sub-eve_ses-c_behavior.nwb').fileSizeBytes).toBeUndefined();
      expect(finding(report, 'size is not stated').count).toBe(2);
    });

    it('point to the archive’s download; a Zarr to the bucket; an s3 address nowhere', () => {
      const url = (path: string): string => entry(made.dataAcquisitions, `file:sub-eve/${path}`).fileUrl;
      expect(url('sub-eve_ses-c_behavior.nwb')).toMatch(
        /^https:\/\/api\.dandiarchive\.org\/api\/assets\/.*\/download\/$/,
      );
      expect(url('sub-eve_ses-a_ecephys.nwb.zarr')).toBe('https://example-bucket.s3.amazonaws.com/zarr/x/');
      expect(url('sub-eve_ses-b_eeg.edf')).toBeUndefined();
    });

    it('say whose external file a video is', () => {
      const video = made.dataAcquisitions.find(({ fileName }) => fileName.endsWith('external_file_0.avi'));
      expect(video?.notes).toBe('External file of sub-ana/sub-ana_ses-day1_behavior+ecephys.nwb.');
      expect(finding(report, 'in the folder of another file').count).toBe(1);
    });

    it('leave out, loudly, a file that belongs to no subject', () => {
      expect(made.dataAcquisitions).toHaveLength(15);
      expect(finding(report, 'belongs to no subject').example).toEqual({
        file: 'assets.jsonl',
        line: 1,
        value: 'dataset_description.json',
      });
    });

    it('lie in one storage of the set', () => {
      expect(made.dataStorages).toEqual([
        {
          type: 'DataStorage',
          key: 'storage:DANDI:999901',
          name: 'DANDI 999901',
          location: 'DANDI Archive',
          description: 'The files of DANDI:999901.',
        },
      ]);
      expect(made.protocols).toMatchObject([
        { protocol: 'https', path: 'https://dandiarchive.org/dandiset/999901/0.250101.1200' },
      ]);
    });
  });

  it('never lets a text through that a database cannot store', () => {
    expect(JSON.stringify(tree)).not.toMatch(/\\u0000|\\ud[89a-f]/i);
    expect(finding(report, 'characters that cannot be stored').count).toBe(2);
  });

  it('compares the list with what the set says of itself', () => {
    expect(finding(report, 'counts other files').example.value).toBe('18 stated, 16 listed');
  });
});
