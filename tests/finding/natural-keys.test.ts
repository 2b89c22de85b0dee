import { anonymous, type Viewer } from '../../src/access/viewer';
import { newId } from '../../src/model/ids';
import { openLabServer, viewerWith } from '../publishing/lab';
import { watchStatements } from '../stage/wire-statements';

const stage = openLabServer();
const isPublic = { isPublic: true, publishedAt: new Date(), firstPublishedAt: new Date() };
const doi = (value: string): object => ({ scheme: 'DOI', value });
const dandi = { scheme: 'DANDI', value: '000003' };

let statements: string[];
let open: string;
let hidden: string;
let owner: Viewer;
beforeAll(async () => {
  statements = watchStatements(stage.database.dataSource);
  open = await stage.lab.add('Project', { name: 'Open', identifiers: [dandi, doi('10.1234/open')], ...isPublic });
  hidden = await stage.lab.add('Project', { name: 'Hidden', identifiers: [doi('10.1234/hidden')] });
  owner = viewerWith(await stage.lab.person('Olga', 'OWNER', [hidden]), 'READ', 'WRITE');
});

const ask = (viewer: Viewer, query: string): ReturnType<typeof stage.server.ask> => stage.server.ask(viewer, query);
const project = (viewer: Viewer, identifier: string): ReturnType<typeof ask> =>
  ask(viewer, `{ project(identifier: ${JSON.stringify(identifier)}) { id } }`);

describe('a project', () => {
  test.each(['DANDI:000003', 'dandi:000003', 'https://dandiarchive.org/dandiset/000003', 'doi:10.1234/OPEN'])(
    'is found by %s',
    async (identifier) => expect(await project(anonymous, identifier)).toEqual({ data: { project: { id: open } } }),
  );

  test('that is hidden is answered as one that there is not: the same bytes, and the same statements', async () => {
    const answers: [string, string[]][] = [];
    for (const name of ['10.1234/unknown', '10.1234/hidden']) {
      statements.length = 0;
      const { body } = await stage.server.send(anonymous, `{ project(identifier: "${name}") { id name } }`);
      answers.push([body, [...statements]]);
    }
    expect(answers[0]![0].trim()).toBe('{"data":{"project":null}}');
    expect(answers[0]![1].length).toBeGreaterThan(0);
    expect(answers[1]).toEqual(answers[0]);
    expect(await project(owner, '10.1234/hidden')).toEqual({ data: { project: { id: hidden } } });
    const asAnybody = { 'stemgraph-view-as': 'public' };
    const seen = await stage.server.send(owner, '{ project(identifier: "10.1234/hidden") { id } }', {}, asAnybody);
    expect(seen.json()).toEqual({ data: { project: null } });
  });

  test('of which several have one identifier is not chosen: those that the viewer sees are listed, and no others', async () => {
    const same = { identifiers: [doi('10.1234/claimed')] };
    const first = await stage.lab.add('Project', { name: 'First', ...same, ...isPublic });
    const claims = await stage.lab.add('Project', { name: 'Claims it', ...same });
    const claimant = viewerWith(await stage.lab.person('Claire', 'OWNER', [claims]), 'READ');
    expect(await project(anonymous, '10.1234/claimed')).toEqual({ data: { project: { id: first } } });
    const { data, errors } = await project(claimant, '10.1234/claimed');
    expect(data).toEqual({ project: null });
    expect(errors).toMatchObject([
      { path: ['project'], extensions: { code: 'AMBIGUOUS', ids: [claims, first], more: false } },
    ]);
  });

  test('of which very many claim one identifier lists twenty, those of the viewer first', async () => {
    for (let made = 0; made < 21; made += 1)
      await stage.lab.add('Project', { name: 'Crowd', identifiers: [doi('10.1234/crowd')], ...isPublic });
    const { errors } = await project(anonymous, '10.1234/crowd');
    expect(errors![0]!.extensions).toMatchObject({ code: 'AMBIGUOUS', more: true });
    expect(errors![0]!.extensions['ids']).toHaveLength(20);
    const own = await stage.lab.add('Project', { name: 'The real one', identifiers: [doi('10.1234/crowd')] });
    const claimed = await project(viewerWith(await stage.lab.person('Rea', 'MEMBER', [own]), 'READ'), '10.1234/crowd');
    expect((claimed.errors![0]!.extensions['ids'] as string[])[0]).toBe(own);
  });

  test.each([
    ['{ project { id } }', 'Give exactly one of `id` and `identifier`.'],
    [`{ project(id: "${newId('Project')}", identifier: "ds000117") { id } }`, 'Give exactly one of'],
    ['{ project(id: null, identifier: null) { id } }', 'Give exactly one of'],
    ['{ project(identifier: "000003") { id } }', 'with its scheme before it, such as `DANDI:000003`'],
    ['{ project(identifier: "") { id } }', 'is none that we know'],
    ['{ user(orcid: "0000-0002-1825-0098") { id } }', 'its last digit checks the others'],
    ['{ publication(doi: "paper") { id } }', 'write a DOI'],
    ['{ speciesById(identifier: "https://example.org") { id } }', 'write an RRID'],
  ])('%s is refused', async (query, message) => {
    const { errors } = await ask(anonymous, query);
    expect(errors).toHaveLength(1);
    expect(errors![0]).toMatchObject({
      message: expect.stringContaining(message) as string,
      extensions: { code: 'BAD_USER_INPUT' },
    });
  });

  test('is found with many others by one statement', async () => {
    const aliases = (count: number): string =>
      Array.from(
        { length: count },
        (_, at) => `p${at}: project(identifier: "${at % 2 ? 'DANDI:000003' : `10.1234/${at}`}") { id }`,
      ).join(' ');
    const taken: number[] = [];
    for (const count of [2, 100]) {
      statements.length = 0;
      const { data } = await ask(anonymous, `{ ${aliases(count)} }`);
      expect(Object.values(data!).filter(Boolean)).toHaveLength(count / 2);
      taken.push(statements.length);
    }
    expect(taken[1]).toBe(taken[0]);
  });
});

test('shared words are found by RRID and by their identifiers elsewhere, in any spelling, once they are approved', async () => {
  const named = {
    rrid: 'RRID:IMSR_JAX:000664',
    externalIdentifiers: [{ source: 'NCBITaxon', identifier: '10090', url: null }],
  };
  const mouse = await stage.lab.add('Species', { name: 'Mus', ...named, isApproved: true });
  const supplier = await stage.lab.add('Supplier', { name: 'JAX', ...named, isApproved: true });
  const other = await stage.lab.add('Species', {
    name: 'Rattus',
    externalIdentifiers: [{ source: 'ncbi', identifier: 'NCBI:7', url: null }],
    isApproved: false,
  });
  const all = (identifier: string): string =>
    `{ speciesById(identifier: "${identifier}") { id } supplier(identifier: "${identifier}") { id } }`;
  for (const spelled of [
    'RRID:IMSR_JAX:000664',
    'imsr_jax:000664',
    'rrid: imsr_jax:000664',
    'NCBITaxon:10090',
    'ncbitaxon:10090',
    'http://purl.obolibrary.org/obo/NCBITaxon_10090',
  ])
    expect(await ask(anonymous, all(spelled))).toEqual({
      data: { speciesById: { id: mouse }, supplier: { id: supplier } },
    });
  const none = { data: { speciesById: null, supplier: null } };
  expect(await ask(anonymous, all('xNCBITaxon:1'))).toEqual(none);
  expect(await ask(anonymous, all('ncbi:7'))).toEqual(none);
  const administrator: Viewer = { kind: 'user', userId: await stage.lab.person('Ada'), isAdministrator: true };
  expect(await ask(administrator, all('ncbi:7'))).toEqual({ data: { speciesById: { id: other }, supplier: null } });
});

test('a user is found by their ORCID iD by whoever sees them, a publication by its DOI', async () => {
  const orcid = '0000-0002-1825-0097';
  const user = await stage.lab.add('User', { name: 'Ona', orcid });
  const paper = await stage.lab.add('Publication', {
    title: 'P',
    authors: 'O',
    doi: 'https://doi.org/10.1234/Paper',
    isApproved: true,
  });
  const query = `{ user(orcid: "https://orcid.org/${orcid}") { id } publication(doi: "10.1234/PAPER") { id } }`;
  expect(await ask(anonymous, query)).toEqual({ data: { user: null, publication: { id: paper } } });
  expect(await ask(owner, query)).toEqual({ data: { user: { id: user }, publication: { id: paper } } });
  await stage.lab.add('Contributor', { projectId: open, name: 'Ona', roles: ['AUTHOR'], userId: user });
  expect(await ask(anonymous, query)).toEqual({ data: { user: { id: user }, publication: { id: paper } } });
});

test('each name is found by its index, however many there are', async () => {
  const { dataSource } = stage.database;
  const id = (code: string): string => `(lpad(to_hex(n), 8, '0') || '-0000-8${code}0-8000-000000000000')::uuid`;
  const many = async (table: string, code: string, columns: string, values: string): Promise<void> => {
    await dataSource.query(
      `INSERT INTO "${table}" ("id", ${columns}) SELECT ${id(code)}, ${values} FROM generate_series(1, 20000) n`,
    );
    await dataSource.query(`ANALYZE "${table}"`);
  };
  await many(
    'project',
    '01',
    '"name", "identifiers"',
    `'P', jsonb_build_array(jsonb_build_object('scheme', 'DOI', 'value', '10.9000/' || n))`,
  );
  await many(
    'species',
    '30',
    '"name", "is_approved", "rrid", "external_identifiers"',
    `'S' || n, TRUE, 'RRID:S_' || n, jsonb_build_array(jsonb_build_object('source', 'X', 'identifier', n::text))`,
  );
  await many('publication', '39', '"title", "doi", "is_approved"', `'T', '10.9000/' || n, TRUE`);
  await many('user', '40', '"name", "orcid"', `'U', '0000-0000-0000-' || lpad(n::text, 4, '0')`);
  const asked: [string, string[]][] = [
    ['{ project(identifier: "10.9000/77") { id } }', ['project_identifiers']],
    ['{ speciesById(identifier: "X:77") { id } }', ['species_rrid', 'species_external_identifiers']],
    ['{ publication(doi: "10.9000/77") { id } }', ['publication_doi']],
    ['{ user(orcid: "0000-0002-1825-0097") { id } }', ['user_orcid']],
  ];
  for (const [query, indexes] of asked) {
    statements.length = 0;
    expect((await ask(owner, query)).errors).toBeUndefined();
    const lookUp = statements.find((text) => text.includes('LATERAL'))!;
    const key = query.includes('project')
      ? '{"scheme":"DOI","value":"10.9000/77"}'
      : '{"rrid":"x:77","bare":[{"source":"x","identifier":"77"}],"prefixed":[],"doi":"10.9000/77","orcid":"x"}';
    const values = valuesOf(lookUp, key);
    const plan = await dataSource.query<Record<string, string>[]>(`EXPLAIN ${lookUp}`, values);
    const told = plan.map((row) => row['QUERY PLAN']).join('\n');
    for (const index of indexes) expect(told).toContain(index);
    expect(told).not.toMatch(/Seq Scan on (project|species|publication|"user")/);
  }
});

/** The parameters of a statement: the keys, and whose eyes look. */
function valuesOf(statement: string, key: string): unknown[] {
  const places = [...new Set([...statement.matchAll(/\$(\d+)::(\S+?)[\s,)]/g)].map(([, at, type]) => `${at} ${type}`))];
  const values: unknown[] = [];
  for (const place of places) {
    const [at, type] = place.split(' ');
    values[Number(at) - 1] = type === 'text[]' ? [key] : newId('User');
  }
  return values;
}
