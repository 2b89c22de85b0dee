import { randomBytes } from 'node:crypto';

/**
 * The type code that every id carries. A code is never reused or changed: ids are public and permanent.
 * The name is the GraphQL type's name.
 */
export const typeCodes = {
  Project: 0x01,
  Subject: 0x02,
  Session: 0x03,
  Collection: 0x04,
  Cohort: 0x05,
  Contributor: 0x06,
  Epoch: 0x10,
  Behavior: 0x11,
  DataAcquisition: 0x12,
  Manipulation: 0x13,
  Procedure: 0x14,
  ProcedureLog: 0x15,
  ProcedureLogEntry: 0x16,
  SubjectLog: 0x17,
  SubjectLogEntry: 0x18,
  BehavioralParadigm: 0x20,
  Setup: 0x21,
  Equipment: 0x22,
  DataStorage: 0x23,
  DataStorageProtocol: 0x24,
  Inventory: 0x25,
  ConsumableStock: 0x26,
  Species: 0x30,
  Strain: 0x31,
  BrainRegion: 0x32,
  SetupType: 0x33,
  BehavioralCategory: 0x34,
  Supplier: 0x35,
  HardwareDevice: 0x36,
  Consumable: 0x37,
  Journal: 0x38,
  Publication: 0x39,
  User: 0x40,
  Group: 0x41,
  GroupMembership: 0x42,
  Laboratory: 0x43,
  Membership: 0x44,
  AccessToken: 0x45,
} as const;

/** The name of a type that has an id: every GraphQL type that implements Node. */
export type NodeName = keyof typeof typeCodes;

export const nodeNames = Object.keys(typeCodes) as NodeName[];

const namesByCode = new Map<string, NodeName>(nodeNames.map((name) => [codeOf(name), name]));

/** The two hexadecimal digits that ids of this type carry. */
export function codeOf(name: NodeName): string {
  return typeCodes[name].toString(16).padStart(2, '0');
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
