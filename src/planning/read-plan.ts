import { getArgumentValues, type FieldNode, type GraphQLObjectType, type GraphQLSchema } from 'graphql';
import type { Access } from '../access/access';
import type { Viewer } from '../access/viewer';
import type { FindArgs } from '../finding/find';
import { askedOfAll, askedOfEdge, type AskedList } from '../loading/asked-list';
import { countName, countOfEverythingName, everythingName, pageName } from '../loading/loader-names';
import type { Page } from '../loading/page';
import type { Tables } from '../loading/tables';
import type { PageArgs } from '../model/connection';
import type { ManyEdge, ReferenceEdge } from '../model/edges';
import { typeOfId, type NodeName } from '../model/ids';
import { keyIn } from '../model/natural-keys';
import { classOf, nameOf } from '../model/node';
import { readId } from '../model/read-id';
import { rootFields } from '../model/root-fields';
import { factsOf } from './facts';
import type { ListPlan, ObjectPlan, Plan, ReadOfType, Root, WantedOfPage } from './plan';
import type { Selections } from './selections';

interface Given {
  schema: GraphQLSchema;
  access: Access;
  tables: Tables;
  viewer: Viewer;
  selections: Selections;
}

/**
 * Reads off an operation what its resolvers will ask of the loaders, as far as it is certain: single objects, what they refer to,
 * pages and numbers of lists. What else an operation asks for is left to its resolvers; then nothing is left out of what
 * they meet.
 */
export class PlanReader {
  private readonly roots: Root[] = [];
  private readonly pages: Page[] = [];
  private readonly byType = new Map<NodeName, ReadOfType>();
  private readonly byPage = new Map<string, WantedOfPage>();
  /** Whether all that the operation reads is in the plan. */
  private isWhole = true;
  /** Whether all that looks at what is read is known. */
  private isKnown = true;
  private isOneOff = false;

  constructor(private readonly given: Given) {}

  read(selectionSet: NonNullable<FieldNode['selectionSet']>): Plan {
    const { schema, selections } = this.given;
    const query = schema.getQueryType()!;
    selections.each(selectionSet, query, (field) => this.root(field, query));
    if (!this.isKnown) this.readAll();
    const { roots, pages, isWhole, isOneOff } = this;
    return { roots, pages, isWhole, isOneOff };
  }

  /** Resolvers that are not known here may look at any of it. */
  private readAll(): void {
    for (const [type, { columns, ruled }] of this.byType) {
      for (const property of this.given.tables[type].read) if (property !== 'id') columns.add(property);
      for (const field of this.given.access.ruledColumns(type)) ruled.add(field);
    }
    for (const wants of this.byPage.values()) Object.assign(wants, { more: true, cursors: true });
  }

  private root(node: FieldNode, query: GraphQLObjectType): void {
    const field = node.name.value;
    if (field.startsWith('__')) return;
    const { viewer } = this.given;
    const found = rootFields.find(({ one, many }) => one === field || many === field);
    if (field === 'node' || found?.one === field) this.byId(node, query, found?.type);
    else if (field === 'nodes') this.byIds(node, query);
    else if (found) this.everything(node, query, found.type);
    else if (field === 'viewer' && viewer.kind === 'user') this.objects(node, 'User', [viewer.userId], false);
    else if (field !== 'viewer') this.leave();
  }

  private byId(node: FieldNode, query: GraphQLObjectType, type: NodeName | undefined): void {
    const args = this.argumentsOf(node, query) as { id?: string };
    if (type !== undefined && keyIn(type, args) !== undefined) return this.leave();
    const id = readId(args.id!, type);
    if (id !== undefined) this.objects(node, typeOfId(id)!, [id], this.given.access.isRuled('Query', node.name.value));
  }

  private byIds(node: FieldNode, query: GraphQLObjectType): void {
    const { ids } = this.argumentsOf(node, query) as { ids?: string[] };
    const known = ids!.flatMap((text) => readIdOrNothing(text) ?? []);
    const guarded = this.given.access.isFiltered('Query', 'nodes');
    for (const type of new Set(known.map((id) => typeOfId(id)!)))
      this.objects(
        node,
        type,
        known.filter((id) => typeOfId(id) === type),
        guarded,
      );
  }

  private objects(node: FieldNode, type: NodeName, ids: readonly string[], guarded: boolean): void {
    const known = this.roots.find(
      (root) => root.kind === 'objects' && root.type === type && root.guarded === guarded,
    ) as Extract<Root, { kind: 'objects' }> | undefined;
    const root = known ?? { kind: 'objects', type, ids: new Set(), guarded, object: this.objectOf(type) };
    if (!known) this.roots.push(root);
    for (const id of ids) root.ids.add(id);
    this.object(node, root.object);
  }

  private everything(node: FieldNode, query: GraphQLObjectType, type: NodeName): void {
    const asked = askedOfAll(classOf(type), node.name.value, this.argumentsOf(node, query), this.given);
    const { many, page } = asked;
    this.connection(node, {
      asked,
      list: () => {
        const name = everythingName(many, page);
        const known = this.roots.find(
          (root) => root.kind === 'everything' && everythingName(root.list.many, root.list.page) === name,
        ) as Extract<Root, { kind: 'everything' }> | undefined;
        if (known) return known.list;
        const list = this.listOf(name, asked);
        this.roots.push({ kind: 'everything', list });
        return list;
      },
      count: () => {
        const name = countOfEverythingName(many);
        const known = this.roots.some(
          (root) => root.kind === 'count' && countOfEverythingName(root.count.many) === name,
        );
        if (!known) this.roots.push({ kind: 'count', count: { many } });
        this.noteFind(asked);
      },
    });
  }

  /** What is selected on an object. */
  private object(node: FieldNode, plan: ObjectPlan): void {
    const type = this.given.schema.getType(plan.type) as GraphQLObjectType;
    if (node.selectionSet)
      this.given.selections.each(node.selectionSet, type, (field) => this.field(field, type, plan));
  }

  private field(node: FieldNode, type: GraphQLObjectType, plan: ObjectPlan): void {
    const field = node.name.value;
    if (field === '__typename') return;
    const permission = this.given.access.permissions[plan.type]?.[field];
    const { edge, isColumn } = factsOf(plan.type, field);
    const isRuled = permission?.kind === 'ruled';
    if (edge?.kind === 'reference' && edge.behind === undefined) {
      if (!isRuled || permission.rule.kind === 'targetVisible') return this.reference(node, edge, isRuled, plan);
    } else if (edge?.kind === 'connection') {
      if (!isRuled) return this.list(node, type, edge, plan);
    } else if (isColumn) {
      if (isRuled) plan.read.ruled.add(field);
      else if (field !== 'id') plan.read.columns.add(field);
      return;
    }
    this.leave();
  }

  private reference(node: FieldNode, edge: ReferenceEdge, guarded: boolean, plan: ObjectPlan): void {
    plan.read.columns.add(edge.column);
    const known = plan.references.get(edge.field);
    const reference = known ?? { edge, guarded, object: this.objectOf(nameOf(edge.target())) };
    plan.references.set(edge.field, reference);
    this.object(node, reference.object);
  }

  private list(node: FieldNode, type: GraphQLObjectType, edge: ManyEdge, plan: ObjectPlan): void {
    const asked = askedOfEdge(edge, this.argumentsOf(node, type), this.given);
    const { many, find, page } = asked;
    this.connection(node, {
      asked,
      list: () => {
        const name = pageName(edge, page, find);
        const known = plan.lists.get(name);
        if (known) return known;
        const list = this.listOf(name, asked);
        plan.lists.set(name, list);
        return list;
      },
      count: () => {
        plan.counts.set(countName(edge, find), { many });
        this.noteFind(asked);
      },
    });
  }

  /** What is selected on a connection. */
  private connection(
    node: FieldNode,
    { asked, list, count }: { asked: AskedList; list: () => ListPlan; count: () => void },
  ): void {
    const { schema, selections } = this.given;
    const connection = schema.getType(`${nameOf(asked.many.target)}Connection`) as GraphQLObjectType;
    if (!node.selectionSet) return;
    selections.each(node.selectionSet, connection, (field) => {
      switch (field.name.value) {
        case '__typename':
          return;
        case 'nodes':
          return this.object(field, list().object);
        case 'edges':
          return this.edges(field, list());
        case 'pageInfo':
          return this.pageInfo(field, list());
        case 'totalCount':
          return count();
        default:
          return this.leave();
      }
    });
  }

  private edges(node: FieldNode, list: ListPlan): void {
    const { schema, selections } = this.given;
    const edge = schema.getType(`${nameOf(list.many.target)}Edge`) as GraphQLObjectType;
    selections.each(node.selectionSet!, edge, (field) => {
      if (field.name.value === 'cursor') list.wants.cursors = true;
      else if (field.name.value === 'node') this.object(field, list.object);
    });
  }

  private pageInfo(node: FieldNode, list: ListPlan): void {
    const { schema, selections } = this.given;
    const { fromEnd, after, before } = list.page;
    selections.each(node.selectionSet!, schema.getType('PageInfo') as GraphQLObjectType, ({ name: { value } }) => {
      if (/Cursor$/.test(value)) list.wants.cursors = true;
      if (!/^has/.test(value)) return;
      const isNext = value === 'hasNextPage';
      if (isNext !== fromEnd) list.wants.more = true;
      // Whether anything lies beyond the other cursor is looked up only where it is needed.
      if (isNext ? before : after) this.isWhole = false;
    });
  }

  /** Something is left to its resolver. */
  private leave(): void {
    this.isWhole = false;
    this.isKnown = false;
  }

  private listOf(name: string, asked: AskedList): ListPlan {
    const { many, page } = asked;
    this.noteFind(asked);
    const place = this.pages.push(page) - 1;
    const object = this.objectOf(nameOf(many.target));
    const wants = this.byPage.get(name) ?? { more: false, cursors: false };
    this.byPage.set(name, wants);
    return { many, page, place, wants, object };
  }

  /** What a list was asked with stands in the text of its statement. */
  private noteFind({ find, page: { after, before } }: AskedList): void {
    if (find?.where || (find && (after || before))) this.isOneOff = true;
  }

  private objectOf(type: NodeName): ObjectPlan {
    const read = this.byType.get(type) ?? { columns: new Set(), ruled: new Set() };
    this.byType.set(type, read);
    return { type, read, references: new Map(), lists: new Map(), counts: new Map() };
  }

  private argumentsOf(node: FieldNode, type: GraphQLObjectType): PageArgs & FindArgs {
    const field = type.getFields()[node.name.value]!;
    return getArgumentValues(field, node, this.given.selections.variables);
  }
}

/** One that is no id is told by the list. */
function readIdOrNothing(text: string): string | undefined {
  try {
    return readId(text);
  } catch {
    return undefined;
  }
}
