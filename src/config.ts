import { bool, cleanEnv, host, makeValidator, num, port, str } from 'envalid';
import { StartupError } from './database/startup-error';

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'silent'] as const;

/** A PostgreSQL address; the empty text counts as not given. */
const databaseUrl = makeValidator((text: string) => {
  if (text === '') return undefined;
  if (!/^postgres(ql)?:\/\//.test(text)) throw new Error('it has to begin with postgres://');
  return text;
});

/** Every setting, its meaning and its default: the source of the table in the README. */
const settings = {
  HOST: host({ default: '127.0.0.1', desc: 'The address to listen on; 0.0.0.0 for all.' }),
  PORT: port({ default: 4000, desc: 'The port to listen on.' }),
  DATABASE_URL: databaseUrl({ default: undefined, desc: 'The PostgreSQL to use; without it Stemgraph runs its own.' }),
  DATA_DIR: str({ default: '.data', desc: "The folder of Stemgraph's own PostgreSQL." }),
  DATABASE_POOL: num({ default: 10, desc: 'How many database connections may be open at once.' }),
  SEED_DEMO: bool({
    default: undefined,
    desc: 'Whether to put the demo into an empty database. By default only into its own.',
  }),
  CORS_ORIGIN: str({
    default: '*',
    desc: 'Which web sites may query from a browser: `*`, or addresses separated by commas.',
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
  /** Undefined: only into the database of its own. */
  seedDemo: boolean | undefined;
  corsOrigin: string;
  logLevel: (typeof logLevels)[number];
}

/** Reads the settings from the environment; throws a StartupError that names every wrong one. */
export function readConfig(environment: NodeJS.ProcessEnv): Config {
  const values = cleanEnv(environment, settings, {
    reporter: ({ errors }) => {
      const faults = Object.entries(errors).map(([name, error]) => `${name} ${wrong(error)}`);
      if (faults.length > 0) {
        throw new StartupError(
          `The settings cannot be used: ${faults.join('; ')}. The README lists what each of them takes.`,
        );
      }
    },
  });
  if (!Number.isInteger(values.DATABASE_POOL) || values.DATABASE_POOL < 1 || values.DATABASE_POOL > 500) {
    throw new StartupError('The settings cannot be used: DATABASE_POOL has to be a whole number from 1 to 500.');
  }
  return {
    host: values.HOST,
    port: values.PORT,
    databaseUrl: values.DATABASE_URL,
    dataDir: values.DATA_DIR,
    databasePool: values.DATABASE_POOL,
    seedDemo: values.SEED_DEMO,
    corsOrigin: values.CORS_ORIGIN,
    logLevel: values.LOG_LEVEL,
  };
}

function wrong(error: Error): string {
  return error.message === '' ? 'is missing' : `is wrong (${error.message})`;
}
