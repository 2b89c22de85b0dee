import { bool, cleanEnv, host, makeValidator, str } from 'envalid';
import { defaultLimits, type RequestLimits } from './budget/limits';
import { StartupError } from './database/startup-error';
import { defaultHotPages, mebibyte } from './hot-pages/settings';
import { isSafeUrl, type OidcConfig, type PublishClaim } from './people/identity/oidc-config';
import { readShares, shareSettings, type Shares } from './shares/settings';
import { wholeNumber } from './whole-number';

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'silent'] as const;

const databaseUrl = makeValidator((text: string) => {
  if (!/^postgres(ql)?:\/\//.test(text)) throw new Error('it has to begin with postgres://');
  if (!URL.canParse(text)) throw new Error('it has to be like postgres://user:password@host:5432/database');
  return text;
});

const corsOrigin = makeValidator((text: string) => {
  if (text === '*') return text;
  const wrong = text.split(',').find((site) => !isOrigin(site.trim()));
  if (wrong !== undefined) throw new Error(`"${wrong.trim()}" has to be like https://example.org, without a path`);
  return text;
});

const publicUrl = makeValidator((text: string) => {
  if (!isOrigin(text)) throw new Error('it has to be like https://stemgraph.example.org, without a path');
  return text;
});

function isOrigin(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol) && new URL(text).origin === text;
}

/** Kept as it is written: a token names its issuer in exactly these letters. */
const issuerUrl = makeValidator((text: string) => {
  if (!isSafeUrl(text))
    throw new Error('it has to be like https://login.example.org; http only where that is this machine');
  if (/[?#]/.test(text)) throw new Error('it has to be without `?` and `#`');
  return text;
});

const keysUrl = makeValidator((text: string) => {
  if (!isSafeUrl(text))
    throw new Error('it has to be like https://login.example.org/keys; http only where that is this machine');
  return text;
});

const publishClaim = makeValidator<PublishClaim>((text: string) => {
  const [, name, value] = /^([^=\s]+)(?:=(\S+))?$/.exec(text) ?? [];
  if (name === undefined) throw new Error('it has to be like `publisher` or `roles=publisher`');
  return value === undefined ? { name } : { name, value };
});

/** Every setting, its meaning and its default: the source of the table in the README. */
const settings = {
  HOST: host({ default: '127.0.0.1', desc: 'The address to listen on; 0.0.0.0 for all.' }),
  PORT: wholeNumber(0, 65_535)({ default: 4000, desc: 'The port to listen on; 0 for any that is free.' }),
  DATABASE_URL: databaseUrl({ default: undefined, desc: 'The PostgreSQL to use; without it Stemgraph runs its own.' }),
  DATA_DIR: str({ default: '.data', desc: "The folder of Stemgraph's own PostgreSQL." }),
  DATABASE_POOL: wholeNumber(2, 500)({ default: 10, desc: 'How many database connections may be open at once.' }),
  QUERY_TIMEOUT: wholeNumber(
    1,
    3600,
  )({
    default: defaultLimits.totalTime / 1000,
    desc: 'How many seconds one request may take in all before it is ended with QUERY_TIMED_OUT.',
  }),
  QUERY_SQL_TIMEOUT: wholeNumber(
    1,
    3600,
  )({
    default: defaultLimits.sqlTime / 1000,
    desc: 'How many seconds the database may spend on one request before it is ended with QUERY_TIMED_OUT.',
  }),
  QUERY_OBJECTS: wholeNumber(
    1,
    10_000_000,
  )({ default: defaultLimits.objects, desc: 'How many objects one request may be handed, each time it is.' }),
  QUERY_VALUES: wholeNumber(
    1,
    100_000_000,
  )({ default: defaultLimits.values, desc: 'How many fields of objects one request may be handed.' }),
  QUERY_BYTES: wholeNumber(
    1024,
    256 * 1024 * 1024,
  )({ default: defaultLimits.bytes, desc: 'How many bytes one answer may have.' }),
  QUERY_DEPTH: wholeNumber(1, 100)({ default: defaultLimits.depth, desc: 'How many levels deep a query may nest.' }),
  QUERY_CONNECTIONS: wholeNumber(
    1,
    100_000,
  )({ default: defaultLimits.connections, desc: 'How many connections a query may open.' }),
  SEED_DEMO: bool({
    default: undefined,
    desc: 'Whether to put the demo into an empty database. By default only into its own.',
  }),
  CORS_ORIGIN: corsOrigin({
    default: '*',
    desc: 'Which web sites may query from a browser: `*`, or addresses separated by commas.',
  }),
  PUBLIC_URL: publicUrl({
    default: undefined,
    desc: 'Where the public reaches this server, as citations say it; without it they name no address here.',
  }),
  OIDC_ISSUER: issuerUrl({
    default: undefined,
    desc: 'The OpenID Connect provider whose access tokens (JWT) are taken; without it none are.',
  }),
  OIDC_AUDIENCE: str({ default: undefined, desc: 'The audience that stands for this server in those tokens.' }),
  OIDC_JWKS_URL: keysUrl({
    default: undefined,
    desc: "Where the provider's keys are; without it the provider is asked.",
  }),
  OIDC_PUBLISH_CLAIM: publishClaim({
    default: undefined,
    desc: 'The claim that lets its bearer publish: `name`, or `name=value`. Without it no such token can.',
  }),
  OIDC_CLOCK_SKEW: wholeNumber(
    0,
    300,
  )({ default: 30, desc: "By how many seconds the provider's clock and this server's may differ." }),
  ...shareSettings,
  HOT_PAGES: wholeNumber(
    0,
    65_536,
  )({
    default: defaultHotPages / mebibyte,
    desc: 'MiB of answers to anonymous readers that are kept for as long as nothing is changed; 0 for none.',
  }),
  LOG_LEVEL: str({ choices: logLevels, default: 'info', desc: 'How much to log.' }),
};

export interface Config {
  host: string;
  port: number;
  /** Undefined: Stemgraph runs its own PostgreSQL under `dataDir`. */
  databaseUrl: string | undefined;
  dataDir: string;
  databasePool: number;
  /** What one request may cost. */
  limits: RequestLimits;
  /** Undefined: only into the database of its own. */
  seedDemo: boolean | undefined;
  corsOrigin: string;
  /** Undefined: citations name no address of this server. */
  publicUrl: string | undefined;
  /** Undefined: only personal access tokens are taken. */
  oidc: OidcConfig | undefined;
  shares: Shares;
  /** How many bytes of answers are kept for anonymous readers. */
  hotPages: number;
  logLevel: (typeof logLevels)[number];
}

/** Reads the settings from the environment, where an empty one counts as not given; throws a StartupError that names every wrong one. */
export function readConfig(environment: NodeJS.ProcessEnv): Config {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const values = cleanEnv(given, settings, {
    reporter: ({ errors }) => {
      refuse(Object.entries(errors).map(([name, error]) => `${name} ${wrong(error)}`));
    },
  });
  refuse(whatLacks(given));
  return {
    host: values.HOST,
    port: values.PORT,
    databaseUrl: values.DATABASE_URL,
    dataDir: values.DATA_DIR,
    databasePool: values.DATABASE_POOL,
    limits: {
      objects: values.QUERY_OBJECTS,
      values: values.QUERY_VALUES,
      bytes: values.QUERY_BYTES,
      sqlTime: values.QUERY_SQL_TIMEOUT * 1000,
      totalTime: values.QUERY_TIMEOUT * 1000,
      depth: values.QUERY_DEPTH,
      connections: values.QUERY_CONNECTIONS,
    },
    seedDemo: values.SEED_DEMO,
    corsOrigin: values.CORS_ORIGIN,
    publicUrl: values.PUBLIC_URL,
    oidc:
      values.OIDC_ISSUER === undefined
        ? undefined
        : {
            issuer: values.OIDC_ISSUER,
            audience: values.OIDC_AUDIENCE!,
            keysUrl: values.OIDC_JWKS_URL,
            publishClaim: values.OIDC_PUBLISH_CLAIM,
            clockSkew: values.OIDC_CLOCK_SKEW,
          },
    shares: readShares(values),
    hotPages: values.HOT_PAGES * mebibyte,
    logLevel: values.LOG_LEVEL,
  };
}

/** The settings of a provider make sense together only; half of them would be a server that lets nobody in. */
function whatLacks(given: NodeJS.ProcessEnv): string[] {
  const issuer = 'OIDC_ISSUER' in given;
  if (issuer && !('OIDC_AUDIENCE' in given)) return ['OIDC_AUDIENCE is missing, which OIDC_ISSUER needs'];
  const alone = ['OIDC_AUDIENCE', 'OIDC_JWKS_URL', 'OIDC_PUBLISH_CLAIM'].find((name) => name in given);
  return !issuer && alone !== undefined ? [`OIDC_ISSUER is missing, which ${alone} needs`] : [];
}

function refuse(faults: readonly string[]): void {
  if (faults.length === 0) return;
  throw new StartupError(
    `The settings cannot be used: ${faults.join('; ')}. The README lists what each of them takes.`,
  );
}

function wrong(error: Error): string {
  return error.message === '' ? 'is missing' : `is wrong (${error.message})`;
}
