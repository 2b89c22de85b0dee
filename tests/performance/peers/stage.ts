import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { chooseAccount } from '../../../src/database/embedded/account';
import { usablePrograms } from '../../../src/database/embedded/copied-programs';
import { findPrograms } from '../../../src/database/embedded/programs';
import { asSuperuser } from '../../../src/database/embedded/role';
import { folder, openData } from '../discovery/stage';
import { cpuOf } from './contestant';
import { source } from './postgraphile/install';

const size = 'S';

/** The data, with a role for those who go by row level security. */
export interface Field {
  /** For who owns the tables, and decides itself who sees what. */
  url: string;
  /** For who is shown only what the policies of the tables show. */
  guardedUrl: string;
  token: string;
  memberId: string;
  client: Client;
  /** Milliseconds of CPU that PostgreSQL has used so far. */
  cpu(): number;
  stop(): Promise<void>;
}

export async function openField(say: (line: string) => void): Promise<Field> {
  await provideRole(say);
  const { databaseUrl: url, token, stop } = await openData(size, say);
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(readFileSync(join(source, 'row-security.sql'), 'utf8'));
  } catch (error) {
    await client.end().then(stop);
    throw error;
  }
  const { rows } = await client.query<{ user_id: string }>(`SELECT user_id FROM access_token WHERE name = 'Benchmark'`);
  const postmaster = Number(readFileSync(join(folder, size, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0]);
  return {
    url,
    guardedUrl: url.replace(/\/\/[^@]*@/, '//peer:peer@'),
    token,
    memberId: rows[0]!.user_id,
    client,
    cpu: () => cpuOf(postmaster, true) + childrenOf(postmaster).reduce((sum, pid) => sum + cpuOf(pid), 0),
    stop: () => client.end().then(stop),
  };
}

/** Makes the role `peer`, which only the superuser may, and who is that only while no PostgreSQL runs. */
async function provideRole(say: (line: string) => void): Promise<void> {
  const { databaseUrl, stop } = await openData(size, say);
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  const { rowCount } = await client.query(`SELECT 1 FROM pg_roles WHERE rolname = 'peer'`);
  await client.end();
  await stop();
  if (rowCount === 1) return;
  const dataDir = join(folder, size);
  const dir = join(dataDir, 'postgres');
  const account = await chooseAccount(dir);
  const programs = await usablePrograms(await findPrograms(), account, [dataDir], say);
  await asSuperuser({ dataDir, dir, programs, account, enclosed: false }, [`CREATE ROLE peer LOGIN PASSWORD 'peer'`]);
}

function childrenOf(parent: number): number[] {
  return readdirSync('/proc').flatMap((entry) => {
    if (!/^\d+$/.test(entry)) return [];
    try {
      const stat = readFileSync(`/proc/${entry}/stat`, 'utf8')
        .replace(/^.*\) /, '')
        .split(' ');
      return Number(stat[1]) === parent ? [Number(entry)] : [];
    } catch {
      return []; // it has ended meanwhile
    }
  });
}
