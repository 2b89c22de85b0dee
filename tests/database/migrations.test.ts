import { Client } from 'pg';
import { createTestDatabase, type TestDatabase } from '../stage/database';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

async function drift(): Promise<string[]> {
  const { upQueries } = await database.dataSource.driver.createSchemaBuilder().log();
  return upQueries.map(({ query }) => query);
}

async function tables(): Promise<string[]> {
  const rows = await database.dataSource.query<{ name: string }[]>(
    `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'migration' ORDER BY 1`,
  );
  return rows.map(({ name }) => name);
}

test('the migrations make exactly the tables that the entities describe', async () => {
  expect(await drift()).toEqual([]);
});

test('the migrations go down to nothing, and up again', async () => {
  const before = await tables();
  for (const _ of database.dataSource.migrations) await database.dataSource.undoLastMigration();
  expect(await tables()).toEqual([]);
  await database.dataSource.runMigrations();
  expect(await tables()).toEqual(before);
  expect(await drift()).toEqual([]);
});

describe('the database itself refuses', () => {
  const project = '01890a5d-ac96-8010-8bcc-000000000001';
  const other = '01890a5d-ac96-8010-8bcc-000000000002';
  const session = '01890a5d-ac96-8030-8bcc-000000000003';
  const collection = '01890a5d-ac96-8040-8bcc-000000000004';
  let client: Client;

  beforeAll(async () => {
    client = new Client({ connectionString: database.url });
    await client.connect();
    await client.query(`INSERT INTO project (id, name) VALUES ($1, 'One'), ($2, 'Two')`, [project, other]);
    await client.query(`INSERT INTO session (id, name) VALUES ($1, 'Session')`, [session]);
    await client.query(`INSERT INTO project_session (project_id, session_id) VALUES ($1, $2)`, [project, session]);
    await client.query(`INSERT INTO collection (id, project_id, name) VALUES ($1, $2, 'Of two')`, [collection, other]);
  });
  afterAll(() => client.end());

  const refused: [what: string, statement: string, values: unknown[]][] = [
    ['an id with the code of another type', 'INSERT INTO project (id, name) VALUES ($1, $2)', [session, 'x']],
    [
      'a session in a collection of a project that it is not in',
      'INSERT INTO collection_session (collection_id, session_id, project_id, position) VALUES ($1, $2, $3, 0)',
      [collection, session, other],
    ],
    ['a public project without a time of publication', 'UPDATE project SET is_public = true WHERE id = $1', [project]],
    [
      'a membership of nobody',
      `INSERT INTO membership (id, project_id, role) VALUES ($1, $2, 'OWNER')`,
      ['01890a5d-ac96-8440-8bcc-000000000005', project],
    ],
    [
      'a repeated collection name in one project',
      `INSERT INTO collection (id, project_id, name) VALUES ($1, $2, 'Of two')`,
      ['01890a5d-ac96-8040-8bcc-000000000006', other],
    ],
    [
      'an unknown value of a closed list',
      `INSERT INTO setup_type (id, name, category) VALUES ($1, 'x', 'ON_THE_MOON')`,
      ['01890a5d-ac96-8330-8bcc-000000000007'],
    ],
  ];
  test.each(refused)('%s', async (_what, statement, values) => {
    await expect(client.query(statement, values)).rejects.toThrow(/violates/);
  });

  test('to change or forget what was published', async () => {
    await client.query(`INSERT INTO publication_event (object_id, action, actor) VALUES ($1, 'PUBLISH', 'OPERATOR')`, [
      project,
    ]);
    await expect(client.query(`UPDATE publication_event SET action = 'REVOKE'`)).rejects.toThrow(/only ever added to/);
    await expect(client.query(`DELETE FROM publication_event`)).rejects.toThrow(/only ever added to/);
    await expect(client.query(`TRUNCATE publication_event`)).rejects.toThrow(/only ever added to/);
  });
});
