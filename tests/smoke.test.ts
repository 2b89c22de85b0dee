import { anonymous } from '../src/access/viewer';
import { createTestDatabase, type TestDatabase } from './stage/database';
import { startTestServer, type TestServer } from './stage/server';

let database: TestDatabase;
let server: TestServer;
beforeAll(async () => {
  database = await createTestDatabase();
  server = await startTestServer(database.dataSource);
});
afterAll(async () => {
  await server.close();
  await database.drop();
});

test('an empty graph', async () => {
  expect(await server.ask(anonymous, '{ projects { totalCount } }')).toEqual({ data: { projects: { totalCount: 0 } } });
});
