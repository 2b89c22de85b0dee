import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { keptDifferences } from '../../src/access/kept';
import { verify } from '../../src/commands/verify';
import { openLabServer } from '../publishing/lab';
import { Dice } from '../world/dice';
import { long, seed } from '../world/effort';
import { editing, pairs, place, publish, revoke, writes } from './deeds';
import { newProject, openWriting, Writer, type Writing } from './writer';

/*
 * In how many public projects something is, is kept beside it: whatever is written, in whatever order and by however many at
 * once, it is as many as there are.
 */

jest.setTimeout(600_000);

const stage = openLabServer();
let writing: Writing;
beforeAll(async () => {
  writing = await openWriting(stage);
});

const shared = ['Subject', 'Session'] as const;

const query = <T>(text: string, values: unknown[] = []): Promise<T[]> =>
  stage.database.dataSource.query<T[]>(text, values);

/** What is kept wrongly, counted here by other words than those of the rules. */
async function wrong(): Promise<object[]> {
  const found = shared.map((type) => {
    const table = type.toLowerCase();
    return query<object>(
      `SELECT o.id, o.name, o.public_in, count(p.id) FROM "${table}" o LEFT JOIN project_${table} l ON l.${table}_id = o.id
       LEFT JOIN project p ON p.id = l.project_id AND p.is_public GROUP BY o.id HAVING o.public_in <> count(p.id)`,
    );
  });
  return (await Promise.all(found)).flat();
}

async function isRight(after: string): Promise<void> {
  expect({ after, wrong: await wrong() }).toEqual({ after, wrong: [] });
}

const project = (name: string, isPublic = false): Promise<string> => newProject(writing, name, isPublic);

test('it is as many as there are, after each of whatever is written', async () => {
  const writer = new Writer(writing, new Dice(seed));
  const seen = new Set<number>();
  for (let written = 0; written < (long ? 3000 : 80); written += 1) {
    await isRight(await writer.write());
    const rows = await query<{ publicIn: number }>(`SELECT DISTINCT public_in AS "publicIn" FROM session`);
    for (const { publicIn } of rows) seen.add(publicIn);
  }
  // Something of everything was there.
  expect([...seen]).toEqual(expect.arrayContaining([0, 1, 2]));
});

test('and after whatever several write at once', async () => {
  const writers = Array.from({ length: 4 }, (_, index) => new Writer(writing, new Dice(seed + index + 1)));
  for (let round = 0; round < (long ? 1000 : 20); round += 1)
    await isRight((await Promise.all(writers.map((writer) => writer.write()))).join('\n'));
});

describe('of two who write at once over two connections, none is forgotten:', () => {
  let connections: Client[];
  beforeAll(async () => {
    connections = [0, 1].map(() => new Client({ connectionString: stage.database.url }));
    for (const one of connections) await one.connect();
  });
  afterAll(() => Promise.all(connections.map((one) => one.end())));

  /** One begins, the other follows and may have to wait until it has ended. */
  async function atOnce(one: string, other: string): Promise<'waited' | 'went on'> {
    const [first, second] = connections as [Client, Client];
    await first.query('BEGIN');
    await first.query(one);
    const going = second.query(other);
    // Whoever has to wait does so by now; whoever need not has done.
    const how = await Promise.race([going.then(() => 'went on' as const), sleep(50, 'waited' as const)]);
    await first.query('COMMIT');
    await going;
    return how;
  }

  interface Scene {
    open: string;
    alsoOpen: string;
    closed: string;
    session: string;
  }

  async function scene(): Promise<Scene> {
    const session = await stage.lab.add('Session', { name: 'Night' });
    const [open, alsoOpen, closed] = [await project('A', true), await project('B', true), await project('C')];
    for (const id of [open, alsoOpen]) await stage.lab.link('project_session', { project_id: id, session_id: session });
    return { open, alsoOpen, closed, session };
  }

  const link = (id: string, session: string): string =>
    `INSERT INTO project_session (project_id, session_id) VALUES ('${id}', '${session}')`;
  const unlink = (id: string, session: string): string =>
    `DELETE FROM project_session WHERE project_id = '${id}' AND session_id = '${session}'`;
  const remove = (id: string): string => `DELETE FROM project WHERE id = '${id}'`;

  test.each<[string, (at: Scene) => [string, string], number]>([
    ['two revokes', (at) => [revoke(at.open), revoke(at.alsoOpen)], 0],
    ['a publication, and a link to it', (at) => [publish(at.closed), link(at.closed, at.session)], 3],
    ['a link, and a publication of it', (at) => [link(at.closed, at.session), publish(at.closed)], 3],
    ['a revoke, and a link leaving', (at) => [revoke(at.open), unlink(at.open, at.session)], 1],
    ['a link leaving, and a revoke', (at) => [unlink(at.open, at.session), revoke(at.open)], 1],
    ['a project deleted, and another revoked', (at) => [remove(at.open), revoke(at.alsoOpen)], 0],
    ['a revoke, and the project deleted', (at) => [revoke(at.open), remove(at.open)], 1],
    ['a link, and its project deleted', (at) => [link(at.closed, at.session), remove(at.closed)], 2],
    ['a deleted project, and a publication', (at) => [remove(at.open), publish(at.closed)], 1],
  ])('%s', async (_what, both, left) => {
    const at = await scene();
    const [one, other] = both(at);
    await atOnce(one, other);
    await isRight(`${one}\n${other}`);
    const [kept] = await query<{ publicIn: number }>(`SELECT public_in AS "publicIn" FROM session WHERE id = $1`, [
      at.session,
    ]);
    expect(kept).toEqual({ publicIn: left });
  });

  test.each(pairs.map((pair) => ({ ...pair, first: pair.one.name, second: pair.other.name })))(
    'nor is anything in it: $first, then $second',
    async ({ isOpen, one, other }) => {
      const at = await place(stage.lab, await project('One', isOpen));
      expect(await atOnce(one(at), other(at))).toBe('waited');
      expect(await verify(stage.database.dataSource, false)).toMatchObject({ isRight: true });
    },
  );

  test.each(writes.map((write) => ({ what: write.name, write })))(
    'whoever changes the session or subject itself does not wait for $what',
    async ({ write }) => {
      const at = await place(stage.lab, await project('One', true));
      expect(await atOnce(write(at), editing(at))).toBe('went on');
    },
  );
});

describe('what is kept wrongly', () => {
  let session: string;
  beforeEach(async () => {
    session = await stage.lab.add('Session', { name: 'Night' });
    await stage.lab.link('project_session', { project_id: await project('Hidden'), session_id: session });
    await query(`UPDATE session SET public_in = 2 WHERE id = $1`, [session]);
  });
  afterEach(() => query(`UPDATE session SET public_in = 0 WHERE id = $1`, [session]));

  test('is told, and left as it is', async () => {
    expect(await keptDifferences(stage.database.dataSource)).toEqual([
      { type: 'Session', id: session, kept: 2, counted: 0 },
    ]);
    expect(await verify(stage.database.dataSource, false)).toEqual({
      isRight: false,
      lines: [
        `Session ${session} is kept as in 2 public projects, and is in 0: everybody sees it, and nobody should.`,
        '1 number kept wrongly.',
        'Run it with --repair to put them right.',
      ],
    });
    expect(await wrong()).toHaveLength(1);
  });

  test('is put right where that is asked for', async () => {
    expect(await verify(stage.database.dataSource, true)).toMatchObject({ isRight: true });
    await isRight('repaired');
    expect(await verify(stage.database.dataSource, false)).toEqual({
      isRight: true,
      lines: ['What is kept is right.'],
    });
  });

  test('is told of what a search finds as well, and put right', async () => {
    await query(`UPDATE session SET public_in = 0 WHERE id = $1`, [session]);
    await query(`UPDATE search_document SET is_public = true WHERE id = $1`, [session]);
    const told = `Session ${session} is found by everybody, and nobody should find it.`;
    expect(await verify(stage.database.dataSource, false)).toMatchObject({
      isRight: false,
      lines: [told, expect.any(String)],
    });
    expect(await verify(stage.database.dataSource, true)).toMatchObject({ isRight: true, lines: [told, 'Repaired.'] });
    expect(await verify(stage.database.dataSource, false)).toMatchObject({ isRight: true });
    await query(`DELETE FROM search_document WHERE id = $1`, [session]);
    expect((await verify(stage.database.dataSource, false)).lines[0]).toContain('has no document');
    await query(`UPDATE session SET name = name || ' ' WHERE id = $1`, [session]);
  });

  test('keeps nobody from taking something back', async () => {
    const open = await project('Open', true);
    await stage.lab.link('project_session', { project_id: open, session_id: session });
    await query(`UPDATE session SET public_in = 0 WHERE id = $1`, [session]);
    const { errors } = await stage.server.ask(writing.owner, `mutation { revokeProject(id: "${open}") { isPublic } }`);
    expect(errors).toBeUndefined();
    await isRight('revoked');
  });
});
