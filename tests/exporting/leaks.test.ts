import { Stage } from '../visibility/stage';
import type { Entry } from '../../src/tree/entry';
import { seed } from '../world/effort';

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.open({ seed });
});
afterAll(() => stage.close());

test('nobody finds in an export what they may not see, nor misses a subject or session that they may', async () => {
  const faults: string[] = [];
  let exports = 0;
  for (const asking of stage.cast()) {
    for (const project of stage.world.rows.Project) {
      const { statusCode, body, headers } = await stage.server.app.inject({
        url: `/export/projects/${project.id}.ndjson`,
        headers: { 'x-test-viewer': JSON.stringify(asking.viewer) },
      });
      const tell = (fault: string): number => faults.push(`${asking.name}: ${project.id}: ${fault}`);
      for (const leak of asking.watch.leaksIn(body)) tell(`leak: ${leak}`);
      for (const leak of statusCode === 200 ? [] : asking.watch.leaksIn(JSON.stringify(headers))) tell(leak);
      const visible = asking.oracle.sees('Project', project);
      if (statusCode !== (visible ? 200 : 404)) tell(`status ${statusCode}`);
      if (statusCode !== 200) continue;
      exports += 1;
      const entries = body
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as Entry);
      for (const [type, table, column] of [
        ['Subject', 'project_subject', 'subjectId'],
        ['Session', 'project_session', 'sessionId'],
      ] as const) {
        const wanted = stage.world.links[table]
          .filter(({ projectId }) => projectId === project.id)
          .map((link) => link[column]);
        const found = entries.filter((entry) => entry.type === type);
        if (found.length !== wanted.length) tell(`${found.length} of ${wanted.length} ${type}`);
      }
      const { data } = await stage.server.ask(asking.viewer, `{ exportProject(id: "${project.id}") }`);
      if (JSON.stringify(data!['exportProject']) !== JSON.stringify(entries)) tell('another export through the graph');
    }
  }
  expect(faults).toEqual([]);
  expect(exports).toBeGreaterThan(10);
});

test('nothing of the world stands in the log of all these requests, not even in an address', async () => {
  await stage.server.app.inject({ url: `/export/projects/${stage.world.rows.Project[0]!.id}.json` });
  const [asking] = stage.cast('anonymous');
  expect(stage.server.log()).toContain('/export/projects/');
  expect(asking!.watch.anythingIn(stage.server.log())).toEqual([]);
});

/** What of the attributes a session refers to is exported: exactly what the graph shows of them. */
test('behaviors refer in an export to the setups that the graph shows, and fields with a rule of their own are as there', async () => {
  let seen = 0;
  let hidden = 0;
  for (const asking of stage.cast()) {
    for (const project of stage.world.rows.Project.filter((row) => asking.oracle.sees('Project', row))) {
      const { data } = await stage.server.ask(asking.viewer, `{ exportProject(id: "${project.id}") }`);
      const entries = data!['exportProject'] as Entry[];
      for (const [type, fields] of [
        ['Behavior', ['setup', 'behavioralParadigm']],
        ['Setup', ['image']],
        ['DataAcquisition', ['fileUrl', 'fileName', 'dataStorage']],
      ] as const) {
        const shown = entries.filter((entry) => entry.type === type);
        const rows = stage.world.rows[type];
        for (const field of fields) {
          const wanted = rows.filter(
            (row) => asking.oracle.sees(type, row) && asking.oracle.seesField(type, row, field),
          ).length;
          const found = shown.filter((entry) => entry[field] !== undefined).length;
          seen += found;
          hidden += shown.length - found;
          expect(found).toBeLessThanOrEqual(wanted);
        }
      }
    }
  }
  expect([seen > 0, hidden > 0]).toEqual([true, true]);
});
