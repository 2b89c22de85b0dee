import type { Acting } from '../access/act';
import { visibleAmong } from '../access/authorize';
import { normalizeId, typeOfId } from '../model/ids';
import type { Fault } from './faults';
import { notFoundAt, type Mention, type ReadObject } from './read-object';
import type { LinkedList } from './shape';

/** What an input refers to: columns by property, whole lists, and what the writer cannot see. */
export interface FoundReferences {
  columns: Record<string, string>;
  lists: Map<LinkedList, readonly string[]>;
  faults: Fault[];
}

/** Looks up what an input names by ids. */
export async function findReferences(acting: Acting, { mentions, lists }: ReadObject): Promise<FoundReferences> {
  const named = mentions.map((mention) => ({ mention, id: idOf(mention) }));
  const seen = await seenAmong(acting, named);
  const found: FoundReferences = { columns: {}, lists: new Map(lists.map((list) => [list, []])), faults: [] };
  for (const { mention, id } of named) {
    const { edge } = mention;
    if (id === undefined || !seen.has(id)) found.faults.push(notFoundAt(edge.field, mention.position, mention.target));
    else if (edge.kind === 'reference') found.columns[edge.column] = id;
    else found.lists.set(edge, [...found.lists.get(edge)!, id]);
  }
  return found;
}

function idOf({ name, target }: Mention): string | undefined {
  const id = normalizeId(name);
  return id !== undefined && typeOfId(id) === target ? id : undefined;
}

async function seenAmong(
  { manager, access, viewer }: Acting,
  named: readonly { mention: Mention; id: string | undefined }[],
): Promise<Set<string>> {
  const objects = named.flatMap(({ mention: { target: type }, id }) => (id === undefined ? [] : { type, id }));
  return objects.length === 0 ? new Set() : visibleAmong(manager, access, viewer, objects);
}
