import {
  getArgumentValues,
  getNamedType,
  getNullableType,
  GraphQLError,
  isInterfaceType,
  isIntrospectionType,
  isListType,
  isObjectType,
  Kind,
  SchemaMetaFieldDef,
  TypeMetaFieldDef,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionNode,
} from 'graphql';
import type { RequestLimits } from '../budget/limits';
import { asRefusal, noOperation, tooLarge } from '../errors';
import { readSearchWhere } from '../discovery/search/where';
import { readFind } from '../finding/find';
import type { Where } from '../finding/where';
import { readSize, type PageSize } from '../loading/page';
import { isUsuallyShort } from '../model/edges';
import type { NodeName } from '../model/ids';
import { priceOf } from '../model/price';
import { isJson } from '../model/scalars';
import { isIncluded } from '../planning/selections';
import { sizesOfIntrospection } from './introspection-sizes';
import { readVariables } from './variables';

/** How long a list likely is that has no pages, or a page of which no size is said where there are few; and a JSON object. */
const likelyObjects = 5;
const likelyValues = 3;
const likelyInJson = 10;

/** A filter looks, for what may be many more objects than it finds, at a value for each condition, and at others for each step. */
const valuesOfCondition = 10;
const valuesOfStep = 100;

/** What a query could cost at most; each part counts what is selected, through fragments and under every alias. */
export interface Cost {
  depth: number;
  nodes: number;
  values: number;
  connections: number;
}

/**
 * Refuses a query that is too deep or could return too much, and one whose variables do not fit, before anything is read.
 * Throws QUERY_TOO_LARGE or BAD_USER_INPUT.
 */
export function checkLimits(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Record<string, unknown>,
  limits: RequestLimits,
): Cost {
  try {
    const cost = new Estimate(schema, document, readVariables(schema, operation, variables)).of(operation);
    const { depth, nodes, values, connections } = cost;
    if (depth > limits.depth) {
      throw tooLarge(
        `This query nests ${depth} levels deep, but at most ${limits.depth} are answered: split it in two.`,
      );
    }
    refuseAbove(limits.objects, nodes, 'objects', 'ask for smaller pages (`first`) or nest fewer of them');
    refuseAbove(limits.values, values, 'values', 'ask for fewer fields or smaller pages (`first`)');
    if (connections > limits.connections) {
      throw tooLarge(
        `This query opens ${connections} connections, but at most ${limits.connections} are looked up at once: split it in two.`,
      );
    }
    return cost;
  } catch (error) {
    // graphql-js says without a code that an argument, such as a variable that is null, does not fit.
    if (error instanceof GraphQLError) throw asRefusal(error, 'BAD_USER_INPUT');
    throw error;
  }
}

function refuseAbove(most: number, count: number, what: string, advice: string): void {
  if (count <= most) return;
  const howMany = count < 1e9 ? count : 'more than a billion';
  throw tooLarge(`This query could return ${howMany} ${what}, but at most ${most} are looked up at once: ${advice}.`);
}

/** Where a selection stands: the page of the connection that it is made on, and whether there are many of its parent. */
interface Place {
  page: number | undefined;
  many: boolean;
  /** How many values or groups the field that counts asked to be told of. */
  told?: number | undefined;
}

class Estimate {
  private readonly fragments = new Map<string, FragmentDefinitionNode>();
  /** Each fragment is measured once, however often it is spread: bombs of fragments take no time. */
  private readonly measured = new Map<string, Cost>();

  constructor(
    private readonly schema: GraphQLSchema,
    document: DocumentNode,
    private readonly variables: Record<string, unknown>,
  ) {
    for (const definition of document.definitions) {
      if (definition.kind === Kind.FRAGMENT_DEFINITION) this.fragments.set(definition.name.value, definition);
    }
  }

  of({ operation, selectionSet }: OperationDefinitionNode): Cost {
    const root = this.schema.getRootType(operation);
    if (!root) throw noOperation(`This graph has no ${operation}s.`);
    const cost = this.selections(selectionSet.selections, root, { page: undefined, many: false });
    return { ...cost, values: Math.ceil(cost.values) };
  }

  private selections(selections: readonly SelectionNode[], type: GraphQLNamedType, place: Place): Cost {
    const sum: Cost = { depth: 0, nodes: 0, values: 0, connections: 0 };
    for (const selection of selections) {
      if (!isIncluded(selection, this.variables)) continue;
      const { depth, nodes, values, connections } = this.selection(selection, type, place);
      sum.depth = Math.max(sum.depth, depth);
      sum.nodes += nodes;
      sum.values += values;
      sum.connections += connections;
    }
    return sum;
  }

  private selection(selection: SelectionNode, type: GraphQLNamedType, place: Place): Cost {
    switch (selection.kind) {
      case Kind.FIELD:
        return this.field(selection, type, place);
      case Kind.INLINE_FRAGMENT: {
        const { typeCondition, selectionSet } = selection;
        const narrowed = typeCondition ? this.schema.getType(typeCondition.name.value)! : type;
        return this.selections(selectionSet.selections, narrowed, place);
      }
      case Kind.FRAGMENT_SPREAD: {
        const name = selection.name.value;
        const key = `${name} ${place.page} ${place.many} ${place.told}`;
        const { typeCondition, selectionSet } = this.fragments.get(name)!;
        const cost =
          this.measured.get(key) ??
          this.selections(selectionSet.selections, this.schema.getType(typeCondition.name.value)!, place);
        this.measured.set(key, cost);
        return cost;
      }
    }
  }

  private field(node: FieldNode, type: GraphQLNamedType, place: Place): Cost {
    const field = this.definition(node, type);
    if (!field) return { depth: 0, nodes: 0, values: 1, connections: 0 }; // __typename
    const args = field.args.length > 0 ? getArgumentValues(field, node, this.variables) : {};
    const result = getNamedType(field.type);
    const page = result.name.endsWith('Connection')
      ? pageSize(args, node, isUsuallyShort(type.name, field.name))
      : undefined;
    const asked = filtersOf(page === undefined ? field.extensions['finds'] : result.name, args, node);
    const count = this.count(field, type, args, place);
    const below = node.selectionSet
      ? this.selections(node.selectionSet.selections, result, {
          page,
          many: place.many || count > 1,
          told: 'by' in args ? Math.max(0, args['first'] as number) : isNode(result) ? undefined : place.told,
        })
      : { depth: 0, nodes: 0, values: 0, connections: 0 };
    // The objects of a page are read, and so are counted, whether or not they are selected.
    const isHeavy = priceOf(field).objects !== undefined;
    const own = page ?? ((isNode(result) && !isPartOfConnection(type)) || isHeavy ? count : 0);
    return {
      depth: isIntrospectionType(result) ? 0 : 1 + below.depth,
      nodes: own + count * below.nodes,
      values: weightOf(field) * count * (valuesOf(field, result) + below.values) + valuesOfFilters(asked),
      connections: (page === undefined ? 0 : 1) + sum(asked.map(({ steps }) => steps)) + below.connections,
    };
  }

  private definition(node: FieldNode, type: GraphQLNamedType): GraphQLField<unknown, unknown> | undefined {
    const name = node.name.value;
    if (name === SchemaMetaFieldDef.name) return SchemaMetaFieldDef;
    if (name === TypeMetaFieldDef.name) return TypeMetaFieldDef;
    return isObjectType(type) || isInterfaceType(type) ? type.getFields()[name] : undefined;
  }

  /** How many results one field has at most, or where nothing says so, likely has. */
  private count(
    field: GraphQLField<unknown, unknown>,
    type: GraphQLNamedType,
    args: Record<string, unknown>,
    { page, many, told }: Place,
  ): number {
    const size = isIntrospectionType(type) && sizesOfIntrospection(this.schema)[`${type.name}.${field.name}`];
    if (size) return many ? size.average : size.most;
    if (!isListType(getNullableType(field.type))) return 1;
    const named = args['ids'] ?? args['by'];
    if (named) return namedIn(named);
    const { objects } = priceOf(field);
    if (objects !== undefined) return told ?? objects;
    if (page !== undefined) return page;
    return isNode(getNamedType(field.type)) ? likelyObjects : likelyValues;
  }
}

/** What a field answers for one by one: ids, or facets, of one type or of several. */
function namedIn(named: unknown): number {
  if (Array.isArray(named)) return named.length;
  return sum(Object.values(named as object).map((some) => (Array.isArray(some) ? some.length : 0)));
}

/** Introspection is answered at one go, in which nobody else is served: so it is held to two fifths. */
function weightOf(field: GraphQLField<unknown, unknown>): number {
  return field === SchemaMetaFieldDef || field === TypeMetaFieldDef ? 2.5 : 1;
}

function valuesOf(field: GraphQLField<unknown, unknown>, named: GraphQLNamedType): number {
  return priceOf(field).values ?? (isJson(named) ? likelyInJson : 1);
}

/** What is asked of the objects that a field finds; of a search, of those of each type. */
function filtersOf(finding: unknown, args: Record<string, unknown>, node: FieldNode): Where[] {
  if (typeof finding !== 'string') return [];
  return refusingAt(node, () => {
    if (finding === 'SearchConnection') return [...readSearchWhere(args['where']).values()];
    const where = readFind(finding.replace(/Connection$/, '') as NodeName, args)?.where;
    return where ? [where] : [];
  });
}

function valuesOfFilters(asked: readonly Where[]): number {
  return sum(
    asked.map(({ conditions, steps, values }) => valuesOfCondition * conditions + valuesOfStep * steps + values),
  );
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);

function refusingAt<T>(node: FieldNode, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw error instanceof GraphQLError ? asRefusal(error, 'BAD_USER_INPUT', node) : error;
  }
}

function pageSize(args: PageSize, node: FieldNode, few: boolean): number {
  const { size } = refusingAt(node, () => readSize(args));
  return few && args.first == null && args.last == null ? likelyObjects : size;
}

function isNode(type: GraphQLNamedType): boolean {
  if (type.name === 'Node') return true;
  return (isObjectType(type) || isInterfaceType(type)) && type.getInterfaces().some(({ name }) => name === 'Node');
}

/** A connection or its edge: what it leads to was counted with its page. */
function isPartOfConnection({ name }: GraphQLNamedType): boolean {
  return name.endsWith('Connection') || name.endsWith('Edge');
}
