import { Client } from 'pg';
import { programFailure } from './failures';
import { runProgram, type Account, type Programs } from './programs';
import { standpoint } from './standpoint';
import { urlOf, type State } from './state';

/**
 * PostgreSQL makes every cluster with a superuser. Stemgraph's own keeps it without a password, so that nobody can log in
 * as it; the server, its commands and its migrations work as `stemgraph`, which owns its database and nothing else.
 */
export const superuser = 'postgres';

/** Where a cluster lies and what to open it with. */
interface Place {
  dataDir: string;
  /** The cluster's folder. */
  dir: string;
  programs: Programs;
  account: Account | undefined;
  /** Whether the folders above are closed to that account. */
  enclosed: boolean;
}

/**
 * Runs statements as the superuser on a cluster on which no PostgreSQL runs, the only way to be it.
 *
 * @param place the cluster
 * @param statements each on one line, without semicolons; the first that fails ends it
 * @throws StartupError when PostgreSQL cannot open the cluster or refuses a statement
 */
export async function asSuperuser(place: Place, statements: string[]): Promise<void> {
  const { dataDir, dir, programs, account, enclosed } = place;
  const { path, cwd } = standpoint(dir, enclosed);
  const args = ['--single', '-D', path, '-c', 'exit_on_error=on', 'template1'];
  const input = `${statements.join('\n')}\n`;
  const { code, output } = await runProgram(programs.postgres, args, account, { input, cwd });
  if (code !== 0) throw programFailure(`PostgreSQL could not open the database in ${dir}`, output, dataDir);
}

/**
 * What gives a new cluster its role and database.
 *
 * @param password of the role; letters and digits
 * @param createsDatabases whether the role may make databases beside its own, as tests do
 */
export function rolesOf(password: string, createsDatabases: boolean): string[] {
  return [
    `ALTER ROLE ${superuser} PASSWORD NULL`,
    `CREATE ROLE stemgraph LOGIN PASSWORD '${password}'${createsDatabases ? ' CREATEDB IN ROLE pg_signal_backend' : ''}`,
    'CREATE DATABASE stemgraph OWNER stemgraph',
  ];
}

/** What an extension brought stays with the superuser, as in any other cluster. */
const isOfNoExtension = (row: string): string =>
  `NOT EXISTS (SELECT 1 FROM pg_depend e WHERE e.objid = ${row}.oid AND e.deptype = 'e')`;

/** Everything in a database that has the superuser of a cluster as its owner and did not come with PostgreSQL. */
const handOver = `DO $$
  DECLARE command text;
  BEGIN
    FOR command IN
      WITH "own" AS (
        SELECT oid FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'
      )
      SELECT format('ALTER SCHEMA %I OWNER TO stemgraph', nspname) FROM pg_namespace
       WHERE oid IN (SELECT oid FROM "own") AND nspowner = 10
      UNION ALL
      SELECT format('ALTER TABLE %s OWNER TO stemgraph', c.oid::regclass) FROM pg_class c
       WHERE c.relnamespace IN (SELECT oid FROM "own") AND c.relowner = 10 AND c.relkind IN ('r', 'p', 'v', 'm', 'S', 'f')
         AND ${isOfNoExtension('c')}
         AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid
                          AND c.relkind = 'S' AND d.deptype IN ('a', 'i'))
      UNION ALL
      SELECT format('ALTER ROUTINE %s OWNER TO stemgraph', oid::regprocedure) FROM pg_proc
       WHERE pronamespace IN (SELECT oid FROM "own") AND proowner = 10 AND ${isOfNoExtension('pg_proc')}
      UNION ALL
      SELECT format('ALTER TYPE %s OWNER TO stemgraph', t.oid::regtype) FROM pg_type t
       WHERE t.typnamespace IN (SELECT oid FROM "own") AND t.typowner = 10 AND ${isOfNoExtension('t')}
         AND (t.typtype IN ('e', 'd', 'r') OR EXISTS (SELECT 1 FROM pg_class WHERE oid = t.typrelid AND relkind = 'c'))
    LOOP
      EXECUTE command;
    END LOOP;
  END $$`;

/**
 * Takes the rights of a superuser from `stemgraph` in a cluster that an earlier Stemgraph made, where that was the
 * superuser's name: the superuser gets its present name, and a new role `stemgraph` gets the database. Done whole or not
 * at all, so an interrupted start leaves it to the next.
 *
 * @param state how to reach the cluster, which runs
 * @param onProgress hears a line before it is done; not where nothing is to do
 */
export async function giveUpSuperuser(state: State, onProgress?: (line: string) => void): Promise<void> {
  if (!(await connected(urlOf(state, 'postgres'), isOldWay))) return;
  onProgress?.('Giving the database to an account without the rights of a superuser …');
  await connected(urlOf(state), async (client) => {
    // nobody may rename themself, so somebody else is needed for a moment
    await client.query('BEGIN');
    await client.query('CREATE ROLE stemgraph_upgrade SUPERUSER');
    await client.query('SET LOCAL SESSION AUTHORIZATION stemgraph_upgrade');
    await client.query(`ALTER ROLE stemgraph RENAME TO ${superuser}`);
    await client.query(`ALTER ROLE ${superuser} PASSWORD NULL`);
    await client.query(`CREATE ROLE stemgraph LOGIN PASSWORD '${state.password}'`);
    await client.query('ALTER DATABASE stemgraph OWNER TO stemgraph');
    await client.query(handOver);
    await client.query('RESET SESSION AUTHORIZATION');
    await client.query('DROP ROLE stemgraph_upgrade');
    await client.query('COMMIT');
  });
}

/** Sees to it, too, that the database is there: an earlier Stemgraph made it after the cluster was in its place. */
async function isOldWay(client: Client): Promise<boolean> {
  const { rows } = await client.query<{ is: boolean; has: boolean }>(
    `SELECT rolsuper AS "is", EXISTS (SELECT 1 FROM pg_database WHERE datname = 'stemgraph') AS "has"
       FROM pg_roles WHERE rolname = current_user`,
  );
  const [{ is, has }] = rows as [{ is: boolean; has: boolean }];
  if (is && !has) await client.query('CREATE DATABASE stemgraph');
  return is;
}

async function connected<T>(connectionString: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString });
  client.on('error', () => undefined); // a broken connection fails the query, too
  try {
    await client.connect();
    return await work(client);
  } finally {
    await client.end();
  }
}
