import { newId, type NodeName } from '../../../../src/model/ids';

/** From when on, and until when, records were made. */
export const firstDay = Date.UTC(2012, 0, 1);
export const lastDay = Date.UTC(2025, 8, 1);

/**
 * Chance that depends on a seed and on what it decides, and on nothing that was decided before: what is added to the data
 * leaves the rest of them as it was.
 */
export class Chance {
  private readonly salts = new Map<string, number>();

  constructor(private readonly seed: number) {}

  /** At least 0, and below 1. */
  at(what: string, index: number): number {
    return this.bits(what, index) / 2 ** 32;
  }

  /** A whole number below `most`. */
  below(most: number, what: string, index: number): number {
    return Math.floor(this.at(what, index) * most);
  }

  pick<T>(from: readonly T[], what: string, index: number): T {
    return from[this.below(from.length, what, index)]!;
  }

  /** The same, the first far more often than the last. */
  favour<T>(from: readonly T[], what: string, index: number): T {
    return from[Math.floor(this.at(what, index) ** 2.5 * from.length)]!;
  }

  /** The id of one of `count` records of a type, which were made evenly over all the time. */
  id(type: NodeName, index: number, count: number): string {
    return newId(type, { now: () => madeAt(index, count), bytes: (length) => this.bytes(type, index, length) });
  }

  private bytes(what: string, index: number, length: number): Buffer {
    const bytes = Buffer.allocUnsafe(Math.ceil(length / 4) * 4);
    for (let at = 0; at < bytes.length; at += 4) bytes.writeUInt32LE(this.bits(what, index * 4 + at / 4 + 0.5), at);
    return bytes.subarray(0, length);
  }

  private bits(what: string, index: number): number {
    let salt = this.salts.get(what);
    if (salt === undefined) this.salts.set(what, (salt = saltOf(what, this.seed)));
    return mixed(Math.imul(index * 2, 0x9e3779b1) ^ salt);
  }
}

/** When one of `count` records was made. */
export function madeAt(index: number, count: number): number {
  return firstDay + Math.floor(((lastDay - firstDay) / (count + 1)) * (index + 1));
}

function saltOf(what: string, seed: number): number {
  let salt = mixed(seed);
  for (const letter of what) salt = mixed(salt ^ letter.codePointAt(0)!);
  return salt;
}

/** The last steps of MurmurHash3: every bit of what comes in changes half of those that come out. */
function mixed(given: number): number {
  let bits = given | 0;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}
