import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { newId } from '../../src/model/ids';
import { type End, type Lab, openLab, projectIn } from './lab';
import { fixture, folderOf, removeFolders } from './reading';

let lab: Lab;
beforeAll(async () => {
  lab = await openLab();
});
afterAll(async () => {
  removeFolders();
  await lab.close();
});

const stemgraph = (words: string[], environment?: Record<string, string>): Promise<End> =>
  lab.import(words, environment);
const anonymously = <T>(query: string): Promise<T> => lab.ask<T>(query, {}, true);

const lantern = fixture('lantern');

test('a set goes in by one command, dry first, then in earnest, and again without a change', async () => {
  const dry = await stemgraph(['dandi', lantern, '--dry-run']);
  expect(dry).toMatchObject({ code: 0, err: '' });
  expect(dry.out).toMatch(
    /\d+ to be made, 0 to be changed, 0 as they were\.\nThis was a dry run: nothing is stored\.\n$/,
  );
  expect(await lab.database.dataSource.query(`SELECT 1 FROM "project"`)).toEqual([]);

  const first = await stemgraph(['dandi', lantern, '--project', 'Lantern light']);
  expect(first).toMatchObject({ code: 0, err: '' });
  expect(first.out).toMatch(
    /^Reading: .*Sending: 100 %\nNot understood:\n.*\nDecided:\n.*\nRead: 16 files of the set\./s,
  );
  expect(first.out).toMatch(
    /\nKept in extraFields: .*\n\n\d+ made, 0 changed, 0 as they were\.\nThe project's id: [0-9a-f-]{36}\n/,
  );
  expect(first.out.split('\n').length).toBeLessThan(60);
  expect(await anonymously('{ projects { totalCount } }')).toEqual({ projects: { totalCount: 0 } });

  const again = await stemgraph(['dandi', lantern, '--project', 'Lantern light']);
  expect(again.out).toMatch(/\nNothing has changed: \d+ are as they were\.\n/);

  const [, id] = /The project's id: (\S+)/.exec(first.out)!;
  const named = await stemgraph(['dandi', lantern, '--project', 'Lantern light', '--into', id!]);
  expect(named.out).toMatch(/\nNothing has changed: \d+ are as they were\.\n/);
  const unknown = await stemgraph(['dandi', lantern, '--into', newId('Project')]);
  expect(unknown.code).toBe(1);
  expect(unknown.err).toMatch(/There is no project .* that you can import into/);
  expect(await lab.database.dataSource.query(`SELECT count(*)::int AS "projects" FROM "project"`)).toEqual([
    { projects: 1 },
  ]);
});

test('published with it, after telling what becomes visible, everybody reads it and reaches its files', async () => {
  const { code, out, err } = await stemgraph(['dandi', lantern, '--project', 'Lantern light', '--public']);
  expect([code, err]).toEqual([0, '']);
  expect(out).toMatch(/12 sessions/);
  expect(out).toMatch(/\nEverybody can read it from now on\.\n/);
  const query = `{ projects { nodes { name isPublic subjects { totalCount } sessions { totalCount nodes {
    dataStorages { nodes { protocols { nodes { path } } } } dataPaths dataAcquisitions { nodes { fileUrl } } } } } } }`;
  const { projects } = await anonymously<{
    projects: {
      nodes: {
        sessions: { nodes: { dataPaths: string[]; dataAcquisitions: { nodes: { fileUrl: string | null }[] } }[] };
      }[];
    };
  }>(query);
  expect(projects.nodes).toMatchObject([
    { name: 'Lantern light', isPublic: true, subjects: { totalCount: 7 }, sessions: { totalCount: 12 } },
  ]);
  const { nodes } = projects.nodes[0]!.sessions;
  expect(nodes[0]!.dataPaths).toEqual(['https://dandiarchive.org/dandiset/999901/0.250101.1200']);
  expect(nodes.some((one) => one.dataAcquisitions.nodes.some(({ fileUrl }) => fileUrl !== null))).toBe(true);
  expect((await stemgraph(['dandi', lantern, '--project', 'Lantern light', '--public'])).out).toMatch(
    /\nEverybody could read it already\.\n/,
  );
});

test('it ends with where the project is, and a query to paste', async () => {
  const { out } = await stemgraph(['dandi', lantern, '--project', 'Lantern light']);
  const [address, advice, query, end] = out.split('\n').slice(-4);
  expect([advice, end]).toEqual([`To look into it, paste this at ${lab.url}/graphiql:`, '']);
  const [, url] = /^All of it, as far as you may see it: (\S+)$/.exec(address!)!;
  expect(await (await fetch(url!)).text()).toMatch(/^\{"type":"Project",/);
  expect(await lab.ask(query!)).toMatchObject({
    project: { name: 'Lantern light', subjects: { totalCount: 7 }, sessions: { totalCount: 12 } },
  });
});

test('the whole report is had as JSON, also where the server refuses the set', async () => {
  const file = join(lab.folder, 'report.json');
  const read = (): Record<string, unknown> => JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
  const { code } = await stemgraph(['dandi', lantern, '--project', 'Lantern light', '--report', file]);
  const report = read();
  expect([code, Object.keys(report)]).toEqual([
    0,
    [
      ...[
        'format',
        'version',
        'faults',
        'left',
        'decisions',
        'reworded',
        'kept',
        'read',
        'mapped',
        'source',
        'outcome',
      ],
    ],
  ]);
  expect(report).toMatchObject({ format: 'stemgraph-import-report', version: 1, read: { 'files of the set': 16 } });
  expect(report['outcome']).toMatchObject({ dryRun: false, created: 0, faults: [] });
  const refused = await stemgraph(['dandi', lantern, '--project', 'x'.repeat(201), '--report', file]);
  expect([refused.code, read()['outcome']]).toMatchObject([1, { faults: [{ path: ['name'] }] }]);
  const nowhere = await stemgraph(['dandi', lantern, '--report', join(lab.folder, 'no/folder/report.json')]);
  expect([nowhere.code, nowhere.out]).toEqual([1, '']);
  expect(nowhere.err).toMatch(/^stemgraph: The report cannot be written to .* \(ENOENT\): name a file in a folder/);
});

test('a record that is faulty by itself is left out alone, told first, with exit code 3', async () => {
  const record = (id: string): string => JSON.stringify({ subject: { subject_id: id, sex: 'Female' } });
  const faulty = JSON.stringify({ subject: { subject_id: null, sex: 'Female' } });
  const folder = folderOf({ 'a.json': record('a'), 'b.json': '{"subject":', 'c.json': faulty, 'd.json': record('d') });
  const { code, out } = await stemgraph(['aind', folder]);
  const lines = out.split('\n').filter((line) => !/^(?:Reading|Sending)/.test(line));
  expect([code, lines.slice(0, 3)]).toEqual([
    3,
    [
      'Left out, since it is faulty; everything else was read:',
      expect.stringMatching(/^ {2}1 × b\.json: The file is not valid JSON/),
      expect.stringMatching(/^ {2}1 × c\.json: The field subject\.subject_id is not stated, where the identifier/),
    ],
  ]);
  const { subjects } = await lab.ask<{ subjects: object }>(
    'query ($id: ID!) { subjects: project(id: $id) { subjects { nodes { name } } } }',
    { id: projectIn({ code, out, err: '' }) },
  );
  expect(subjects).toEqual({ subjects: { nodes: [{ name: 'a' }, { name: 'd' }] } });
});

test('what cannot be done is told in one line, with exit code 1', async () => {
  const ends = await Promise.all([
    stemgraph(['dandi', join(lab.folder, 'nothing')]),
    stemgraph(['scrolls', lantern]),
    stemgraph(['dandi', lantern], { STEMGRAPH_URL: 'http://127.0.0.1:9' }),
    stemgraph(['dandi', lantern], { STEMGRAPH_URL: 'https://stemgraph.example' }),
    stemgraph(['dandi', lantern], { STEMGRAPH_TOKEN: 'stemgraph_wrong' }),
    stemgraph(['dandi', lantern], { DATA_DIR: join(lab.folder, 'empty') }),
    stemgraph(['dandi', lantern, '--project', 'x'.repeat(201)]),
  ]);
  expect(ends.map(({ code }) => code)).toEqual(ends.map(() => 1));
  for (const { err } of ends) expect(err).toMatch(/^stemgraph: [^\n]+\n$/);
  const [, source, down, remote, token, demo, fault] = ends.map(({ err }) => err);
  expect(source).toContain('There is no source "scrolls"');
  expect(down).toContain('No server answers at http://127.0.0.1:9 (ECONNREFUSED)');
  expect(remote).toContain('It takes a token');
  expect(token).toContain('not a whole Stemgraph token');
  expect(demo).toContain('STEMGRAPH_TOKEN');
  expect(fault).toContain('Nothing was imported: 1 fault,');
  expect(ends.at(-1)!.out).toContain('name: `name` may have 200 characters at most.');
});
