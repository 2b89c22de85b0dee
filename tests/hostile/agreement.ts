import { defaultPageSize } from '../../src/loading/page';

type Fields = Record<string, unknown>;

/**
 * Whether answers are right, as far as they tell themselves: what an object's field holds is the same wherever in an answer
 * the object occurs, and in whichever answer; a smaller page is the beginning of a larger one.
 */
export class Agreement {
  /** The most that was seen, by the id of the object and the name of its field. */
  private readonly known = new Map<string, string[]>();

  /** Takes in an answer to a question that asked for pages of that size; returns what does not agree. */
  check(data: unknown, first = defaultPageSize): string[] {
    const faults: string[] = [];
    const visit = (object: Fields, id: string): void => {
      for (const [key, value] of Object.entries(object)) {
        const found = Array.isArray(value) ? (value as unknown[]) : pageOf(value);
        const objects = (found ?? [value]).filter(isObject);
        // What was asked for by an id is no field of anything; some fields are asked for under several aliases.
        if (key !== 'node' && objects.some((one) => 'id' in one)) {
          const fault = this.compare(
            `${id}.${key.replace(/^a\d_/, '')}`,
            objects.map(({ id: one }) => one as string),
            found && first,
          );
          if (fault !== undefined) faults.push(fault);
        }
        for (const one of objects) visit(one, String(one['id']));
      }
    };
    if (isObject(data)) visit(data, 'Query');
    return faults;
  }

  private compare(place: string, ids: string[], most: number | undefined): string | undefined {
    const known = this.known.get(place);
    if (most !== undefined && ids.length > most) return `${place}: ${ids.length} where ${most} were asked for`;
    if (!known || known.length < ids.length) this.known.set(place, ids);
    if (!known) return undefined;
    const common = Math.min(known.length, ids.length);
    if (ids.slice(0, common).join() !== known.slice(0, common).join()) return `${place}: others than before`;
    const isWhole = ids.length >= known.length || ids.length === most;
    return isWhole ? undefined : `${place}: ${ids.length} where there are ${known.length}`;
  }
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function pageOf(value: unknown): unknown[] | undefined {
  if (!isObject(value)) return undefined;
  if (Array.isArray(value['nodes'])) return value['nodes'] as unknown[];
  const edges = value['edges'];
  return Array.isArray(edges) ? (edges as Fields[]).map(({ node }) => node) : undefined;
}
