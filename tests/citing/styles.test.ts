import { parse } from 'yaml';
import { asApa, asBibtex, asRis } from '../../src/citing/as-text';
import { asCff } from '../../src/citing/as-cff';
import { asDatacite, asJsonLd } from '../../src/citing/as-data';
import { contributorTypes } from '../../src/citing/roles';
import { oneLine, personOf } from '../../src/citing/texts';
import type { CitedWork, Credited } from '../../src/citing/work';
import { contributorRoles } from '../../src/domain/project/contributor.entity';

const person = (name: string, more: Partial<Credited> = {}): Credited => ({
  ...personOf(oneLine(name)),
  orcid: null,
  affiliation: null,
  roles: ['AUTHOR'],
  ...more,
});

const work: CitedWork = {
  id: '01890a5d-ac96-8010-8bcc-000000000001',
  title: 'Sleep in mice',
  description: 'What they do at night.',
  publishedOn: '2024-03-01',
  year: '2024',
  changedOn: '2025-01-02',
  authors: [
    person('Doe, Jane Mary', { orcid: '0000-0002-1825-0097', affiliation: 'A lab' }),
    person('The Night Group'),
  ],
  others: [person('Roe, Richard', { roles: ['DATA_CURATOR', 'FORMAL_ANALYZER', 'INVESTIGATOR'] })],
  funding: [{ funder: 'Trust', awardNumber: 'T-1', identifier: 'https://ror.org/012abcd34', url: null }],
  license: 'CC-BY-4.0',
  keywords: ['sleep', 'mouse'],
  identifiers: [
    { scheme: 'DANDI', value: '000003' },
    { scheme: 'DOI', value: '10.48324/dandi.000003/0.1' },
  ],
  doi: '10.48324/dandi.000003/0.1',
  url: 'https://doi.org/10.48324/dandi.000003/0.1',
  links: ['https://dandiarchive.org/dandiset/000003', 'https://doi.org/10.48324/dandi.000003/0.1'],
  publisher: 'DANDI Archive',
  publications: [{ title: 'On sleep', authors: 'Doe J', doi: '10.1234/sleep', url: null }],
};

/** Everything that ends something in one of the formats. */
const odd = 'A } \\end{x} "q" & 50% $#_~^ {b\nTY  - HACK\r\nER  - \u2028</script><!-- é 日本 \u0000: - |';
const hostile: CitedWork = {
  ...work,
  title: oneLine(odd),
  description: oneLine(odd),
  authors: [person(odd), person('O’Brien} and x, Zoë @article{x')],
  keywords: [oneLine(odd)],
  doi: '10.1002/(sici)1<1::aid-x>3.0{}',
  publisher: oneLine(odd),
};
const none: CitedWork = {
  ...work,
  ...{ description: null, publishedOn: null, authors: [], others: [], funding: [], license: null, keywords: [] },
  ...{ identifiers: [], doi: null, url: null, links: [], publications: [] },
};

describe('APA', () => {
  test('names authors, year, title, publisher and address', () => {
    expect(asApa(work)).toBe(
      'Doe, J. M., & The Night Group. (2024). Sleep in mice [Data set]. DANDI Archive. https://doi.org/10.48324/dandi.000003/0.1',
    );
    expect(asApa(none)).toBe('Sleep in mice [Data set]. (n.d.). DANDI Archive.');
  });

  test('of very many authors names nineteen and the last', () => {
    const many = Array.from({ length: 100 }, (_, at) => person(`Doe, A${at}-B.`));
    const cited = asApa({ ...work, authors: many });
    expect(cited.match(/Doe/g)).toHaveLength(20);
    expect(cited).toContain('Doe, A.-B., … Doe, A.-B. (2024)');
  });
});

describe('BibTeX', () => {
  test('is one entry', () => {
    expect(asBibtex(work)).toBe(
      [
        '@misc{stemgraph-01890a5d-ac96-8010-8bcc-000000000001,',
        '  author = {Doe, Jane Mary and {The Night Group}},',
        '  title = {{Sleep in mice}},',
        '  year = {2024},',
        '  publisher = {DANDI Archive},',
        '  howpublished = {Data set},',
        '  doi = {10.48324/dandi.000003/0.1},',
        '  url = {https://doi.org/10.48324/dandi.000003/0.1},',
        '  keywords = {sleep, mouse}',
        '}',
        '',
      ].join('\n'),
    );
  });

  test.each([hostile, none])('no text ends a field, or the entry', (one) => {
    const cited = asBibtex(one);
    let depth = 0;
    const ends: number[] = [];
    [...cited].forEach((sign, at) => {
      if (sign === '{') depth += 1;
      if (sign === '}') depth -= 1;
      if (sign === '}' && depth === 0) ends.push(at);
    });
    expect([depth, ends]).toEqual([0, [[...cited].length - 2]]);
    const lines = cited.trim().split('\n');
    expect(lines.slice(1, -1).filter((line) => !/^ {2}[a-z]+ = \{.*\},?$/.test(line))).toEqual([]);
    expect(cited).not.toMatch(/[^\\][&%$#_](?![a-fA-F0-9]{2})/);
  });
});

describe('RIS', () => {
  test('is a record of lines', () => {
    expect(asRis(work).split('\r\n')).toEqual([
      'TY  - DATA',
      'AU  - Doe, Jane Mary',
      'AU  - The Night Group',
      'TI  - Sleep in mice',
      'PY  - 2024',
      'DA  - 2024/03/01',
      'PB  - DANDI Archive',
      'DO  - 10.48324/dandi.000003/0.1',
      'UR  - https://doi.org/10.48324/dandi.000003/0.1',
      'KW  - sleep',
      'KW  - mouse',
      'AB  - What they do at night.',
      'ER  - ',
      '',
    ]);
  });

  test('no text begins a line of its own', () => {
    const lines = asRis(hostile).split(/\r\n|[\n\r\u2028\u2029]/);
    expect(lines.filter((line) => line !== '' && !/^(TY|AU|TI|PY|DA|PB|DO|UR|KW|AB|ER) {2}- /.test(line))).toEqual([]);
    expect(lines.filter((line) => line.startsWith('ER'))).toHaveLength(1);
    expect(lines.filter((line) => line.startsWith('TY'))).toHaveLength(1);
  });
});

describe('DataCite', () => {
  interface Datacite {
    [field: string]: unknown;
    creators: object[];
    contributors: { contributorType: string }[];
  }
  const cited = (one: CitedWork): Datacite => JSON.parse(asDatacite(one)) as Datacite;

  test('says what its schema asks for', () => {
    expect(cited(work)).toMatchObject({
      schemaVersion: 'http://datacite.org/schema/kernel-4',
      doi: '10.48324/dandi.000003/0.1',
      types: { resourceTypeGeneral: 'Dataset' },
      creators: [
        {
          ...{ name: 'Doe, Jane Mary', nameType: 'Personal', familyName: 'Doe', givenName: 'Jane Mary' },
          nameIdentifiers: [{ nameIdentifier: 'https://orcid.org/0000-0002-1825-0097', nameIdentifierScheme: 'ORCID' }],
          affiliation: [{ name: 'A lab' }],
        },
        { name: 'The Night Group' },
      ],
      titles: [{ title: 'Sleep in mice' }],
      publisher: { name: 'DANDI Archive' },
      publicationYear: '2024',
      alternateIdentifiers: [{ alternateIdentifier: '000003', alternateIdentifierType: 'DANDI' }],
      relatedIdentifiers: [{ relatedIdentifier: '10.1234/sleep', relatedIdentifierType: 'DOI' }],
      fundingReferences: [{ funderName: 'Trust', funderIdentifierType: 'ROR', awardNumber: 'T-1' }],
      rightsList: [{ rightsIdentifier: 'CC-BY-4.0', rightsIdentifierScheme: 'SPDX' }],
    });
    expect(cited(work).contributors.map(({ contributorType }) => contributorType)).toEqual([
      'DataCurator',
      'Researcher',
    ]);
  });

  test('has what it cannot be without, where nothing is stated; no list that says nothing; and no DOI that it does not take', () => {
    expect(cited(none)).toEqual({
      schemaVersion: 'http://datacite.org/schema/kernel-4',
      types: { resourceTypeGeneral: 'Dataset', resourceType: 'Neuroscience project' },
      creators: [{ name: ':unav' }],
      titles: [{ title: 'Sleep in mice' }],
      publisher: { name: 'DANDI Archive' },
      publicationYear: '2024',
    });
    expect(cited(hostile)['doi']).toBeUndefined();
  });

  test('knows every role', () =>
    expect(Object.keys(contributorTypes).sort()).toEqual([...contributorRoles.values].sort()));
});

describe('JSON-LD', () => {
  test('is a Dataset of schema.org', () => {
    expect(JSON.parse(asJsonLd(work))).toMatchObject({
      '@context': 'https://schema.org',
      '@type': 'Dataset',
      name: 'Sleep in mice',
      description: 'What they do at night.',
      creator: [{ '@type': 'Person', '@id': 'https://orcid.org/0000-0002-1825-0097' }, { name: 'The Night Group' }],
      contributor: [{ name: 'Roe, Richard' }],
      datePublished: '2024-03-01',
      license: 'https://spdx.org/licenses/CC-BY-4.0.html',
      sameAs: ['https://dandiarchive.org/dandiset/000003'],
      citation: [{ '@type': 'ScholarlyArticle', name: 'On sleep', '@id': 'https://doi.org/10.1234/sleep' }],
      funding: [{ '@type': 'Grant', identifier: 'T-1', funder: { name: 'Trust' } }],
    });
    // Search engines ask for name and description.
    expect(JSON.parse(asJsonLd(none))).toMatchObject({ name: 'Sleep in mice', description: 'Sleep in mice' });
  });

  test.each([asJsonLd, asDatacite])('nothing in it ends a script', (write) => {
    expect(write(hostile)).not.toMatch(/[<>&\u2028\u2029]/);
    expect(JSON.stringify(JSON.parse(write(hostile)))).toContain('</script><!-- é 日本');
  });
});

describe('CFF', () => {
  test('is a file that says the same', () => {
    expect(parse(asCff(work))).toEqual({
      'cff-version': '1.2.0',
      message: 'If you use this data set, please cite it as below.',
      type: 'dataset',
      title: 'Sleep in mice',
      authors: [
        {
          ...{ 'family-names': 'Doe', 'given-names': 'Jane Mary', affiliation: 'A lab' },
          orcid: 'https://orcid.org/0000-0002-1825-0097',
        },
        { name: 'The Night Group' },
      ],
      'date-released': '2024-03-01',
      doi: '10.48324/dandi.000003/0.1',
      identifiers: [
        { type: 'url', value: 'https://dandiarchive.org/dandiset/000003' },
        { type: 'doi', value: '10.48324/dandi.000003/0.1' },
      ],
      url: 'https://doi.org/10.48324/dandi.000003/0.1',
      license: 'CC-BY-4.0',
      keywords: ['sleep', 'mouse'],
      abstract: 'What they do at night.',
      references: [{ type: 'article', title: 'On sleep', authors: [{ name: 'Doe J' }], doi: '10.1234/sleep' }],
    });
  });

  test('texts stay texts', () => {
    const cited = parse(asCff({ ...hostile, keywords: ['yes', '1.0', '- x', '# y', '*z', oneLine(odd)] })) as Record<
      string,
      unknown
    >;
    expect(cited['title']).toBe(oneLine(odd));
    expect(cited['keywords']).toEqual(['yes', '1.0', '- x', '# y', '*z', oneLine(odd)]);
    expect(parse(asCff(none))).toMatchObject({ authors: [{ name: 'DANDI Archive' }] });
  });
});
