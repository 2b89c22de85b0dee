import { anonymous, type Viewer } from '../../src/access/viewer';
import { parts, Workshop, type Part, type Things } from './bench';
import { operationOf, type WritingMutation } from './inputs';

let workshop: Workshop;
beforeAll(async () => {
  workshop = await Workshop.open();
});
afterAll(() => workshop.close());

const attributes = ['BehavioralParadigm', 'Setup', 'DataStorage', 'Inventory'];
const terms =
  'Species Strain BrainRegion SetupType BehavioralCategory Supplier HardwareDevice Consumable Journal Publication'.split(
    ' ',
  );

/** The table "Roles", for everybody who has a role on everything of the bench: who may? */
function mayBeDoneBy({ action, type }: WritingMutation): readonly Part[] {
  const from = (least: Part): readonly Part[] => parts.slice(parts.indexOf(least));
  if (type === 'Project' || attributes.includes(type)) return action === 'create' ? parts : from('owner');
  if (terms.includes(type)) return action === 'create' ? parts : [];
  // Roles in the laboratory's own group: the crew only belongs to it.
  if (type === 'Laboratory') return ['manager', 'owner'];
  if (type === 'Contributor' || type === 'DataStorageProtocol') return from('owner');
  return from('contributor');
}

/** What everybody sees is there for a stranger, too: terms, and the group that a laboratory is made for. */
const isSeenByAll = ({ action, type }: WritingMutation): boolean =>
  terms.includes(type) || (type === 'Laboratory' && action === 'create');

async function codeOf(viewer: Viewer, mutation: WritingMutation, things: Things, headers = {}): Promise<string> {
  const { action, type } = mutation;
  const input = action === 'delete' ? undefined : workshop.inputs.valid(type, action, things);
  const variables = { ...(input && { input }), ...(action !== 'create' && { id: things[type] }) };
  const answer = await workshop.server.send(viewer, operationOf(mutation), variables, headers);
  const { data, errors } = answer.json<{
    data?: { result: unknown };
    errors?: { message: string; extensions: { code: string } }[];
  }>();
  if (errors) return errors[0]!.extensions.code;
  return data?.result ? 'done' : 'nothing';
}

test('every mutation is asked by everybody, and only the role that the domain names may', async () => {
  const mutations = workshop.inputs.mutations();
  expect(mutations.length).toBeGreaterThanOrEqual(99);
  const wrong: string[] = [];
  for (const mutation of mutations) {
    let things = await workshop.things();
    const allowed = mayBeDoneBy(mutation);
    const expectCode = async (who: string, viewer: Viewer, code: string, headers = {}): Promise<void> => {
      const found = await codeOf(viewer, mutation, things, headers);
      if (found !== code) wrong.push(`${mutation.name} by ${who}: ${found} instead of ${code}`);
    };
    await expectCode('anonymous', anonymous, 'UNAUTHENTICATED');
    await expectCode('a token without WRITE', workshop.as('owner', 'READ', 'PUBLISH'), 'FORBIDDEN');
    await expectCode('an owner who looks as the public', workshop.as('owner'), 'FORBIDDEN', {
      'stemgraph-view-as': 'public',
    });
    const isFree = allowed.includes('member');
    await expectCode(
      'a stranger',
      workshop.as('stranger'),
      isFree ? 'done' : isSeenByAll(mutation) ? 'FORBIDDEN' : 'NOT_FOUND',
    );
    for (const part of parts) {
      await expectCode(part, workshop.as(part), allowed.includes(part) ? 'done' : 'FORBIDDEN');
      if (mutation.action === 'delete' && allowed.includes(part)) things = await workshop.things();
    }
  }
  expect(wrong).toEqual([]);
});

test('administrators write terms and laboratories, and have no way into what is private', async () => {
  const wrong: string[] = [];
  for (const mutation of workshop.inputs.mutations()) {
    const { name, action, type } = mutation;
    const found = await codeOf(workshop.as('administrator'), mutation, await workshop.things());
    const isFree = mayBeDoneBy(mutation).includes('member') || terms.includes(type) || type === 'Laboratory';
    // What the bench uses stays: that is a matter of the term, not of the role.
    const expected = !isFree ? ['NOT_FOUND'] : action === 'delete' ? ['done', 'CONFLICT'] : ['done'];
    if (!expected.includes(found)) wrong.push(`${name}: ${found} instead of ${expected.join(' or ')}`);
  }
  expect(wrong).toEqual([]);
});
