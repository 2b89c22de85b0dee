import { anonymous, type Viewer } from '../../src/access/viewer';
import type { Answer } from '../stage/server';
import { Workshop, type Cast, type Things } from '../writing/bench';

type Part = keyof Cast['ids'];

let workshop: Workshop;
let things: Things;
let laboratory: string;
beforeAll(async () => {
  workshop = await Workshop.open();
});
beforeEach(async () => {
  things = await workshop.things();
  laboratory = things['Laboratory']!;
  await workshop.rows(`UPDATE "laboratory" SET "proposed_by_id" = $2 WHERE "id" = $1`, [laboratory, idOf('stranger')]);
});
afterAll(() => workshop.close());

const idOf = (part: Part): string => workshop.cast.ids[part];
const code = ({ errors }: Answer): string | undefined => errors?.[0]?.extensions.code;
const asked = (viewer: Viewer, query: string): Promise<Answer> => workshop.server.ask(viewer, query, {});
const by = (part: Part, mutation: string): Promise<Answer> =>
  asked(workshop.as(part), `mutation { result: ${mutation} }`);

const invite = (part: Part, user: Part): Promise<Answer> =>
  by(part, `invitePrincipalInvestigator(laboratoryId: "${laboratory}", userId: "${idOf(user)}") { changed }`);
const accept = (part: Part): Promise<Answer> =>
  by(part, `acceptPrincipalInvestigator(laboratoryId: "${laboratory}") { changed }`);
const remove = (part: Part, user: Part): Promise<Answer> =>
  by(part, `removePrincipalInvestigator(laboratoryId: "${laboratory}", userId: "${idOf(user)}") { changed }`);
const update = (part: Part, name: string): Promise<Answer> =>
  by(part, `updateLaboratory(id: "${laboratory}", input: { name: "${name}" }) { changed }`);

async function approve(): Promise<void> {
  const { data } = await asked(workshop.as('administrator'), `{ laboratory(id: "${laboratory}") { version } }`);
  const { version } = data!['laboratory'] as { version: number };
  const answer = await by('administrator', `approveProposal(id: "${laboratory}", ifVersion: ${version}) { changed }`);
  expect(answer.data!['result']).toEqual({ changed: true });
}

async function shown(viewer: Viewer): Promise<unknown> {
  const { data } = await asked(
    viewer,
    `{ laboratory(id: "${laboratory}") { principalInvestigators { nodes { id } } invitedInvestigators { nodes { id } } } }`,
  );
  return data!['laboratory'];
}

const isShown = async (viewer: Viewer, part: Part): Promise<boolean> =>
  (await asked(viewer, `{ user(id: "${idOf(part)}") { id } }`)).data!['user'] !== null;

test('a laboratory is seen by its proposer, its group and administrators until one of them approves it, and then stays as it was read', async () => {
  const sees = async (viewer: Viewer): Promise<boolean> => (await shown(viewer)) !== null;
  const elsewhere: Viewer = { kind: 'user', userId: await workshop.lab.person('Else'), isAdministrator: false };
  expect([await sees(anonymous), await sees(elsewhere)]).toEqual([false, false]);
  expect(
    await Promise.all(['stranger', 'member', 'administrator'].map((part) => sees(workshop.as(part as Part)))),
  ).toEqual([true, true, true]);
  expect(code(await update('stranger', 'Proposed, but of no group of theirs'))).toBe('FORBIDDEN');
  expect(code(await update('manager', 'Before'))).toBeUndefined();
  expect(code(await by('manager', `approveProposal(id: "${laboratory}", ifVersion: 1) { changed }`))).toBe('FORBIDDEN');
  await approve();
  expect([await sees(anonymous), await sees(elsewhere)]).toEqual([true, true]);
  expect(code(await update('manager', 'Anything at all'))).toBe('FORBIDDEN');
  expect(code(await update('administrator', 'As it should be'))).toBeUndefined();
});

test('what is made is a proposal, and the reply says so', async () => {
  const { data } = await by(
    'owner',
    `createLaboratory(input: { name: "New", groupId: "${things['Group']}" }) { isPublic message object: laboratory { isApproved } }`,
  );
  expect(data!['result']).toMatchObject({ isPublic: false, object: { isApproved: false } });
});

test('whoever is named as principal investigator is shown to nobody before they accept', async () => {
  await approve();
  expect(await isShown(anonymous, 'contributor')).toBe(false);
  expect(code(await invite('contributor', 'stranger'))).toBe('FORBIDDEN');
  expect(code(await invite('manager', 'contributor'))).toBeUndefined();
  expect(await isShown(anonymous, 'contributor')).toBe(false);
  const pending = { nodes: [{ id: idOf('contributor') }] };
  expect(await shown(anonymous)).toEqual({ principalInvestigators: { nodes: [] }, invitedInvestigators: null });
  expect(await shown(workshop.as('member'))).toEqual({
    principalInvestigators: { nodes: [] },
    invitedInvestigators: null,
  });
  expect(await shown(workshop.as('manager'))).toEqual({
    principalInvestigators: { nodes: [] },
    invitedInvestigators: pending,
  });
  const mine = '{ viewer { invitedToLead { nodes { id } } } }';
  expect((await asked(workshop.as('contributor'), mine)).data!['viewer']).toEqual({
    invitedToLead: { nodes: [{ id: laboratory }] },
  });
  expect(code(await accept('member'))).toBe('FORBIDDEN');
  expect(code(await accept('contributor'))).toBeUndefined();
  expect(code(await accept('contributor'))).toBeUndefined();
  expect(await isShown(anonymous, 'contributor')).toBe(true);
  expect(await shown(anonymous)).toMatchObject({ principalInvestigators: { nodes: [{ id: idOf('contributor') }] } });
});

test('whoever leads a laboratory withdraws at any time, and is hidden again; a manager takes others out', async () => {
  await approve();
  await invite('manager', 'member');
  await accept('member');
  expect(code(await remove('contributor', 'member'))).toBe('FORBIDDEN');
  expect(code(await remove('member', 'member'))).toBeUndefined();
  expect(await isShown(anonymous, 'member')).toBe(false);
  expect(code(await accept('member'))).toBe('FORBIDDEN');
  await invite('manager', 'member');
  expect(code(await remove('manager', 'member'))).toBeUndefined();
  expect(code(await accept('member'))).toBe('FORBIDDEN');
});

test('somebody outside the group who is asked to lead a proposal sees it, and who leads one is shown once it is approved', async () => {
  const userId = await workshop.lab.person('Guest');
  const guest: Viewer = { kind: 'user', userId, isAdministrator: false, scopes: ['READ', 'WRITE'] };
  await by('manager', `invitePrincipalInvestigator(laboratoryId: "${laboratory}", userId: "${userId}") { changed }`);
  expect(await shown(guest)).toEqual({ principalInvestigators: { nodes: [] }, invitedInvestigators: null });
  await asked(guest, `mutation { acceptPrincipalInvestigator(laboratoryId: "${laboratory}") { changed } }`);
  const seen = async (): Promise<unknown> => (await asked(anonymous, `{ user(id: "${userId}") { id } }`)).data!['user'];
  expect(await seen()).toBeNull();
  await approve();
  expect(await seen()).toEqual({ id: userId });
});

test('who has accepted is asked again when somebody else changes a proposal; once it is approved, nothing is asked', async () => {
  await invite('manager', 'contributor');
  await accept('contributor');
  await invite('manager', 'manager');
  expect(code(await update('manager', 'Quite another'))).toBeUndefined();
  expect(await shown(workshop.as('manager'))).toEqual({
    principalInvestigators: { nodes: [{ id: idOf('manager') }] },
    invitedInvestigators: { nodes: [{ id: idOf('contributor') }] },
  });
  await approve();
  const manager = { id: idOf('manager') };
  expect(await shown(anonymous)).toMatchObject({ principalInvestigators: { nodes: [manager] } });
  await accept('contributor');
  expect(code(await update('administrator', 'Without a typing error'))).toBeUndefined();
  const { principalInvestigators } = (await shown(anonymous)) as { principalInvestigators: { nodes: object[] } };
  expect(principalInvestigators.nodes).toHaveLength(2);
});

test('a manager who names themself has accepted; a laboratory names twenty at most', async () => {
  await approve();
  expect(code(await invite('manager', 'manager'))).toBeUndefined();
  expect(await isShown(anonymous, 'manager')).toBe(true);
  for (let more = 0; more < 19; more += 1) {
    const userId = await workshop.lab.person(`Head ${more}`);
    await workshop.lab.link('laboratory_invited_investigator', { laboratory_id: laboratory, user_id: userId });
  }
  expect(code(await invite('manager', 'member'))).toBe('CONFLICT');
});

describe('an account on a credit', () => {
  const credit = (part: Part, user: string): Promise<Answer> =>
    by(
      part,
      `createContributor(input: { projectId: "${things['Project']}", name: "Credited", userId: "${user}" }) { object: contributor { id } }`,
    );

  test('is the own one, or of somebody who has accepted a role on the project', async () => {
    for (const part of ['owner', 'member'] as const) expect(code(await credit('owner', idOf(part)))).toBeUndefined();
    const refused = await credit('owner', idOf('stranger'));
    expect(refused.errors![0]!.extensions).toMatchObject({ errors: [{ path: ['userId'], code: 'NOT_ALLOWED' }] });
    await workshop.lab.add('Membership', { projectId: things['Project'], userId: idOf('stranger'), role: 'MEMBER' });
    expect(code(await credit('owner', idOf('stranger')))).toBe('BAD_USER_INPUT');
    const change = `updateContributor(id: "${things['Contributor']}", input: { userId: "${idOf('stranger')}" }) { changed }`;
    expect(code(await by('owner', change))).toBe('BAD_USER_INPUT');
  });

  test('is taken off by its user, and by nobody else with that mutation', async () => {
    const { data } = await credit('owner', idOf('member'));
    const { id } = (data!['result'] as { object: { id: string } }).object;
    expect(code(await by('owner', `withdrawCredit(contributorId: "${id}") { contributor { id } }`))).toBe('FORBIDDEN');
    expect(code(await by('stranger', `withdrawCredit(contributorId: "${id}") { contributor { id } }`))).toBe(
      'NOT_FOUND',
    );
    expect((await by('member', `withdrawCredit(contributorId: "${id}") { contributor { id } }`)).data).toEqual({
      result: { contributor: { id } },
    });
    expect(await workshop.rows(`SELECT "user_id", "name" FROM "contributor" WHERE "id" = $1`, [id])).toEqual([
      { user_id: null, name: 'Credited' },
    ]);
  });
});
