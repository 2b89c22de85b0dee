import { randomUUID } from 'node:crypto';
import { open, rm, type FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { asking } from '../shares/asking';
import type { Portion } from '../shares/quota';

const readAtOnce = 256 * 1024;

/**
 * A place for what is too large for the memory: the client may then be slow, and the database need not wait for it. It has no
 * name, so that nobody else reads it, and nothing is left of it when the process ends, however it ends. It counts among
 * what the client of the request may have the server keep, in number and in size.
 */
export class TemporaryFile {
  private bytes = 0;

  private constructor(
    private readonly handle: FileHandle,
    private readonly leftover: string | undefined,
    private readonly number: Portion | undefined,
    private readonly space: Portion | undefined,
  ) {}

  /** Throws OVERLOADED where the client, or all together, have too many. */
  static async make(): Promise<TemporaryFile> {
    const request = asking.getStore();
    const number = request?.server.files.take(request.client);
    const path = join(tmpdir(), `stemgraph-${randomUUID()}`);
    try {
      const handle = await open(path, 'wx+', 0o600);
      // Where a file that is open cannot lose its name, it loses it at the end.
      const isNamed = await rm(path).then(
        () => false,
        () => true,
      );
      const space = request?.server.fileBytes.take(request.client, 0);
      return new TemporaryFile(handle, isNamed ? path : undefined, number, space);
    } catch (error) {
      number?.giveBack();
      throw error;
    }
  }

  /** How many bytes were written. */
  get size(): number {
    return this.bytes;
  }

  /** Writes all that comes. Throws OVERLOADED as soon as it is more than the client, or all together, may have kept. */
  async write(chunks: AsyncIterable<Buffer | string>, signal?: AbortSignal): Promise<void> {
    for await (const chunk of chunks) {
      signal?.throwIfAborted();
      const length = Buffer.byteLength(chunk);
      this.space?.grow(length);
      this.bytes += length;
      await this.handle.writeFile(chunk);
    }
  }

  /** All that was written, from the beginning; once. */
  read(): Readable {
    return this.handle.createReadStream({ start: 0, highWaterMark: readAtOnce });
  }

  async remove(): Promise<void> {
    await this.handle.close().catch(() => undefined);
    if (this.leftover !== undefined) await rm(this.leftover, { force: true });
    this.number?.giveBack();
    this.space?.giveBack();
  }
}
