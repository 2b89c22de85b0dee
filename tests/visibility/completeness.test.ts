import { type GraphQLSchema, isObjectType } from 'graphql';
import { Access, accessInForce } from '../../src/access/access';
import type { Permissions } from '../../src/access/permission';
import { guardSchema } from '../../src/access/shield';
import { buildGraph } from '../../src/graph/schema';
import { createTestDatabase, type TestDatabase } from '../stage/database';
import { startTestServer } from '../stage/server';

const { policy, permissions, roleConditions } = accessInForce;

let database: TestDatabase;
let graph: GraphQLSchema;
beforeAll(async () => {
  database = await createTestDatabase();
  graph = buildGraph();
});
afterAll(() => database.drop());

function without(type: string, field: string): Permissions {
  const { [field]: _taken, ...rest } = permissions[type]!;
  return { ...permissions, [type]: rest };
}

function withOneMore(type: string, field: string): Permissions {
  return { ...permissions, [type]: { ...permissions[type], [field]: { kind: 'open' } } };
}

function start(some: Permissions): Promise<unknown> {
  return startTestServer(database.dataSource, { access: new Access(policy, some, roleConditions) });
}

const entries = Object.entries(permissions).flatMap(([type, fields]) =>
  Object.keys(fields).map((field) => [type, field] as const),
);

test('every field of the graph has a permission', () => {
  const types = Object.values(graph.getTypeMap()).filter((type) => isObjectType(type) && !type.name.startsWith('__'));
  const fields = types.flatMap((type) =>
    isObjectType(type) ? Object.keys(type.getFields()).map((field) => `${type.name}.${field}`) : [],
  );
  const decided = new Set(entries.map(([type, field]) => `${type}.${field}`));
  // What a connection holds was decided by the field that leads to it.
  const undecided = fields.filter((field) => !decided.has(field) && !/^\w+(Connection|Edge)\./.test(field));
  expect(undecided).toEqual([]);
});

test.each([
  ['Query', 'node'],
  ['Setup', 'image'],
  ['Session', 'name'],
])('a server without a permission for %s.%s does not start, and says which one', async (type, field) => {
  await expect(start(without(type, field))).rejects.toThrow(`${type}.${field} has no entry in the permissions`);
});

test.each([
  ['Query', 'secrets'],
  ['Setup', 'images'],
  ['Secret', 'name'],
])('a server with a permission for %s.%s, which is not in the graph, does not start', async (type, field) => {
  await expect(start(withOneMore(type, field))).rejects.toThrow(
    `${type}.${field} has a permission but is not in the schema`,
  );
});

test(`each of the ${entries.length} permissions is missed when it is taken out`, () => {
  const notMissed = entries.filter(([type, field]) => {
    try {
      guardSchema(graph, without(type, field));
      return true;
    } catch (error) {
      return !(error as Error).message.includes(`${type}.${field} has no entry`);
    }
  });
  expect(notMissed).toEqual([]);
});

test('a whole type without permissions is missed', () => {
  const { Setup: _taken, ...rest } = permissions;
  expect(() => guardSchema(graph, rest)).toThrow('Setup.image has no entry in the permissions');
});
