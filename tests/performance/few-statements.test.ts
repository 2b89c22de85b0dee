import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { anonymous, type Viewer } from '../../src/access/viewer';
import { newId, type NodeName } from '../../src/model/ids';
import { aProject, openLabServer, viewerWith } from '../publishing/lab';
import { watchStatements } from '../stage/wire-statements';

const stage = openLabServer();
let statements: string[];
let project: Awaited<ReturnType<typeof aProject>>;
let owner: Viewer;
beforeAll(async () => {
  statements = watchStatements(stage.database.dataSource);
  project = await aProject(stage.lab);
  const person = await stage.lab.person('Olga Owner', 'OWNER', [project.project, project.other]);
  owner = viewerWith(person, 'READ', 'WRITE', 'PUBLISH');
});

/** What one request makes the database do. */
async function statementsOf(viewer: Viewer, query: string): Promise<string[]> {
  statements.length = 0;
  const { errors } = await stage.server.ask(viewer, query);
  expect(errors).toBeUndefined();
  return [...statements];
}

test('a preview of publishing a project takes at most 12 statements', async () => {
  const taken = await statementsOf(
    owner,
    `mutation { publishProject(id: "${project.project}") { confirmationRequired message impact { sessions sharedSessions sharedOutOfSight stillHidden { type references } digest } } }`,
  );
  expect(taken.length).toBeLessThanOrEqual(12);
});

test('a link that opens nothing takes at most 10', async () => {
  const taken = await statementsOf(
    owner,
    `mutation { linkSubject(id: "${project.subject}", projectId: "${project.other}") { changed isPublic message } }`,
  );
  expect(taken.length).toBeLessThanOrEqual(10);
});

test("the README's first query takes one", async () => {
  const readme = readFileSync(join(__dirname, '../../README.md'), 'utf8');
  const query = /-d '\{"query":\s*"(\{ session.*\})"\}'/.exec(readme)![1]!.replaceAll('\\"', '"');
  const taken = await statementsOf(owner, query.replace(/id: "[^"]*"/, `id: "${project.session}"`));
  expect(taken).toHaveLength(1);
});

test.each<[NodeName, keyof typeof project]>([
  ['Project', 'project'],
  ['Session', 'session'],
  ['Subject', 'subject'],
  ['Setup', 'setup'],
  ['Behavior', 'behavior'],
  ['DataStorage', 'storage'],
])('a hidden %s takes anonymous viewers the same statements as one that there is not', async (type, hidden) => {
  const field = type.charAt(0).toLowerCase() + type.slice(1);
  const asked = (id: string): string =>
    `{ ${field}(id: "${id}") { id } node(id: "${id}") { id } nodes(ids: ["${id}"]) { id } }`;
  const unknown = await statementsOf(anonymous, asked(newId(type)));
  expect(unknown.length).toBeGreaterThan(0);
  expect(await statementsOf(anonymous, asked(project[hidden]))).toEqual(unknown);
});

test('the text of a statement depends on what is asked and by what kind of viewer, not by whom or of what', async () => {
  const other = await aProject(stage.lab);
  const person = await stage.lab.person('Otto Owner', 'OWNER', [other.project]);
  const asked = (id: string): string =>
    `{ project(id: "${id}") { name version members(first: 3) { totalCount nodes { role } } sessions(first: 2) { totalCount nodes { name isShared dataAcquisitions { nodes { fileUrl dataStorage { name } } } } } } }`;
  const first = await statementsOf(owner, asked(project.project));
  expect(first.length).toBeGreaterThan(5);
  expect(await statementsOf(viewerWith(person, 'READ'), asked(other.project))).toEqual(first);
  expect(first.join()).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-/);
});
