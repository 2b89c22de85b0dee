import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { anonymous } from '../../src/access/viewer';
import { projectFolder } from '../../src/project-folder';
import { accessInForce } from '../../src/access/access';
import { cast } from '../../src/demo/cast';
import { driftOfTallies } from '../../src/discovery/dashboard/verify-tallies';
import { userViewer } from '../stage/server';
import { openDemo, type DemoStage } from './stage';

let demo: DemoStage;
beforeAll(async () => {
  demo = await openDemo();
});
afterAll(() => demo.close());

const readme = readFileSync(join(projectFolder, 'README.md'), 'utf8');
const section = /## Find things\n([^]*?)\n## /.exec(readme)![1]!;
const queries = [...section.matchAll(/```graphql\n# ([^\n]*)\n([^]*?)```/g)].map(([, question, query]) => [
  question!,
  query!,
]);

test('there are questions', () => {
  expect(queries.length).toBeGreaterThanOrEqual(5);
});

interface Facet {
  values: object[];
}

const valuesOf = (one: Facet | { facet: Facet }): object[] => ('facet' in one ? one.facet.values : one.values);

test.each(queries)('%s', async (_question, query) => {
  const { data, errors } = await demo.server.ask(anonymous, query);
  expect(errors).toBeUndefined();
  const [page] = Object.values(data!) as {
    nodes?: object[];
    groups?: object[];
    facets?: (Facet | { facet: Facet })[];
    totalCount?: number;
  }[];
  const { nodes, groups, facets } = page!;
  if (groups) return expect(groups.length).toBeGreaterThan(3);
  if (facets) return expect(facets.map(valuesOf).filter((values) => values.length === 0)).toEqual([]);
  expect(nodes!.length).toBeGreaterThan(0);
  if ('search' in data!) return;
  // A filter that finds all there is shows nothing.
  const [list] = Object.keys(data!);
  const { data: all } = await demo.server.ask(anonymous, `{ ${list} { totalCount } }`);
  expect(page!.totalCount ?? nodes!.length).toBeLessThan((all![list!] as { totalCount: number }).totalCount);
});

const [mine, numbers] = [...section.matchAll(/\n\n```graphql\n(\{\n {2}(?:viewer|publicDashboard) [^]*?)```/g)].map(
  ([, query]) => query!,
);

test('what is yours, which is told to nobody else', async () => {
  const { data, errors } = await demo.server.ask(userViewer(cast.owner.id), mine!);
  expect(errors).toBeUndefined();
  const viewer = data!['viewer'] as Record<'projects' | 'setups', { nodes: object[] }> & { recentlyEdited: object[] };
  for (const list of [viewer.projects.nodes, viewer.setups.nodes, viewer.recentlyEdited])
    expect(list.length).toBeGreaterThan(0);
  const lists = 'projects { totalCount } setups { totalCount } recentlyEdited { id }';
  const asked = `{ user(id: "${cast.owner.id}") { name ${lists} } }`;
  for (const other of [anonymous, userViewer(cast.stranger.id), userViewer(cast.administrator.id, true)])
    expect((await demo.server.ask(other, asked)).data).toEqual({
      user: { name: cast.owner.name, projects: null, setups: null, recentlyEdited: null },
    });
});

test('how much there is', async () => {
  const { data, errors } = await demo.server.ask(anonymous, numbers!);
  expect(errors).toBeUndefined();
  const told = data!['publicDashboard'] as Record<'projects' | 'sessions', number> & Record<string, object[]>;
  expect(told.projects * told.sessions).toBeGreaterThan(0);
  for (const list of ['recentlyPublished', 'mostUsedSpecies', 'mostUsedTechniques', 'growth'])
    expect([list, told[list]!.length > 0]).toEqual([list, true]);
  expect(await driftOfTallies(demo.database.dataSource, accessInForce)).toEqual([]);
});
