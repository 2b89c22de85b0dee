import { asLines } from '../importing/whole-tree';
import { long } from '../world/effort';
import { ask, failures, openTwoServers, other, scene, stage } from './two-servers';

openTwoServers();

const seconds = long ? 60 : 8;

test(`writers, publishers, inviters, linkers, importers and deleters on the same things for ${seconds} s: nobody is told of a deadlock`, async () => {
  const at = await scene('OWNER');
  const { project, spare, session, subject, owner } = at;
  const guest = await stage.lab.person('Gwen');
  const setup = await stage.lab.add('Setup', {
    name: 'Box',
    setupTypeId: await stage.lab.add('SetupType', {
      name: `Box ${Math.random()}`,
      category: 'UNKNOWN',
      isApproved: true,
    }),
  });
  const olga = await other.dataSource.query<{ id: string }[]>(
    `SELECT "user_id" AS "id" FROM "membership" WHERE "project_id" = $1 AND "role" = 'OWNER' ORDER BY "id" LIMIT 1`,
    [spare],
  );
  await stage.lab.add('Membership', { setupId: setup, userId: olga[0]!.id, role: 'OWNER', acceptedAt: new Date() });
  await stage.lab.add('Behavior', { sessionId: session, setupId: setup });
  const told = new Map<string, number>();
  const note = (code: string): void => void told.set(code, (told.get(code) ?? 0) + 1);
  const run = async (call: string): Promise<Record<string, unknown> | null> => {
    const { data, errors } = await ask(owner, `mutation { result: ${call} }`);
    note(errors?.[0]?.extensions.code ?? 'done');
    return (data?.['result'] ?? null) as Record<string, unknown> | null;
  };
  const tree = asLines([
    { type: 'Project', key: project },
    { type: 'Session', key: session, description: String(Math.random()) },
    ...Array.from({ length: 300 }, (_, start) => ({
      type: 'Epoch',
      key: `e${start}`,
      name: 'Epoch',
      session,
      start,
      end: start + 1,
    })),
  ]);
  const parts: (() => Promise<unknown>)[] = [
    () => run(`updateSession(id: "${session}", input: { description: "${Math.random()}" }) { changed }`),
    () => run(`updateProject(id: "${project}", input: { description: "${Math.random()}" }) { changed }`),
    () => run(`publishProject(id: "${project}", confirm: true, attributeIds: ["${setup}"]) { changed }`),
    () => run(`revokeProject(id: "${project}") { changed }`),
    () => run(`revokeSetup(id: "${setup}") { changed }`),
    () => run(`linkSubject(id: "${subject}", projectId: "${spare}", confirm: true) { changed }`),
    () => run(`unlinkSubject(id: "${subject}", projectId: "${spare}") { changed }`),
    async () => {
      const made = await run(
        `createSession(input: { name: "New", projectIds: ["${project}", "${spare}"] }) { object: session { id } }`,
      );
      const id = (made?.['object'] as { id: string } | undefined)?.id;
      if (id) await run(`deleteSession(id: "${id}") { deletedId }`);
    },
    async () => {
      const invited = await run(
        `inviteMember(containerId: "${project}", userId: "${guest}", role: MEMBER) { membership { id } }`,
      );
      const made = invited?.['membership'] as { id: string } | undefined;
      if (made) await run(`removeMember(membershipId: "${made.id}") { changed }`);
    },
    async () => {
      const { status, errors } = await stage.post(at.contributor.token, tree);
      note(errors?.[0]?.extensions.code ?? String(status));
    },
  ];
  const end = Date.now() + seconds * 1000;
  await Promise.all(
    parts.map(async (part) => {
      while (Date.now() < end) await part();
    }),
  );
  console.info(JSON.stringify(Object.fromEntries(told)));
  expect(failures).toEqual([]);
  expect([...told.keys()].filter((code) => code === 'INTERNAL_SERVER_ERROR' || code.startsWith('5'))).toEqual([]);
  expect(told.get('done')).toBeGreaterThan(20);
  // Each was given back as it was.
  await run(`revokeProject(id: "${project}") { changed }`);
  const seen = await other.app.inject({
    method: 'POST',
    url: '/graphql',
    payload: { query: `{ project(id: "${project}") { id } }` },
  });
  expect(seen.json()).toEqual({ data: { project: null } });
}, 180_000);
