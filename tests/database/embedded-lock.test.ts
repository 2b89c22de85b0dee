import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { takeLock, type Lock } from '../../src/database/embedded/lock';

const dataDir = mkdtempSync(join(tmpdir(), 'stemgraph-lock-'));
afterAll(() => rmSync(dataDir, { recursive: true }));

test('of several that reach for the lock at once, one gets it, every time', async () => {
  for (let round = 0; round < 40; round++) {
    const results = await Promise.all([1, 2, 3, 4].map(() => takeLock(dataDir, 'server')));
    const holders = results.filter((result): result is Lock => 'release' in result);
    expect(holders).toHaveLength(1);
    await holders[0]?.release();
  }
}, 20_000);
