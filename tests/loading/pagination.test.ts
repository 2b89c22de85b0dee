import { Connection, decode, inSequence, useStage, type PageAsked, type PageOf } from './connection';
import { idAt, recordedAt } from './rows';

const stage = useStage();
const projects = new Connection(stage, 'projects');

test('an empty connection', async () => {
  const nothing = { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null };
  expect(await projects.read({})).toEqual({ totalCount: 0, edges: [], nodes: [], pageInfo: nothing });
});

test('forwards and backwards, page by page, everything comes once and in order', async () => {
  const ids = await inSequence(7, (place) => stage.rows.project(place));
  for (const direction of ['first', 'last'] as const) {
    expect((await projects.walk(3, direction)).flat()).toEqual(ids);
    expect((await projects.walk(1, direction)).flat()).toEqual(ids);
    expect(await projects.walk(7, direction)).toEqual([ids]);
  }
  expect(await projects.walk(3, 'first')).toEqual([ids.slice(0, 3), ids.slice(3, 6), ids.slice(6)]);
  expect(await projects.walk(3, 'last')).toEqual([ids.slice(0, 1), ids.slice(1, 4), ids.slice(4)]);
});

test('a page says where it lies', async () => {
  await inSequence(5, (place) => stage.rows.project(place));
  const [a, , c] = (await projects.read({ first: 5 })).edges.map(({ cursor }) => cursor);
  const lies = async (asked: PageAsked): Promise<boolean[]> => {
    const { hasPreviousPage, hasNextPage } = (await projects.read(asked)).pageInfo;
    return [hasPreviousPage, hasNextPage];
  };
  expect(await lies({ first: 2 })).toEqual([false, true]);
  expect(await lies({ first: 2, after: a! })).toEqual([true, true]);
  expect(await lies({ first: 2, after: c! })).toEqual([true, false]);
  expect(await lies({ last: 2 })).toEqual([true, false]);
  expect(await lies({ last: 2, before: c! })).toEqual([false, true]);
  expect((await projects.read({ first: 0 })).edges).toEqual([]);
  expect(await lies({ first: 0 })).toEqual([false, true]);
});

test('between two cursors', async () => {
  const ids = await inSequence(6, (place) => stage.rows.project(place));
  const cursors = (await projects.read({ first: 6 })).edges.map(({ cursor }) => cursor);
  const between = { after: cursors[0]!, before: cursors[5]! };
  expect((await projects.read({ first: 10, ...between })).nodes.map(({ id }) => id)).toEqual(ids.slice(1, 5));
  expect((await projects.read({ first: 2, ...between })).nodes.map(({ id }) => id)).toEqual(ids.slice(1, 3));
  expect((await projects.read({ last: 2, ...between })).nodes.map(({ id }) => id)).toEqual(ids.slice(3, 5));
  const empty = await projects.read({ first: 2, after: cursors[4]!, before: cursors[1]! });
  expect([empty.edges, empty.totalCount]).toEqual([[], 6]);
});

test('the default page holds 20, the largest 100', async () => {
  await inSequence(101, (place) => stage.rows.project(place));
  expect((await projects.read({})).nodes).toHaveLength(20);
  const largest = await projects.read({ first: 100 });
  expect([largest.nodes.length, largest.totalCount, largest.pageInfo.hasNextPage]).toEqual([100, 101, true]);
});

test('what comes and goes between two pages neither repeats nor hides anything', async () => {
  const ids = await inSequence(6, (place) => stage.rows.project(place * 10));
  const first = await projects.read({ first: 3 });
  const earlier = await stage.rows.project(5); // among what was read
  const between = await stage.rows.project(25); // behind the third
  const last = await stage.rows.project(99);
  await stage.dataSource.query('DELETE FROM "project" WHERE "id" = $1', [ids[2]]); // the one at the cursor
  const second = await projects.read({ first: 3, after: first.pageInfo.endCursor });
  const third = await projects.read({ first: 3, after: second.pageInfo.endCursor });
  expect(second.nodes.map(({ id }) => id)).toEqual([between, ids[3], ids[4]]);
  expect(third.nodes.map(({ id }) => id)).toEqual([ids[5], last]);
  expect(await projects.all()).toContain(earlier);
  const back = await projects.read({ last: 3, before: second.pageInfo.startCursor });
  expect(back.nodes.map(({ id }) => id)).toEqual([ids[0], earlier, ids[1]]);
});

describe('hidden objects', () => {
  test('leave pages full and are not counted, at the root', async () => {
    const shown = await inSequence(6, async (place) => {
      await stage.rows.project(place * 10 + 1, false);
      await stage.rows.project(place * 10 + 2, false);
      return stage.rows.project(place * 10 + 3);
    });
    expect(await projects.walk(2, 'first')).toEqual([shown.slice(0, 2), shown.slice(2, 4), shown.slice(4)]);
    expect(await projects.walk(2, 'last')).toEqual([shown.slice(0, 2), shown.slice(2, 4), shown.slice(4)]);
    const { totalCount, pageInfo } = await projects.read({ first: 6 });
    expect([totalCount, pageInfo.hasNextPage]).toEqual([6, false]);
    // The database leaves them out: no more rows are read than the page and the one that tells of the next.
    const reading = stage.statements.filter((statement) => statement.includes('LIMIT'));
    expect(reading).toHaveLength(1);
    expect(reading[0]).toMatch(/WHERE \w+\."is_public" ORDER BY .* LIMIT/);
  });

  test('leave pages full and are not counted, below an object', async () => {
    const open = await stage.rows.project(1);
    const closed = await stage.rows.project(2, false);
    const species = await stage.rows.add('Species', 1, { name: 'Mus musculus', isApproved: true });
    const shown = await inSequence(5, async (place) => {
      await stage.rows.subject(place * 10 + 1, species, closed);
      return stage.rows.subject(place * 10 + 2, species, ...(place % 2 ? [open] : [closed, open]));
    });
    await stage.rows.subject(99, species, closed);
    const subjects = new Connection(stage, 'subjects', { field: 'speciesById', id: species });
    expect(await subjects.walk(2, 'first')).toEqual([shown.slice(0, 2), shown.slice(2, 4), shown.slice(4)]);
    expect(await subjects.walk(2, 'last')).toEqual([shown.slice(0, 1), shown.slice(1, 3), shown.slice(3)]);
    const { totalCount, pageInfo } = await subjects.read({ first: 5 });
    expect([totalCount, pageInfo.hasNextPage]).toEqual([5, false]);
    expect(await new Connection(stage, 'subjects').all()).toEqual(shown);
  });

  test('are in no cursor: it holds the place of the object that it stands beside', async () => {
    const hidden = await inSequence(3, (place) => stage.rows.project(place * 10, false));
    const shown = await inSequence(3, (place) => stage.rows.project(place * 10 + 5));
    const { edges } = await projects.read({ first: 3 });
    const cursors = edges.map(({ cursor }) => decode(cursor) as string[]);
    const digest = cursors[0]![2];
    const placeOf = (place: number, id: string): unknown[] => [recordedAt(place).toISOString(), id, digest];
    expect(cursors).toEqual(shown.map((id, index) => placeOf(index * 10 + 5, id)));
    // The cursor of a hidden object, made up by hand, is a place like any other and tells nothing of it.
    const made = (id: string): string => Buffer.from(JSON.stringify(placeOf(10, id))).toString('base64url');
    const after = async (id: string): Promise<unknown> => projects.read({ first: 5, after: made(id) });
    expect(await after(hidden[1]!)).toEqual(await after(idAt('Project', 10)));
  });
});

describe('lists in an order of their own', () => {
  test('by place in a join table', async () => {
    const projectId = await stage.rows.project(1);
    const collectionId = await stage.rows.add('Collection', 1, { projectId, name: 'Best' });
    const sessions = await inSequence(5, (place) => stage.rows.session(place, projectId));
    const order = [3, 0, 4, 1, 2];
    for (const [position, index] of order.entries()) {
      await stage.rows.link('collection_session', { collectionId, sessionId: sessions[index], projectId, position });
    }
    const chosen = order.map((index) => sessions[index]!);
    const connection = new Connection(stage, 'sessions', { field: 'collection', id: collectionId });
    for (const direction of ['first', 'last'] as const)
      expect((await connection.walk(2, direction)).flat()).toEqual(chosen);
    const { edges } = await connection.read({ first: 2 });
    expect(edges.map(({ cursor }) => decode(cursor))).toEqual([
      [0, chosen[0]],
      [1, chosen[1]],
    ]);
  });

  test('by time, with equal times told apart by the id', async () => {
    const subjectId = await stage.rows.subject(
      1,
      await stage.rows.add('Species', 1, { name: 'Rat', isApproved: true }),
      await stage.rows.project(1),
    );
    const logId = await stage.rows.add('SubjectLog', 1, { subjectId, type: 'Weighing', schemaVersion: '1' });
    const times = [
      '2024-05-01T10:00:00.123Z',
      '2024-05-01T10:00:00.122Z',
      '2024-05-01T10:00:00.123Z',
      '2023-01-01T00:00:00Z',
    ];
    const ids = await inSequence(times.length, (place) =>
      stage.rows.add('SubjectLogEntry', place, { logId, startedAt: new Date(times[place]!) }),
    );
    const entries = new Connection(stage, 'entries', { field: 'subjectLog', id: logId });
    const sorted = [3, 1, 0, 2].map((place) => ids[place]!);
    for (const direction of ['first', 'last'] as const)
      expect((await entries.walk(1, direction)).flat()).toEqual(sorted);
    expect(decode((await entries.read({ last: 1 })).edges[0]!.cursor)).toEqual([times[2], ids[2]]);
  });

  test('what has no time comes last, in pages like the rest', async () => {
    const sessionId = await stage.rows.session(1, await stage.rows.project(1));
    const starts = [null, 2.5, 0.1 + 0.2, null, -1];
    const ids = await inSequence(starts.length, (place) =>
      stage.rows.add('Epoch', place, { sessionId, name: `E${place}`, start: starts[place] }),
    );
    const epochs = new Connection(stage, 'epochs', { field: 'session', id: sessionId });
    const sorted = [4, 2, 1, 0, 3].map((place) => ids[place]!);
    for (const direction of ['first', 'last'] as const)
      expect((await epochs.walk(1, direction)).flat()).toEqual(sorted);
    expect(decode((await epochs.read({ last: 1 })).edges[0]!.cursor)).toEqual([null, ids[3]]);
  });

  test('where entries may be hidden, cursors do not tell at which place they stand', async () => {
    const sessionId = await stage.rows.session(1, await stage.rows.project(1));
    const storages = await inSequence(5, async (position) => {
      const isPublic = position % 2 === 1;
      const dataStorageId = await stage.rows.add('DataStorage', 9 - position, { name: `S${position}`, isPublic });
      await stage.rows.link('session_data_storage', { sessionId, dataStorageId, position });
      return dataStorageId;
    });
    const shown = [storages[1]!, storages[3]!];
    const list = new Connection(stage, 'dataStorages', { field: 'session', id: sessionId });
    for (const direction of ['first', 'last'] as const) expect((await list.walk(1, direction)).flat()).toEqual(shown);
    expect((await list.read({})).edges.map(({ cursor }) => decode(cursor))).toEqual(shown.map((id) => [id]));
    // A cursor made up of a hidden one is answered like one of something that is not in the list.
    const after = async (id: string): Promise<unknown> =>
      list.read({ after: Buffer.from(JSON.stringify([id])).toString('base64url') });
    expect(await after(storages[2]!)).toEqual(await after(idAt('DataStorage', 50)));
    await stage.dataSource.query('DELETE FROM "session_data_storage"');
  });
});

test('many parents in one question: each has pages of its own', async () => {
  const parents = await inSequence(3, (place) => stage.rows.project(place));
  const shared = await stage.rows.session(100, ...parents);
  const own = await inSequence(3, (place) => stage.rows.session(place, parents[place]!));
  const query =
    '{ projects { nodes { id sessions(first: 1) { totalCount nodes { id } pageInfo { hasNextPage endCursor } } } } }';
  const read = await stage.wire.ask(query);
  const nodes = read.json<{ data: { projects: { nodes: { id: string; sessions: PageOf }[] } } }>().data.projects.nodes;
  expect(
    nodes.map(({ sessions }) => [sessions.totalCount, sessions.nodes[0]!.id, sessions.pageInfo.hasNextPage]),
  ).toEqual(own.map((id) => [2, id, true]));
  const second = nodes.map(
    ({ id, sessions }, i) =>
      `p${i}: project(id: "${id}") { sessions(after: "${sessions.pageInfo.endCursor}") { nodes { id } } }`,
  );
  const { data } = (await stage.wire.ask(`{ ${second.join(' ')} }`)).json<{
    data: Record<string, { sessions: PageOf }>;
  }>();
  expect(Object.values(data).map(({ sessions }) => sessions.nodes.map(({ id }) => id))).toEqual([
    [shared],
    [shared],
    [shared],
  ]);
});
