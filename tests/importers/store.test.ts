import { join } from 'node:path';
import { anonymous, type SignedIn } from '../../src/access/viewer';
import { readDandiset } from '../../src/importers/dandi/read-dandiset';
import { accessInForce } from '../../src/access/access';
import { joinStored } from '../../src/importers/joining';
import { importTree } from '../../src/importing/storing/import-tree';
import type { ImportOutcome } from '../../src/tree/outcome';
import type { SourceTree } from '../../src/importers/source-tree';
import { newId } from '../../src/model/ids';
import { createTestDatabase, type TestDatabase } from '../stage/database';
import { startTestServer, type TestServer } from '../stage/server';
import { expectComplete } from './completeness/completeness';
import { corpus, type CountedSet, countedSets, describeCorpus, isLong, madeOf, tellWhereCorpusIs } from './reading';

const lantern = join(__dirname, 'fixtures', 'lantern');

let database: TestDatabase;
let server: TestServer;
beforeAll(async () => {
  database = await createTestDatabase();
  server = await startTestServer(database.dataSource);
  const id = newId('User');
  await database.dataSource.query(`INSERT INTO "user" ("id", "name") VALUES ($1, 'Lena')`, [id]);
  owner = { kind: 'user', userId: id, isAdministrator: false, scopes: ['READ', 'WRITE', 'PUBLISH'] };
});
afterAll(async () => {
  await server.close();
  await database.drop();
});

let owner: SignedIn;

/** Imports a tree as its owner, and expects nothing to be wrong with it. */
async function storeTree(tree: SourceTree): Promise<ImportOutcome & { projectId: string }> {
  const lines = tree.entries.map((value, line) => ({ line, value }));
  const outcome = await importTree({ dataSource: database.dataSource, access: accessInForce, viewer: owner }, lines);
  expect(outcome.faults).toEqual([]);
  return outcome as ImportOutcome & { projectId: string };
}

/** As its owner publishes it: with the storages that the tree brought. */
async function publish({ projectId, attributes }: ImportOutcome): Promise<void> {
  const { errors } = await server.ask(
    owner,
    'mutation ($id: ID!, $with: [ID!]) { publishProject(id: $id, attributeIds: $with, confirm: true) { changed } }',
    { id: projectId, with: attributes.map(({ id }) => id) },
  );
  expect(errors).toBeUndefined();
}

interface Read {
  project: { name: string; subjects: { totalCount: number }; sessions: { totalCount: number } } | null;
  subjects: string[];
  sessions: string[];
  files: { fileName: string; fileUrl: string | null; fileSizeBytes: number | null }[];
}

interface PageOf<T> {
  nodes: T[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
}

interface SessionNode {
  name: string;
  dataAcquisitions: PageOf<Read['files'][number]> & { totalCount: number };
}

/** Everything of a project, page by page, as anybody on the internet would read it. */
async function readWhole(id: string): Promise<Read> {
  const head = await server.ask(
    anonymous,
    'query ($id: ID!) { project(id: $id) { name subjects(first: 0) { totalCount } sessions(first: 0) { totalCount } } }',
    { id },
  );
  const project = head.data!['project'] as Read['project'];
  if (project === null) return { project, subjects: [], sessions: [], files: [] };
  const subjects = await everyPage<{ name: string }>(id, 'subjects', 'name');
  const sessions = await everyPage<SessionNode>(
    id,
    'sessions',
    'name dataAcquisitions(first: 100) { totalCount nodes { fileName fileUrl fileSizeBytes } }',
  );
  for (const { dataAcquisitions } of sessions) expect(dataAcquisitions.nodes).toHaveLength(dataAcquisitions.totalCount);
  return {
    project,
    subjects: subjects.map(({ name }) => name),
    sessions: sessions.map(({ name }) => name),
    files: sessions.flatMap(({ dataAcquisitions }) => dataAcquisitions.nodes),
  };
}

async function everyPage<T>(id: string, field: string, selection: string): Promise<T[]> {
  const query = `query ($id: ID!, $after: String) { project(id: $id) { page: ${field}(first: 100, after: $after) {
    nodes { ${selection} } pageInfo { hasNextPage endCursor } } } }`;
  const nodes: T[] = [];
  let after: string | null = null;
  do {
    const { data, errors } = await server.ask(anonymous, query, { id, after });
    expect(errors).toBeUndefined();
    const page: PageOf<T> = (data!['project'] as { page: PageOf<T> }).page;
    nodes.push(...page.nodes);
    after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
  } while (after !== null);
  return nodes;
}

const sorted = (values: readonly string[]): string[] => [...values].sort();

function expectWhole(tree: SourceTree, read: Read): void {
  const { project, subjects, sessions, dataAcquisitions } = madeOf(tree);
  expect(read.project).toEqual({
    name: project.name,
    subjects: { totalCount: subjects.length },
    sessions: { totalCount: sessions.length },
  });
  expect(sorted(read.subjects)).toEqual(sorted(subjects.map(({ name }) => name)));
  expect(sorted(read.sessions)).toEqual(sorted(sessions.map(({ name }) => name)));
  const one = ({ fileName, fileSizeBytes }: { fileName: string; fileSizeBytes?: number | null }): string =>
    `${fileName} ${fileSizeBytes ?? 'size not stated'}`;
  expect(sorted(read.files.map(one))).toEqual(sorted(dataAcquisitions.map(one)));
  const stated = dataAcquisitions.filter(({ fileUrl }) => fileUrl !== undefined).length;
  expect(read.files.filter(({ fileUrl }) => fileUrl !== null)).toHaveLength(stated);
}

describe('a small set of our own', () => {
  test('is read back whole by anybody once its owner publishes it', async () => {
    const { tree } = await readDandiset(lantern);
    const result = await storeTree(tree);
    expect((await readWhole(result.projectId)).project).toBeNull();
    await publish(result);
    expectWhole(tree, await readWhole(result.projectId));
  });

  test('changes nothing when it is imported again', async () => {
    const { tree } = await readDandiset(lantern);
    const before = await database.dataSource.query<unknown[]>(`SELECT * FROM "session" ORDER BY id`);
    const result = await storeTree(tree);
    expect(result).toMatchObject({ created: 0, updated: 0, isPublic: true });
    expect(await database.dataSource.query(`SELECT * FROM "session" ORDER BY id`)).toEqual(before);
  });

  test('brings up to date what the source has changed, and moves its version', async () => {
    const { tree } = await readDandiset(lantern);
    const [session] = madeOf(tree).sessions;
    session!.description = 'Told anew.';
    expect(await storeTree(tree)).toMatchObject({ created: 0, updated: 1 });
    const rows = await database.dataSource.query<unknown[]>(
      `SELECT "version" FROM "session" WHERE "description" = 'Told anew.'`,
    );
    expect(rows).toEqual([{ version: 2 }]);
  });
});

tellWhereCorpusIs();

describeCorpus('every published DANDI set', () => {
  const counted = countedSets('dandi');
  /** Never empty, which test.each does not allow. */
  const rows: Partial<CountedSet>[] = counted.length > 0 ? counted : [{}];
  /** Exports take their time: unless all are asked for, some are looked through for what is missing. */
  const isLookedThrough = (folder: string): boolean =>
    isLong || counted.findIndex((set) => set.folder === folder) % 5 === 0;

  test.each(rows)(
    '$folder loads, and anybody reads it back whole',
    async ({ folder = '', assets, subjects, sessions }) => {
      const { tree, report } = await readDandiset(join(corpus, folder));
      const result = await storeTree(tree);
      if (isLookedThrough(folder)) {
        const exported = await server.exported(owner, result.projectId);
        expectComplete(folder, join(corpus, folder), exported, report);
        // As the command does: joined to what is stored.
        const joined = { ...tree, entries: joinStored(tree, exported).entries };
        expect(await storeTree(joined)).toMatchObject({ created: 0, updated: 0 });
      }
      await publish(result);
      const read = await readWhole(result.projectId);
      expectWhole(tree, read);
      expect(read.files).toHaveLength(assets ?? 0);
      if (assets) expect([read.subjects.length, read.sessions.length]).toEqual([subjects, sessions]);
      expect(await storeTree(tree)).toMatchObject({ created: 0, updated: 0 });
    },
  );
});
