import { getNamedType, isEnumType, isObjectType, type GraphQLEnumType, type GraphQLSchema } from 'graphql';
import type { Oracle } from '../policy/oracle';
import { graph } from '../visibility/graph';
import { reach } from '../visibility/reach';
import type { Row, TypeName, Value } from '../world/world';
import { waysOf } from './operations';

/** A value that an object is counted by: what tells it from others, and as what it stands there. */
interface Standing {
  key: string;
  spelled: string;
  node: string | null;
  label: string;
  /** Whether spellings of it are told, not the key. */
  isText: boolean;
}

interface Count {
  count: number;
  precision: 'EXACT';
}

type Told = Record<string, unknown>;

/** How many groups of objects there are, worked out one by one. */
interface Counted {
  values: (Standing | null)[];
  ids: Set<string>;
}

const exactly = (count: number): Count => ({ count, precision: 'EXACT' });

/**
 * What objects are counted by, worked out by reading: along the ways that the schema tells of each facet, of every object what
 * the visibility page lets the viewer read there. It knows no SQL and none of the server's rules.
 */
export class Counter {
  constructor(
    private readonly schema: GraphQLSchema,
    private readonly oracle: Oracle,
  ) {}

  facet(type: TypeName, rows: readonly Row[], by: string, first: number): Told {
    const groups = this.groupsOf(type, rows, [by]);
    const [missing, some] = [groups.filter(isMissing), groups.filter((one) => !isMissing(one))];
    return {
      by,
      values: some.slice(0, first).map(({ values: [value], ids }) => ({ ...tell(value!), ...exactly(ids.size) })),
      others: exactly(together(some.slice(first))),
      missing: exactly(together(missing)),
    };
  }

  groups(type: TypeName, rows: readonly Row[], by: readonly string[], first: number): Told {
    const groups = this.groupsOf(type, rows, by);
    const others = together(groups.slice(first));
    return {
      groups: groups.slice(0, first).map(({ values, ids }) => ({
        keys: values.map((value, place) => ({ by: by[place], ...tell(value) })),
        ...exactly(ids.size),
      })),
      total: exactly(rows.length),
      others: exactly(others),
      isComplete: others === 0,
    };
  }

  /** Every group that there is, the largest first. */
  private groupsOf(type: TypeName, rows: readonly Row[], by: readonly string[]): Counted[] {
    const groups = new Map<string, Counted>();
    for (const row of rows) {
      const combined = by.reduce<(Standing | null)[][]>(
        (some, name) => some.flatMap((one) => this.valuesOf(type, row, name).map((value) => [...one, value])),
        [[]],
      );
      for (const values of combined) {
        const key = JSON.stringify(values.map((value) => value?.key ?? null));
        const group = groups.get(key) ?? { values, ids: new Set() };
        group.values = group.values.map((known, place) => firstSpelled(known, values[place]!));
        group.ids.add(row.id);
        groups.set(key, group);
      }
    }
    return [...groups.values()].sort(inOrder);
  }

  /** What one object has for a facet, each once; null where there is nothing. */
  private valuesOf(type: TypeName, row: Row, name: string): (Standing | null)[] {
    const { description } = (this.schema.getType(`${type}Facet`) as GraphQLEnumType).getValue(name)!;
    const ways = waysOf(this.schema, type, name);
    const part = /^The (year|month) of/.exec(description!)?.[1];
    const found = new Map<string, Standing>();
    for (const way of ways)
      for (const value of this.along(type, row, way, part))
        found.set(value.key, firstSpelled(found.get(value.key) ?? null, value)!);
    return found.size === 0 ? [null] : [...found.values()];
  }

  private along(type: TypeName, row: Row, [field, ...rest]: string[], part: string | undefined): Standing[] {
    const edge = graph[type][field!];
    if (!this.oracle.seesField(type, row, field!)) return [];
    if (!edge) return this.standing(type, field!, row[field!] ?? null, part);
    const far = reach(this.oracle.world, type, row, edge).filter((other) => this.oracle.sees(edge.type, other));
    if (rest.length > 0) return far.flatMap((other) => this.along(edge.type, other, rest, part));
    return far.map(({ id, name }) => {
      const label = name as string;
      return { key: id, spelled: label, node: id, label, isText: false };
    });
  }

  private standing(type: TypeName, field: string, value: Value, part: string | undefined): Standing[] {
    const model = this.schema.getType(type);
    const of = isObjectType(model) ? getNamedType(model.getFields()[field]!.type) : undefined;
    return [value]
      .flat()
      .filter((one) => one !== null)
      .map((one): Standing => {
        const text = typeof one === 'object' ? JSON.stringify(one) : String(one);
        // Moments and days of a world are written from the year on, and in UTC.
        if (part) return plain(text.slice(0, part === 'year' ? 4 : 7));
        if (isEnumType(of)) return { ...plain(text), label: inWords(text) };
        const isText = of?.name === 'String';
        return { ...plain(text), key: isText ? text.toLowerCase() : text, isText };
      });
  }
}

const plain = (text: string): Standing => ({ key: text, spelled: text, node: null, label: text, isText: false });

function tell(value: Standing | null): Told {
  if (!value) return { value: null, label: null, node: null };
  const { key, spelled, label, node, isText } = value;
  return { value: isText ? spelled : key, label: isText ? spelled : label, node };
}

const isMissing = ({ values }: Counted): boolean => values[0] === null;

const together = (groups: readonly Counted[]): number => new Set(groups.flatMap(({ ids }) => [...ids])).size;

function firstSpelled(known: Standing | null, other: Standing | null): Standing | null {
  return known && other && known.spelled < other.spelled ? known : other;
}

function inOrder(one: Counted, other: Counted): number {
  if (one.ids.size !== other.ids.size) return other.ids.size - one.ids.size;
  for (const [place, left] of one.values.entries()) {
    const right = other.values[place]!;
    if (left === null || right === null) {
      if (left !== right) return left === null ? 1 : -1;
      continue;
    }
    if (left.spelled !== right.spelled) return left.spelled < right.spelled ? -1 : 1;
    if (left.key !== right.key) return left.key < right.key ? -1 : 1;
  }
  return 0;
}

function inWords(constant: string): string {
  const words = constant.toLowerCase().split('_').join(' ');
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}
