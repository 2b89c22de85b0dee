import fc from 'fast-check';
import { Access, accessInForce } from '../../src/access/access';
import { allOrNothing, filteredMutants, ruledMutants, type PermissionMutant } from '../visibility/mutants';
import { Stage, type Asking } from '../visibility/stage';
import type { Where } from './evaluate';
import { findIn } from './operations';
import { Wheres } from './wheres';

jest.setTimeout(300_000);

/** The rules in force, of which a test can take out a part while the server runs. */
const access = new Access(accessInForce.policy, accessInForce.permissions, accessInForce.roleConditions);

let stage: Stage;
let everybody: Asking[];
let wheres: Wheres;
beforeAll(async () => {
  stage = await Stage.open({ access });
  everybody = stage.cast();
  wheres = new Wheres(stage.served.schema, stage.world);
});
afterAll(() => stage.close());

/** Whether objects can be asked by a field, in the list of all of them. */
function listAskedBy({ type, field }: PermissionMutant) {
  const list = stage.served.listFields().find(({ target }) => target === type);
  const asked = list && wheres.ofEachField(list.target).find(({ name }) => name === field);
  return list && asked && { list, where: asked.where };
}

/** What tells most of a field: of an edge, whether it leads anywhere; of values, some of those that stand there. */
function wheresOf(mutant: PermissionMutant): Where[] {
  const { list, where } = listAskedBy(mutant)!;
  const edge = stage.served.edgesOf(list.target).find(({ name }) => name === mutant.field);
  if (edge?.isConnection)
    return [{ some: {} }, { none: {} }, { count: { gte: 1 } }, { count: { gte: 2 } }].map((given) => ({
      [mutant.field]: given,
    }));
  const some = fc.sample(where, { numRuns: 30, seed: 5 });
  return [{ [mutant.field]: { isNull: true } }, ...some];
}

/** The mutants of which nobody gets a wrong answer to a filter. */
async function survivors(mutants: readonly PermissionMutant[]): Promise<string[]> {
  const alive: string[] = [];
  for (const mutant of mutants.filter((one) => listAskedBy(one) !== undefined)) {
    const { permissions } = access;
    Object.assign(access, { permissions: mutant.permissions });
    const found = await wrongAnswer(mutant);
    Object.assign(access, { permissions });
    if (found === undefined) alive.push(mutant.name);
  }
  return alive;
}

async function wrongAnswer(mutant: PermissionMutant): Promise<string | undefined> {
  const { list } = listAskedBy(mutant)!;
  const asked = wheresOf(mutant);
  for (let from = 0; from < asked.length; from += 4) {
    const operation = findIn(list.name, list.target, asked.slice(from, from + 4));
    for (const asking of everybody) {
      const { faults, broken } = await asking.answer(operation);
      if (broken) throw new Error(`The mutant breaks instead of leaking: ${faults.join('; ')}`);
      if (faults[0]) return faults[0];
    }
  }
  return undefined;
}

test('a filter along a list that is not filtered any more finds too much for somebody', async () => {
  const mutants = filteredMutants(access);
  expect(mutants.filter((one) => listAskedBy(one) !== undefined).length).toBeGreaterThan(20);
  expect(await survivors(mutants)).toEqual([]);
});

test('a filter by a field whose rule is taken away or weakened finds too much for somebody', async () => {
  const mutants = ruledMutants(access);
  expect(mutants.filter((one) => listAskedBy(one) !== undefined).length).toBeGreaterThan(50);
  const needless = allOrNothing.filter((name) => !name.includes('AccessToken'));
  expect((await survivors(mutants)).sort()).toEqual(needless.sort());
});
