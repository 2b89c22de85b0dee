import { Client } from 'pg';
import { Access, accessInForce } from '../../src/access/access';
import { Oracle } from '../policy/oracle';
import { byCode, byOracle, bySql, differences } from '../policy/verdicts';
import { countAll } from '../discovery/operations';
import { startTestServer } from '../stage/server';
import { viewersOf } from '../world/cast';
import { containerNames } from '../world/people';
import type { TypeName } from '../world/world';
import { allOrNothing, filteredMutants, policyMutants, roleConditionMutants, ruledMutants } from './mutants';
import type { Operation } from './operations';
import { Stage, type Asking } from './stage';

jest.setTimeout(600_000);

/** The rules in force, of which a test can take out a part while the server runs. */
const access = new Access(accessInForce.policy, accessInForce.permissions, accessInForce.roleConditions);

let stage: Stage;
let client: Client;
let everybody: Asking[];
beforeAll(async () => {
  stage = await Stage.open({ access });
  client = new Client({ connectionString: stage.database.url });
  await client.connect();
  everybody = stage.cast();
});
afterAll(async () => {
  await client.end();
  await stage.close();
});

/** How a mutant was found out; nothing when it survived. */
type Finding = string | undefined;

/** Does anybody get a wrong answer to one of these? */
async function wrongAnswer(operations: readonly Operation[], server = stage.server): Promise<Finding> {
  for (const asking of everybody) {
    for (const operation of operations) {
      const { faults, broken } = await asking.answer(operation, server);
      // An error proves nothing: the mutant has to answer, and to answer wrongly.
      if (broken) throw new Error(`The mutant breaks instead of leaking: ${faults.join('; ')}`);
      if (faults[0]) return faults[0];
    }
  }
  return undefined;
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

/** Do the two forms of the mutated policy still say of a type what the page says? */
async function disagreement(mutated: Partial<Access>, types: readonly TypeName[]): Promise<Finding> {
  const rules = { ...access, ...mutated };
  for (const viewer of viewersOf(stage.world)) {
    const expected = byOracle(new Oracle(stage.world, viewer), types);
    const found = differences(expected, await bySql(client, viewer, rules, types), 'the SQL');
    if (found[0]) return found[0];
  }
  return undefined;
}

function disagreementOfCode(mutated: Partial<Access>, types: readonly TypeName[]): Finding {
  const { policy } = { ...access, ...mutated };
  return viewersOf(stage.world)
    .map((viewer) => {
      const expected = byOracle(new Oracle(stage.world, viewer), types);
      return differences(expected, byCode(stage.world, viewer, policy, types), 'the code')[0];
    })
    .find((difference) => difference !== undefined);
}

/** What asks for a field of a type, of every object that there is. */
function operationsThrough(type: string, field: string): Operation[] {
  const { operations, served } = stage;
  const edge = served.edgesOf(type).find(({ name }) => name === field);
  if (type === 'Query') {
    const list = served.listFields().find(({ name }) => name === field);
    if (list) return [operations.list(list, false)];
    if (field.endsWith('Counts')) return [countAll(field)];
    if (field === 'nodes') return operations.everyObjectItself();
    if (field === 'publishReadiness') return operations.everyReadiness();
    if (field === 'node') return served.nodeTypes().map((target) => operations.byId('node', target));
    return [operations.byId(field, edge!.target)];
  }
  const name = type as TypeName;
  if (!edge) return operations.itself(name);
  const selection = operations.follow(name, edge, served.plainFieldsOf(edge.target), false);
  return operations.everyObject(name, `${type}.${field}`, selection);
}

async function survivors<M extends { name: string }>(
  mutants: readonly M[],
  findOut: (mutant: M) => Promise<Finding> | Finding,
): Promise<string[]> {
  expect(mutants.length).toBeGreaterThan(0);
  const alive: string[] = [];
  for (const mutant of mutants) if ((await findOut(mutant)) === undefined) alive.push(mutant.name);
  return alive;
}

test('the rules in force pass every check that a mutant has to fail', async () => {
  const types = stage.served.nodeTypes();
  expect(await disagreement({}, types)).toBeUndefined();
  expect(disagreementOfCode({}, types)).toBeUndefined();
  expect(await wrongAnswer(stage.operations.everyObjectItself())).toBeUndefined();
});

describe('a rule of the policy of which any part is made to hold for everybody or for nobody', () => {
  test('no longer agrees with the oracle, as SQL', async () => {
    expect(await survivors(policyMutants(access), ({ policy, type }) => disagreement({ policy }, [type]))).toEqual([]);
  });

  test('no longer agrees with the oracle, as code', async () => {
    expect(
      await survivors(policyMutants(access), ({ policy, type }) => disagreementOfCode({ policy }, [type])),
    ).toEqual([]);
  });

  test('gives somebody a wrong answer', async () => {
    const alive = await survivors(policyMutants(access), ({ policy, type }) =>
      withPart({ policy }, () => wrongAnswer(stage.operations.itself(type))),
    );
    expect(alive).toEqual([]);
  });
});

describe('a condition of a role that is taken out of the SQL', () => {
  test('no longer agrees with the oracle', async () => {
    const alive = await survivors(roleConditionMutants(), ({ roleConditions }) =>
      disagreement({ roleConditions }, stage.served.nodeTypes()),
    );
    expect(alive).toEqual([]);
  });

  test('gives somebody a wrong answer', async () => {
    const operations = [...containerNames, 'GroupMembership' as const].flatMap((type) => stage.operations.itself(type));
    const alive = await survivors(roleConditionMutants(), ({ roleConditions }) =>
      withPart({ roleConditions }, () => wrongAnswer(operations)),
    );
    expect(alive).toEqual([]);
  });
});

/** Everybody sees every group, so a rule on the way to them keeps nothing out. */
const needless = {
  filtered: ['permissions.Query.groups: filtered → inherited', 'permissions.Query.groupCounts: filtered → inherited'],
  ruled: [
    'permissions.Query.group: targetVisible → open',
    // Whoever sees a token owns it.
    'permissions.AccessToken.version: hasRole → open',
  ],
};

test('a list that is not filtered any more gives somebody a wrong answer', async () => {
  const alive = await survivors(filteredMutants(access), ({ type, field, permissions }) =>
    withPart({ permissions }, () => wrongAnswer(operationsThrough(type, field))),
  );
  expect(alive.sort()).toEqual(needless.filtered.sort());
});

test('a field whose rule is taken away or weakened gives somebody a wrong answer', async () => {
  const alive = await survivors(ruledMutants(access), async ({ type, field, permissions }) => {
    const mutated = new Access(access.policy, permissions, access.roleConditions);
    const server = await startTestServer(stage.database.dataSource, { access: mutated });
    try {
      return await wrongAnswer(operationsThrough(type, field), server);
    } finally {
      await server.close();
    }
  });
  expect(alive.sort()).toEqual([...needless.ruled, ...allOrNothing].sort());
});
