import type { LightMyRequestResponse } from 'fastify';
import { createTestDatabase, type TestDatabase } from '../stage/database';
import { openWire, refusal, sendRaw, type Wire } from './wire';

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

const json = { 'content-type': 'application/json' };
const body = (text: string | Buffer, headers?: Record<string, string>) => () => wire.send(text, headers);
const ask = (query: string, variables?: unknown, more?: object) => () => wire.ask(query, variables, more);
const get = (url: string, headers?: Record<string, string>) => () => wire.get(url, headers);
const bytes = (...parts: (string | number[])[]): Buffer =>
  Buffer.concat(parts.map((part) => Buffer.from(part as string)));

describe('a body that cannot be read is BAD_REQUEST', () => {
  test.each<[...Case, status: number]>([
    ['empty', body(''), /is empty/, 400],
    ['no JSON', body('{"query":'), /not JSON/, 400],
    ['a prototype in it', body('{"query":"{__typename}","__proto__":{"a":1}}'), /not JSON/, 400],
    ['a list', body('[{"query":"{__typename}"}]'), /one query at a time/, 400],
    ['a text', body('"{__typename}"'), /a JSON object with a `query`/, 400],
    ['a number', body('1'), /a JSON object with a `query`/, 400],
    ['null', body('null'), /a JSON object with a `query`/, 400],
    ['an empty object', body('{}'), /JSON object has no keys/, 400],
    ['no query', body('{"variables":{}}'), /non-empty `query`/, 400],
    ['an empty query', ask(''), /non-empty `query`/, 400],
    ['a query that is no text', body('{"query":{"a":1}}'), /must be strings/, 400],
    ['variables as text', ask('{__typename}', '{}'), /`variables`.*object/, 400],
    ['variables as a list', ask('{__typename}', [1]), /`variables`.*object/, 400],
    ['variables as a number', ask('{__typename}', 7), /`variables`.*object/, 400],
    [
      'an operation name that is no text',
      ask('{__typename}', {}, { operationName: 1 }),
      /`operationName`.*string/,
      400,
    ],
    ['extensions as text', ask('{__typename}', {}, { extensions: 'x' }), /`extensions`.*object/, 400],
    ['broken UTF-8', body(bytes('{"query":"{__typename}","variables":{"a":"', [0xff], '"}}')), /not UTF-8/, 400],
    ['half a character at its end', body(bytes('{"query":"{__typename}"}', [0xc3])), /not UTF-8/, 400],
    ['a surrogate in UTF-8', body(bytes('{"query":"', [0xed, 0xa0, 0x80], '"}')), /not UTF-8/, 400],
    ['an overlong encoding', body(bytes('{"query":"', [0xc0, 0x80], '"}')), /not UTF-8/, 400],
    ['UTF-16', body(Buffer.from('{"query":"{__typename}"}', 'utf16le')), /not JSON/, 400],
    ['another charset', body('{}', { 'content-type': 'application/json; charset=latin1' }), /in UTF-8/, 415],
    ['compression', body('x', { ...json, 'content-encoding': 'gzip' }), /compressed/, 415],
    ['plain text', body('{"query":"{__typename}"}', { 'content-type': 'text/plain' }), /Content-Type/, 415],
    ['a form', body('query=x', { 'content-type': 'application/x-www-form-urlencoded' }), /Content-Type/, 415],
    ['an upload', body('--x--', { 'content-type': 'multipart/form-data; boundary=x' }), /Content-Type/, 415],
    ['a nonsense type', body('{}', { 'content-type': 'nonsense' }), /Content-Type/, 415],
    ['ten megabytes', body(`{"query":"${'x'.repeat(10_000_000)}"}`), /at most 1 MiB/, 413],
  ])('%s', async (_what, send, sentence, status) => {
    expect(refusal(await send(), status, 'BAD_REQUEST')).toMatch(sentence);
  });

  test('no type at all', async () => {
    const response = await wire.request({ method: 'POST', url: '/graphql', payload: Buffer.from('{}'), headers: {} });
    expect(refusal(response, 415, 'BAD_REQUEST')).toMatch(/Content-Type/);
  });

  test('but UTF-8 with a byte order mark, its own charset and characters beyond 16 bits are read', async () => {
    const text = bytes([0xef, 0xbb, 0xbf], '{"query":"{ __type(name: \\"🏃\\") { name } }"}');
    const response = await wire.send(text, { 'content-type': 'application/json; charset="UTF-8"' });
    expect([response.statusCode, response.json()]).toEqual([200, { data: { __type: null } }]);
  });
});

describe('an address that cannot be read is BAD_REQUEST', () => {
  test.each<[...Case, status: number]>([
    ['no query', get('/graphql'), /non-empty `query`/, 400],
    ['a broken percent sign', get('/graphql?query=%ZZ'), /not encoded/, 400],
    ['a percent sign at the end', get('/graphql?query={__typename}%'), /not encoded/, 400],
    ['broken UTF-8', get('/graphql?query={__typename}&variables={"a":"%FF"}'), /not encoded/, 400],
    ['broken UTF-8 in a name', get('/graphql?query={__typename}&%C3=1'), /not encoded/, 400],
    ['broken UTF-8 in the path', get('/graph%C3ql'), /not encoded/, 400],
    ['the query twice', get('/graphql?query={__typename}&query={a}'), /only be specified once/, 400],
    ['variables that are no JSON', get('/graphql?query={__typename}&variables={'), /invalid JSON/, 400],
    ['variables that are no object', get('/graphql?query={__typename}&variables=[1]'), /JSON-encoded object/, 400],
    ['another content type', get('/graphql?query={__typename}', { 'content-type': 'text/html' }), /content-type/, 415],
    ['no media type that is served', get('/graphql?query={__typename}', { accept: 'text/html' }), /accept/, 406],
    ['a mutation', get('/graphql?query=mutation{__typename}'), /only support query/, 405],
    ['a Host header that names none', get('/graphql?query={__typename}', { host: 'a b[' }), /Host/, 400],
  ])('%s', async (_what, send, sentence, status) => {
    expect(refusal(await send(), status, 'BAD_REQUEST')).toMatch(sentence);
  });

  test.each(['PUT', 'PATCH', 'DELETE'] as const)('%s, even with a body that is wrong too', async (method) => {
    const response = await wire.request({ method, url: '/graphql', headers: json, payload: '{' });
    expect(refusal(response, 405, 'BAD_REQUEST')).toMatch(/GET or POST/);
    expect(response.headers.allow).toBe('GET, POST');
  });

  test('HEAD', async () => {
    const response = await wire.request({ method: 'HEAD', url: '/graphql?query={__typename}' });
    expect([response.statusCode, response.headers.allow]).toEqual([405, 'GET, POST']);
  });

  test.each(['/nope', '/graphqlx', '/health/nope', '/graphiql/nope'])('nothing at %s is NOT_FOUND', async (url) => {
    expect(refusal(await wire.get(url), 404, 'NOT_FOUND')).toMatch(/nothing here/);
    refusal(await wire.request({ method: 'POST', url, headers: json, payload: '{' }), 404, 'NOT_FOUND');
  });
});

describe('what is no request at all', () => {
  beforeAll(() => wire.listen());

  const answerTo = async (text: string): Promise<{ status: string; code: string; message: string }> => {
    const [head = '', body = ''] = (await sendRaw(wire.app, text)).split('\r\n\r\n');
    const { errors } = JSON.parse(body) as { errors: [{ message: string; extensions: { code: string } }] };
    expect(errors).toHaveLength(1);
    expect(head).toMatch(/content-type: application\/json; charset=utf-8/i);
    return { status: head.slice(9, 12), code: errors[0].extensions.code, message: errors[0].message };
  };

  test.each([
    ['noise', 'hello\r\n\r\n', '400', /not a request of HTTP/],
    ['a header without a name', 'GET / HTTP/1.1\r\n: x\r\n\r\n', '400', /not a request of HTTP/],
    ['an address too long', `GET /graphql?query=${'x'.repeat(20_000)} HTTP/1.1\r\n\r\n`, '431', /too long/],
    ['a host too odd', 'GET /graphql HTTP/1.1\r\nHost: a b[\r\nConnection: close\r\n\r\n', '400', /Host/],
  ])('%s', async (_what, text, status, sentence) => {
    const answer = await answerTo(text);
    expect(answer).toMatchObject({ status, code: 'BAD_REQUEST' });
    expect(answer.message).toMatch(sentence);
  });

  test('a body larger than what is read is answered, not cut off', async () => {
    const { port } = wire.app.server.address() as { port: number };
    const response = await fetch(`http://127.0.0.1:${port}/graphql`, {
      method: 'POST',
      headers: json,
      body: JSON.stringify({ query: '{__typename}', variables: { a: 'x'.repeat(10_000_000) } }),
    });
    expect(response.status).toBe(413);
    expect(await response.text()).toMatch(/at most 1 MiB/);
  });

  test('one that is fine, of the oldest kind, without a host', async () => {
    const answer = await sendRaw(wire.app, 'GET /health/live HTTP/1.0\r\n\r\n');
    expect(answer).toMatch(/^HTTP\/1.1 200 [^]*\{"status":"live"\}$/);
  });
});
