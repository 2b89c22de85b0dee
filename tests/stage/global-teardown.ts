import { rmSync } from 'node:fs';
import type { EmbeddedDatabase } from '../../src/database/embedded';

export default async function tearDown(): Promise<void> {
  const { database, dataDir } = (
    globalThis as unknown as { stemgraphTests: { database: EmbeddedDatabase; dataDir: string } }
  ).stemgraphTests;
  await database.stop();
  rmSync(dataDir, { recursive: true, force: true });
}
