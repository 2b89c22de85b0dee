import { errorsOf } from '../http/wire';
import { Connection, inSequence, pageQuery, useStage } from './connection';
import { idAt } from './rows';

const stage = useStage();

test('a cursor of another connection is refused where it does not fit, and harmless where it does', async () => {
  const projectId = await stage.rows.project(1);
  const sessions = await inSequence(3, (place) => stage.rows.session(place, projectId));
  const collectionId = await stage.rows.add('Collection', 1, { projectId, name: 'All' });
  for (const [position, sessionId] of sessions.entries()) {
    await stage.rows.link('collection_session', { collectionId, sessionId, projectId, position });
  }
  const ofProject = await new Connection(stage, 'sessions', { field: 'project', id: projectId }).read({ first: 1 });
  const ofCollection = await new Connection(stage, 'sessions', { field: 'collection', id: collectionId }).read({
    first: 1,
  });
  const refusedBy = async (field: string, id: string, after: string | null): Promise<void> => {
    const [error] = errorsOf(await stage.wire.ask(pageQuery('sessions', { field, id }), { after }));
    expect(error).toMatchObject({ path: [field, 'sessions'], extensions: { code: 'BAD_USER_INPUT' } });
    expect(error!.message).toMatch(/^`after` is not a cursor of this connection: send an `endCursor`/);
  };
  await refusedBy('collection', collectionId, ofProject.pageInfo.endCursor);
  await refusedBy('project', projectId, ofCollection.pageInfo.endCursor);
  const elsewhere = await new Connection(stage, 'collections').read({ first: 1 });
  const read = await new Connection(stage, 'subjects').read({ first: 3, after: elsewhere.pageInfo.endCursor });
  expect([0, 1, 2, 3]).toContain(read.nodes.length);
});

test('what is written in a cursor is checked before it reaches the database', async () => {
  const subjectId = await stage.rows.subject(
    1,
    await stage.rows.add('Species', 1, { name: 'Rat', isApproved: true }),
    await stage.rows.project(1),
  );
  const logId = await stage.rows.add('SubjectLog', 1, { subjectId, type: 'Weighing', schemaVersion: '1' });
  const id = idAt('SubjectLogEntry', 1);
  const wrong: unknown[] = [
    [],
    [id],
    [id, id],
    ['2024-01-01', id],
    ['2024-13-01T00:00:00.000Z', id],
    ['2024-02-30T00:00:00.000Z', id],
    ['2024-01-01T24:00:00.000Z', id],
    ['0000-01-01T00:00:00.000Z', id],
    ['2024-01-01T00:00:00.000Z', 'x'],
    ['2024-01-01T00:00:00.000Z', id, id],
    ['2024-01-01T00:00:00.000Z', id.toUpperCase()],
    ['infinity', id],
    [null, id],
    [1, id],
    { 0: '2024-01-01T00:00:00.000Z', 1: id, length: 2 },
    ["'; DROP TABLE project; --", id],
  ];
  for (const cursor of wrong) {
    const after = Buffer.from(JSON.stringify(cursor)).toString('base64url');
    const [error] = errorsOf(await stage.wire.ask(pageQuery('entries', { field: 'subjectLog', id: logId }), { after }));
    expect([JSON.stringify(cursor), error!.extensions.code]).toEqual([JSON.stringify(cursor), 'BAD_USER_INPUT']);
  }
});
