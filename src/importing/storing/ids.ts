import { randomBytes } from 'node:crypto';
import type { IdSource } from '../../model/ids';

/**
 * Ids of one import: all of one moment, and in the order in which they are given, so that what is read by order of id comes
 * back in the order of the tree. The last bytes are chance.
 */
export function idsInOrder(): IdSource {
  const now = Date.now();
  let given = 0;
  return {
    now: () => now,
    bytes: (length) => {
      const bytes = randomBytes(length);
      const count = given++;
      // Of the first byte an id keeps the upper half, of the second the lower six bits.
      bytes[0] = Math.floor(count / 2 ** 30) << 4;
      bytes[1] = (count >>> 24) & 0x3f;
      bytes.writeUIntBE(count & 0xffffff, 2, 3);
      return bytes;
    },
  };
}
