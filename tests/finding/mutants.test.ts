import fc from 'fast-check';
import { Access, accessInForce } from '../../src/access/access';
import {
  allOrNothing,
  filteredMutants,
  roleConditionMutants,
  ruledMutants,
  type PermissionMutant,
} from '../visibility/mutants';
import type { EdgeField } from '../visibility/schema';
import { Stage, type Asking } from '../visibility/stage';
import type { TypeName } from '../world/world';
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

/** A list in which objects of a type are asked: that of all of them, or those of what they belong to. */
interface AskedIn {
  list: EdgeField;
  within: (where: Where) => Where;
}

function listsWith(type: string): AskedIn[] {
  const lists = stage.served.listFields();
  const own = lists.find(({ target }) => target === type);
  if (own) return [{ list: own, within: (where) => where }];
  return lists.flatMap((list) =>
    stage.served
      .edgesOf(list.target)
      .filter(({ target, isConnection }) => target === type && isConnection)
      .map(({ name }) => ({ list, within: (where: Where): Where => ({ [name]: { some: where } }) })),
  );
}

/** What asks of objects by a field; nothing where they cannot be asked by it. */
function askedBy({ type, field }: PermissionMutant): fc.Arbitrary<Where> | undefined {
  if (listsWith(type).length === 0) return undefined;
  return wheres.ofEachField(type as TypeName).find(({ name }) => name === field)?.where;
}

/** What tells most of a field: of an edge, whether it leads anywhere; of values, some of those that stand there. */
function wheresOf({ type, field }: PermissionMutant, where: fc.Arbitrary<Where>): Where[] {
  const edge = stage.served.edgesOf(type).find(({ name }) => name === field);
  if (edge?.isConnection)
    return [{ some: {} }, { none: {} }, { count: { gte: 1 } }, { count: { gte: 2 } }].map((given) => ({
      [field]: given,
    }));
  return [{ [field]: { isNull: true } }, { [field]: { isNull: false } }, ...fc.sample(where, { numRuns: 30, seed: 5 })];
}

async function withPart<T>(part: Partial<Access>, run: () => Promise<T>): Promise<T> {
  const { policy, permissions, roleConditions } = access;
  Object.assign(access, part);
  try {
    return await run();
  } finally {
    Object.assign(access, { policy, permissions, roleConditions });
  }
}

/** The mutants of which nobody gets a wrong answer to a filter. */
async function survivors(mutants: readonly PermissionMutant[]): Promise<string[]> {
  const alive: string[] = [];
  for (const mutant of mutants) {
    const where = askedBy(mutant);
    if (!where) continue;
    const { type, permissions } = mutant;
    const found = await withPart({ permissions }, () => wrongAnswer(type, wheresOf(mutant, where)));
    if (found === undefined) alive.push(mutant.name);
  }
  return alive;
}

async function wrongAnswer(type: string, asked: readonly Where[]): Promise<string | undefined> {
  for (const { list, within } of listsWith(type))
    for (let from = 0; from < asked.length; from += 4) {
      const operation = findIn(list.name, list.target, asked.slice(from, from + 4).map(within));
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
  expect(mutants.filter((one) => askedBy(one) !== undefined).length).toBeGreaterThan(20);
  expect(await survivors(mutants)).toEqual([]);
});

test('a filter by a field whose rule is taken away or weakened finds too much for somebody', async () => {
  const mutants = ruledMutants(access);
  expect(mutants.filter((one) => askedBy(one) !== undefined).length).toBeGreaterThan(50);
  // Whoever sees a token owns it.
  const needless = [...allOrNothing, 'permissions.AccessToken.version: hasRole → open'];
  expect((await survivors(mutants)).sort()).toEqual(needless.sort());
});

test('so does one by roles, once a condition of a role is taken out', async () => {
  const held: Where[] = [{ viewerRole: { isNull: false } }, { members: { some: {} } }, { isPublic: { equals: false } }];
  const alive: string[] = [];
  for (const { name, roleConditions } of roleConditionMutants()) {
    const found = await withPart({ roleConditions }, async () => {
      const asked = { viewerRole: { in: ['OWNER'] } };
      return (
        (await wrongAnswer('Project', [...held, asked])) ?? (await wrongAnswer('Group', [{ members: { some: {} } }]))
      );
    });
    if (found === undefined) alive.push(name);
  }
  expect(alive).toEqual([]);
});
