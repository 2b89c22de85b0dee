import 'reflect-metadata';
import { DataSource } from 'typeorm';
import { databaseOptions } from '../../../ormconfig';
import { Access, accessInForce } from '../../../src/access/access';
import type { Permissions } from '../../../src/access/permission';
import type { Policy } from '../../../src/access/policy';
import { everyone } from '../../../src/access/rules';
import { readConfig } from '../../../src/config';
import { createServer } from '../../../src/server';

/*
 * Stemgraph itself, as it is served, with the rules on or off. Off they are only here: what they cost is measured by it.
 */

const [url, rules, hotPages] = process.argv.slice(2) as [string, 'rules on' | 'rules off', string];

const mapped = <T, R>(given: Readonly<Record<string, T>>, each: (value: T) => R): Record<string, R> =>
  Object.fromEntries(Object.entries(given).map(([key, value]) => [key, each(value)]));

function withoutRules({ policy, permissions, roleConditions }: Access): Access {
  const open: Permissions = mapped(permissions, (fields) =>
    mapped(fields, (permission) => (permission.kind === 'filtered' ? { kind: 'inherited' } : { kind: 'open' })),
  );
  return new Access(mapped(policy, () => everyone) as Policy, open, roleConditions);
}

async function main(): Promise<void> {
  const config = readConfig({ DATABASE_URL: url, DATABASE_POOL: '20', LOG_LEVEL: 'error', HOT_PAGES: hotPages });
  const dataSource = await new DataSource(databaseOptions(url, 20)).initialize();
  const access = rules === 'rules off' ? withoutRules(accessInForce) : accessInForce;
  const app = await createServer(config, dataSource, { access });
  const address = await app.listen({ host: '127.0.0.1', port: 0 });
  process.once('SIGTERM', () => void app.close().then(() => process.exit()));
  process.stdout.write(`${address}/graphql\n`);
}

void main();
