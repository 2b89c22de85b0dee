import { anonymous } from '../../src/access/viewer';
import { termTypes } from '../../src/model/families';
import { newId } from '../../src/model/ids';
import type { Answer } from '../stage/server';
import { Workshop, type Cast, type Things } from './bench';
import { operationOf } from './inputs';

let workshop: Workshop;
let things: Things;
beforeAll(async () => {
  workshop = await Workshop.open();
});
beforeEach(async () => {
  things = await workshop.proposedThings('member');
});
afterAll(() => workshop.close());

type Part = keyof Cast['ids'];
const approve = async (part: Part, id: string, ifVersion?: number): Promise<Answer> =>
  workshop.server.ask(
    workshop.as(part),
    `mutation ($id: ID!, $ifVersion: Int!) { result: approveProposal(id: $id, ifVersion: $ifVersion) { changed message object: proposal { id } } }`,
    { id, ifVersion: ifVersion ?? (await versionOf(id)) },
  );
const reject = async (
  part: Part,
  id: string,
  comment = 'It is spelt otherwise.',
  ifVersion?: number,
): Promise<Answer> =>
  workshop.server.ask(
    workshop.as(part),
    `mutation ($id: ID!, $ifVersion: Int!, $comment: String!) {
       result: rejectProposal(id: $id, ifVersion: $ifVersion, comment: $comment) { changed message object: proposal { id } }
     }`,
    { id, ifVersion: ifVersion ?? (await versionOf(id)), comment },
  );

/** What an administrator reads before deciding; of what they cannot read, any number. */
async function versionOf(id: string): Promise<number> {
  const { data } = await workshop.server.ask(
    workshop.as('administrator'),
    `query ($id: ID!) { node(id: $id) { ... on Species { version } ... on Strain { version } ... on BrainRegion { version }
       ... on SetupType { version } ... on BehavioralCategory { version } ... on Supplier { version }
       ... on HardwareDevice { version } ... on Consumable { version } ... on Journal { version } ... on Publication { version } } }`,
    { id },
  );
  return (data!['node'] as { version?: number } | null)?.version ?? 1;
}
const code = ({ errors }: Answer): string | undefined => errors?.[0]?.extensions.code;

async function commentFor(viewer: Parameters<typeof workshop.server.ask>[0], type: string): Promise<unknown> {
  const { data } = await workshop.server.ask(
    viewer,
    `query ($id: ID!) { node(id: $id) { ... on ${type} { rejectionComment isApproved } } }`,
    { id: things[type] },
  );
  return data!['node'];
}

test.each([...termTypes])('a %s is proposed by anybody, hidden until an administrator approves it', async (type) => {
  const made = await workshop.server.ask(
    workshop.as('stranger'),
    operationOf({ name: `create${type}`, action: 'create', type }, 'isApproved'),
    {
      input: { ...workshop.inputs.valid(type, 'create', await workshop.things()) },
    },
  );
  expect(made.data!['result']).toMatchObject({ isPublic: false, object: { isApproved: false } });
  const { id } = (made.data!['result'] as { object: { id: string } }).object;
  const seen = async (viewer: Parameters<typeof workshop.server.ask>[0]): Promise<boolean> =>
    (await workshop.server.ask(viewer, `query ($id: ID!) { node(id: $id) { id } }`, { id })).data!['node'] !== null;
  expect([await seen(anonymous), await seen(workshop.as('owner')), await seen(workshop.as('stranger'))]).toEqual([
    false,
    false,
    true,
  ]);
  expect(code(await approve('owner', id))).toBe('NOT_FOUND');
  expect(code(await approve('stranger', id))).toBe('FORBIDDEN');
  expect(code(await reject('owner', id))).toBe('NOT_FOUND');
  expect(code(await reject('stranger', id))).toBe('FORBIDDEN');
  expect((await approve('administrator', id)).data!['result']).toMatchObject({ changed: true });
  expect((await approve('administrator', id)).data!['result']).toMatchObject({ changed: false });
  expect(await seen(anonymous)).toBe(true);
  // From now on it is everybody's: its proposer changes it no more.
  const update = operationOf({ name: `update${type}`, action: 'update', type });
  expect(code(await workshop.server.ask(workshop.as('stranger'), update, { id, input: {} }))).toBe('FORBIDDEN');
  expect(code(await workshop.server.ask(workshop.as('administrator'), update, { id, input: {} }))).toBeUndefined();
  expect(code(await reject('administrator', id))).toBe('CONFLICT');
});

test('why a proposal is rejected is read by its proposer and administrators, and goes when it is approved', async () => {
  expect((await reject('administrator', things['Species']!)).data!['result']).toMatchObject({ changed: true });
  const told = { rejectionComment: 'It is spelt otherwise.', isApproved: false };
  expect(await commentFor(workshop.as('member'), 'Species')).toEqual(told);
  expect(await commentFor(workshop.as('administrator'), 'Species')).toEqual(told);
  expect(await commentFor(workshop.as('owner'), 'Species')).toBeNull();
  const update = operationOf({ name: 'updateSpecies', action: 'update', type: 'Species' });
  const mended = await workshop.server.ask(workshop.as('member'), update, {
    id: things['Species'],
    input: { name: `Mended ${Math.random()}` },
  });
  expect(mended.errors).toBeUndefined();
  expect(code(await approve('administrator', things['Species']!))).toBeUndefined();
  expect(await commentFor(workshop.as('member'), 'Species')).toEqual({ rejectionComment: null, isApproved: true });
});

test('a comment says something, and not too much', async () => {
  for (const comment of ['', '  ', 'x'.repeat(1001)])
    expect(code(await reject('administrator', things['Species']!, comment))).toBe('BAD_USER_INPUT');
});

test('a term that refers to a proposal waits for it, and a name is approved once', async () => {
  expect(code(await approve('administrator', things['Strain']!))).toBe('CONFLICT');
  expect(code(await approve('administrator', things['Species']!))).toBeUndefined();
  expect(code(await approve('administrator', things['Strain']!))).toBeUndefined();
  const again = await workshop.proposedThings('member');
  await workshop.rows(`UPDATE "species" SET "name" = (SELECT "name" FROM "species" WHERE "id" = $1) WHERE "id" = $2`, [
    things['Species'],
    again['Species'],
  ]);
  expect(code(await approve('administrator', again['Species']!))).toBe('CONFLICT');
});

test('what is no proposal is told like one that does not exist', async () => {
  const ids = [newId('Species'), things['Project']!, newId('Subject'), (await workshop.hiddenThings())['Project']!];
  const bodies = await Promise.all(ids.map(async (id) => code(await approve('administrator', id))));
  expect(bodies).toEqual(ids.map(() => 'NOT_FOUND'));
});

test('a comment that an approved term still has is read by nobody else', async () => {
  await workshop.rows(`UPDATE "species" SET "is_approved" = TRUE, "rejection_comment" = 'No.' WHERE "id" = $1`, [
    things['Species'],
  ]);
  expect(await commentFor(anonymous, 'Species')).toEqual({ rejectionComment: null, isApproved: true });
  expect(await commentFor(workshop.as('owner'), 'Species')).toEqual({ rejectionComment: null, isApproved: true });
});

describe('what is approved is what was read', () => {
  const change = (part: Part, type: string, id: string, input: object): Promise<Answer> =>
    workshop.server.ask(workshop.as(part), operationOf({ name: `update${type}`, action: 'update', type }), {
      id,
      input,
    });

  test('a change by the proposer after the administrator looked is a conflict, and nothing is decided', async () => {
    const id = things['Species']!;
    const seen = await versionOf(id);
    expect((await change('member', 'Species', id, { description: 'Something else.' })).errors).toBeUndefined();
    const late = await approve('administrator', id, seen);
    expect(late.errors?.[0]?.extensions).toMatchObject({ code: 'CONFLICT', currentVersion: seen + 1 });
    expect(code(await reject('administrator', id, 'Too vague.', seen))).toBe('CONFLICT');
    expect(await commentFor(workshop.as('member'), 'Species')).toEqual({ rejectionComment: null, isApproved: false });
    expect((await approve('administrator', id, seen + 1)).data!['result']).toMatchObject({ changed: true });
    // Said again, it says the same.
    expect((await approve('administrator', id, seen)).data!['result']).toMatchObject({ changed: false });
  });

  test('a proposal that was deleted and made anew is another one', async () => {
    const id = things['Journal']!;
    const seen = await versionOf(id);
    await workshop.rows(`UPDATE "publication" SET "journal_id" = NULL WHERE "journal_id" = $1`, [id]);
    const gone = await workshop.server.ask(
      workshop.as('member'),
      `mutation ($id: ID!) { deleteJournal(id: $id) { deletedId } }`,
      { id },
    );
    expect(gone.errors).toBeUndefined();
    expect(code(await approve('administrator', id, seen))).toBe('NOT_FOUND');
  });

  test('what is approved refers to what is approved, also after a change', async () => {
    const more = await workshop.proposedThings('member');
    await workshop.rows(`UPDATE "strain" SET "is_approved" = TRUE WHERE "id" = $1`, [things['Strain']]);
    await workshop.rows(`UPDATE "species" SET "is_approved" = TRUE WHERE "id" = $1`, [things['Species']]);
    const led = await change('administrator', 'Strain', things['Strain']!, { speciesId: more['Species'] });
    expect(led.errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', errors: [{ path: ['speciesId'] }] });
  });
});
