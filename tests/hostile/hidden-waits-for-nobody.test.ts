import { newId } from '../../src/model/ids';
import { ask, openTwoServers, other, scene, stage } from './two-servers';

openTwoServers();

test('whoever asks for something hidden waits no longer than for something unknown, and asks the database as much', async () => {
  const at = await scene();
  const stranger = (await stage.token(await stage.lab.person('Sven'))).secret;
  const holder = other.dataSource.createQueryRunner();
  await holder.startTransaction();
  try {
    await holder.query(`SELECT 1 FROM "project" WHERE "id" = $1 FOR UPDATE`, [at.project]);
    await holder.query(`SELECT 1 FROM "session" WHERE "id" = $1 FOR UPDATE`, [at.session]);
    const questions: ((project: string, session: string, membership: string) => string)[] = [
      (project) => `revokeProject(id: "${project}") { changed }`,
      (project) => `publishProject(id: "${project}") { changed }`,
      (project) => `updateProject(id: "${project}", input: { name: "x" }) { changed }`,
      (project) => `deleteProject(id: "${project}") { changed }`,
      (project) => `createSession(input: { name: "x", projectIds: ["${project}"] }) { changed }`,
      (_, session) => `updateSession(id: "${session}", input: { name: "x" }) { changed }`,
      (_, session) => `createEpoch(input: { name: "x", start: 0, end: 1, sessionId: "${session}" }) { changed }`,
      (project, session) => `unlinkSession(id: "${session}", projectId: "${project}") { changed }`,
      (project, session) => `linkSession(id: "${session}", projectId: "${project}") { changed }`,
      (project) => `inviteMember(containerId: "${project}", email: "a@example.org", role: MEMBER) { changed }`,
      (project) => `leave(containerId: "${project}") { changed }`,
      (_p, _s, membership) => `removeMember(membershipId: "${membership}") { changed }`,
    ];
    const unknown = [newId('Project'), newId('Session'), newId('Membership')] as const;
    for (const question of questions) {
      const hidden = await ask(stranger, `mutation { ${question(at.project, at.session, at.contributor.membership)} }`);
      const none = await ask(stranger, `mutation { ${question(...unknown)} }`);
      expect([question('', '', ''), hidden.errors?.[0]?.extensions.code]).toEqual([question('', '', ''), 'NOT_FOUND']);
      expect(JSON.stringify(hidden.errors)).toBe(JSON.stringify(none.errors));
      expect(hidden.took).toBeLessThan(400);
    }
  } finally {
    await holder.rollbackTransaction();
    await holder.release();
  }
});
