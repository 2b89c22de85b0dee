import type { Pool } from 'pg';
import { accessInForce } from '../../src/access/access';
import { anonymous } from '../../src/access/viewer';
import { newId, type NodeName } from '../../src/model/ids';
import { classOf } from '../../src/model/node';
import { mostCounted } from '../../src/discovery/count';
import { expand, mostTerms } from '../../src/discovery/search/expand';
import { parseQuery } from '../../src/discovery/search/parse';
import { mostRanked } from '../../src/discovery/search/statements';
import { Snapshot } from '../../src/loading/snapshot';
import { useStage } from '../loading/connection';
import { idAt } from '../loading/rows';
import { facetFields } from './operations';

const stage = useStage();

interface Answer {
  data: Record<string, never>;
  errors?: { message: string; extensions: { code: string } }[];
}

async function ask(query: string, variables = {}): Promise<Answer> {
  stage.statements.length = 0;
  return (await stage.wire.ask(query, variables)).json<Answer>();
}

const facets = (by: string, more = ''): string => `{ projects { facets(by: [${by}]${more}) { ${facetFields} } } }`;

test('of more than ten thousand the first are counted, and the answer says so', async () => {
  const since = new Date().toISOString();
  const row = (place: number): string => {
    const id = newId('Project', {
      now: () => Date.UTC(2024, 0, 1) + place,
      bytes: (length) => Buffer.alloc(length, 7),
    });
    return `('${id}', 'Project ${place}', true, '${since}', '${since}', '{${place % 2 === 0 ? 'even' : 'odd'}}')`;
  };
  const store = (from: number, count: number): Promise<unknown> =>
    stage.dataSource.query(
      `INSERT INTO "project" ("id", "name", "is_public", "published_at", "first_published_at", "tags") VALUES ${Array.from({ length: count }, (_, place) => row(from + place)).join(',')}`,
    );
  await store(0, mostCounted);
  const count = (many: number, precision: string) => ({ count: many, precision });
  const asked = `{ projects { totalCount facets(by: [TAGS]) { values { label count precision } missing { count precision } } } projectCounts(by: [TAGS]) { total { count precision } isComplete } }`;
  const searched = (where = ''): string =>
    `{ search(query: "project" ${where}, types: [PROJECT, SUBJECT], first: 0) {
      typeCounts { type count precision } facets(by: { project: [TAGS], subject: [SPECIES] }) { facet { by values { label count precision } } } } }`;
  const half = mostCounted / 2;
  expect((await ask(asked)).data).toEqual({
    projects: {
      totalCount: mostCounted,
      facets: [
        {
          values: [
            { label: 'even', ...count(half, 'EXACT') },
            { label: 'odd', ...count(half, 'EXACT') },
          ],
          missing: count(0, 'EXACT'),
        },
      ],
    },
    projectCounts: { total: count(mostCounted, 'EXACT'), isComplete: true },
  });
  const tags = (count: number, precision: string, labels = ['even', 'odd']): object => ({
    facet: { by: 'TAGS', values: labels.map((label) => ({ label, count, precision })) },
  });
  const noSubjects = { facet: { by: 'SPECIES', values: [] } };
  expect((await ask(searched())).data).toEqual({
    search: {
      typeCounts: [{ type: 'PROJECT', ...count(mostCounted, 'EXACT') }],
      facets: [tags(half, 'EXACT'), noSubjects],
    },
  });
  await store(mostCounted, 1);
  expect((await ask(searched())).data).toEqual({
    search: {
      typeCounts: [{ type: 'PROJECT', ...count(mostCounted, 'AT_LEAST') }],
      facets: [tags(half, 'AT_LEAST'), noSubjects],
    },
  });
  // Of those that hold the word only the newest were asked.
  const odd = `where: { project: { tags: { has: "odd" } } }`;
  expect((await ask(searched(odd))).data).toEqual({
    search: {
      typeCounts: [{ type: 'PROJECT', ...count(mostRanked / 2, 'AT_LEAST') }],
      facets: [tags(mostRanked / 2, 'AT_LEAST', ['odd']), noSubjects],
    },
  });
  const none = `where: { project: { tags: { has: "neither" } } }`;
  expect((await ask(searched(none))).data).toEqual({
    search: {
      typeCounts: [{ type: 'PROJECT', ...count(0, 'AT_LEAST') }],
      facets: [{ facet: { by: 'TAGS', values: [] } }, noSubjects],
    },
  });
  expect((await ask(asked)).data).toMatchObject({
    projects: {
      totalCount: mostCounted + 1,
      facets: [{ values: [{ label: 'even', ...count(half, 'AT_LEAST') }, count(half, 'AT_LEAST')] }],
    },
    projectCounts: { total: count(mostCounted, 'AT_LEAST'), isComplete: false },
  });
});

test('all facets of a list are counted in one statement, and its page is not read for them', async () => {
  await stage.rows.project(1);
  await ask(facets('TAGS LICENSE SPECIES'));
  expect(stage.statements).toHaveLength(1);
  await ask('{ projects { totalCount } }');
  expect(stage.statements).toHaveLength(1);
  expect(stage.statements[0]).not.toMatch(/LIMIT/);
});

test('lists within many objects are counted in one statement', async () => {
  const speciesId = await stage.rows.add('Species', 1, { name: 'Mus musculus', isApproved: true });
  const projects = [await stage.rows.project(1), await stage.rows.project(2), await stage.rows.project(3)];
  await stage.rows.subject(4, speciesId, projects[0]!);
  await stage.rows.subject(5, speciesId, projects[0]!, projects[1]!);
  const { data } = await ask(
    '{ projects { nodes { subjects { facets(by: [SPECIES]) { values { label count } } } } } }',
  );
  const one = (count: number): object => ({ subjects: { facets: [{ values: [{ label: 'Mus musculus', count }] }] } });
  expect(data).toEqual({ projects: { nodes: [one(2), one(1), { subjects: { facets: [{ values: [] }] } }] } });
  expect(stage.statements).toHaveLength(2);
});

test('spellings of one text are one value, which is called as the first of them', async () => {
  const project = await stage.rows.project(1);
  for (const [place, tags] of [['Opto', 'opto'], ['OPTO', 'V1'], []].entries()) {
    const id = await stage.rows.add('Session', place, { name: 'Session', tags });
    await stage.rows.link('project_session', { projectId: project, sessionId: id });
  }
  const { data } = await ask('{ sessions { facets(by: [TAGS]) { values { value label count } missing { count } } } }');
  expect(data).toEqual({
    sessions: {
      facets: [
        {
          values: [
            { value: 'OPTO', label: 'OPTO', count: 2 },
            { value: 'V1', label: 'V1', count: 1 },
          ],
          missing: { count: 1 },
        },
      ],
    },
  });
});

test('years and months are those in UTC', async () => {
  const project = await stage.rows.project(1);
  const id = await stage.rows.add('Session', 1, {
    name: 'At midnight',
    startedAt: new Date('2023-12-31T23:59:59.999Z'),
  });
  await stage.rows.link('project_session', { projectId: project, sessionId: id });
  const { data } = await ask('{ sessionCounts(by: [YEAR, MONTH]) { groups { keys { value } } } }');
  expect(data).toEqual({ sessionCounts: { groups: [{ keys: [{ value: '2023' }, { value: '2023-12' }] }] } });
});

test.each([
  [facets(''), '`by` is empty'],
  [facets('TAGS TAGS'), '`by` names TAGS twice'],
  [facets('TAGS', ', first: 101'), 'at most 100'],
  [facets('TAGS', ', first: -1'), 'cannot be negative'],
  ['{ projectCounts(by: [TAGS, LICENSE, SPECIES, TECHNIQUE]) { isComplete } }', 'at most 3'],
  ['{ search(query: "x") { facets(by: { project: [TAGS, TAGS] }) { type } } }', '`by.project` names TAGS twice'],
  ['{ search(query: "x") { facets(by: {}) { type } } }', '`by` is empty'],
  ['{ projectCounts(by: [TAGS], first: 1001) { isComplete } }', 'at most 1000'],
  ['{ projectCounts(by: [TAGS], where: { name: null }) { isComplete } }', '`where.name` is null'],
])('%s is refused', async (query, told) => {
  const { errors } = await ask(query);
  expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
  expect(errors![0]!.message).toContain(told);
});

test('under ever new names they soon are too much, before anything is read', async () => {
  const many = Array.from({ length: 40 }, (_, place) => `a${place}: facets(by: [TAGS]) { by }`).join(' ');
  expect((await ask(`{ projects { ${many} } }`)).errors).toMatchObject([{ extensions: { code: 'QUERY_TOO_LARGE' } }]);
  const groups = Array.from({ length: 20 }, (_, place) => `a${place}: sessionCounts(by: [TAGS]) { isComplete }`);
  expect((await ask(`{ ${groups.join(' ')} }`)).errors).toMatchObject([{ extensions: { code: 'QUERY_TOO_LARGE' } }]);
  const found = Array.from(
    { length: 20 },
    (_, place) => `a${place}: facets(by: { project: [TAGS], session: [TAGS] }) { type }`,
  );
  expect((await ask(`{ search(query: "x") { ${found.join(' ')} } }`)).errors).toMatchObject([
    { extensions: { code: 'QUERY_TOO_LARGE' } },
  ]);
  const told =
    '{ projects { facets(by: [TAGS], first: 100) { values { node { ... on Project { sessions { nodes { subjects(first: 100) { nodes { id } } } } } } } } } }';
  expect((await ask(told)).errors).toMatchObject([{ extensions: { code: 'QUERY_TOO_LARGE' } }]);
  expect((await ask(told.replace('100', '10'))).errors).toBeUndefined();
  stage.statements.length = 0;
  const nested = '{ projects(first: 100) { nodes { sessions { facets(by: [TAGS]) { by } } } } }';
  expect((await ask(nested)).errors).toMatchObject([{ extensions: { code: 'QUERY_TOO_LARGE' } }]);
  expect(stage.statements).toEqual([]);
});

const insert = (type: NodeName, rows: object[]): Promise<unknown> =>
  stage.dataSource.getRepository(classOf(type)).insert(rows);

test('of an object that has too many combinations no groups are made, and the answer says so', async () => {
  const project = await stage.rows.project(1);
  const numbers = Array.from({ length: 101 }, (_, number) => number);
  const [species, strains, subjects] = (['Species', 'Strain', 'Subject'] as const).map((type) =>
    numbers.map((number) => idAt(type, number)),
  ) as [string[], string[], string[]];
  await insert(
    'Species',
    numbers.map((number) => ({ id: species[number], name: `Species ${number}`, isApproved: true })),
  );
  await insert(
    'Strain',
    numbers.map((number) => ({ id: strains[number], name: `${number}`, speciesId: species[number], isApproved: true })),
  );
  await insert(
    'Subject',
    numbers.map((number) => ({
      id: subjects[number],
      name: `${number}`,
      speciesId: species[number],
      strainId: strains[number],
      sex: 'MALE',
    })),
  );
  await stage.dataSource.query(`INSERT INTO "project_subject" (project_id, subject_id) SELECT $1, unnest($2::uuid[])`, [
    project,
    subjects,
  ]);
  await stage.dataSource.query(`UPDATE "project" SET "tags" = $1`, [numbers.slice(1).map(String)]);
  const counted = async (by: string): Promise<unknown> =>
    (await ask(`{ projectCounts(by: [${by}], first: 1) { groups { count } total { count precision } isComplete } }`))
      .data['projectCounts'];
  const total = { count: 1, precision: 'EXACT' };
  expect(await counted('TAGS SPECIES')).toEqual({ groups: [{ count: 1 }], total, isComplete: false });
  expect(await counted('TAGS SPECIES STRAIN')).toEqual({
    groups: [],
    total: { ...total, precision: 'AT_LEAST' },
    isComplete: false,
  });
});

test('the words of a query are put into so many terms in all', async () => {
  await insert(
    'Species',
    Array.from({ length: 250 }, (_, number) => ({
      id: idAt('Species', number),
      name: `alpha beta ${number}`,
      isApproved: true,
    })),
  );
  const terms = async (query: string): Promise<number> => {
    const snapshot = new Snapshot((stage.dataSource.driver as unknown as { master: Pool }).master);
    const words = await expand(parseQuery(query), { access: accessInForce, viewer: anonymous, snapshot });
    await snapshot.close();
    return words!.condition.match(/'=[0-9a-f]{32}'/g)!.length;
  };
  expect([await terms('alpha'), await terms('alpha beta')]).toEqual([mostTerms, mostTerms]);
});

test('a snippet begins and ends with whole words', async () => {
  const project = await stage.rows.project(1);
  const [before, near, behind] = ['x'.repeat(60), 'y'.repeat(70), 'z'.repeat(100)];
  await stage.dataSource.query(`UPDATE "project" SET "description" = $2 WHERE "id" = $1`, [
    project,
    `first ${before} ${near} needle ${behind} last`,
  ]);
  const { data } = await ask('{ search(query: "needle") { nodes { snippet { parts { text isMatch } } } } }');
  const part = (text: string, isMatch = false): object => ({ text, isMatch });
  const parts = [part(`… ${before} ${near} `), part('needle', true), part(` ${behind} …`)];
  expect(data).toEqual({ search: { nodes: [{ snippet: { parts } }] } });
});

test('what the dashboard tells is read once, under however many names', async () => {
  await stage.rows.project(1);
  const { data } = await ask('{ publicDashboard { recentlyPublished { id } } }');
  const read = stage.statements.length;
  const twice = 'publicDashboard { x: recentlyPublished { id } y: recentlyPublished { id } }';
  const again = (await ask(`{ a: ${twice} b: ${twice} }`)).data;
  const { recentlyPublished: one } = data['publicDashboard'] as unknown as { recentlyPublished: object[] };
  expect([one.length, again['a'], again['b']]).toEqual([1, { x: one, y: one }, { x: one, y: one }]);
  expect(stage.statements).toHaveLength(read);
});
