import { performance } from 'node:perf_hooks';
import { anonymous } from '../../src/access/viewer';
import { refuseUnstorable } from '../../src/http/unstorable-text';
import { cleanedName } from '../../src/model/texts';
import { setUpStage, type Stage } from '../importing/stage';
import { startTestServer, type TestServer } from '../stage/server';

let stage: Stage;
let token: string;
let project: string;
let reader: TestServer;
beforeAll(async () => {
  stage = await setUpStage();
  reader = await startTestServer(stage.database.dataSource);
  token = (await stage.token(await stage.lab.person('Ann'))).secret;
  project = (await stage.import(token, [{ type: 'Project', key: 'p', name: 'Values' }])).projectId!;
});
afterAll(async () => {
  await reader.close();
  await stage.close();
});

interface Reply {
  status: number;
  codes: string[];
}

async function sent(query: string, variables = '{}'): Promise<Reply> {
  const response = await stage.app.inject({
    method: 'POST',
    url: '/graphql',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    payload: `{"query":${JSON.stringify(query)},"variables":${variables}}`,
  });
  const { errors = [] } = response.json<{
    errors?: { extensions: { code: string; errors?: { code: string }[] } }[];
  }>();
  return {
    status: response.statusCode,
    codes: errors.flatMap(({ extensions }) => extensions.errors?.map(({ code }) => code) ?? extensions.code),
  };
}

/** The codes of what is wrong with a project of these fields, written as JSON. */
async function imported(fields: string): Promise<string[]> {
  const { outcome } = await stage.post(token, `{"type":"Project","key":"p",${fields}}\n`);
  return outcome.faults.map(({ code }) => code);
}

const mutation =
  'mutation ($id: ID!, $input: UpdateProjectInput!) { updateProject(id: $id, input: $input) { changed } }';
const written = (input: string): Promise<Reply> => sent(mutation, `{"id":"${project}","input":${input}}`);

describe('what the graph could not write out is refused on its way in', () => {
  test.each(['http://[', 'http://a b', 'https://', 'ftp://%', 'http://x:99999'])('the address %s', async (url) => {
    expect(await imported(`"repositoryLinks":[{"repository":"OTHER","url":${JSON.stringify(url)}}]`)).toEqual([
      'WRONG_FORMAT',
    ]);
    const tree = `{"type":"Project","key":"p"}\n{"type":"Supplier","key":"s","name":"S","website":${JSON.stringify(url)}}\n`;
    expect((await stage.post(token, tree)).outcome.faults).toMatchObject([{ code: 'WRONG_FORMAT' }]);
  });

  test.each(['2024-05', '2024', '2024-152', '2024-W22-5', '2024-05-31T10:00:00Z', '2024-02-30', '+12024-01-01'])(
    'the day %s',
    async (day) => {
      const tree = `{"type":"Project","key":"p"}\n{"type":"Publication","key":"d","title":"T","publishedOn":"${day}"}\n`;
      expect((await stage.post(token, tree)).outcome.faults[0]).toMatchObject({ code: 'WRONG_FORMAT' });
    },
  );
});

test('an address that is stored and cannot be written out costs its own field, never the list', async () => {
  await stage.lab.add('Supplier', { name: 'Broken', website: 'http://[', isApproved: true });
  await stage.lab.add('Supplier', { name: 'Whole', website: 'http://whole.example/', isApproved: true });
  await stage.database.dataSource.query(
    `UPDATE "project" SET "repository_links" = '[{"repository": "OTHER", "url": "http://["}]', "is_public" = TRUE, "published_at" = now(), "first_published_at" = now() WHERE "id" = $1`,
    [project],
  );
  const { data, errors } = await reader.ask(
    anonymous,
    '{ suppliers { nodes { name website } } projects { nodes { name repositoryLinks { repository url } } } }',
    {},
  );
  expect(data).toEqual({
    suppliers: {
      nodes: [
        { name: 'Broken', website: null },
        { name: 'Whole', website: 'http://whole.example/' },
      ],
    },
    projects: { nodes: [{ name: 'Values', repositoryLinks: [{ repository: 'OTHER', url: null }] }] },
  });
  expect(errors!.map(({ extensions }) => extensions.code)).toEqual(['INTERNAL_SERVER_ERROR', 'INTERNAL_SERVER_ERROR']);
});

describe('a number that would be rounded is refused', () => {
  const numbers = ['9007199254740993', '-9007199254740993', '12345678901234567890', '1e999', '1e300', '[[1e17]]'];
  test.each(numbers)('%s', async (number) => {
    expect(await written(`{"extraFields":{"a":${number}}}`)).toEqual({ status: 400, codes: ['BAD_USER_INPUT'] });
    expect(await imported(`"extraFields":{"a":${number}}`)).toEqual(['BAD_JSON']);
    const literal = `mutation { updateProject(id: "${project}", input: { extraFields: { a: ${number} } }) { changed } }`;
    const { codes } = await sent(literal);
    expect(codes).toHaveLength(1);
    expect(codes[0]).not.toBe('INTERNAL_SERVER_ERROR');
  });

  test('what is as large as can be, and digits in a text, are taken', async () => {
    const fine = '{"a":9007199254740991,"b":-9007199254740991,"c":1.5e-9,"d":"12345678901234567890 \\" 1e999"}';
    expect(await written(`{"extraFields":${fine}}`)).toEqual({ status: 200, codes: [] });
    expect(await imported(`"extraFields":${fine}`)).toEqual([]);
  });

  test('looking for one costs a request next to nothing', () => {
    const small = JSON.stringify({
      query: 'query ($id: ID!) { project(id: $id) { name } }',
      variables: { id: project },
    });
    const value: unknown = JSON.parse(small);
    const start = performance.now();
    for (let time = 0; time < 10_000; time += 1) refuseUnstorable(small, value);
    expect((performance.now() - start) / 10_000).toBeLessThan(0.1);
    const large = `{"a":[${'1.5e3,"\\\\\\"9",'.repeat(60_000)}1]}`;
    const begun = performance.now();
    refuseUnstorable(large, JSON.parse(large));
    expect(performance.now() - begun).toBeLessThan(2000);
  });
});

describe('__proto__ is refused, and its kin are plain data', () => {
  test.each(['__proto__', '\\u005f_proto__'])('%s', async (key) => {
    for (const input of [
      `{"extraFields":{"${key}":{"a":1}}}`,
      `{"repositoryLinks":[{"repository":"OTHER","url":"http://a.b","${key}":{}}]}`,
    ])
      expect((await written(input)).status).toBe(400);
    expect(await imported(`"extraFields":{"${key}":1}`)).toEqual(['BAD_JSON']);
    expect(await imported(`"${key}":{"name":"x"}`)).toEqual(['BAD_JSON']);
    const address = `/graphql?query=${encodeURIComponent('query ($a: Int) { __typename }')}&variables=${encodeURIComponent(`{"${key}":{"a":1}}`)}`;
    expect((await stage.app.inject({ url: address })).statusCode).toBe(400);
  });

  test('in a query', async () => {
    const literal = `mutation { updateProject(id: "${project}", input: { extraFields: { __proto__: 1 } }) { changed } }`;
    expect((await sent(literal)).codes).toHaveLength(1);
    expect((await sent('query ($__proto__: String = "x") { __typename }')).status).toBe(400);
    expect(({} as Record<string, unknown>)['a']).toBeUndefined();
  });

  test('constructor and prototype', async () => {
    expect(await written('{"extraFields":{"constructor":"a","prototype":"b"}}')).toEqual({ status: 200, codes: [] });
    const { data } = await stage.ask(token, `{ project(id: "${project}") { extraFields } }`);
    expect(data!['project']).toEqual({ extraFields: { constructor: 'a', prototype: 'b' } });
  });
});

describe('names', () => {
  const [override, isolate, bell, space, filler] = ['\u202e', '\u2067', '\u0007', '\u200b', '\u3164'];
  const unclean = [`a${override}b`, `a${isolate}b`, `a${bell}b`, 'a\nb', space, `${filler}${space}`];
  test.each(unclean)('%j is refused', async (name) => {
    expect((await written(JSON.stringify({ name }))).codes).toEqual(['UNCLEAN_TEXT']);
    expect(await imported(`"name":${JSON.stringify(name)}`)).toEqual(['UNCLEAN_TEXT']);
    const group = 'mutation ($name: String!) { createGroup(input: { name: $name }) { group { id } } }';
    expect((await sent(group, JSON.stringify({ name }))).codes).toEqual(['BAD_USER_INPUT']);
    const made =
      'mutation ($name: String!) { createAccessToken(input: { name: $name, scopes: [READ], lifetimeDays: 1 }) { token } }';
    expect((await sent(made, JSON.stringify({ name }))).codes).toEqual(['BAD_USER_INPUT']);
    expect((await written(JSON.stringify({ tags: [name] }))).codes).toEqual(['UNCLEAN_TEXT']);
  });

  test('are stored in one spelling, and texts of several lines keep them', async () => {
    const name = 'Zoe\u0308 🧑‍🔬 ﷺ';
    const description = 'One\n\ttwo\r\nthree';
    expect(await written(JSON.stringify({ name, description, tags: ['e\u0301'] }))).toEqual({ status: 200, codes: [] });
    const { data } = await stage.ask(token, `{ project(id: "${project}") { name description tags } }`);
    expect(data!['project']).toEqual({ name: name.normalize('NFC'), description, tags: ['é'] });
    expect((await written(JSON.stringify({ description: `a${override}` }))).codes).toEqual(['UNCLEAN_TEXT']);
    expect((await written(JSON.stringify({ extraFields: { a: bell } }))).codes).toEqual(['UNCLEAN_TEXT']);
  });

  test('of a single sign-on are cleaned', () => {
    expect(cleanedName(` ${override}Zoe\u0308${bell} `)).toBe('Zoë');
    expect(cleanedName(`${space}${filler}`)).toBe('');
  });
});
