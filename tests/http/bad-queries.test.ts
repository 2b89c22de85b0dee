import type { LightMyRequestResponse } from 'fastify';
import { newId } from '../../src/model/ids';
import { createTestDatabase, type TestDatabase } from '../stage/database';
import { errorsOf, openWire, refusal, type Wire } from './wire';

let database: TestDatabase;
let wire: Wire;

beforeAll(async () => {
  database = await createTestDatabase();
  wire = await openWire(database.dataSource);
});

afterAll(async () => {
  await wire.close();
  await database.drop();
});

afterEach(async () => {
  const response = await wire.ask('{ projects { totalCount } }');
  expect([response.statusCode, response.json()]).toEqual([200, { data: { projects: { totalCount: 0 } } }]);
  expect(wire.log().filter(({ level }) => level >= 50)).toEqual([]);
});

type Case = [what: string, send: () => Promise<LightMyRequestResponse>, sentence: RegExp];

const body = (text: string | Buffer, headers?: Record<string, string>) => () => wire.send(text, headers);
const ask = (query: string, variables?: unknown, more?: object) => () => wire.ask(query, variables, more);
const get = (url: string, headers?: Record<string, string>) => () => wire.get(url, headers);
const anId = newId('Project');

describe('a query that cannot be run', () => {
  test.each<[...Case, code: string]>([
    ['no GraphQL', ask('{ projects('), /Syntax Error/, 'GRAPHQL_PARSE_FAILED'],
    ['only spaces', ask('  '), /Syntax Error/, 'GRAPHQL_PARSE_FAILED'],
    ['an open string', ask('{ project(id: "x) { id } }'), /Syntax Error/, 'GRAPHQL_PARSE_FAILED'],
    ['an unknown field', ask('{ nope }'), /Cannot query field "nope"/, 'GRAPHQL_VALIDATION_FAILED'],
    ['an unknown argument', ask('{ projects(take: 1) { totalCount } }'), /"take"/, 'GRAPHQL_VALIDATION_FAILED'],
    ['an unknown type', ask('query ($a: Nope) { __typename @skip(if: $a) }'), /"Nope"/, 'GRAPHQL_VALIDATION_FAILED'],
    ['no fields of an object', ask('{ projects }'), /selection of subfields/, 'GRAPHQL_VALIDATION_FAILED'],
    ['an argument of a wrong type', ask('{ projects(first: "1") { totalCount } }'), /Int/, 'GRAPHQL_VALIDATION_FAILED'],
    [
      'a number too large',
      ask('{ projects(first: 9999999999) { totalCount } }'),
      /32-bit/,
      'GRAPHQL_VALIDATION_FAILED',
    ],
    [
      'two operations of a name',
      ask('query A {__typename} query A {__typename}'),
      /only one/,
      'GRAPHQL_VALIDATION_FAILED',
    ],
    ['a definition of types', ask('{ __typename } type A { b: Int }'), /"A"/, 'GRAPHQL_VALIDATION_FAILED'],
    [
      'a choice that is not made',
      ask('query A {__typename} query B {__typename}'),
      /name/,
      'OPERATION_RESOLUTION_FAILURE',
    ],
    ['a wrong choice', ask('query A {__typename}', {}, { operationName: 'B' }), /"B"/, 'OPERATION_RESOLUTION_FAILURE'],
    ['nothing to run', ask('fragment A on Query { __typename }'), /never used/, 'GRAPHQL_VALIDATION_FAILED'],
    ['a subscription', ask('subscription { a }'), /no subscriptions/, 'OPERATION_RESOLUTION_FAILURE'],
  ])('%s', async (_what, send, sentence, code) => {
    expect(refusal(await send(), 400, code)).toMatch(sentence);
  });

  test('a stored query', async () => {
    const extensions = { persistedQuery: { version: 1, sha256Hash: 'x' } };
    refusal(await wire.send(JSON.stringify({ extensions })), 200, 'PERSISTED_QUERY_NOT_SUPPORTED');
  });

  test('many faults are told up to a limit', async () => {
    const errors = errorsOf(await wire.ask(`{ ${Array.from({ length: 500 }, (_, i) => `x${i}`).join(' ')} }`));
    expect(errors).toHaveLength(11);
    expect(errors.at(-1)!.message).toMatch(/Too many validation errors/);
  });

  test('a fault is not repeated at length', async () => {
    const message = refusal(await wire.ask(`{ ${'x'.repeat(100_000)} }`), 400, 'GRAPHQL_VALIDATION_FAILED');
    expect(message).toMatch(/^Cannot query field "x+…$/);
  });
});

describe('variables that do not fit are BAD_USER_INPUT', () => {
  const first = 'query ($n: Int) { projects(first: $n) { totalCount } }';
  const byId = 'query ($id: ID!) { project(id: $id) { id } }';
  const ids = 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }';

  test.each<Case>([
    ['a text for a number', ask(first, { n: 'x' }), /\$n.*Int/],
    ['a fraction', ask(first, { n: 1.5 }), /\$n.*Int/],
    ['a number too large', ask(first, { n: 2 ** 40 }), /\$n.*32-bit/],
    ['one that is missing', ask(byId), /\$id.*not provided/],
    ['null', ask(byId, { id: null }), /\$id.*null/],
    ['an object for an id', ask(byId, { id: {} }), /\$id.*ID/],
    ['null in a list', ask(ids, { ids: [null] }), /\$ids/],
    [
      'null in the place of a default',
      ask('query ($id: ID = "x") { node(id: $id) { id } }', { id: null }),
      /"id".*null/,
    ],
    [
      'null for a condition',
      ask('query ($if: Boolean = true) { __typename @include(if: $if) }', { if: null }),
      /"if".*null/,
    ],
    [
      'an unknown value of a choice',
      ask('query ($k: ModuleKind) { moduleTypes(kind: $k) { type } }', { k: 'X' }),
      /ModuleKind/,
    ],
    ['a quarter of a million wrong ids', ask(ids, { ids: new Array(250_000).fill(1.5) }), /\$ids/],
  ])('%s', async (_what, send, sentence) => {
    expect(refusal(await send(), 400, 'BAD_USER_INPUT')).toMatch(sentence);
  });
});

describe('arguments that cannot be understood are BAD_USER_INPUT', () => {
  const page = (args: string) => ask(`{ projects(${args}) { totalCount } }`);

  test.each<Case>([
    ['101', page('first: 101'), /`first` is 101, but at most 100/],
    ['101 from the end', page('last: 101'), /`last` is 101, but at most 100/],
    ['a negative number', page('first: -1'), /`first` is -1/],
    ['a negative number from the end', page('last: -1'), /`last` is -1/],
    ['both ends', page('first: 1, last: 1'), /cannot be used together/],
    ['too many, deep inside', ask('{ projects { nodes { sessions(first: 101) { totalCount } } } }'), /`first` is 101/],
    [
      'too many, in a fragment',
      ask('{ projects { nodes { ...A } } } fragment A on Project { sessions(last: 1000) { totalCount } }'),
      /`last` is 1000/,
    ],
    ['too many, by variable', ask('query ($n: Int = 500) { projects(first: $n) { totalCount } }'), /`first` is 500/],
  ])('a page of %s, before anything is read', async (_what, send, sentence) => {
    expect(refusal(await send(), 400, 'BAD_USER_INPUT')).toMatch(sentence);
  });

  const cursors = ['', 'x', '!', 'bnVsbA', 'W10', 'WzFd', 'WyJhIl0', 'e30', '"', '=', 'x'.repeat(100_000)];
  test.each(cursors)('the cursor “%.20s”', async (cursor) => {
    for (const name of ['after', 'before']) {
      const [error, ...more] = errorsOf(
        await wire.ask(`query ($c: String) { subjects(${name}: $c) { totalCount } }`, { c: cursor }),
      );
      expect(more).toEqual([]);
      expect(error).toMatchObject({ path: ['subjects'], extensions: { code: 'BAD_USER_INPUT' } });
      expect(error!.message).toContain(`\`${name}\` is not a cursor`);
    }
  });

  test.each(['', 'x', anId.slice(1), `${anId} `, `{${anId}}`, "' OR 1=1 --", '1', `${anId}\n`])(
    'the id “%s”',
    async (id) => {
      for (const field of ['project', 'node', 'session']) {
        const response = await wire.ask(`query ($id: ID!) { ${field}(id: $id) { id } }`, { id });
        expect(response.json<{ data: unknown }>().data).toEqual({ [field]: null });
        const [error, ...more] = errorsOf(response);
        expect(more).toEqual([]);
        expect(error).toMatchObject({ path: [field], extensions: { code: 'BAD_USER_INPUT' } });
        expect(error!.message).toContain('an id is a UUID');
      }
    },
  );

  test('a hundred and one ids, or one that is none', async () => {
    const query = 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }';
    const [many] = errorsOf(await wire.ask(query, { ids: new Array(101).fill(anId) }));
    expect(many).toMatchObject({ path: ['nodes'], extensions: { code: 'BAD_USER_INPUT' } });
    expect(many!.message).toContain('at most 100');
    const [wrong] = errorsOf(await wire.ask(query, { ids: ['x', anId] }));
    expect(wrong).toMatchObject({ extensions: { code: 'BAD_USER_INPUT' } });
    const good = await wire.ask(query, { ids: new Array(100).fill(anId) });
    expect(good.json()).toEqual({ data: { nodes: new Array(100).fill(null) } });
  });

  test('ids beyond count', async () => {
    const query = 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }';
    expect(refusal(await wire.ask(query, { ids: new Array(250_000).fill('') }), 400, 'QUERY_TOO_LARGE')).toContain(
      '250000',
    );
  });

  test('an id of another type, or none that exists, reads as null', async () => {
    const response = await wire.ask(
      `{ a: project(id: "${newId('Session')}") { id } b: project(id: "${anId}") { id } }`,
    );
    expect(response.json()).toEqual({ data: { a: null, b: null } });
  });
});

describe('text that PostgreSQL cannot hold is BAD_USER_INPUT', () => {
  const byId = 'query ($id: ID!) { project(id: $id) { id } }';
  const raw = (text: string) => body(`{"query":${JSON.stringify(byId)},"variables":{"id":"${text}"}}`);

  test.each<Case>([
    ['U+0000', raw('\\u0000'), /U\+0000/],
    ['U+0000 in the name of a variable', body('{"query":"{__typename}","variables":{"a\\u0000":1}}'), /U\+0000/],
    ['U+0000 deep inside', body('{"query":"{__typename}","variables":{"a":[{"b":["\\u0000"]}]}}'), /U\+0000/],
    [
      'values nested thousands deep',
      body(`{"query":"{__typename}","variables":{"a":${'['.repeat(9000)}${']'.repeat(9000)}}}`),
      /100 deep at most/,
    ],
    ['half a pair', raw('\\ud83c'), /surrogate/],
    ['the other half', raw('x\\uDFC3'), /surrogate/],
    ['a pair the wrong way round', raw('\\udfc3\\ud83c'), /surrogate/],
    ['U+0000 in a query', ask('{ project(id: "\\u0000") { id } }'), /U\+0000/],
    ['U+0000 in a query, in its longer form', ask('{ project(id: "\\\\\\u{00000}") { id } }'), /U\+0000/],
    ['U+0000 in an address', get('/graphql?query={__typename}&variables={"a":"\\u0000"}'), /U\+0000/],
    ['U+0000 in a query in an address', get('/graphql?query={project(id:"\\u0000"){id}}'), /U\+0000/],
  ])('%s', async (_what, send, sentence) => {
    expect(refusal(await send(), 400, 'BAD_USER_INPUT')).toMatch(sentence);
  });

  test('but whole pairs, and what only looks like such an escape, are fine', async () => {
    const pair = await wire.send('{"query":"{ __type(name: \\"\\ud83c\\udfc3\\") { name } }"}');
    expect(pair.json()).toEqual({ data: { __type: null } });
    const backslash = await wire.ask('query ($n: String!) { __type(name: $n) { name } }', { n: '\\u0000' });
    expect(backslash.json()).toEqual({ data: { __type: null } });
    const written = await wire.ask('{ __type(name: "\\\\u0000") { name } }');
    expect(written.json()).toEqual({ data: { __type: null } });
  });
});
