import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { anonymous, type Viewer } from '../../src/access/viewer';
import { cast, flagship } from '../../src/demo/cast';
import type { Row } from '../../src/demo/columns';
import { Content } from '../../src/demo/content';
import { addCollection, addSession } from '../../src/demo/experiments';
import { insertContent } from '../../src/demo/insert';
import { recordingOf } from '../../src/demo/projects/vista';
import { addMouse, mice } from '../../src/demo/projects/vista-mice';
import { projectFolder } from '../../src/project-folder';
import { daysAfter } from '../../src/demo/source';
import { startTestServer, userViewer, type TestServer } from '../stage/server';
import { openDemo, type DemoStage } from './stage';

const query = readFileSync(join(projectFolder, 'schema', 'operations', 'deepest.graphql'), 'utf8');

/** What the deepest realistic read may cost, BEGIN and COMMIT aside. */
const mostStatements = 25;

let demo: DemoStage;
/** It looks up list by list, as it is done for whatever could be too much for one statement. */
let server: TestServer;
let large: Row<'Project'>;
beforeAll(async () => {
  demo = await openDemo();
  server = await startTestServer(demo.database.dataSource, { unplanned: true });
  large = await addLargeProject();
});
afterAll(async () => {
  await server.close();
  await demo.close();
});

/** A public project with five collections of a hundred sessions each, made like those of the flagship. */
async function addLargeProject(): Promise<Row<'Project'>> {
  const content = new Content();
  const moment = '2024-06-03T09:00:00.000Z';
  const project = content.add('Project', 'large', moment, {
    name: 'Large',
    isPublic: true,
    publishedAt: moment,
    firstPublishedAt: moment,
  });
  const subject = addMouse(content, mice[0]!, project);
  for (let group = 0; group < 5; group++) {
    const sessions = Array.from({ length: 100 }, (_, index) => {
      const day = daysAfter('2024-06-03', 100 * group + index);
      return addSession(content, { ...recordingOf(subject, 'A', day, index), projects: [project] });
    });
    addCollection(content, project, moment, { name: `Part ${group + 1}` }, sessions);
  }
  await demo.database.dataSource.transaction((manager) => insertContent(manager, content));
  return project;
}

interface Cost {
  sessions: number;
  statements: number;
}

async function costOf(viewer: Viewer, variables: Record<string, unknown>): Promise<Cost> {
  server.statements.length = 0;
  const { data, errors } = await server.ask(viewer, query, variables);
  expect(errors).toBeUndefined();
  const { project } = data as { project: { collections: { nodes: { sessions: { nodes: unknown[] } }[] } } };
  const sessions = project.collections.nodes.reduce((sum, { sessions: { nodes } }) => sum + nodes.length, 0);
  return { sessions, statements: server.statements.length };
}

test('one session and five hundred cost the same number of statements', async () => {
  const one = await costOf(anonymous, { projectId: large.id, collections: 1, sessions: 1 });
  const many = await costOf(anonymous, { projectId: large.id });
  expect([one.sessions, many.sessions]).toEqual([1, 500]);
  expect(one.statements).toBe(many.statements);
  expect(many.statements).toBeLessThanOrEqual(mostStatements);
  expect(many.statements).toBeGreaterThan(20);
});

test('the demo itself costs no more, for the public and for its members', async () => {
  for (const viewer of [anonymous, userViewer(cast.stranger.id), userViewer(cast.member.id)]) {
    const { sessions, statements } = await costOf(viewer, { projectId: flagship.id });
    expect(sessions).toBeGreaterThan(100);
    expect(statements).toBeLessThanOrEqual(mostStatements);
    expect((await costOf(viewer, { projectId: flagship.id, sessions: 1 })).statements).toBe(statements);
  }
});
