import { newId } from '../../src/model/ids';
import { mostCounted } from '../../src/discovery/count';
import { useStage } from '../loading/connection';
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
  await store(mostCounted, 1);
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
  const nested = '{ projects(first: 100) { nodes { sessions { facets(by: [TAGS]) { by } } } } }';
  expect((await ask(nested)).errors).toMatchObject([{ extensions: { code: 'QUERY_TOO_LARGE' } }]);
  expect(stage.statements).toEqual([]);
});
