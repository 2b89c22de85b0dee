import { Column, ForeignKey, Index } from 'typeorm';
import type { GraphQLResolveInfo } from 'graphql';
import { Args, Ctx, Field, Info, type ClassType } from 'type-graphql';
import type { Context } from '../context';
import { resolveConnection, resolveReference } from '../loading/resolve';
import { mostNamed } from './bounds';
import { connectionOf, PageArgs } from './connection';
import type { NodeName } from './ids';
import type { LinkTable } from './links';
import { nameOf, type NodeClass } from './node';

/**
 * An edge of the graph: a field that leads from one object to others. How it is found is said here; whether what it
 * leads to may be seen is said in access/.
 */
export type Edge =
  | {
      kind: 'reference';
      owner: NodeClass;
      field: string;
      column: string;
      target: () => NodeClass;
      /** Whether the column must hold a value. */
      required: boolean;
      /** Whether seeing this object means seeing the other: then it is what this one belongs to. */
      alwaysVisible: boolean;
    }
  | {
      kind: 'connection';
      owner: NodeClass;
      field: string;
      target: () => NodeClass;
      /** Where the far ends are found: by their column that names the owner, or through a join table. */
      by: { column: string } | { link: LinkTable };
      /** Properties of the far end that order it; the id always breaks ties. A join table's own order comes first. */
      orderBy: readonly string[];
      few: boolean;
      mostNamed: number;
    };

export type ReferenceEdge = Extract<Edge, { kind: 'reference' }>;
export type ManyEdge = Exclude<Edge, { kind: 'reference' }>;

const edges: Edge[] = [];

export function allEdges(): readonly Edge[] {
  return edges;
}

interface ReferenceOptions {
  /** The GraphQL field's name; by default the property's name without `Id`. */
  field?: string;
  /** Whether the column must hold a value. */
  required?: boolean;
  /** Whether the field is never null: only where seeing this object means seeing the other. */
  alwaysVisible?: boolean;
  /** The field that shows it, where several columns are shown by one: then it has none of its own. */
  behind?: string;
  /** What happens to this row when the other is deleted; `covered` where a composite foreign key of the class says so. */
  onDelete?: 'CASCADE' | 'SET NULL' | 'NO ACTION' | 'covered';
}

/** A foreign key column, and the field that follows it. */
export function RefersTo(
  target: () => NodeClass,
  description: string,
  options: ReferenceOptions = {},
): PropertyDecorator {
  const { required = false, alwaysVisible = false, onDelete = required ? 'CASCADE' : 'SET NULL' } = options;
  return (prototype, property) => {
    const column = property as string;
    const field = options.field ?? column.replace(/Id$/, '');
    const owner = prototype.constructor as NodeClass;
    Column('uuid', { nullable: !required })(prototype, column);
    if (onDelete !== 'covered') ForeignKey(target as never, { onDelete })(prototype, column);
    Index()(prototype, column);
    const edge: ReferenceEdge = { kind: 'reference', owner, field, column, target, required, alwaysVisible };
    edges.push(edge);
    if (options.behind !== undefined) return;
    defineField(prototype, field, target, { description, nullable: !alwaysVisible }, (parent, context) =>
      resolveReference(edge, parent, context),
    );
  };
}

type ManyOptions = ({ by: string } | { through: () => LinkTable }) & {
  orderBy?: readonly string[];
  /** Whether there are a handful at most in nearly every case: for the estimate of what a query costs. */
  few?: boolean;
  /** How many of them one write may name, where the list is written as a part of its owner. */
  mostNamed?: number;
};

function defineMany(prototype: object, field: string, target: () => NodeClass, options: ManyOptions): ManyEdge {
  const edge: ManyEdge = {
    kind: 'connection',
    owner: prototype.constructor as NodeClass,
    field,
    target,
    get by() {
      return 'by' in options ? { column: options.by } : { link: options.through() };
    },
    orderBy: options.orderBy ?? [],
    few: options.few ?? false,
    mostNamed: options.mostNamed ?? mostNamed,
  };
  edges.push(edge);
  return edge;
}

/**
 * A Relay connection to the objects at the far end. There is no plain list of objects: what grows has pages, and a limit on
 * a list of which entries may be hidden would tell, once it is reached, how many are.
 */
export function ConnectionOf(
  target: () => NodeClass,
  options: ManyOptions & { nullable?: boolean },
  description: string,
): PropertyDecorator {
  return (prototype, property) => {
    const field = property as string;
    const edge = defineMany(prototype, field, target, options);
    const field_ = { description, nullable: options.nullable ?? false };
    Args(() => PageArgs)(prototype, field, 2);
    defineField(
      prototype,
      field,
      () => connectionOf(target()),
      field_,
      (parent, context, info, page) => resolveConnection(edge, parent, page, context, info),
    );
  };
}

/** A field that is computed from others, without a column of its own. */
export function Computed(
  type: () => unknown,
  options: { description: string; nullable?: boolean },
  resolve: (parent: never, context: Context) => unknown,
): PropertyDecorator {
  return (prototype, property) =>
    defineField(prototype, property as string, type, options, resolve as unknown as FieldResolver);
}

/** A connection that is read in a way of its own. */
export function ComputedConnection(
  of: () => ClassType<object>,
  options: { description: string; nullable?: boolean },
  resolve: (parent: never, page: PageArgs, context: Context) => unknown,
): PropertyDecorator {
  return (prototype, property) => {
    Args(() => PageArgs)(prototype, property, 2);
    defineField(
      prototype,
      property as string,
      () => connectionOf(of()),
      options,
      (parent, context, _info, page) => resolve(parent as never, page, context),
    );
  };
}

type FieldResolver = (
  parent: Record<string, unknown>,
  context: Context,
  info: GraphQLResolveInfo,
  page: PageArgs,
) => unknown;

/** Defines a resolver method on the model's prototype, as if it stood in the class body. */
function defineField(
  prototype: object,
  field: string,
  type: () => unknown,
  options: { description: string; nullable?: boolean },
  resolve: FieldResolver,
): void {
  const descriptor: PropertyDescriptor = {
    value(this: Record<string, unknown>, context: Context, info: GraphQLResolveInfo, page: PageArgs) {
      return resolve(this, context, info, page);
    },
    configurable: true,
    writable: true,
  };
  Object.defineProperty(prototype, field, descriptor);
  Ctx()(prototype, field, 0);
  Info()(prototype, field, 1);
  Field(type as never, options)(prototype, field, descriptor as never);
}

/** Whether a list is said by the object that it is on, rather than by the objects that it leads to. */
export function isWrittenAt({ by, owner }: ManyEdge): boolean {
  return 'link' in by && by.link.ends[0].type() === owner;
}

/** The edge behind a field of a type. */
export function edgeOf(type: NodeName, field: string): Edge {
  const edge = edges.find((one) => nameOf(one.owner) === type && one.field === field);
  if (!edge) throw new Error(`${type}.${field} is not an edge.`);
  return edge;
}

/** Whether a connection usually holds a handful at most. */
export function isUsuallyShort(type: string, field: string): boolean {
  return edges.some((one) => one.kind === 'connection' && one.few && nameOf(one.owner) === type && one.field === field);
}

/** The edge behind a connection. */
export function manyEdgeOf(type: NodeName, field: string): ManyEdge {
  const edge = edgeOf(type, field);
  if (edge.kind === 'reference') throw new Error(`${type}.${field} leads to a single object.`);
  return edge;
}
