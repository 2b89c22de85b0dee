import type { Pool, PoolClient } from 'pg';
import { Access, accessInForce } from '../../src/access/access';
import { anyOf, everyone } from '../../src/access/rules';
import { castNames } from '../world/cast';
import { Dice } from '../world/dice';
import { long, seed } from '../world/effort';
import type { Operation } from './operations';
import { Stage, type Asking } from './stage';
import { Walks } from './walks';

jest.setTimeout(long ? 3_600_000 : 300_000);

const askers = ['anonymous', ...(long ? castNames : (['colleague', 'crewMember', 'outsider'] as const))] as const;

/** The rules in force, of which a test can take out a part while the server runs. */
const access = new Access(accessInForce.policy, accessInForce.permissions, accessInForce.roleConditions);

let stage: Stage;
/** Every value of every row that came from the database to the server. */
let received: string[] = [];
beforeAll(async () => {
  stage = await Stage.open({ seed, access });
  const { master } = stage.database.dataSource.driver as unknown as { master: Pool };
  const listened = new WeakSet<object>();
  master.on('acquire', (client: PoolClient) => {
    const { connection } = client as unknown as { connection: NodeJS.EventEmitter };
    if (listened.has(connection)) return;
    listened.add(connection);
    connection.on('dataRow', ({ fields }: { fields: (string | null)[] }) => {
      for (const field of fields) if (field !== null) received.push(field);
    });
  });
});
afterAll(() => stage.close());

/** What is another at another time, or each time. */
const changing =
  /\b(now|clock_timestamp|statement_timestamp|random|gen_random_uuid|nextval)\s*\(|\bcurrent_(date|time|timestamp)\b/i;

/** What a viewer may not see and the database gave the server nevertheless, while it answered these as the viewer asked. */
async function crossed({ viewer, watch, name }: Asking, operations: readonly Operation[]): Promise<string[]> {
  received = [];
  const faults: string[] = [];
  for (const { name: operation, query, variables } of operations) {
    const { body } = await stage.server.send(viewer, query, variables, { 'stemgraph-explain': 'access' });
    expect(body).not.toContain('INTERNAL_SERVER_ERROR');
    for (const secret of watch.secretsIn(received.join('\n'))) faults.push(`${name}: ${operation}: ${secret}`);
    received = [];
  }
  return faults;
}

test.each(askers)('nothing that is hidden from %s reaches the server, whatever they ask', async (name) => {
  const [asking] = stage.cast(name) as [Asking];
  const { operations } = stage;
  const walks = new Walks(operations, new Dice(seed));
  const asked = [
    ...operations.everyObjectItself(),
    ...operations.everyList(),
    ...operations.everyReadiness(),
    ...Array.from({ length: long ? 200 : 15 }, () => walks.next()),
  ];
  const before = stage.server.statements.length;
  expect(await crossed(asking, asked)).toEqual([]);
  // What anonymous is answered depends on what is committed and on nothing else: answers are kept by that.
  const ran = stage.server.statements.slice(before);
  if (name === 'anonymous') expect(ran.filter((statement) => changing.test(statement))).toEqual([]);
  expect(ran.length).toBeGreaterThan(100);
});

test.each(askers)('nothing that is hidden from %s reaches the server while projects are exported', async (name) => {
  const [asking] = stage.cast(name) as [Asking];
  received = [];
  let rows = 0;
  for (const { id } of stage.world.rows.Project) {
    await stage.server.app.inject({
      url: `/export/projects/${id}.ndjson`,
      headers: { 'x-test-viewer': JSON.stringify(asking.viewer) },
    });
    rows += received.length;
    expect(asking.watch.secretsIn(received.join('\n'))).toEqual([]);
    received = [];
  }
  expect(rows).toBeGreaterThan(100);
});

test('it would be noticed if everybody saw every setup', async () => {
  const [anonymous] = stage.cast('anonymous') as [Asking];
  const { policy } = access;
  Object.assign(access, { policy: { ...policy, Setup: anyOf(everyone) } });
  try {
    expect((await crossed(anonymous, stage.operations.itself('Setup'))).length).toBeGreaterThan(0);
  } finally {
    Object.assign(access, { policy });
  }
  expect(await crossed(anonymous, stage.operations.itself('Setup'))).toEqual([]);
});
