import type { Pool, PoolClient } from 'pg';
import type { DataSource } from 'typeorm';

const ofTransactions = /^(BEGIN|START TRANSACTION|COMMIT|ROLLBACK|SET )/;

/** Every statement that goes to the database from now on, whoever sends it, but for what begins and ends transactions. */
export function watchStatements(dataSource: DataSource): string[] {
  const { master } = dataSource.driver as unknown as { master: Pool };
  const seen: string[] = [];
  const watched = new WeakSet<PoolClient>();
  master.on('acquire', (client: PoolClient) => {
    if (watched.has(client)) return;
    watched.add(client);
    const query = client.query.bind(client) as (...given: unknown[]) => unknown;
    const watching = (...given: unknown[]): unknown => {
      const [statement] = given as [string | { text: string }];
      const text = typeof statement === 'string' ? statement : statement.text;
      if (!ofTransactions.test(text)) seen.push(text);
      return query(...given);
    };
    Object.assign(client, { query: watching });
  });
  return seen;
}
