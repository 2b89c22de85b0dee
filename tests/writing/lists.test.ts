import { endsFor, linkTables } from '../../src/model/links';
import { classOf } from '../../src/model/node';
import { Workshop, type Things } from './bench';
import { operationOf } from './inputs';

let workshop: Workshop;
beforeAll(async () => {
  workshop = await Workshop.open();
});
afterAll(() => workshop.close());

/** What nobody with an account can be kept from seeing, or what can only hold what its own project has. */
const alwaysVisible = ['Collection.sessions', 'Cohort.subjects'];
const ordered = ['Session.dataStorages', 'Collection.sessions', 'Cohort.subjects'];

/** Join tables that no list writes: what is put into projects one by one, and who leads a laboratory. */
const linkedOneByOne = ['project_subject', 'project_session'];
const acceptedByWhoIsNamed = ['laboratory_principal_investigator', 'laboratory_invited_investigator'];

type Part = 'owner' | 'curator';

async function write(part: Part, type: string, id: string, field: string, ids: readonly string[]): Promise<boolean> {
  const mutation = { name: `update${type}`, action: 'update', type };
  const { data, errors } = await workshop.server.ask(workshop.as(part), operationOf(mutation), {
    id,
    input: { [workshop.inputs.inputNameOf(type, field)]: ids },
  });
  expect(errors).toBeUndefined();
  return (data!['result'] as { changed: boolean }).changed;
}

/** What a viewer reads of a list. */
async function read(part: Part, type: string, id: string, field: string): Promise<string[]> {
  const { data } = await workshop.server.ask(
    workshop.as(part),
    `query ($id: ID!) { node(id: $id) { ... on ${type} { list: ${field} { nodes { id } } } } }`,
    { id },
  );
  const { list } = data!['node'] as { list: { nodes: { id: string }[] } };
  const ids = list.nodes.map((one) => one.id);
  return ordered.includes(`${type}.${field}`) ? ids : [...ids].sort();
}

interface Trial {
  owner: string;
  visible: [string, string, string];
  hidden: string;
}

/** An object with a list, three things that its owner sees and one that they do not. */
async function trialOf(type: string, target: string): Promise<Trial> {
  const benches: Things[] = [];
  for (let count = 0; count < 3; count += 1) benches.push(await workshop.things());
  const hidden = await workshop.hiddenThings();
  const visible =
    target === 'User'
      ? [workshop.cast.ids.member, workshop.cast.ids.manager, workshop.cast.ids.stranger]
      : benches.map((bench) => bench[target]!);
  if (type === 'Collection' || type === 'Cohort') {
    const column = `${target.toLowerCase()}_id`;
    for (const id of visible.slice(1))
      await workshop.rows(`INSERT INTO "project_${target.toLowerCase()}" ("project_id", ${column}) VALUES ($1, $2)`, [
        benches[0]!['Project'],
        id,
      ]);
  }
  return { owner: benches[0]![type]!, visible: visible as [string, string, string], hidden: hidden[target]! };
}

const inOrder = (name: string, ids: readonly string[]): string[] =>
  ordered.includes(name) ? [...ids] : [...ids].sort();

test('every list of every type replaces what the writer sees and leaves the rest where it is', async () => {
  const met: string[] = [];
  for (const type of workshop.inputs.types()) {
    for (const { field: input, target } of workshop.inputs.lists(type)) {
      const field = workshop.inputs.shownAs(type, input);
      const name = `${type}.${field}`;
      met.push(name);
      const { owner, visible, hidden } = await trialOf(type, target);
      const [one, two, three] = visible;
      const secret = alwaysVisible.includes(name) ? [] : [hidden];
      const reads = async (part: Part, ids: readonly string[]): Promise<void> => {
        expect([name, part, await read(part, type, owner, field)]).toEqual([name, part, inOrder(name, ids)]);
      };
      await write('curator', type, owner, field, [one, ...secret, two]);
      await reads('curator', [one, ...secret, two]);
      await reads('owner', [one, two]);
      // The same again changes nothing.
      expect([name, await write('owner', type, owner, field, [one, two])]).toEqual([name, false]);
      // Another order, and one more: the hidden entry keeps its place.
      await write('owner', type, owner, field, [two, one, three]);
      await reads('curator', [two, ...secret, one, three]);
      // Fewer: the hidden entry is still there.
      await write('owner', type, owner, field, [three]);
      await reads('curator', [three, ...secret]);
      await reads('owner', [three]);
    }
  }
  expect(met.length).toBeGreaterThanOrEqual(11);
  // Every join table that an author writes from its first end was met.
  const written = linkTables()
    .filter(({ table }) => ![...linkedOneByOne, ...acceptedByWhoIsNamed].includes(table))
    .map(({ ends }) => ends[0].type().name);
  expect([...new Set(met.map((name) => name.split('.')[0]))].sort()).toEqual([...new Set(written)].sort());
});

test('an ordered list keeps hidden entries at their places whatever the writer sends, none or many', async () => {
  const hidden = await workshop.hiddenThings();
  const benches = [await workshop.things(), await workshop.things(), await workshop.things()];
  const session = benches[0]!['Session']!;
  const [a, b, c] = benches.map((bench) => bench['DataStorage']!);
  const secret = hidden['DataStorage']!;
  await write('curator', 'Session', session, 'dataStorages', [secret, a!, b!]);
  await write('owner', 'Session', session, 'dataStorages', []);
  expect(await read('curator', 'Session', session, 'dataStorages')).toEqual([secret]);
  await write('owner', 'Session', session, 'dataStorages', [c!, b!, a!]);
  expect(await read('curator', 'Session', session, 'dataStorages')).toEqual([secret, c, b, a]);
  // Positions that an older version left equal are told apart first.
  const { link } = { link: linkTables().find(({ table }) => table === 'session_data_storage')! };
  expect(endsFor(link, classOf('Session')).far.column).toBe('data_storage_id');
  await workshop.rows(`UPDATE "session_data_storage" SET "position" = 0 WHERE "session_id" = $1`, [session]);
  await write('owner', 'Session', session, 'dataStorages', [b!, a!, c!]);
  expect(await read('owner', 'Session', session, 'dataStorages')).toEqual([b, a, c]);
});

test('nothing is in a list twice, and a list that has to hold something is not emptied', async () => {
  const { owner, visible } = await trialOf('Behavior', 'Subject');
  const mutation = { name: 'updateBehavior', action: 'update', type: 'Behavior' };
  const send = (subjectIds: readonly string[]) =>
    workshop.server.ask(workshop.as('owner'), operationOf(mutation), { id: owner, input: { subjectIds } });
  const twice = await send([visible[0], visible[1], visible[0].toUpperCase()]);
  expect(twice.errors?.[0]?.extensions).toMatchObject({
    code: 'BAD_USER_INPUT',
    errors: [{ path: ['subjectIds', 2], code: 'DUPLICATE' }],
  });
  const none = await send([]);
  expect(none.errors?.[0]?.extensions).toMatchObject({ errors: [{ path: ['subjectIds'], code: 'REQUIRED' }] });
});
