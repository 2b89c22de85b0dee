import { addressOfIdentifier, canonicalIdentifier, identifierIn } from '../../src/model/project-identifiers';
import type { Entry } from '../../src/tree/entry';
import { setUpStage, type Stage } from '../importing/stage';

describe('an identifier has one spelling', () => {
  const doi = '10.48324/dandi.000003/0.230629.1955';
  test.each([
    ['DANDI:000003', 'DANDI', '000003'],
    [' dandi:000003 ', 'DANDI', '000003'],
    ['https://dandiarchive.org/dandiset/000003', 'DANDI', '000003'],
    ['https://dandiarchive.org/dandiset/000003/0.230629.1955?search=x', 'DANDI', '000003'],
    ['https://gui.dandiarchive.org/#/dandiset/000003', 'DANDI', '000003'],
    ['https://identifiers.org/DANDI:000003', 'DANDI', '000003'],
    ['10.48324/DANDI.000003/0.230629.1955', 'DOI', doi],
    ['doi:10.48324/dandi.000003/0.230629.1955', 'DOI', doi],
    ['https://doi.org/10.48324/dandi.000003/0.230629.1955', 'DOI', doi],
    ['http://dx.doi.org/10.48324%2Fdandi.000003/0.230629.1955', 'DOI', doi],
    ['doi.org/10.48324/dandi.000003/0.230629.1955', 'DOI', doi],
    ['ds000117', 'OPENNEURO', 'ds000117'],
    ['OpenNeuro:DS000117', 'OPENNEURO', 'ds000117'],
    ['https://openneuro.org/datasets/ds000117/versions/1.0.5', 'OPENNEURO', 'ds000117'],
    ['AIND:Ephys  Platform', 'AIND', 'ephys platform'],
    ['brainstem:0C5AB5B1-94C5-4F4B-8E4A-0D1C5E9F0A11', 'BRAINSTEM', '0c5ab5b1-94c5-4f4b-8e4a-0d1c5e9f0a11'],
  ])('%s', (text, scheme, value) => {
    expect(identifierIn(text)).toEqual({ scheme, value });
    expect(canonicalIdentifier(scheme, text)).toBe(value);
    expect(canonicalIdentifier(scheme, value)).toBe(value);
  });

  test.each([
    '000003',
    'Ephys platform',
    '',
    ' ',
    'DANDI:3',
    'doi:11.1/x',
    '10.1/x y',
    'https://example.org/000003',
    'ds1',
  ])('%p alone is none', (text) => expect(identifierIn(text)).toBeNull());

  test('a number alone is one where its scheme is said, and leads to its page', () => {
    expect(canonicalIdentifier('DANDI', '000003')).toBe('000003');
    expect(canonicalIdentifier('toString', '000003')).toBeNull();
    expect(addressOfIdentifier({ scheme: 'DANDI', value: '000003' })).toBe('https://dandiarchive.org/dandiset/000003');
    expect(addressOfIdentifier({ scheme: 'DOI', value: '10.1002/(sici)1<1::aid-x>3.0' })).toBe(
      'https://doi.org/10.1002/(sici)1%3C1%3A%3Aaid-x%3E3.0',
    );
    expect(addressOfIdentifier({ scheme: 'AIND', value: 'x' })).toBeNull();
  });

  test('the longest texts take no time', () => {
    const start = performance.now();
    for (const text of ['10.1234/'.padEnd(100_000, '('), 'DANDI:'.padEnd(100_000, ' '), '<'.repeat(100_000)])
      expect(identifierIn(text)).toBeNull();
    expect(performance.now() - start).toBeLessThan(500);
  });
});

describe('written', () => {
  let stage: Stage;
  let token: string;
  let id: string;
  beforeAll(async () => {
    stage = await setUpStage();
    token = (await stage.token(await stage.lab.person('Olga'))).secret;
    const { data } = await stage.ask(
      token,
      'mutation { made: createProject(input: { name: "Named" }) { project { id } } }',
    );
    id = (data as { made: { project: { id: string } } }).made.project.id;
  });
  afterAll(() => stage.close());

  const update = (list: string): ReturnType<Stage['ask']> =>
    stage.ask(
      token,
      `mutation { done: updateProject(id: "${id}", input: { identifiers: ${list} }) { changed project { identifiers { scheme value url } } } }`,
    );

  test('in any spelling, it is stored in one, and the same in another spelling is no change', async () => {
    const identifiers = [
      { scheme: 'DANDI', value: '000003', url: 'https://dandiarchive.org/dandiset/000003' },
      { scheme: 'DOI', value: '10.1234/abc', url: 'https://doi.org/10.1234/abc' },
    ];
    const first = await update(
      '[{ scheme: DANDI, value: "dandi:000003" }, { scheme: DOI, value: "https://doi.org/10.1234/ABC" }]',
    );
    expect(first).toEqual({ data: { done: { changed: true, project: { identifiers } } } });
    const again = await update('[{ scheme: DANDI, value: "000003" }, { scheme: DOI, value: "doi:10.1234/abc" }]');
    expect(again).toEqual({ data: { done: { changed: false, project: { identifiers } } } });
  });

  test('what is none of its scheme, and what is there twice, is told with its place', async () => {
    const { errors } = await update('[{ scheme: DANDI, value: "3" }, { scheme: DOI, value: " " }]');
    expect(errors![0]!.extensions['errors']).toMatchObject([
      { path: ['identifiers', 0, 'value'], code: 'WRONG_FORMAT' },
      { path: ['identifiers', 1, 'value'], code: 'REQUIRED' },
    ]);
    const twice = await update('[{ scheme: DOI, value: "10.1234/abc" }, { scheme: DOI, value: "doi:10.1234/ABC" }]');
    expect(twice.errors![0]!.extensions['errors']).toMatchObject([{ path: ['identifiers', 1], code: 'DUPLICATE' }]);
    const many = Array.from({ length: 201 }, (_, at) => `{ scheme: DOI, value: "10.1234/${at}" }`);
    expect((await update(`[${many.join(' ')}]`)).errors![0]!.extensions['errors']).toMatchObject([
      { path: ['identifiers'], code: 'TOO_LONG' },
    ]);
  });

  test('an export has them, and an import takes them', async () => {
    const { payload } = await stage.app.inject({
      url: `/export/projects/${id}.ndjson`,
      headers: { authorization: `Bearer ${token}` },
    });
    const project = payload
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Entry)
      .find(({ type }) => type === 'Project')!;
    const identifiers = [
      { scheme: 'DANDI', value: '000003' },
      { scheme: 'DOI', value: '10.1234/abc' },
    ];
    expect(project['identifiers']).toEqual(identifiers);
    expect(await stage.import(token, [{ ...project, key: 'a copy' }])).toMatchObject({ created: 1 });
    const stored = await stage.database.dataSource.query<object[]>(`SELECT "identifiers" FROM "project"`);
    expect(stored).toEqual([{ identifiers }, { identifiers }]);
  });
});
