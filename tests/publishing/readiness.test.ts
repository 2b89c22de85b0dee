import { anonymous, type Viewer } from '../../src/access/viewer';
import { newId } from '../../src/model/ids';
import { aProject, openLabServer, viewerWith } from './lab';

const stage = openLabServer();

interface Found {
  severity: string;
  code: string;
  path: string[];
  count: number;
  object: { id: string } | null;
}

async function readiness(viewer: Viewer, projectId: string): Promise<Found[] | null> {
  const query = `{ findings: publishReadiness(projectId: "${projectId}") { severity code message path count object { id } } }`;
  const answer = await stage.server.ask(viewer, query);
  expect(answer.errors).toBeUndefined();
  return answer.data!['findings'] as Found[] | null;
}

test('an owner is told what to look at, the most important first', async () => {
  const { project, session, subject, storage } = await aProject(stage.lab);
  const human = await stage.lab.add('Species', { name: 'Homo sapiens', isApproved: true });
  const person = await stage.lab.add('Subject', { name: 'P1', speciesId: human, sex: 'MALE', birthDate: '1980-05-01' });
  await stage.lab.link('project_subject', { project_id: project, subject_id: person });
  await stage.lab.add('Session', { name: 'elsewhere', description: 'write to secret@example.org' });
  const tomorrow = await stage.lab.add('Session', {
    name: 'Too late',
    startedAt: new Date(Date.now() + 9e8),
    description: 'write to me@example.org or +49 30 1234567; data in /Users/olga/data',
  });
  await stage.lab.link('project_session', { project_id: project, session_id: tomorrow });
  await stage.lab.add('Manipulation', {
    sessionId: session,
    type: 'NoSuchType',
    schemaVersion: '1.0.0',
    notes: 'Done by Olga Berg herself',
  });
  const log = await stage.lab.add('SubjectLog', { subjectId: subject, type: 'Weighing', schemaVersion: '1.0.0' });
  await stage.lab.add('SubjectLogEntry', { logId: log, startedAt: new Date(), performedBy: 'Olga Berg' });
  const breeding = await stage.lab.add('Breeding', { projectId: project, name: 'Litter', birthDate: '2990-01-01' });
  await stage.lab.add('BreedingLogEntry', {
    breedingId: breeding,
    startedAt: new Date(),
    performedBy: 'Olga Berg',
    notes: 'Counted by Olga Berg',
  });
  const owner = viewerWith(await stage.lab.person('Olga Berg', 'OWNER', [project]), 'READ');
  const found = (await readiness(owner, project))!;
  const codes = found.map(({ code, path }) => `${code} ${path.slice(0, 1).join()}`);
  for (const expected of [
    'MISSING_LICENSE license',
    'MISSING_DESCRIPTION description',
    'HUMAN_BIRTH_DATE subjects',
    'DATE_IN_FUTURE sessions',
    'DATE_IN_FUTURE breedings',
    'NO_MODULES sessions',
    'DETAILS_BREAK_SCHEMA Manipulation',
    'PEOPLE_NAMED SubjectLogEntry',
    'PEOPLE_NAMED BreedingLogEntry',
    'EMAIL_ADDRESS sessions',
    'PHONE_NUMBER sessions',
    'HOME_FOLDER sessions',
    'NAME_OF_A_USER Manipulation',
    'NAME_OF_A_USER BreedingLogEntry',
    'REFERENCE_WILL_BE_NULL Behavior.setup',
    'REFERENCE_WILL_BE_NULL DataAcquisition.dataStorage',
  ]) {
    expect(codes).toContain(expected);
  }
  const weight = ['IMPORTANT', 'WARNING', 'INFO'];
  expect(found.map(({ severity }) => weight.indexOf(severity))).toEqual(
    found.map(({ severity }) => weight.indexOf(severity)).sort(),
  );
  expect(found.find(({ code }) => code === 'EMAIL_ADDRESS')).toMatchObject({
    count: 1,
    path: ['sessions', 'Too late', 'description'],
    object: { id: tomorrow },
  });
  expect(JSON.stringify(found)).not.toContain(storage);
});

test('nobody else is told anything, for no project', async () => {
  const { project } = await aProject(stage.lab);
  const manager = viewerWith(await stage.lab.person('Max', 'MANAGER', [project]), 'READ');
  const stranger = viewerWith(await stage.lab.person('Sam'), 'READ');
  for (const viewer of [anonymous, stranger, manager]) expect(await readiness(viewer, project)).toBeNull();
  expect(await readiness(stranger, project.replace(/.{12}$/, '000000000000'))).toBeNull();
});

test('long texts and many users do not keep the server busy', async () => {
  const { project } = await aProject(stage.lab);
  const owner = viewerWith(await stage.lab.person('Olga Berg', 'OWNER', [project]), 'READ');
  await stage.database.dataSource.query(
    `INSERT INTO "user" ("id", "name") SELECT id, 'Person ' || n FROM unnest($1::uuid[]) WITH ORDINALITY AS u(id, n)`,
    [Array.from({ length: 5000 }, () => newId('User'))],
  );
  const description = 'pipette'.repeat(14_000);
  const session = await stage.lab.add('Session', { name: 'Long', description });
  await stage.lab.link('project_session', { project_id: project, session_id: session });
  const began = performance.now();
  const codes = (await readiness(owner, project))!.map(({ code }) => code);
  expect(performance.now() - began).toBeLessThan(2000);
  expect(codes).not.toContain('EMAIL_ADDRESS');
  await stage.database.dataSource.query(`UPDATE "session" SET "description" = "description" || ' by Person 4711'`);
  expect((await readiness(owner, project))!.map(({ code }) => code)).toContain('NAME_OF_A_USER');
}, 30_000);
