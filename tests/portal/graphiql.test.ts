import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fastify, { type FastifyInstance } from 'fastify';
import { buildGraphiql, type BundleReport } from '../../src/portal/graphiql/bundle';
import { parseExample } from '../../src/portal/graphiql/examples';
import { registerGraphiql } from '../../src/portal/graphiql/plugin';
import { welcomeQuery } from '../../src/portal/graphiql/welcome';

const folder = mkdtempSync(join(tmpdir(), 'graphiql-'));
const bundleDir = join(folder, 'bundle');
const operationsDir = join(folder, 'operations');
let report: BundleReport;
let app: FastifyInstance;

async function server(overrides: { bundleDir?: string; operationsDir?: string; endpoint?: string } = {}) {
  const instance = fastify();
  await registerGraphiql(instance, { endpoint: '/graphql', operationsDir, bundleDir, ...overrides });
  return instance;
}

/** The directives of a response's content-security policy. */
function policyOf(header: unknown): Map<string, string> {
  const directives = String(header).split(';');
  return new Map(directives.map((text) => text.trim().split(/ (.*)/s) as [string, string]));
}

beforeAll(async () => {
  report = await buildGraphiql(bundleDir);
  mkdirSync(operationsDir);
  writeFileSync(join(operationsDir, '20-second_one.graphql'), 'query Second { __typename }\n');
  writeFileSync(join(operationsDir, '10-first.graphql'), '# First\n# of\n# several\nquery First { __typename }\n');
  writeFileSync(join(operationsDir, 'notes.txt'), 'not an operation');
  app = await server();
}, 60_000);

afterAll(async () => {
  await app.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('the page', () => {
  it('is served with its title, language and settings, and is always revalidated', async () => {
    const response = await app.inject('/graphiql');
    expect(response.statusCode).toBe(200);
    expect(response.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(response.headers['cache-control']).toBe('no-cache');
    expect(response.headers['etag']).toBeUndefined();
    expect(response.headers['x-content-type-options']).toBe('nosniff');
    expect(response.headers['referrer-policy']).toBe('no-referrer');
    expect(response.body).toContain('<html lang="en">');
    expect(response.body).toContain('<title>Stemgraph · GraphiQL</title>');
    expect(response.body).toContain('data-endpoint="/graphql"');
  });

  it('has a policy that allows nothing from elsewhere, and no inline script or style element', async () => {
    const response = await app.inject('/graphiql');
    const policy = policyOf(response.headers['content-security-policy']);
    const nonce = /nonce="([^"]+)"/.exec(response.body)?.[1] ?? 'missing';
    expect(Object.fromEntries(policy)).toEqual({
      'default-src': "'none'",
      'script-src': "'self'",
      'style-src': `'self' 'nonce-${nonce}'`,
      'style-src-attr': "'unsafe-inline'",
      'worker-src': "'self'",
      'connect-src': "'self'",
      'font-src': "'self'",
      'img-src': "'self' data:",
      'frame-ancestors': "'none'",
      'base-uri': "'none'",
      'form-action': "'none'",
    });
    expect(response.body).not.toMatch(/<script(?![^>]*\ssrc=)|<style|\sstyle=|\son\w+=/i);
  });

  it('has a new nonce every time', async () => {
    const [one, two] = await Promise.all([app.inject('/graphiql'), app.inject('/graphiql')]);
    expect(one.headers['content-security-policy']).not.toBe(two.headers['content-security-policy']);
  });

  it('refers to no other host', async () => {
    const { body } = await app.inject('/graphiql');
    const references = [...body.matchAll(/<(?:script|link|img|iframe)[^>]*\s(?:src|href)="([^"]*)"/g)];
    expect(references.length).toBeGreaterThanOrEqual(3);
    for (const [, address] of references) expect(address).toMatch(/^(\/graphiql\/assets\/|data:image\/)/);
  });

  it('keeps an odd endpoint inside its attribute', async () => {
    const odd = await server({ endpoint: '/graphql"><script>' });
    expect((await odd.inject('/graphiql')).body).toContain('data-endpoint="/graphql&quot;&gt;&lt;script&gt;"');
    await odd.close();
  });

  it('says what to do while there is no bundle, and works as soon as there is one', async () => {
    const missing = await server({ bundleDir: join(folder, 'not-yet') });
    const response = await missing.inject('/graphiql');
    expect(response.statusCode).toBe(503);
    expect(response.headers['content-type']).toMatch(/^text\/plain/);
    expect(response.body).toContain('npm run build');
    expect((await missing.inject('/graphiql/examples.json')).statusCode).toBe(200);

    cpSync(bundleDir, join(folder, 'not-yet'), { recursive: true });
    const page = await missing.inject('/graphiql');
    expect(page.statusCode).toBe(200);
    const script = /src="([^"]+)"/.exec(page.body)?.[1] ?? '';
    expect((await missing.inject(script)).statusCode).toBe(200);
    await missing.close();
  });
});

describe('the assets', () => {
  it('are served by type, for good, and never sniffed', async () => {
    const { body } = await app.inject('/graphiql');
    const names = [...body.matchAll(/\/graphiql\/assets\/([^"]+)/g)].map((match) => match[1] ?? '');
    names.push(...readdirSync(bundleDir).filter((name) => /\.worker-\w+\.js$|\.(woff2|ttf)$/.test(name)));
    const types: Record<string, RegExp> = {
      js: /^(application|text)\/javascript/,
      css: /^text\/css/,
      woff2: /^font\/woff2/,
      ttf: /^font\/ttf/,
    };
    for (const name of names) {
      const response = await app.inject(`/graphiql/assets/${name}`);
      expect([name, response.statusCode]).toEqual([name, 200]);
      expect(response.headers['content-type']).toMatch(types[name.split('.').pop() ?? ''] ?? /never/);
      expect(response.headers['cache-control']).toBe('public, max-age=31536000, immutable');
      expect(response.headers['x-content-type-options']).toBe('nosniff');
      expect(response.headers['content-security-policy']).toContain("default-src 'none'");
      expect(name).toMatch(/-[A-Z0-9]{8}\.\w+$/);
    }
  });

  it('hold the three workers as files of their own', () => {
    const workers = readdirSync(bundleDir).filter((name) => /\.worker-\w+\.js$/.test(name));
    expect(workers.map((name) => name.split('.')[0]).sort()).toEqual(['editor', 'graphql', 'json']);
    expect(report.bytes).toBeGreaterThan(report.gzipBytes);
  });

  it('travel gzipped to those who take it', async () => {
    const name = readdirSync(bundleDir).find((file) => /^client-\w+\.css$/.test(file)) ?? '';
    const url = `/graphiql/assets/${name}`;
    const zipped = await app.inject({ url, headers: { 'accept-encoding': 'gzip' } });
    expect(zipped.headers['content-encoding']).toBe('gzip');
    expect(zipped.headers['content-type']).toMatch(/^text\/css/);
    const plain = await app.inject({ url, headers: { 'accept-encoding': 'identity' } });
    expect(plain.headers['content-encoding']).toBeUndefined();
    expect(plain.body).not.toMatch(/url\(["']?(https?:|\/\/|data:font)/);
  });

  it('do not include the manifest, nor anything outside the bundle', async () => {
    expect(existsSync(join(bundleDir, 'manifest.json'))).toBe(true);
    for (const name of ['manifest.json', '../operations/notes.txt', '%2e%2e/operations/notes.txt', 'nothing.js']) {
      const response = await app.inject(`/graphiql/assets/${name}`);
      expect(response.statusCode).toBeGreaterThanOrEqual(400);
    }
  });
});

describe('the examples', () => {
  it('are the .graphql files, in the order of their names', async () => {
    const response = await app.inject('/graphiql/examples.json');
    expect(response.headers['content-type']).toMatch(/^application\/json/);
    expect(response.headers['cache-control']).toBe('no-cache');
    expect(response.json()).toEqual([
      {
        name: '10-first',
        title: 'First',
        description: 'of several',
        query: '# First\n# of\n# several\nquery First { __typename }\n',
      },
      { name: '20-second_one', title: 'Second one', description: '', query: 'query Second { __typename }\n' },
    ]);
  });

  it('may be none', async () => {
    const bare = await server({ operationsDir: join(folder, 'nowhere') });
    expect((await bare.inject('/graphiql/examples.json')).json()).toEqual([]);
    await bare.close();
  });

  it('take their title from the first comment line that says something', () => {
    expect(parseExample('a', '#\r\n#  Title \r\n#\r\n# More\r\n{ a }')).toMatchObject({
      title: 'Title',
      description: 'More',
    });
  });

  it('give a newcomer something to run', () => {
    expect(welcomeQuery([])).toMatch(/^# Welcome to Stemgraph[^{]*\n\{ __typename \}\n$/);
    expect(welcomeQuery([parseExample('a', 'query A { a }')])).toMatch(/\nquery A \{ a \}$/);
  });
});
