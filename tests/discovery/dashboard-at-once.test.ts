import { accessInForce } from '../../src/access/access';
import { driftOfTallies } from '../../src/discovery/dashboard/verify-tallies';
import { aProject, openLabServer, viewerWith } from '../publishing/lab';
import { anonymous } from '../world/cast';
import { Dice } from '../world/dice';
import { long, seed } from '../world/effort';
import { everything, expectedDashboard } from './expected-dashboard';
import { storedWorld } from './stored-world';

const turns = long ? 400 : 12;
const writers = 8;

jest.setTimeout(long ? 1_800_000 : 120_000);

const stage = openLabServer();

const dashboard = async (): Promise<Record<string, unknown>> =>
  (await stage.server.ask(anonymous, everything)).data!['publicDashboard'] as Record<string, unknown>;

test(`${writers} owners, writers and importers at once, who publish, revoke, link, write and delete: it is right in the end`, async () => {
  const { server, lab, database } = stage;
  const one = await aProject(lab);
  const two = await aProject(lab);
  const projects = [one.project, one.other, two.project, two.other];
  const species = await lab.add('Species', { name: 'Rattus norvegicus', isApproved: true });
  const owner = viewerWith(await lab.person('Olga', 'OWNER', projects), 'WRITE', 'PUBLISH');
  for (const { project, subject } of [one, two])
    for (const other of projects.filter((id) => id !== project))
      await server.ask(
        owner,
        `mutation { linkSubject(id: "${subject}", projectId: "${other}", confirm: true) { changed } }`,
      );
  const sessions = [one.session, one.shared, two.session, two.shared];
  const subjects = [one.subject, two.subject];
  const codes = new Map<string, number>();

  const write = async (dice: Dice): Promise<void> => {
    const [project, session, subject] = [dice.pick(projects), dice.pick(sessions), dice.pick(subjects)];
    const made = (type: string, input: string): string =>
      `create${type}(input: { ${input} }) { changed query { viewer { id } } }`;
    const mutation = dice.pick([
      `publishProject(id: "${project}", confirm: true) { changed }`,
      `publishProject(id: "${project}", confirm: true) { changed }`,
      `revokeProject(id: "${project}") { changed }`,
      `linkSession(id: "${session}", projectId: "${project}", confirm: true) { changed }`,
      `unlinkSession(id: "${session}", projectId: "${project}") { changed }`,
      `linkSubject(id: "${subject}", projectId: "${project}", confirm: true) { changed }`,
      `unlinkSubject(id: "${subject}", projectId: "${project}") { changed }`,
      `updateSubject(id: "${subject}", input: { speciesId: "${species}" }) { changed }`,
      made('DataAcquisition', `sessionId: "${session}", type: "Audio", schemaVersion: "1.1.0"`),
      made('Epoch', `sessionId: "${session}", name: "${dice.next()}"`),
      made('Procedure', `subjectId: "${subject}", type: "BurrHole", schemaVersion: "1.1.0"`),
      made('Session', `name: "New", projectIds: ["${project}"]`),
      `importProject(input: { entries: [{ type: "Project", key: "${project}" }, { type: "Session", key: "s", name: "Night", subjects: [] },
        { type: "DataAcquisition", key: "a", session: "s", moduleType: "${dice.pick(['Audio', 'Video'])}", details: {} }] }) { created faults { message } }`,
    ]);
    const { errors } = await server.ask(owner, `mutation { ${mutation} }`);
    const told = errors?.[0]?.extensions.code ?? 'done';
    codes.set(told, (codes.get(told) ?? 0) + 1);
  };
  await Promise.all(
    Array.from({ length: writers }, async (_, place) => {
      const dice = new Dice(seed * 100 + place);
      for (let turn = 0; turn < turns; turn += 1) await write(dice);
    }),
  );
  // What is done is most of it, and nothing was asked for wrongly.
  expect(codes.get('done')).toBeGreaterThan((writers * turns) / 2);
  expect(
    [...codes.keys()].filter((code) => !['done', 'CONFLICT', 'BAD_USER_INPUT', 'NOT_FOUND'].includes(code)),
  ).toEqual([]);
  expect(await driftOfTallies(database.dataSource, accessInForce)).toEqual([]);
  expect(await dashboard()).toEqual(expectedDashboard(await storedWorld(database.dataSource)));
});
