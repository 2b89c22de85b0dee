import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import { auditServer, type AuditResult } from 'graphql-http';
import { createTestDatabase, type TestDatabase } from '../stage/database';
import { openWire, type Wire } from './wire';

let database: TestDatabase;
let wire: Wire;
let ours: AuditResult[];
let apollos: AuditResult[];

beforeAll(async () => {
  database = await createTestDatabase();
  wire = await openWire(database.dataSource);
  const url = `${await wire.listen()}/graphql`;
  ours = await auditServer({ url });

  const plain = new ApolloServer({ typeDefs: 'type Query { a: Int } type Mutation { a: Int }' });
  const standalone = await startStandaloneServer(plain, { listen: { host: '127.0.0.1', port: 0 } });
  apollos = await auditServer({ url: standalone.url });
  await plain.stop();
});

afterAll(async () => {
  await wire.close();
  await database.drop();
});

const ids = (results: AuditResult[], status: AuditResult['status']): string[] =>
  results.filter((result) => result.status === status).map(({ id }) => id);

test('the audits of GraphQL over HTTP find no error', () => {
  expect(ours.length).toBeGreaterThan(60);
  expect(ours.filter(({ status }) => status === 'error')).toEqual([]);
});

test('they warn of nothing but what Apollo Server itself does', () => {
  const known = ids(apollos, 'warn');
  expect(ids(ours, 'warn').filter((id) => !known.includes(id))).toEqual([]);
  // Apollo Server answers 400 where the specification would rather have 200 for plain application/json.
  expect(ids(ours, 'warn')).toEqual(['572B', 'FDE2', '7B9B']);
});

test('they pass in all other points', () => {
  expect(ids(ours, 'ok').length).toBe(ours.length - 3);
});
