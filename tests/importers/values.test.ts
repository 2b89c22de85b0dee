import fc from 'fast-check';
import { chooseType } from '../../src/importers/dandi/acquisition-type';
import { companionOf, labelsOf } from '../../src/importers/dandi/labels';
import { isAge, utcInstant } from '../../src/importers/times';
import { EntryTree } from '../../src/importers/entry-tree';
import { ExtraFieldsWriter } from '../../src/importers/extra-fields';
import { maximumLength, shorten } from '../../src/importers/lengths';
import { ReportWriter } from '../../src/importers/report';
import { formatReport } from '../../src/importers/report-text';
import { speciesOfSpelling, speciesOfTaxon, taxonIn } from '../../src/importers/vocabulary';
import { doiIn, webAddress } from '../../src/importers/web-identifiers';
import { orcidIn } from '../../src/model/orcid';

describe('labels of a path', () => {
  it.each([
    ['sub-A/sub-A_ses-B_behavior+ecephys.nwb', 'A', 'B', ['behavior', 'ecephys']],
    ['sub-A/sub-A_ses-B.nwb', 'A', 'B', []],
    ['sub-A/sub-A.nwb', 'A', null, []],
    ['sub-A/ses-B/ecephys/sub-A_ecephys.nwb', 'A', 'B', ['ecephys']],
    ['rawdata/sub-A/ses-B/anat/sub-A_ses-B-2_T1w.nii.gz', 'A', 'B-2', ['T1w']],
    ['sub-A/sub-A_ses-B_image/0_external_file_0.avi', 'A', null, ['0']],
    ['sub-A_ecephys.nwb', 'A', null, ['ecephys']],
    ['derivatives/notsub-A/README.md', null, null, ['README']],
  ])('%s', (path, subject, session, modalities) => {
    expect(labelsOf(path)).toMatchObject({ subject, session, modalities });
  });

  it('know whose external file a file would be', () => {
    expect(companionOf('sub-A/sub-A_image/1_external_file_0.avi')).toBe('sub-A/sub-A_image.nwb');
    expect(companionOf('README.md')).toBeNull();
  });
});

describe('times', () => {
  it.each([
    ['2019-01-29T00:00:00-08:00', '2019-01-29T08:00:00.000Z'],
    ['2018-04-12T16:58:50.822999-07:00', '2018-04-12T23:58:50.822Z'],
    ['2024-02-29 23:59+0530', '2024-02-29T18:29:00.000Z'],
    ['2024-06-01T10:00:00z', '2024-06-01T10:00:00.000Z'],
    ['2020-01-01T00:00:00-07:52:58', '2020-01-01T07:52:58.000Z'],
    ['0099-01-01T00:00:00Z', '0099-01-01T00:00:00.000Z'],
  ])('%s is %s', (text, instant) => expect(utcInstant(text)).toBe(instant));

  it.each([
    '2019-01-29',
    '2019-01-29T10:00:00',
    '2023-02-29T10:00:00Z',
    '2023-13-01T10:00:00Z',
    '2023-01-01T25:00:00Z',
    'now',
  ])('%s is no instant', (text) => expect(utcInstant(text)).toBeNull());

  it('agree with the engine about every instant that it can write', () => {
    const dates = fc.date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true });
    fc.assert(fc.property(dates, (date) => utcInstant(date.toISOString()) === date.toISOString()));
  });

  // A month has 30.4375 days, also where it is compared with days.
  it.each([
    'P1M/P30.438D',
    'P30.437D/P1M',
    'P90D',
    'P95.0D',
    'P207DT0H0M0S',
    'P80DT82800S',
    'P3M/P6M',
    'P12W/',
    '/P1Y',
    'PT5H',
    'P1Y2M3W4DT5H6M7.5S',
  ])('%s is an age', (text) => expect(isAge(text)).toBe(true));

  it.each(['P1M/P30.437D', '', 'P', 'PT', '/', '90D', 'P90', 'P-3D', 'P3M/P6M/P9M', 'P3M to P6M', 'p90d'])(
    '%s is no age',
    (text) => expect(isAge(text)).toBe(false),
  );
});

describe('species', () => {
  it.each(['Mus musculus', 'House mouse', 'Mus musculus - House mouse', 'mouse', 'MUS  MUSCULUS', 'mus_musculus'])(
    '%s is the house mouse',
    (spelling) => expect(speciesOfSpelling(spelling)?.taxon).toBe('10090'),
  );

  it.each(['Mus musculus - Norway rat', 'Mus musculus - Lantern cat', 'Lumen felis', ' - ', ''])(
    '%s is none',
    (spelling) => expect(speciesOfSpelling(spelling)).toBeNull(),
  );

  it('are known by number in any of its forms', () => {
    const forms = ['http://purl.obolibrary.org/obo/NCBITaxon_7955', 'NCBITaxon:7955', 'NCBI:txid7955'];
    expect(forms.map((form) => speciesOfTaxon(taxonIn(form) ?? '')?.name)).toEqual(Array(3).fill('Danio rerio'));
    expect([taxonIn('https://example.org/7955'), taxonIn(null)]).toEqual([null, null]);
  });
});

describe('identifiers', () => {
  it.each([
    ['DOI:10.1038/s41467-021-20936-8', '10.1038/s41467-021-20936-8'],
    ['https://doi.org/10.7554/eLife.04677', '10.7554/elife.04677'],
    ['doi: 10.1126/science.aad1935.', '10.1126/science.aad1935'],
    ['DOI:0.1038/nature11911', null],
    [`10.1234/${'x'.repeat(300)}`, null],
    ['1810.11393', null],
    ['https://doi.org/10.18112/openneuro.ds000117.v1.0.0/', '10.18112/openneuro.ds000117.v1.0.0'],
    ['https://doi.org/10.21203/rs.3.rs-123/v1', '10.21203/rs.3.rs-123/v1'],
    ['https://www.nature.com/articles/s41586-020-1234-5', null],
    ['see https://www.biorxiv.org/content/10.1101/2020.01.02.123456v1.full.', '10.1101/2020.01.02.123456'],
    ['https://www.biorxiv.org/content/10.1101/123456v2.full.pdf+html?x=1', '10.1101/123456'],
    ['https://journals.physiology.org/doi/full/10.1152/jn.00123.2020', '10.1152/jn.00123.2020'],
    ['https://www.science.org/doi/10.1126/science.abc1234?download=true#s', '10.1126/science.abc1234'],
    ['https://www.pnas.org/doi/pdf/10.1073/pnas.1234567118/suppl_file/x.pdf', '10.1073/pnas.1234567118'],
    ['https://iopscience.iop.org/article/10.1088/1741-2560/13/4/046016/meta', '10.1088/1741-2560/13/4/046016'],
    ['https://journals.plos.org/x/article?id=10.1371/journal.pbio.1000123&type=p', '10.1371/journal.pbio.1000123'],
    ['https://direct.mit.edu/imag/article/doi/10.1162/imag_a_00001/116958/Title', '10.1162/imag_a_00001'],
    ['https://karger.com/article/doi/10.1159/000123456', '10.1159/000123456'],
    ['https://academic.oup.com/x/article-lookup/doi/10.1093/cercor/12345', '10.1093/cercor/12345'],
    ['https://academic.oup.com/x/article/doi/10.1093/cercor/bhaa123/5809', '10.1093/cercor/bhaa123'],
    ['https://www.example.org/doi/10.1234/full', '10.1234/full'],
    ['https://zenodo.org/badge/DOI/10.5281/zenodo.1234567.svg', '10.5281/zenodo.1234567'],
    [
      '[![DOI](https://zenodo.org/badge/DOI/10.5281/zenodo.1234567.svg)](https://doi.org/10.5281/zenodo.1234567)',
      '10.5281/zenodo.1234567',
    ],
    ['https://doi.org/10.1016/j.neuron.2020.01.001?utm_source=x', '10.1016/j.neuron.2020.01.001'],
    ['https://doi.org/10.1038/s41586-023-06031-6#Sec2', '10.1038/s41586-023-06031-6'],
    ['10.1234/a%2541', '10.1234/aa'],
    ['10.1234/a%00b', null],
    ['10.1234/a%E2%80%AEb', null],
    ['https://link.springer.com/content/pdf/10.1007/s12021-020-09500-1.pdf', '10.1007/s12021-020-09500-1'],
  ])('%s holds the DOI %s', (text, doi) => expect(doiIn(text)).toBe(doi));

  it('an ORCID iD has the right check digit', () => {
    expect(orcidIn('https://orcid.org/0000-0002-1825-0097')).toBe('0000-0002-1825-0097');
    expect(orcidIn('0000-0002-1694-233x')).toBe('0000-0002-1694-233X');
    expect([orcidIn('0000-0002-1825-0098'), orcidIn('https://ror.org/00f54p054'), orcidIn(null)]).toEqual([
      null,
      null,
      null,
    ]);
  });

  it('an address is http, https or ftp', () => {
    expect(['http://a.b', 'https://a.b', 'ftp://a.b'].map(webAddress)).not.toContain(null);
    expect(['s3://a/b', 'javascript:alert(1)', 'file:///etc/passwd', 'a.b', '//a.b', null].map(webAddress)).toEqual(
      Array(6).fill(null),
    );
  });
});

describe('the type of a file of several techniques', () => {
  const clamp = 'current clamp technique';
  const electrodes = 'multi electrode extracellular electrophysiology recording technique';
  const choose = (path: string, techniques: string[]): ReturnType<typeof chooseType> =>
    chooseType({ labels: labelsOf(path), encodingFormat: 'application/x-nwb', approaches: [], techniques });

  it('is the one that the file’s name agrees with, and is reported', () => {
    expect(choose('sub-A/sub-A_ecephys.nwb', [clamp, electrodes])).toMatchObject({
      type: 'ExtracellularEphys',
      doubt: { kind: 'DECIDED' },
    });
    expect(choose('sub-A/sub-A_icephys.nwb', [electrodes, clamp]).type).toBe('IntracellularEphys');
  });

  it('is beyond doubt where both mean the same', () => {
    expect(choose('sub-A/sub-A.nwb', [clamp, 'voltage clamp technique'])).toEqual({
      type: 'IntracellularEphys',
      doubt: null,
    });
  });
});

describe('texts that are too long', () => {
  it('are cut visibly, within the limit, and never inside a letter', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), fc.integer({ min: 2, max: 40 }), (text, limit) => {
        const short = shorten(text, limit);
        const isCut = short !== text;
        return (
          short.length <= Math.max(limit, 0) &&
          !/\p{Surrogate}/u.test(short) &&
          (!isCut || short.endsWith('…')) &&
          isCut === text.length > limit
        );
      }),
    );
    expect(shorten('👩‍🔬'.repeat(3), 8)).toBe('👩‍🔬…');
    // However long it is: letters beyond the cut are not looked at, which would take minutes.
    expect(shorten('n'.repeat(2_000_000), 30_000)).toHaveLength(30_000);
  });

  it('are those that the model’s columns could not hold', () => {
    expect(maximumLength).toMatchObject({
      projectName: 200,
      subjectName: 100,
      sessionName: 200,
      notes: 500,
      genotype: 200,
    });
  });
});

describe('extra fields', () => {
  it('of one name are numbered by asking about few keys each, however many there are', () => {
    const tree = new EntryTree(new ReportWriter());
    const asked = jest.spyOn(Map.prototype, 'has');
    const fields = new ExtraFieldsWriter(tree, 'thing');
    const keys = Array.from({ length: 1000 }, (_, at) => fields.keep('stream', at, { file: 'f' }));
    const lookups = asked.mock.calls.length;
    asked.mockRestore();
    expect([...keys.slice(0, 2), keys.at(-1)]).toEqual(['stream', 'stream2', 'stream1000']);
    expect(fields.keep('stream', 500, { file: 'f' })).toBe('stream501');
    expect(lookups).toBeLessThan(20_000);
  });

  it('have keys of the allowed form, and nothing overwrites anything', () => {
    const fields = new ExtraFieldsWriter(new EntryTree(new ReportWriter()), 'thing');
    const place = { file: 'f' };
    for (const [key, value] of [
      ['a b', 1],
      ['a_b', 2],
      ['a b', 1],
      ['@9', 'x'],
      ['', 'y'],
      ['n', NaN],
      ['n', ''],
    ] as const) {
      fields.keep(key, value, place);
    }
    expect(fields.finish()).toEqual({ a_b: 1, a_b2: 2, field: 'x', field2: 'y', n: 'NaN' });
  });
});

describe('the report', () => {
  const place = { file: 'assets.jsonl', line: 3 };

  it('groups by message, keeps an example, and shows no control characters', () => {
    const report = new ReportWriter();
    report.add('NOT_UNDERSTOOD', 'a\u001b[31mb', place, `x\n${'y'.repeat(500)}`);
    report.add('NOT_UNDERSTOOD', 'a\u001b[31mb', { file: 'other' }, 'z');
    const { findings } = report.finish();
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({ message: 'a [31mb', count: 2, example: { file: 'assets.jsonl', line: 3 } });
    expect(findings[0]?.example.value).toMatch(/^x y+…$/);
    expect(formatReport(report.finish()).join('')).not.toMatch(/\p{Cc}/u);
  });

  it('stays small however many kinds of finding there are, and still counts them', () => {
    const report = new ReportWriter();
    for (let number = 0; number < 2000; number += 1) report.add('NOT_IMPORTED', `field ${number}`, place);
    const { findings } = report.finish();
    expect(findings).toHaveLength(501);
    expect(findings.reduce((sum, { count }) => sum + count, 0)).toBe(2000);
  });
});
