import { randomBytes } from 'node:crypto';
import { nodeNames, types, type NodeName } from './types';

export { nodeNames, type NodeName } from './types';

const namesByCode = new Map<string, NodeName>(nodeNames.map((name) => [codeOf(name), name]));
if (namesByCode.size < nodeNames.length) throw new Error('Two types have one code: see model/types.ts.');

/** The two hexadecimal digits that ids of this type carry. */
export function codeOf(name: NodeName): string {
  return types[name].code.toString(16).padStart(2, '0');
}

/** Where a new id takes its time and its chance from; tests and the demo pass fixed ones. */
export interface IdSource {
  now(): number;
  bytes(length: number): Buffer;
}

const systemSource: IdSource = { now: Date.now, bytes: randomBytes };

/**
 * A new UUIDv8: 48 bits of milliseconds (so ids sort by time), the version, eight bits of type code (so that
 * `node(id)` knows its table), then chance.
 */
export function newId(name: NodeName, source: IdSource = systemSource): string {
  const time = source.now().toString(16).padStart(12, '0');
  const chance = source.bytes(9);
  chance[1] = 0x80 | ((chance[1] ?? 0) & 0x3f); // the variant bits of RFC 9562
  const hex = chance.toString('hex');
  return [time.slice(0, 8), time.slice(8), `8${codeOf(name)}${hex.slice(0, 1)}`, hex.slice(2, 6), hex.slice(6)].join(
    '-',
  );
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** The id in its one spelling (lower case), or undefined when the text is not a UUID at all. */
export function normalizeId(text: string): string | undefined {
  const id = text.toLowerCase();
  return uuid.test(id) ? id : undefined;
}

/** The type that an id belongs to, or undefined when no type has that code. Says nothing about whether it exists. */
export function typeOfId(id: string): NodeName | undefined {
  return id[14] === '8' ? namesByCode.get(id.slice(15, 17)) : undefined;
}
