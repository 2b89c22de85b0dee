import { join } from 'node:path';
import { accessInForce } from '../../src/access/access';
import { anonymous, type SignedIn } from '../../src/access/viewer';
import { readAind } from '../../src/importers/aind/read-aind';
import { readBids } from '../../src/importers/bids/read-bids';
import type { ReadSource } from '../../src/importers/sources';
import type { SourceTree } from '../../src/importers/source-tree';
import type { Entry } from '../../src/tree/entry';
import { joinStored } from '../../src/importers/joining';
import { importTree } from '../../src/importing/storing/import-tree';
import type { ImportOutcome } from '../../src/tree/outcome';
import { newId } from '../../src/model/ids';
import { expectComplete } from './completeness/completeness';
import { corpus, corpusFiles, countedSets, isLong, tellWhereCorpusIs } from './reading';
import { createTestDatabase, type TestDatabase } from '../stage/database';
import { startTestServer, type TestServer } from '../stage/server';

type Set = [name: string, read: () => Promise<ReadSource>, path: string];
const ofBids = (name: string, path: string): Set => [name, () => readBids(path), path];
const ofAind = (name: string, path: string): Set => [name, () => readAind(path), path];

/** Every BIDS set and AIND record that was published, and an invented one of each, which is always there. */
const records = join(corpus, 'aind/records_open');
const published = [
  ...countedSets('bids').map(({ folder }) => ofBids(folder, join(corpus, folder))),
  ...corpusFiles('aind/records_open').map((file) => ofAind(file, join(records, file))),
];
const sets: Set[] = [
  ofBids('the fixture harbour', join(__dirname, 'fixtures/harbour')),
  ofAind('the fixture rig', join(__dirname, 'fixtures/rig')),
  ...(published.length > 0 ? [ofAind('all records of AIND at once', records)] : []),
  ...published,
];

/** Exports take their time: unless all are asked for, some sets of each kind are looked through for what is missing. */
const isLookedThrough = (path: string): boolean =>
  path.startsWith(corpus) && (isLong || published.findIndex(([, , other]) => other === path) % 5 === 0);

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

tellWhereCorpusIs();

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

it.each(sets)(
  '%s is stored whole, read by everybody once it is published, and the same again',
  async (name, read, path) => {
    const owner = await newOwner();
    const { tree, report } = await read();
    const first = await store(owner, tree);
    expect(first.faults).toEqual([]);
    if (isLookedThrough(path)) {
      const exported = await server.exported(owner, first.projectId!);
      expectComplete(name, path, exported, report);
      // As the command does: joined to what is stored.
      const joined = await store(owner, { ...tree, entries: joinStored(tree, exported).entries });
      expect([joined.faults, joined.created, joined.updated]).toEqual([[], 0, 0]);
    }
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
  },
);
