import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { anonymous } from '../../src/access/viewer';
import { projectFolder } from '../../src/project-folder';
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

test.each(queries)('%s', async (_question, query) => {
  const { data, errors } = await demo.server.ask(anonymous, query);
  expect(errors).toBeUndefined();
  const [page] = Object.values(data!) as {
    nodes?: object[];
    groups?: object[];
    facets?: Facet[];
    totalCount?: number;
  }[];
  const { nodes, groups, facets } = page!;
  if (groups) return expect(groups.length).toBeGreaterThan(3);
  if (facets) return expect(facets.filter(({ values }) => values.length === 0)).toEqual([]);
  expect(nodes!.length).toBeGreaterThan(0);
  if ('search' in data!) return;
  // A filter that finds all there is shows nothing.
  const [list] = Object.keys(data!);
  const { data: all } = await demo.server.ask(anonymous, `{ ${list} { totalCount } }`);
  expect(page!.totalCount ?? nodes!.length).toBeLessThan((all![list!] as { totalCount: number }).totalCount);
});
