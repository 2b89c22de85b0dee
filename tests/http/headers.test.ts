import { errorCodes } from '../../src/errors';
import { createTestDatabase, type TestDatabase } from '../stage/database';
import { openWire, refusal, type Wire } from './wire';

const good = '/graphql?query=%7B__typename%7D';
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

let database: TestDatabase;
let wire: Wire;
let fussy: Wire;

beforeAll(async () => {
  database = await createTestDatabase();
  wire = await openWire(database.dataSource);
  fussy = await openWire(database.dataSource, { corsOrigin: 'https://lab.example, https://other.example' });
});

afterAll(async () => {
  await wire.close();
  await fussy.close();
  await database.drop();
});

describe('caches', () => {
  test.each([
    ['an answer', () => wire.get(good)],
    ['an answer with partial data', () => wire.ask('{ project(id: "x") { id } }')],
    ['an error of GraphQL', () => wire.ask('{ nope }')],
    ['an error of HTTP', () => wire.send('{')],
    ['a refused method', () => wire.request({ method: 'PUT', url: '/graphql' })],
    ['a refused token', () => wire.get(good, { authorization: 'Bearer x' })],
    ['an answer with a slash in the address', () => wire.get(good.replace('?', '/?'))],
  ])('%s is never served again without asking', async (_what, send) => {
    const { headers } = await send();
    expect(headers['cache-control']).toBe('no-cache');
    expect(String(headers.vary).split(', ').sort()).toEqual([
      'Accept',
      'Authorization',
      'Origin',
      'Stemgraph-Explain',
      'Stemgraph-View-As',
    ]);
    expect(headers.etag).toBeUndefined();
  });

  test('both media types are served, each under its name', async () => {
    const json = await wire.get(good, { accept: 'application/json' });
    expect(json.headers['content-type']).toBe('application/json; charset=utf-8');
    const graphql = await wire.get(good, { accept: 'application/graphql-response+json' });
    expect(graphql.headers['content-type']).toBe('application/graphql-response+json; charset=utf-8');
    const wrong = await wire.send('{', { accept: 'application/graphql-response+json' });
    expect(wrong.headers['content-type']).toBe('application/graphql-response+json; charset=utf-8');
  });
});

describe('the request id', () => {
  test('is on every answer and every line of the log', async () => {
    const { headers } = await wire.get(good);
    const id = String(headers['x-request-id']);
    expect(id).toMatch(uuid);
    const lines = wire.log().filter(({ reqId }) => reqId === id);
    expect(lines.map(({ msg }) => msg)).toEqual(['incoming request', 'request completed']);
    expect(lines[0]!.req).toEqual({ method: 'GET', path: '/graphql' });
  });

  test('is ours, whatever the client sends', async () => {
    const { headers } = await wire.get(good, { 'x-request-id': 'mine', 'request-id': 'mine' });
    expect(headers['x-request-id']).toMatch(uuid);
    expect(JSON.stringify(wire.log())).not.toContain('mine');
  });

  test('stands in a log without queries, variables and headers', async () => {
    await wire.ask('query Secret($id: ID!) { project(id: $id) { id } }', { id: 'hidden-value' });
    await wire.get('/graphql?query=%7Bsecret%7D', { cookie: 'secret=1', authorization: 'Bearer hidden-value' });
    expect(JSON.stringify(wire.log())).not.toMatch(/hidden-value|Secret|secret/);
  });
});

describe('a token that is none', () => {
  test.each([good, '/graphql', '/', '/graphiql', '/graphiql/examples.json'])('is refused for %s', async (url) => {
    const response = await wire.get(url, { authorization: 'Bearer abc' });
    expect(refusal(response, 401, 'UNAUTHENTICATED')).toContain('not a whole Stemgraph token');
    expect(response.headers['www-authenticate']).toBe('Bearer error="invalid_token"');
  });

  test.each(['', 'Basic dTpw', 'Bearer'])('is refused when it reads “%s”', async (authorization) => {
    refusal(await wire.send('{"query":"{ __typename }"}', { authorization }), 401, 'UNAUTHENTICATED');
  });

  test('goes before all other faults', async () => {
    refusal(await wire.send('{', { authorization: 'Bearer abc' }), 401, 'UNAUTHENTICATED');
  });

  test('does not stop the probes of a proxy that adds one', async () => {
    expect((await wire.get('/health/live', { authorization: 'Basic dTpw' })).statusCode).toBe(200);
    expect((await wire.get('/health/ready', { authorization: 'Basic dTpw' })).statusCode).toBe(200);
  });

  test('can be read as refused by a page of another site', async () => {
    const response = await wire.get(good, { authorization: 'Bearer abc', origin: 'https://lab.example' });
    expect(response.headers['access-control-allow-origin']).toBe('*');
  });
});

describe('other sites', () => {
  const preflight = (from: Wire, origin: string) =>
    from.request({
      method: 'OPTIONS',
      url: '/graphql',
      headers: {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization,content-type',
      },
    });

  test('may ask with a token: the preflight, which carries none, is answered', async () => {
    const { statusCode, headers } = await preflight(wire, 'https://lab.example');
    expect(statusCode).toBe(204);
    expect(headers['access-control-allow-origin']).toBe('*');
    expect(headers['access-control-allow-methods']).toBe('GET, POST');
    expect(headers['access-control-allow-headers']).toBe(
      'Content-Type, Authorization, Accept, stemgraph-view-as, stemgraph-explain',
    );
    expect(headers['access-control-allow-credentials']).toBeUndefined();
  });

  test('get an answer to OPTIONS of any kind', async () => {
    expect((await wire.request({ method: 'OPTIONS', url: '/graphql' })).statusCode).toBe(204);
  });

  test('read the request id', async () => {
    const { headers } = await wire.get(good, { origin: 'https://lab.example' });
    expect(headers['access-control-expose-headers']).toBe('X-Request-Id');
  });

  test('are held to the list of the operator', async () => {
    const allowed = await preflight(fussy, 'https://lab.example');
    expect(allowed.headers['access-control-allow-origin']).toBe('https://lab.example');
    const other = await preflight(fussy, 'https://evil.example');
    expect(other.headers['access-control-allow-origin']).toBeUndefined();
    const answer = await fussy.get(good, { origin: 'https://other.example' });
    expect(answer.headers['access-control-allow-origin']).toBe('https://other.example');
    expect(answer.headers.vary).toContain('Origin');
  });
});

describe('health', () => {
  test('the process answers, and the database with all its migrations', async () => {
    const live = await wire.get('/health/live');
    expect([live.statusCode, live.json()]).toEqual([200, { status: 'live' }]);
    const ready = await wire.get('/health/ready');
    expect([ready.statusCode, ready.json(), ready.headers['cache-control']]).toEqual([
      200,
      { status: 'ready' },
      'no-store',
    ]);
  });

  test('a migration that waits makes the server unready', async () => {
    await database.dataSource.query('UPDATE "migration" SET "name" = "name" || \'x\'');
    const { statusCode, body } = await wire.get('/health/ready');
    await database.dataSource.query('UPDATE "migration" SET "name" = rtrim("name", \'x\')');
    expect(statusCode).toBe(503);
    expect(JSON.parse(body)).toEqual({
      status: 'not ready',
      reason: 'Migrations wait to be applied: restart Stemgraph.',
    });
    expect((await wire.get('/health/live')).statusCode).toBe(200);
    expect((await wire.get('/health/ready')).statusCode).toBe(200);
  });
});

test('the codes of errors are listed in one place, each with its meaning', () => {
  for (const [code, meaning] of Object.entries(errorCodes)) {
    expect(code).toMatch(/^[A-Z]+(_[A-Z]+)*$/);
    expect(meaning).toMatch(/^[A-Z].*\.$/);
  }
});
