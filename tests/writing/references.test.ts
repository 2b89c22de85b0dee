import { isTerm } from '../../src/model/families';
import { newId, type NodeName } from '../../src/model/ids';
import { Workshop, type Things } from './bench';
import { operationOf } from './inputs';

let workshop: Workshop;
let things: Things;
let hidden: Things;
/** Terms that the writer has proposed. */
let proposed: Things;
beforeAll(async () => {
  workshop = await Workshop.open();
  things = await workshop.things();
  hidden = await workshop.hiddenThings();
  proposed = await workshop.proposedThings('owner');
});
afterAll(() => workshop.close());

/** Everybody with an account sees these. */
const seenByAll = ['User', 'Group', 'Laboratory'];

async function bodyOf(query: string, variables: Record<string, unknown>): Promise<string> {
  return (await workshop.server.send(workshop.as('owner', 'READ', 'WRITE', 'PUBLISH'), query, variables)).body;
}

/** Ids that a writer cannot see, each for a reason of its own. */
function unseen(target: string): Record<string, string> {
  const another = target === 'Species' ? 'Supplier' : 'Species';
  return {
    unknown: newId(target as NodeName),
    malformed: 'no id at all',
    'of another type': things[another]!,
    ...(seenByAll.includes(target) ? {} : { hidden: hidden[target]! }),
  };
}

test('hidden, unknown, malformed and wrong references are answered byte by byte alike, in every field of every input', async () => {
  const wrong: string[] = [];
  let asked = 0;
  for (const { name, action, type } of workshop.inputs.mutations()) {
    if (action === 'delete') continue;
    const input = `${action === 'create' ? 'Create' : 'Update'}${type}Input`;
    const single = workshop.inputs.references(input, type);
    const lists = workshop.inputs
      .inputFields(input)
      .filter((field) => /^\[ID!\]/.test(String(field.type)))
      .map((field) => ({ field: field.name, target: workshop.inputs.targetOf(type, field.name) }));
    for (const { field, target } of [...single, ...lists]) {
      const bodies = new Map<string, string>();
      for (const [kind, id] of Object.entries(unseen(target))) {
        const value = lists.some((list) => list.field === field) ? [id] : id;
        const variables = {
          id: isTerm(type as NodeName) ? proposed[type] : things[type],
          input: { ...workshop.inputs.valid(type, action, things), [field]: value },
        };
        const operation = operationOf({ name, action, type });
        bodies.set(kind, await bodyOf(operation, action === 'create' ? { input: variables.input } : variables));
        asked += 1;
      }
      // The same texts are in each: only what is valid differs, and that is made anew each time.
      const [first, ...others] = [...bodies.values()];
      if (others.some((body) => body !== first) || !first!.includes('NOT_FOUND'))
        wrong.push(`${name}.${field}: ${[...bodies.values()].join('\n')}`);
    }
  }
  expect(wrong).toEqual([]);
  expect(asked).toBeGreaterThan(250);
});

test('hidden and unknown targets are answered byte by byte alike', async () => {
  const wrong: string[] = [];
  for (const mutation of workshop.inputs.mutations()) {
    const { name, action, type } = mutation;
    if (action === 'create' || seenByAll.includes(type)) continue;
    const variables = (id: string): Record<string, unknown> => ({ id, ...(action === 'update' && { input: {} }) });
    const [secret, unknown] = [
      await bodyOf(operationOf(mutation), variables(hidden[type]!)),
      await bodyOf(operationOf(mutation), variables(newId(type as NodeName))),
    ];
    if (secret !== unknown || !secret.includes('NOT_FOUND')) wrong.push(`${name}: ${secret} ${unknown}`);
  }
  for (const type of ['Subject', 'Session'] as const) {
    for (const action of ['link', 'unlink']) {
      const query = `mutation ($id: ID!, $project: ID!) { result: ${action}${type}(id: $id, projectId: $project) { changed } }`;
      const ends = (id: string, project: string): Promise<string> => bodyOf(query, { id, project });
      const pairs = [
        [await ends(hidden[type]!, things['Project']!), await ends(newId(type), things['Project']!)],
        [await ends(things[type]!, hidden['Project']!), await ends(things[type]!, newId('Project'))],
      ];
      for (const [secret, unknown] of pairs)
        if (secret !== unknown || !secret!.includes('NOT_FOUND')) wrong.push(`${action}${type}: ${secret} ${unknown}`);
    }
  }
  expect(wrong).toEqual([]);
});
