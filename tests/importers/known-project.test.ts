import { newId } from '../../src/model/ids';
import { type Lab, openLab, projectIn } from './lab';
import { dandisetWith, fixture, folderOf, removeFolders } from './reading';

let lab: Lab;
beforeAll(async () => {
  lab = await openLab();
});
afterAll(async () => {
  removeFolders();
  await lab.close();
});

const made = async (name: string, scheme = 'DANDI', value = 'DANDI:999901'): Promise<string> => {
  const identifiers = `identifiers: [{ scheme: ${scheme}, value: "${value}" }]`;
  const { done } = await lab.ask<{ done: { project: { id: string } } }>(
    `mutation { done: createProject(input: { name: "${name}", ${identifiers} }) { project { id } } }`,
  );
  return done.project.id;
};
const lantern = (...words: string[]): ReturnType<Lab['import']> => lab.import(['dandi', fixture('lantern'), ...words]);
const set = (number: string, fields: object = {}): string =>
  folderOf({ 'dandiset.json': dandisetWith({ identifier: `DANDI:${number}`, ...fields }), 'assets.jsonl': '' });

test('a set goes into the one project of the importer that bears its identifier, whoever else claims it', async () => {
  const foreign = newId('Project');
  await lab.database.dataSource.query(
    `INSERT INTO "project" ("id", "name", "identifiers", "is_public", "published_at", "first_published_at")
     VALUES ($1, 'Claims it', '[{"scheme":"DANDI","value":"999901"}]', TRUE, now(), now())`,
    [foreign],
  );
  const own = await made('By hand');
  expect(projectIn(await lantern())).toBe(own);
  expect((await lantern()).out).toMatch(/\nNothing has changed: \d+ are as they were\.\n/);
  expect(
    await lab.database.dataSource.query(`SELECT "name", "version" FROM "project" WHERE "id" = $1`, [foreign]),
  ).toEqual([{ name: 'Claims it', version: 1 }]);
});

test('where several are theirs, the command asks which', async () => {
  const second = await made('Again');
  const { code, err } = await lantern();
  expect([code, err]).toEqual([1, expect.stringContaining(second)]);
  expect(err).toMatch(/Several projects of yours have an identifier of this set: name one with --into/);
  expect(projectIn(await lantern('--into', second))).toBe(second);
});

test('sets that share a DOI, of a paper say, are projects of their own', async () => {
  const doi = '10.5555/shared.by.several';
  const byHand = await made('A paper', 'DOI', doi);
  const [one, other] = [set('999911', { doi }), set('999912', { doi })];
  const ids = [byHand, projectIn(await lab.import(['dandi', one])), projectIn(await lab.import(['dandi', other]))];
  expect(new Set(ids).size).toBe(3);
  expect(projectIn(await lab.import(['dandi', one]))).toBe(ids[1]);
});

test('what an import has made of another set stays that of the other, whatever identifiers it was given', async () => {
  const other = projectIn(await lab.import(['dandi', set('999921')]));
  const identifiers = [{ scheme: 'DANDI', value: '999922' }];
  await lab.ask(
    'mutation ($id: ID!, $input: UpdateProjectInput!) { updateProject(id: $id, input: $input) { changed } }',
    { id: other, input: { identifiers } },
  );
  const before = await lab.stored(other);
  expect(projectIn(await lab.import(['dandi', set('999922')]))).not.toBe(other);
  expect(await lab.stored(other)).toEqual(before);
});

test('a public project is not filled unless it is named', async () => {
  const open = await made('Open', 'DANDI', 'DANDI:999931');
  await lab.ask('mutation ($id: ID!) { publishProject(id: $id, confirm: true) { changed } }', { id: open });
  const before = await lab.stored(open);
  const refused = await lab.import(['dandi', set('999931')]);
  expect([refused.code, refused.err]).toEqual([1, expect.stringMatching(`is public: name it with --into ${open}`)]);
  expect(await lab.stored(open)).toEqual(before);
  const [{ count }] = await lab.database.dataSource.query<[{ count: number }]>(
    `SELECT count(*)::int AS "count" FROM "project" WHERE "identifiers" @> '[{"value":"999931"}]'`,
  );
  expect(count).toBe(1);
  expect(projectIn(await lab.import(['dandi', set('999931'), '--into', open]))).toBe(open);
});

test.each<[string, 'bids' | 'aind', (which: string) => Record<string, string>, RegExp]>([
  [
    'of BIDS with the DOI of one paper',
    'bids',
    (which) => ({
      'dataset_description.json': JSON.stringify({
        Name: which,
        BIDSVersion: '1.8.0',
        DatasetDOI: '10.5555/one.paper',
      }),
      [`sub-01/eeg/sub-01_task-${which}_eeg.edf`]: 'x',
    }),
    /none of the files in it/,
  ],
  [
    'of AIND whose laboratories call their projects alike',
    'aind',
    (which) => ({
      'a.json': JSON.stringify({
        subject: { subject_id: which, sex: 'Male', species: 'Mus musculus' },
        data_description: { project_name: 'Alike', data_level: 'raw', institution: { name: which } },
      }),
    }),
    /another institution/,
  ],
])('two sets %s are not one unless that is said', async (_, source, files, sign) => {
  const [one, other] = [folderOf(files('harbour')), folderOf(files('moor'))];
  const first = projectIn(await lab.import([source, one]));
  const before = await lab.stored(first);
  const refused = await lab.import([source, other]);
  expect([refused.code, refused.err]).toEqual([1, expect.stringMatching(sign)]);
  expect(await lab.stored(first)).toEqual(before);
  expect(projectIn(await lab.import([source, one]))).toBe(first);
  expect(projectIn(await lab.import([source, other, '--into', first]))).toBe(first);
});
