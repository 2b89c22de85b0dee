import {
  getNamedType,
  getNullableType,
  isAbstractType,
  isLeafType,
  isListType,
  isObjectType,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';

/** One field of an object that leads to others. */
export interface Step {
  /** The type that has the field, and the type that it leads to. */
  from: string;
  to: string;
  field: string;
  /** A connection, a list without pages, or one object. */
  kind: 'page' | 'list' | 'one';
}

/** A list of the schema, and the shortest way from what it holds back to the object that has the list. */
export interface Cycle {
  name: string;
  /** Taken once, where the list is one of `Query`. */
  entry: Step | undefined;
  /** Leads from a type to itself; can be taken again and again. */
  steps: readonly Step[];
}

/** Every list of the graph from whose objects a way leads back to it. */
export function cyclesOf(schema: GraphQLSchema): Cycle[] {
  const steps = objectTypes(schema).flatMap((type) => stepsOf(schema, type));
  const lists = steps.filter(({ kind }) => kind !== 'one');
  return lists.flatMap((list): Cycle[] => {
    const name = `${list.from}.${list.field}`;
    if (list.from === 'Query') {
      const own = steps.find(({ from, kind }) => from === list.to && kind !== 'one');
      const way = own && wayBack(steps, own);
      return own && way ? [{ name, entry: list, steps: [own, ...way] }] : [];
    }
    const way = wayBack(steps, list);
    return way ? [{ name, entry: undefined, steps: [list, ...way] }] : [];
  });
}

/** The fields of a type that are plain values, and need no argument. */
export function valuesOf(schema: GraphQLSchema, type: string): string[] {
  const found = schema.getType(type) as GraphQLObjectType;
  const fields = Object.values(found.getFields());
  return fields.filter((one) => isLeafType(getNamedType(one.type)) && one.args.length === 0).map(({ name }) => name);
}

function objectTypes(schema: GraphQLSchema): GraphQLObjectType[] {
  const types = Object.values(schema.getTypeMap()).filter(isObjectType);
  return types.filter((type) => type.name === 'Query' || type.getInterfaces().some(({ name }) => name === 'Node'));
}

function stepsOf(schema: GraphQLSchema, type: GraphQLObjectType): Step[] {
  return Object.values(type.getFields()).flatMap((field) => {
    if (type.name === 'Query' && !getNamedType(field.type).name.endsWith('Connection')) return [];
    return targetsOf(schema, field).map((to): Step => ({
      from: type.name,
      to,
      field: field.name,
      kind: kindOf(field),
    }));
  });
}

function kindOf({ type }: GraphQLField<unknown, unknown>): Step['kind'] {
  if (getNamedType(type).name.endsWith('Connection')) return 'page';
  return isListType(getNullableType(type)) ? 'list' : 'one';
}

/** The types with ids that a field leads to. */
function targetsOf(schema: GraphQLSchema, field: GraphQLField<unknown, unknown>): string[] {
  const found = getNamedType(field.type);
  const nodes = isObjectType(found) && kindOf(field) === 'page' ? found.getFields()['nodes'] : undefined;
  const target = nodes ? getNamedType(nodes.type) : found;
  const types = isAbstractType(target) ? schema.getPossibleTypes(target) : isObjectType(target) ? [target] : [];
  return types.filter((type) => type.getInterfaces().some(({ name }) => name === 'Node')).map(({ name }) => name);
}

/** The shortest way from the end of a step to its beginning; of several, the one with more lists. */
function wayBack(steps: readonly Step[], { from: goal, to: start }: Step): Step[] | undefined {
  if (start === goal) return [];
  const isList = ({ kind }: Step): number => (kind === 'one' ? 0 : 1);
  const ordered = [...steps].sort((one, other) => isList(other) - isList(one));
  const seen = new Set([start]);
  let ways: Step[][] = ordered.filter(({ from }) => from === start).map((step) => [step]);
  while (ways.length > 0) {
    const found = ways.find((way) => way.at(-1)!.to === goal);
    if (found) return found;
    ways = ways.flatMap((way) => {
      const { to } = way.at(-1)!;
      if (seen.has(to)) return [];
      seen.add(to);
      return ordered.filter(({ from }) => from === to).map((step) => [...way, step]);
    });
  }
  return undefined;
}
