import { jsonFormOfKey } from '../loading/json-form';
import {
  countOfEverythingName,
  everythingName,
  ofAll,
  plainName,
  ruledName,
  visibleName,
} from '../loading/loader-names';
import { cursorKeys, cursorOf } from '../loading/many';
import { pageOf, type PageRows } from '../loading/page-rows';
import { Ready } from '../loading/ready';
import type { Row } from '../loading/snapshot';
import type { Tables } from '../loading/tables';
import type { RuledFields } from '../loading/wanted';
import type { NodeName } from '../model/ids';
import type { Node } from '../model/node';
import { orderColumn, rootColumn, stateRoot, tooLong, valueColumn } from './compose';
import type { ListPlan, ObjectPlan, Plan, Root } from './plan';

/** Something that was read is too long to be read along with all the rest. */
export class TooLong extends Error {}

type Entry = readonly unknown[];
type PageEntry = PageRows['entries'][number];

/** Makes of the rows of a plan's statement what the loaders would have looked up, one by one. */
export class PlanRows {
  readonly ready = new Ready();
  private readonly lists = new Map<Root, { order: number; entry: PageEntry }[]>();
  private made = 0;

  constructor(
    private readonly plan: Plan,
    private readonly tables: Tables,
  ) {
    for (const root of plan.roots) {
      if (root.kind === 'everything') this.lists.set(root, []);
      // Of what is not there, or denied, no row comes.
      if (root.kind === 'objects') for (const id of root.ids) this.ready.put(loaderOf(root), id, null);
    }
  }

  /** Returns how many objects were made of it. Throws TooLong. */
  take(row: Row): number {
    const before = this.made;
    const place = row[rootColumn] as number;
    if (place !== stateRoot) this.takeFrom(place, row);
    return this.made - before;
  }

  private takeFrom(place: number, row: Row): void {
    const value = row[valueColumn];
    const root = this.plan.roots[place]!;
    switch (root.kind) {
      case 'objects': {
        const node = this.object(root.object, value as Entry);
        return this.ready.put(loaderOf(root), node.id, node);
      }
      case 'everything':
        this.lists.get(root)!.push({ order: row[orderColumn] as number, entry: this.entry(root.list, value as Entry) });
        return;
      case 'count':
        return this.ready.put(countOfEverythingName(root.count.many), ofAll, value);
    }
  }

  /** After the last row. */
  end(): Ready {
    for (const [root, rows] of this.lists) {
      const { list } = root as Extract<Root, { kind: 'everything' }>;
      const inOrder = rows.sort((one, other) => one.order - other.order).map(({ entry }) => entry);
      this.ready.put(everythingName(list.many, list.page), ofAll, pageOf(list.page, inOrder));
    }
    return this.ready;
  }

  private object(plan: ObjectPlan, entry: Entry | typeof tooLong): Node {
    if (entry === tooLong) throw new TooLong();
    this.made += 1;
    const { type, read, references, lists, counts } = plan;
    const table = this.tables[type];
    const row: Row = { id: entry[0] };
    const id = entry[0] as string;
    let at = 1;
    for (const property of read.columns) row[property] = table.json(property).read(entry[at++]);
    const node = table.hydrate(row, ['id', ...read.columns]);
    if (read.ruled.size > 0) at = this.ruled(plan, id, entry, at);
    for (const reference of references.values()) {
      const far = row[reference.edge.column] as string | null;
      const found = entry[at++] as Entry | null;
      if (far !== null) this.referred(reference.object, reference.guarded, far, found);
    }
    for (const [name, list] of lists) this.ready.put(name, id, this.page(list, (entry[at++] as Entry[] | null) ?? []));
    for (const name of counts.keys()) this.ready.put(name, id, entry[at++]);
    return node;
  }

  private referred(plan: ObjectPlan, guarded: boolean, id: string, found: Entry | null): void {
    this.ready.put(loaderOf({ type: plan.type, guarded }), id, found && this.object(plan, found));
  }

  private ruled({ type, read }: ObjectPlan, id: string, entry: Entry, from: number): number {
    const table = this.tables[type];
    const fields: Record<string, RuledFields[string]> = {};
    let at = from;
    for (const field of read.ruled) {
      const value = table.json(field).read(entry[at++]);
      fields[field] = entry[at++] === true ? { value } : null;
    }
    this.ready.put(ruledName(type), id, fields);
    return at;
  }

  private page(list: ListPlan, entries: readonly Entry[]): PageRows {
    return pageOf(
      list.page,
      entries.map((entry) => this.entry(list, entry)),
    );
  }

  private entry(list: ListPlan, entry: Entry): PageEntry {
    return { node: this.object(list.object, entry), cursor: this.cursor(list, entry) };
  }

  private cursor({ many, wants }: ListPlan, entry: Entry): PageEntry['cursor'] {
    if (!wants.cursors) return [];
    const keys = cursorKeys(many, this.tables);
    const row: Row = {};
    keys.forEach(({ property, kind }, place) => {
      row[property] = jsonFormOfKey(kind).read(entry[entry.length - keys.length + place]);
    });
    return cursorOf(many, this.tables, row);
  }
}

/** Which loader looks up such objects. */
const loaderOf = ({ type, guarded }: { type: NodeName; guarded: boolean }): string =>
  guarded ? visibleName(type) : plainName(type);
