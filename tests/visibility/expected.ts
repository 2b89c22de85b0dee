import {
  getArgumentValues,
  getNamedType,
  isObjectType,
  Kind,
  parse,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  type SelectionSetNode,
} from 'graphql';
import { Counter } from '../discovery/counter';
import { Evaluator } from '../finding/evaluate';
import { ordered } from '../finding/ordered';
import { containerOf } from '../policy/memberships';
import type { Oracle } from '../policy/oracle';
import type { Row, TypeName, Value } from '../world/world';
import { dataPathsOf, InAnyOrder } from './data-paths';
import { reach } from './reach';
import { recentlyEdited } from './recently-edited';
import { graph } from './graph';
import { Containing, Something } from './compare';
import { Cursor, pageOf, type CursorBook } from './pages';

type Variables = Readonly<Record<string, unknown>>;

/**
 * What the server has to answer, worked out from the plain data of a world and the oracle alone: an executor of
 * GraphQL that knows no SQL, no loader and no rule of the server's.
 */
export class Expectation {
  /** The fields, `Type.field`, that were answered with something, not with null or an empty list. */
  readonly answered = new Set<string>();
  private fragments = new Map<string, FragmentDefinitionNode>();
  private variables: Variables = {};
  private readonly evaluator: Evaluator;
  private readonly counter: Counter;

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly oracle: Oracle,
    private readonly cursors: CursorBook,
  ) {
    this.evaluator = new Evaluator(schema, oracle);
    this.counter = new Counter(schema, oracle);
  }

  answer(query: string, variables: Variables = {}): unknown {
    const document = parse(query, { noLocation: true });
    this.variables = variables;
    this.fragments = new Map();
    let selections: SelectionSetNode | undefined;
    for (const definition of document.definitions) {
      if (definition.kind === Kind.FRAGMENT_DEFINITION) this.fragments.set(definition.name.value, definition);
      if (definition.kind === Kind.OPERATION_DEFINITION) selections = definition.selectionSet;
    }
    return this.each('Query', [selections!], (field, args, inner) => this.root(field, args, inner));
  }

  private root(field: FieldNode, args: Variables, inner: SelectionSetNode[]): unknown {
    const { viewer } = this.oracle;
    switch (field.name.value) {
      case 'node':
        return this.byId(args['id'], inner);
      case 'nodes':
        return (args['ids'] as string[]).map((id) => this.byId(id, inner));
      case 'viewer':
        return viewer.kind === 'user' ? this.byId(viewer.userId, inner) : null;
    }
    if (field.name.value === 'publishReadiness') {
      const project = this.oracle.find(args['projectId']);
      return project?.type === 'Project' && this.oracle.role('Project', project.row) === 'OWNER'
        ? new Something()
        : null;
    }
    const type = this.typeOf('Query', field);
    if (type === 'GroupedCounts') return this.groups(field.name.value, args, inner);
    if (!type.endsWith('Connection')) return this.byId(args['id'], inner, type as TypeName);
    const target = type.replace(/Connection$/, '') as TypeName;
    return this.connection(target, this.everything(target).sort(byId), newestFirst(target, args), inner);
  }

  private everything(type: TypeName): Row[] {
    return this.oracle.world.rows[type].filter((row) => this.oracle.sees(type, row));
  }

  private groups(name: string, { by, where, first }: Variables, inner: SelectionSetNode[]): unknown {
    const type = (name.charAt(0).toUpperCase() + name.slice(1).replace(/Counts$/, '')) as TypeName;
    const rows = this.evaluator.found(type, this.everything(type), where);
    return this.told('GroupedCounts', this.counter.groups(type, rows, by as string[], first as number), inner);
  }

  /** What was worked out whole, as far as it was asked for; an object is named by its id. */
  private told(type: string, value: object, inner: SelectionSetNode[]): unknown {
    return this.each(type, inner, (field, _args, below) => {
      const name = field.name.value;
      const one = (value as Record<string, unknown>)[name];
      if (name === 'node') return one === null ? null : this.byId(one, below);
      const within = (each: unknown): unknown =>
        typeof each === 'object' && each !== null ? this.told(this.typeOf(type, field), each, below) : each;
      return Array.isArray(one) ? one.map(within) : within(one);
    });
  }

  private byId(id: unknown, inner: SelectionSetNode[], wanted?: TypeName): unknown {
    const found = this.oracle.find(String(id).toLowerCase());
    if (!found || (wanted && found.type !== wanted) || !this.oracle.sees(found.type, found.row)) return null;
    return this.object(found.type, found.row, inner);
  }

  private object(type: TypeName, row: Row, selections: SelectionSetNode[]): unknown {
    return this.each(type, selections, (field, args, inner) => this.field(type, row, field, args, inner));
  }

  private field(type: TypeName, row: Row, field: FieldNode, args: Variables, inner: SelectionSetNode[]): unknown {
    const name = field.name.value;
    const edge = graph[type][name];
    if (!this.oracle.seesField(type, row, name)) return null;
    if (!edge) return this.plain(type, row, name, inner);
    const far = reach(this.oracle.world, type, row, edge).filter((other) => this.oracle.sees(edge.type, other));
    if (edge.leads === 'to') return far[0] ? this.object(edge.type, far[0], inner) : null;
    if (this.typeOf(type, field).endsWith('Connection'))
      return this.connection(edge.type, far, edge.leads === 'held' ? newestFirst(edge.type, args) : args, inner);
    return far.map((other) => this.object(edge.type, other, inner));
  }

  private plain(type: TypeName, row: Row, name: string, inner: SelectionSetNode[]): unknown {
    if (name === 'viewerRole') return this.oracle.role(type, row);
    if (name === 'containerName') return this.oracle.find(containerOf(row))!.row['name'];
    if (name === 'container') return this.byId(containerOf(row), inner);
    if (name === 'invitations') return this.oracle.invitations().map((one) => this.object(one.type, one.row, inner));
    if (name === 'recentlyEdited')
      return recentlyEdited(this.oracle).map((one) => this.object(one.type, one.row, inner));
    if (name === 'isShared') return this.oracle.isShared(type as 'Subject' | 'Session', row);
    if (name === 'dataPaths') return dataPathsOf(this.oracle, row);
    if (name === 'citation') return this.citation(row);
    if (name === 'visibilityHistory') return this.history(row, inner);
    const value = row[name];
    if (value === undefined) throw new Error(`Nothing says what ${type}.${name} should answer: teach it to this file.`);
    if (!Array.isArray(value) || inner.length === 0) return value;
    return (value as Record<string, Value>[]).map((one) => this.value(type, name, one, inner));
  }

  /** How a project is cited: its name, and whom and what of its publications the viewer sees. */
  private citation(row: Row): Containing {
    const named = (field: 'contributors' | 'publications', column: string): string[] => {
      const edge = graph.Project[field]!;
      const far = reach(this.oracle.world, 'Project', row, edge).filter((other) => this.oracle.sees(edge.type, other));
      return far.map((other) => other[column] as string);
    };
    return new Containing([row['name'] as string, ...named('contributors', 'name'), ...named('publications', 'title')]);
  }

  /** Everything that the record of publications says of an object, the newest first. */
  private history(row: Row, inner: SelectionSetNode[]): unknown {
    const events = this.oracle.world.events.filter(({ objectId }) => objectId === row.id);
    // A cursor says at which place of the record of its object an event stands.
    const placed = events.map((event, index) => ({ event, cursor: new Cursor(`place ${index + 1}`) })).reverse();
    const page = placed.slice(0, 20);
    const info = {
      hasNextPage: placed.length > page.length,
      hasPreviousPage: false,
      startCursor: page[0]?.cursor ?? null,
      endCursor: page.at(-1)?.cursor ?? null,
    };
    const nodeOf = (event: object, within: SelectionSetNode[]): unknown =>
      this.each('VisibilityChange', within, (field) => (event as Record<string, Value>)[field.name.value] ?? null);
    return this.each('VisibilityChangeConnection', inner, (field, _args, below) => {
      switch (field.name.value) {
        case 'totalCount':
          return events.length;
        case 'pageInfo':
          return this.each('PageInfo', below, ({ name }) => info[name.value as keyof typeof info]);
        case 'nodes':
          return page.map(({ event }) => nodeOf(event, below));
        default:
          return page.map(({ event, cursor }) =>
            this.each('VisibilityChangeEdge', below, ({ name }, _none, deeper) =>
              name.value === 'cursor' ? cursor : nodeOf(event, deeper),
            ),
          );
      }
    });
  }

  /** A small value that has no id, such as a source of funding. */
  private value(type: string, name: string, value: Record<string, Value>, inner: SelectionSetNode[]): unknown {
    const valueType = getNamedType(this.fieldOf(type, name).type).name;
    return this.each(valueType, inner, (field) => value[field.name.value] ?? null);
  }

  private connection(type: TypeName, all: readonly Row[], args: Variables, inner: SelectionSetNode[]): unknown {
    const rows = ordered(this.evaluator.found(type, all, args['where']), args['orderBy']);
    const page = pageOf(rows, args, this.cursors);
    const nodes = (within: SelectionSetNode[]): unknown[] => page.rows.map((row) => this.object(type, row, within));
    return this.each(`${type}Connection`, inner, (field, facetArgs, below) => {
      switch (field.name.value) {
        case 'totalCount':
          return rows.length;
        case 'pageInfo':
          return this.each('PageInfo', below, ({ name }) => page.info[name.value as keyof typeof page.info]);
        case 'nodes':
          return nodes(below);
        case 'facets':
          return (facetArgs['by'] as string[]).map((by) =>
            this.told('Facet', this.counter.facet(type, rows, by, facetArgs['first'] as number), below),
          );
        default:
          return page.rows.map((row) =>
            this.each(`${type}Edge`, below, ({ name }, _none, deeper) =>
              name.value === 'cursor' ? new Cursor(row.id) : this.object(type, row, deeper),
            ),
          );
      }
    });
  }

  /** Each field that is asked of an object of a type, under the name that was asked for. */
  private each(
    type: string,
    selections: readonly SelectionSetNode[],
    resolve: (field: FieldNode, args: Variables, inner: SelectionSetNode[]) => unknown,
  ): Record<string, unknown> {
    const merged = new Map<string, FieldNode[]>();
    for (const selection of selections) this.collect(type, selection, merged);
    return Object.fromEntries(
      [...merged].map(([key, fields]) => {
        const [field] = fields as [FieldNode, ...FieldNode[]];
        if (field.name.value === '__typename') return [key, type];
        const args = getArgumentValues(this.fieldOf(type, field.name.value), field, this.variables);
        const inner = fields.flatMap((one) => one.selectionSet ?? []);
        const value = resolve(field, args, inner);
        if (value !== null && !isEmpty(value)) this.answered.add(`${type}.${field.name.value}`);
        return [key, value];
      }),
    );
  }

  private collect(type: string, selections: SelectionSetNode, into: Map<string, FieldNode[]>): void {
    const applies = (condition: string | undefined): boolean =>
      condition === undefined || condition === type || condition === 'Node';
    for (const selection of selections.selections) {
      if (selection.kind === Kind.FIELD) {
        const key = selection.alias?.value ?? selection.name.value;
        into.set(key, [...(into.get(key) ?? []), selection]);
      } else if (selection.kind === Kind.INLINE_FRAGMENT) {
        if (applies(selection.typeCondition?.name.value)) this.collect(type, selection.selectionSet, into);
      } else {
        const fragment = this.fragments.get(selection.name.value)!;
        if (applies(fragment.typeCondition.name.value)) this.collect(type, fragment.selectionSet, into);
      }
    }
  }

  private typeOf(type: string, field: FieldNode): string {
    return getNamedType(this.fieldOf(type, field.name.value).type).name;
  }

  private fieldOf(type: string, name: string) {
    const found = this.schema.getType(type);
    const field = isObjectType(found) ? found.getFields()[name] : undefined;
    if (!field) throw new Error(`${type}.${name} is not in the schema.`);
    return field;
  }
}

const byId = (one: Row, other: Row): number => (one.id < other.id ? -1 : 1);

/** "The newest first is the default where newest means something to a person", in lists of all of a type and of what is mine. */
const newest: Partial<Record<TypeName, string>> = {
  Project: 'CREATED_AT',
  Session: 'STARTED_AT',
  Publication: 'PUBLISHED_ON',
};

function newestFirst(type: TypeName, args: Variables): Variables {
  const field = newest[type];
  if (field === undefined || (args['orderBy'] as unknown[] | undefined)?.length) return args;
  return { ...args, orderBy: [{ field, direction: 'DESC', nulls: 'LAST' }] };
}

function isEmpty(value: unknown): boolean {
  return (Array.isArray(value) && value.length === 0) || (value instanceof InAnyOrder && value.values.size === 0);
}
