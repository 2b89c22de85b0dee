import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { accessInForce } from '../../src/access/access';
import { anonymous, type SignedIn } from '../../src/access/viewer';
import { readAind } from '../../src/importers/aind/read-aind';
import { readBids } from '../../src/importers/bids/read-bids';
import type { SourceTree } from '../../src/importers/source-tree';
import type { Entry } from '../../src/tree/entry';
import { importTree } from '../../src/importing/storing/import-tree';
import type { ImportOutcome } from '../../src/tree/outcome';
import { newId } from '../../src/model/ids';
import { createTestDatabase, type TestDatabase } from '../stage/database';
import { startTestServer, type TestServer } from '../stage/server';

const corpus = process.env['STEMGRAPH_CORPUS'] ?? join(__dirname, '../../../shared/data/corpus');
const manifest = join(corpus, 'manifest.json');
const isHere = existsSync(manifest);

interface Counted {
  folder: string;
}

/** Every BIDS set and AIND record that was published, and an invented one of each, which is always there. */
const sets: [name: string, read: () => Promise<{ tree: SourceTree }>][] = [
  ['the fixture harbour', () => readBids(join(__dirname, 'fixtures/harbour'))],
  ['the fixture rig', () => readAind(join(__dirname, 'fixtures/rig'))],
  ...(isHere ? published() : []),
];

function published(): typeof sets {
  const folders = (JSON.parse(readFileSync(manifest, 'utf8')) as Counted[]).map(({ folder }) => folder);
  const records = readdirSync(join(corpus, 'aind/records_open')).filter((file) => file.endsWith('.json'));
  return [
    ...folders
      .filter((folder) => folder.startsWith('bids/'))
      .map((folder): (typeof sets)[number] => [folder, () => readBids(join(corpus, folder))]),
    ['all records of AIND at once', () => readAind(join(corpus, 'aind/records_open'))],
    ...records.map((file): (typeof sets)[number] => [file, () => readAind(join(corpus, 'aind/records_open', file))]),
  ];
}

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

it('the corpus is here, or the output says that nothing was tested against it', () => {
  if (!isHere) console.warn(`NOT TESTED on real sets: there is no ${manifest}. Set STEMGRAPH_CORPUS to the corpus.`);
});

/** Records of one project go into it together where one person imports them: so everybody here imports one set. */
async function newOwner(): Promise<SignedIn> {
  const userId = newId('User');
  await database.dataSource.query(`INSERT INTO "user" ("id", "name") VALUES ($1, 'Lena')`, [userId]);
  return { kind: 'user', userId, isAdministrator: false, scopes: ['READ', 'WRITE', 'PUBLISH'] };
}

const store = (viewer: SignedIn, tree: SourceTree): Promise<ImportOutcome> =>
  importTree(
    { dataSource: database.dataSource, access: accessInForce, viewer },
    tree.entries.map((value, line) => ({ line, value })),
  );

const countOf = (entries: readonly Entry[], type: string): number =>
  entries.filter((entry) => entry.type === type).length;

it.each(sets)('%s is stored whole, read by everybody once it is published, and the same again', async (_name, read) => {
  const owner = await newOwner();
  const { tree } = await read();
  const first = await store(owner, tree);
  expect(first.faults).toEqual([]);
  const { data, errors } = await server.ask(
    owner,
    'mutation ($id: ID!) { publishProject(id: $id, confirm: true) { isPublic } }',
    { id: first.projectId },
  );
  expect([errors, data]).toEqual([undefined, { publishProject: { isPublic: true } }]);
  const counts = await server.ask(
    anonymous,
    'query ($id: ID!) { project(id: $id) { subjects(first: 0) { totalCount } sessions(first: 0) { totalCount } } }',
    { id: first.projectId },
  );
  expect(counts.data!['project']).toEqual({
    subjects: { totalCount: countOf(tree.entries, 'Subject') },
    sessions: { totalCount: countOf(tree.entries, 'Session') },
  });
  const again = await store(owner, (await read()).tree);
  expect([again.faults, again.projectId, again.created, again.updated]).toEqual([[], first.projectId, 0, 0]);
});
