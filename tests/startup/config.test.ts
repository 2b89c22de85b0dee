import { settingOf, defaultLimits } from '../../src/budget/limits';
import { readConfig, type Config } from '../../src/config';
import { StartupError } from '../../src/database/startup-error';
import { defaultShares } from '../../src/shares/settings';

const byDefault: Config = {
  host: '127.0.0.1',
  port: 4000,
  databaseUrl: undefined,
  dataDir: '.data',
  databasePool: 10,
  limits: defaultLimits,
  seedDemo: undefined,
  corsOrigin: '*',
  publicUrl: undefined,
  oidc: undefined,
  shares: defaultShares,
  hotPages: 32 * 1024 ** 2,
  logLevel: 'info',
};

test('without any setting everything has its default', () => {
  expect(readConfig({})).toEqual(byDefault);
  expect(readConfig({ HOME: '/root', npm_config_port: 'x' })).toEqual(byDefault);
});

test('an empty setting, as in a file of settings that is half filled in, counts as none', () => {
  const names = [
    'HOST',
    'PORT',
    'DATABASE_URL',
    'DATA_DIR',
    'DATABASE_POOL',
    ...Object.values(settingOf),
    'SEED_DEMO',
    'CORS_ORIGIN',
    'PUBLIC_URL',
    'OIDC_ISSUER',
    'OIDC_AUDIENCE',
    'OIDC_JWKS_URL',
    'OIDC_PUBLISH_CLAIM',
    'OIDC_CLOCK_SKEW',
    'HOT_PAGES',
  ];
  expect(readConfig(Object.fromEntries([...names, 'LOG_LEVEL'].map((name) => [name, ''])))).toEqual(byDefault);
});

test.each<[NodeJS.ProcessEnv, Partial<Config>]>([
  [{ HOST: '0.0.0.0' }, { host: '0.0.0.0' }],
  [{ HOST: '::1' }, { host: '::1' }],
  [{ HOST: 'localhost' }, { host: 'localhost' }],
  [{ PORT: '80' }, { port: 80 }],
  [{ PORT: '0' }, { port: 0 }],
  [{ DATABASE_URL: 'postgres://u:p@db.example:5432/x' }, { databaseUrl: 'postgres://u:p@db.example:5432/x' }],
  [{ DATABASE_URL: 'postgresql://db.example/x' }, { databaseUrl: 'postgresql://db.example/x' }],
  [{ PUBLIC_URL: 'https://lab.example' }, { publicUrl: 'https://lab.example' }],
  [{ DATABASE_POOL: '25' }, { databasePool: 25 }],
  [{ QUERY_TIMEOUT: '60' }, { limits: { ...defaultLimits, totalTime: 60_000 } }],
  [{ QUERY_OBJECTS: '50' }, { limits: { ...defaultLimits, objects: 50 } }],
  [{ QUERY_BYTES: '4096' }, { limits: { ...defaultLimits, bytes: 4096 } }],
  [
    { TRUST_PROXY: '10.0.0.0/8, ::1', CLIENT_CONNECTIONS: '3', CLIENT_FILE_SPACE: '1' },
    {
      shares: {
        ...defaultShares,
        trustProxy: ['10.0.0.0/8', '::1'],
        connections: 3,
        fileBytes: { ...defaultShares.fileBytes, perClient: 1024 ** 2 },
      },
    },
  ],
  [{ SEED_DEMO: 'true' }, { seedDemo: true }],
  [{ SEED_DEMO: '0' }, { seedDemo: false }],
  [{ CORS_ORIGIN: 'https://a.example, http://b.example:81' }, { corsOrigin: 'https://a.example, http://b.example:81' }],
  [{ HOT_PAGES: '0' }, { hotPages: 0 }],
  [{ LOG_LEVEL: 'silent' }, { logLevel: 'silent' }],
])('%p is taken', (environment, expected) => {
  expect(readConfig(environment)).toEqual({ ...byDefault, ...expected });
});

const provider = { OIDC_ISSUER: 'https://login.example.org/', OIDC_AUDIENCE: 'https://graph.example.org' };
const oidc = {
  issuer: 'https://login.example.org/',
  audience: 'https://graph.example.org',
  keysUrl: undefined,
  publishClaim: undefined,
  clockSkew: 30,
};

test.each<[NodeJS.ProcessEnv, Partial<Config['oidc']>]>([
  [{}, {}],
  [{ OIDC_ISSUER: 'http://127.0.0.1:8080/realms/lab' }, { issuer: 'http://127.0.0.1:8080/realms/lab' }],
  [{ OIDC_ISSUER: 'http://localhost:8080' }, { issuer: 'http://localhost:8080' }],
  [{ OIDC_ISSUER: 'http://[::1]:8080' }, { issuer: 'http://[::1]:8080' }],
  [{ OIDC_JWKS_URL: 'https://keys.example.org/?of=lab' }, { keysUrl: 'https://keys.example.org/?of=lab' }],
  [{ OIDC_PUBLISH_CLAIM: 'publisher' }, { publishClaim: { name: 'publisher' } }],
  [{ OIDC_PUBLISH_CLAIM: 'roles=publisher' }, { publishClaim: { name: 'roles', value: 'publisher' } }],
  [
    { OIDC_PUBLISH_CLAIM: 'https://example.org/roles=a=b' },
    { publishClaim: { name: 'https://example.org/roles', value: 'a=b' } },
  ],
  [{ OIDC_CLOCK_SKEW: '0' }, { clockSkew: 0 }],
])('a provider with %p is taken', (environment, expected) => {
  expect(readConfig({ ...provider, ...environment })).toEqual({ ...byDefault, oidc: { ...oidc, ...expected } });
});

test.each<[NodeJS.ProcessEnv, string]>([
  [{ OIDC_ISSUER: provider.OIDC_ISSUER }, 'OIDC_AUDIENCE is missing, which OIDC_ISSUER needs'],
  [{ OIDC_AUDIENCE: 'graph' }, 'OIDC_ISSUER is missing, which OIDC_AUDIENCE needs'],
  [{ OIDC_PUBLISH_CLAIM: 'publisher' }, 'OIDC_ISSUER is missing, which OIDC_PUBLISH_CLAIM needs'],
])('half a provider is refused: %p', (environment, sentence) => {
  expect(refusalOf(environment)).toBe(
    `The settings cannot be used: ${sentence}. The README lists what each of them takes.`,
  );
});

function refusalOf(environment: NodeJS.ProcessEnv): string {
  try {
    readConfig(environment);
  } catch (error) {
    expect(error).toBeInstanceOf(StartupError);
    return (error as StartupError).message;
  }
  throw new Error('It was taken.');
}

test.each<[string, string, RegExp]>([
  ['HOST', 'not a host', /"not a host"/],
  ['PORT', 'abc', /whole number from 0 to 65535/],
  ['PORT', '70000', /whole number from 0 to 65535/],
  ['PORT', '-1', /whole number from 0 to 65535/],
  ['PORT', '4000.5', /whole number from 0 to 65535/],
  ['DATABASE_URL', 'mysql://u:secret@h/x', /begin with postgres:\/\//],
  ['DATABASE_URL', 'localhost:5432', /begin with postgres:\/\//],
  ['DATABASE_URL', 'postgres://u:secret@h:99999/x', /has to be like postgres:\/\/user:password@host:5432\/database/],
  ['DATABASE_POOL', '1', /whole number from 2 to 500/],
  ['DATABASE_POOL', '501', /whole number from 2 to 500/],
  ['DATABASE_POOL', '10 or so', /whole number from 2 to 500/],
  ['QUERY_TIMEOUT', '1.5', /whole number from 1 to 3600/],
  ['QUERY_TIMEOUT', '0', /whole number from 1 to 3600/],
  ['SEED_DEMO', 'maybe', /"maybe"/],
  ['PUBLIC_URL', 'https://a.example/path', /without a path/],
  ['CORS_ORIGIN', 'example.org', /"example.org" has to be like https:\/\/example.org/],
  ['CORS_ORIGIN', 'https://a.example/path', /without a path/],
  ['CORS_ORIGIN', '*, https://a.example', /"\*"/],
  ['OIDC_ISSUER', 'login.example.org', /has to be like https:\/\/login.example.org/],
  ['OIDC_ISSUER', 'http://login.example.org', /http only where that is this machine/],
  ['OIDC_ISSUER', 'http://127.0.0.1.example.org', /http only where that is this machine/],
  ['OIDC_ISSUER', 'https://u:secret@login.example.org', /has to be like https:\/\/login.example.org/],
  ['OIDC_ISSUER', 'https://login.example.org?x', /without `\?` and `#`/],
  ['OIDC_JWKS_URL', 'http://login.example.org/keys', /http only where that is this machine/],
  ['OIDC_JWKS_URL', 'file:///etc/keys', /has to be like https/],
  ['OIDC_PUBLISH_CLAIM', '=publisher', /like `publisher` or `roles=publisher`/],
  ['OIDC_PUBLISH_CLAIM', 'roles=', /like `publisher` or `roles=publisher`/],
  ['OIDC_CLOCK_SKEW', '301', /whole number from 0 to 300/],
  ['LOG_LEVEL', 'loud', /"loud".*fatal.*silent/],
])('%s=%s is refused in one line that names it', (name, value, sentence) => {
  const message = refusalOf({ [name]: value });
  expect(message).toMatch(new RegExp(`^The settings cannot be used: ${name} is wrong \\(.*\\)\\. The README lists`));
  expect(message).toMatch(sentence);
  expect(message).not.toMatch(/\n|secret/);
});

test('all that is wrong is told at once', () => {
  const message = refusalOf({ PORT: 'abc', LOG_LEVEL: 'loud', SEED_DEMO: 'maybe' });
  expect(message.match(/ is wrong /g)).toHaveLength(3);
  expect(message).toMatch(/PORT.*; SEED_DEMO.*; LOG_LEVEL/);
});
