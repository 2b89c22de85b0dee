import type { EntityManager } from 'typeorm';
import { idsWith } from '../access/authorize';
import { normalizeId, typeOfId, type NodeName } from '../model/ids';
import { nameOf } from '../model/node';
import type { Fault } from './faults';
import { missing } from './read-values';
import { shapeOf, type LinkedList, type WritableType } from './shape';
import type { Writer } from './writer';

/** What an input refers to: columns by property, whole lists, and everything that is wrong. */
export interface ReadReferences {
  columns: Record<string, string | null>;
  lists: Map<LinkedList, readonly string[]>;
  faults: Fault[];
}

interface Mention {
  path: Fault['path'];
  type: NodeName;
  /** Undefined for a text that can be no id of the type. */
  id: string | undefined;
}

/**
 * Reads the references and lists of an input. Whatever the writer cannot see is a fault, told alike for hidden, unknown
 * and malformed ids. Fields that were not given are left alone; null clears.
 */
export async function readReferences(
  manager: EntityManager,
  writer: Writer,
  type: WritableType,
  given: Readonly<Record<string, unknown>>,
): Promise<ReadReferences> {
  const { references, lists, required } = shapeOf(type);
  const read: ReadReferences = { columns: {}, lists: new Map(), faults: [] };
  const mentions: Mention[] = [];
  for (const edge of references) {
    const value = given[edge.field] as string | null | undefined;
    if (value === undefined) continue;
    const target = nameOf(edge.target());
    if (value === null) {
      if (required.has(edge.field)) read.faults.push(missing(edge.field));
      else read.columns[edge.column] = null;
      continue;
    }
    const mention = mentionOf([edge.field], target, value);
    mentions.push(mention);
    if (mention.id !== undefined) read.columns[edge.column] = mention.id;
  }
  for (const edge of lists) {
    const value = given[edge.field] as string[] | null | undefined;
    if (value === undefined) continue;
    const texts = value ?? [];
    if (texts.length > edge.mostNamed) {
      read.faults.push(tooManyNamed(edge));
      continue;
    }
    // Whether hidden entries would be left is nothing that an answer may tell.
    if (texts.length === 0 && required.has(edge.field)) read.faults.push(missing(edge.field));
    const listed = texts.map((text, index) => mentionOf([edge.field, index], nameOf(edge.target()), text));
    mentions.push(...listed);
    read.faults.push(...duplicates(edge.field, listed));
    read.lists.set(
      edge,
      listed.flatMap(({ id }) => id ?? []),
    );
  }
  const faults = await unseen(manager, writer, mentions);
  read.faults.push(...faults);
  // What they do not see is held against nothing that is stored: whether it agrees would tell of it.
  for (const { path } of faults) {
    const edge = references.find(({ field }) => field === path[0]);
    if (edge) delete read.columns[edge.column];
  }
  return read;
}

/** Of what is named beyond the bound nothing is looked up. */
export function tooManyNamed({ field, mostNamed }: LinkedList): Fault {
  return { path: [field], code: 'TOO_LONG', message: `\`${field}\` may name ${mostNamed} objects at most.` };
}

function mentionOf(path: Fault['path'], type: NodeName, text: string): Mention {
  const id = normalizeId(text);
  return { path, type, id: id !== undefined && typeOfId(id) === type ? id : undefined };
}

function duplicates(field: string, listed: readonly Mention[]): Fault[] {
  const met = new Set<string>();
  return listed.flatMap(({ path, id }) => {
    if (id === undefined) return [];
    if (met.has(id)) return [{ path, code: 'DUPLICATE', message: `\`${field}\` names this object twice.` } as const];
    met.add(id);
    return [];
  });
}

async function unseen(
  manager: EntityManager,
  { access, viewer }: Writer,
  mentions: readonly Mention[],
): Promise<Fault[]> {
  const seen = new Set<string>();
  for (const type of new Set(mentions.map((mention) => mention.type))) {
    const ids = mentions.flatMap((mention) => (mention.type === type ? (mention.id ?? []) : []));
    for (const id of await idsWith(manager, access, viewer, type, ids)) seen.add(id);
  }
  return mentions.flatMap(({ path, type, id }) =>
    id !== undefined && seen.has(id)
      ? []
      : [{ path, code: 'NOT_FOUND', message: `There is no ${type} with this id that you can see.` } as const],
  );
}
