import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A file that nobody else reads, for as long as it is needed. */
export interface TemporaryFile {
  path: string;
  remove(): Promise<void>;
}

/** A place for what is too large for the memory: the client may then be slow, and the database need not wait for it. */
export async function makeTemporaryFile(name: string): Promise<TemporaryFile> {
  const folder = await mkdtemp(join(tmpdir(), `stemgraph-${name}-`));
  return { path: join(folder, name), remove: () => rm(folder, { recursive: true, force: true }) };
}
