import { Access, accessInForce } from '../../src/access/access';
import type { Operation } from '../visibility/operations';
import { filteredMutants, ruledMutants, type PermissionMutant } from '../visibility/mutants';
import { graph } from '../visibility/graph';
import { Stage, type Asking } from '../visibility/stage';
import type { TypeName } from '../world/world';
import { countBySome, facetNames, waysOf } from './operations';

jest.setTimeout(300_000);

/** The rules in force, of which a test can take out a part while the server runs. */
const access = new Access(accessInForce.policy, accessInForce.permissions, accessInForce.roleConditions);

let stage: Stage;
let everybody: Asking[];
beforeAll(async () => {
  stage = await Stage.open({ access });
  everybody = stage.cast();
});
afterAll(() => stage.close());

/** Of each field that facets lead over, `Behavior.setup`, what counts by those facets. */
function facetsOver(): Map<string, Operation[]> {
  const { schema } = stage.served;
  const over = new Map<string, Operation[]>();
  for (const { name: list, target } of stage.served.listFields()) {
    const facets = new Map<string, string[]>();
    for (const facet of facetNames(schema, target))
      for (const field of new Set(waysOf(schema, target, facet).flatMap((way) => fieldsOn(target, way))))
        facets.set(field, [...(facets.get(field) ?? []), facet]);
    for (const [field, names] of facets) over.set(field, [...(over.get(field) ?? []), countBySome(list, names)]);
  }
  return over;
}

function fieldsOn(type: TypeName, way: readonly string[]): string[] {
  let at = type;
  return way.map((field) => {
    const passed = `${at}.${field}`;
    at = graph[at][field]?.type ?? at;
    return passed;
  });
}

async function isNoticed(mutant: PermissionMutant, operations: readonly Operation[]): Promise<boolean> {
  const { permissions } = access;
  Object.assign(access, { permissions: mutant.permissions });
  try {
    for (const operation of operations)
      for (const asking of everybody) {
        const { faults, broken } = await asking.answer(operation);
        if (broken) throw new Error(`The mutant breaks instead of leaking: ${faults.join('; ')}`);
        if (faults.length > 0) return true;
      }
    return false;
  } finally {
    Object.assign(access, { permissions });
  }
}

test('counts are wrong for somebody once a condition is taken out of the way of a facet', async () => {
  const over = facetsOver();
  const mutants = [...filteredMutants(access), ...ruledMutants(access)];
  const onWays = mutants.filter(({ type, field }) => over.has(`${type}.${field}`));
  expect(onWays.length).toBeGreaterThan(25);
  const alive: string[] = [];
  for (const mutant of onWays)
    if (!(await isNoticed(mutant, over.get(`${mutant.type}.${mutant.field}`)!))) alive.push(mutant.name);
  expect(alive).toEqual([]);
});

test('a facet that leads over everything that is counted by leads over what has a rule, and what has none', () => {
  const over = facetsOver();
  for (const field of ['Session.subjects', 'Subject.species', 'Behavior.setup', 'Setup.setupType', 'Session.projects'])
    expect([...over.keys()]).toContain(field);
});
