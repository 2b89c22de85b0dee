import { permissions } from '../access/permissions';
import type { NodeName } from '../model/ids';
import { snakeCase } from '../model/names';
import { storedFieldsOf, type StoredValue } from '../model/written-fields';

/** What kinds of value order a list. */
export type OrderKind = 'text' | 'code' | 'instant' | 'day' | 'decimal' | 'count' | 'duration';

/** A field by which a list can be ordered. */
export interface Orderable {
  field: string;
  /** As the graph calls it, `STARTED_AT`. */
  name: string;
  kind: OrderKind;
}

/** Longer texts are no names; a cursor would have to hold them. */
const longestOrdering = 200;

const known = new Map<NodeName, readonly Orderable[]>();

/**
 * By what lists of a type can be ordered: single values that everybody is answered who sees the object. A place in an order
 * tells of the value that it comes from, and so does a cursor.
 */
export function orderablesOf(type: NodeName): readonly Orderable[] {
  const found =
    known.get(type) ??
    storedFieldsOf(type).flatMap(({ name, value }): Orderable[] => {
      const kind = kindOf(value);
      const permission = permissions[type]?.[name]?.kind;
      return kind !== undefined && (permission === 'open' || permission === 'inherited')
        ? [{ field: name, name: snakeCase(name).toUpperCase(), kind }]
        : [];
    });
  known.set(type, found);
  return found;
}

function kindOf(value: StoredValue): OrderKind | undefined {
  switch (value.is) {
    case 'text':
      if (value.duration) return 'duration';
      if (value.lines || value.max > longestOrdering) return undefined;
      return value.code ? 'code' : 'text';
    case 'choice':
      return 'code';
    case 'instant':
    case 'day':
    case 'decimal':
    case 'count':
      return value.is;
    case 'webAddress':
    case 'words':
    case 'object':
    case 'objects':
    case 'choices':
    case 'values':
    case 'id':
    case 'flag':
      return undefined;
  }
}
