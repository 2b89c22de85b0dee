import { anonymous, type Viewer } from '../../src/access/viewer';
import type { Answer } from '../stage/server';
import { openLabServer, viewerWith } from '../publishing/lab';

const stage = openLabServer();
const styles = ['APA', 'BIBTEX', 'RIS', 'DATACITE_JSON', 'SCHEMA_ORG_JSON_LD', 'CFF'];
const allStyles = styles.map((style) => `${style}: citation(style: ${style})`).join(' ');
const isPublic = {
  isPublic: true,
  publishedAt: new Date('2024-03-02'),
  firstPublishedAt: new Date('2023-12-31T23:00:00Z'),
};

async function project(name: string, contributors: number, columns: object = isPublic): Promise<string> {
  const id = await stage.lab.add('Project', { name, ...columns });
  for (let order = 0; order < contributors; order += 1)
    await stage.lab.add('Contributor', { projectId: id, order, name: `Doe ${order} of ${name}`, roles: ['AUTHOR'] });
  return id;
}

const cited = async (viewer: Viewer, id: string): Promise<Record<string, string>> => {
  const { data, errors } = await stage.server.ask(viewer, `{ project(id: "${id}") { ${allStyles} } }`);
  expect(errors).toBeUndefined();
  return data!['project'] as Record<string, string>;
};

test('a citation says what its viewer sees: of a publication that is not approved, nobody but its proposer reads', async () => {
  const proposer = await stage.lab.person('Pat');
  const id = await project('Seen', 2);
  const proposal = await stage.lab.add('Publication', {
    title: 'Not yet',
    authors: 'P',
    doi: '10.1234/notyet',
    proposedById: proposer,
  });
  await stage.lab.link('project_publication', { project_id: id, publication_id: proposal });
  const [byAnybody, byProposer] = [await cited(anonymous, id), await cited(viewerWith(proposer, 'READ'), id)];
  expect(Object.values(byAnybody).join()).not.toMatch(/Not yet|notyet/);
  expect(byProposer['SCHEMA_ORG_JSON_LD']).toContain('Not yet');
  expect(byProposer['DATACITE_JSON']).toContain('10.1234/notyet');
  for (const style of styles) expect(byAnybody[style]).toContain('Doe 1 of Seen');
  // The year in which it was first published, not the last time; without an address that nobody has named.
  expect(byAnybody['APA']).toBe('Doe 0 of Seen, & Doe 1 of Seen. (2023). Seen [Data set]. Stemgraph.');
});

test('many projects in every style take as many statements as one, and are answered at once', async () => {
  const ids: string[] = [];
  for (let made = 0; made < 100; made += 1) {
    const id = await stage.lab.add('Project', { name: `Many ${made}`, ...isPublic });
    await stage.database.dataSource.query(
      `INSERT INTO "contributor" ("id", "project_id", "name", "order", "roles")
       SELECT ('0189' || lpad(to_hex($2::int * 100 + n), 4, '0') || '-0000-8060-8000-000000000000')::uuid, $1, 'Somebody, Number ' || n, n, '{AUTHOR}' FROM generate_series(0, 99) n`,
      [id, made],
    );
    ids.push(id);
  }
  const [statements, took]: number[][] = [[], []];
  for (const some of [ids.slice(0, 1), ids]) {
    stage.server.statements.length = 0;
    const query = `query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Project { ${allStyles} } } }`;
    const start = performance.now();
    const { data, errors } = await stage.server.ask(anonymous, query, { ids: some });
    took!.push(performance.now() - start);
    expect(errors).toBeUndefined();
    expect((data!['nodes'] as Record<string, string>[]).every((one) => one['CFF']!.includes('Number 99'))).toBe(true);
    statements!.push(stage.server.statements.length);
  }
  expect(statements![1]).toBe(statements![0]);
  process.stdout.write(`100 projects of 100 people in six styles: ${Math.round(took![1]!)} ms\n`);
  expect(took![1]).toBeLessThan(10_000);
  // The same again and again ends by what it came to, long before the answer is written; more of it is refused at once.
  const again = async (times: number): Promise<Answer['errors']> => {
    const aliases = Array.from(
      { length: times },
      (_, at) => `p${at}: nodes(ids: $ids) { ... on Project { ${allStyles} } }`,
    );
    return (await stage.server.ask(anonymous, `query ($ids: [ID!]!) { ${aliases.join(' ')} }`, { ids })).errors;
  };
  expect((await again(10))![0]!.extensions).toMatchObject({
    ...{ code: 'QUERY_TOO_LARGE', limit: 'values', costliestField: 'Project.citation' },
  });
  expect((await again(20))![0]!.message).toMatch(/could return \d+ values/);
});
