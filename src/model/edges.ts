import { Column, ForeignKey, Index } from 'typeorm';
import { Arg, Args, Field, type ClassType } from 'type-graphql';
import { mostNamed } from './bounds';
import { connectionOf, PageArgs } from './connection';
import type { NodeName } from './ids';
import type { LinkTable } from './links';
import { nameOf, type NodeClass } from './node';

/**
 * An edge of the graph: a field that leads from one object to others. How it is found is said here; whether what it
 * leads to may be seen is said in access/, and graph/ puts a resolver on it.
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
      /** The field that shows it instead, where several columns are shown by one. */
      behind: string | undefined;
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

/** A field that is computed from others, without a column of its own: in graph/, by the name that it has there. */
export interface ComputedField {
  owner: ClassType<object>;
  field: string;
}

const computed: ComputedField[] = [];

export function computedFields(): readonly ComputedField[] {
  return computed;
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
  /** A property that parts what refers to it in the index, so that of what is public alone no more has to be read. */
  indexedWith?: string;
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
    Index(options.indexedWith === undefined ? [column] : [column, options.indexedWith])(owner);
    const { behind } = options;
    edges.push({ kind: 'reference', owner, field, column, target, required, alwaysVisible, behind });
    if (behind === undefined) Field(target, { description, nullable: !alwaysVisible })(prototype, field);
  };
}

type ManyOptions = ({ by: string } | { through: () => LinkTable }) & {
  orderBy?: readonly string[];
  /** Whether there are a handful at most in nearly every case: for the estimate of what a query costs. */
  few?: boolean;
  /** How many of them one write may name, where the list is written as a part of its owner. */
  mostNamed?: number;
};

function defineMany(owner: NodeClass, field: string, target: () => NodeClass, options: ManyOptions): void {
  edges.push({
    kind: 'connection',
    owner,
    field,
    target,
    get by() {
      return 'by' in options ? { column: options.by } : { link: options.through() };
    },
    orderBy: options.orderBy ?? [],
    few: options.few ?? false,
    mostNamed: options.mostNamed ?? mostNamed,
  });
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
    defineMany(prototype.constructor as NodeClass, property as string, target, options);
    defineConnection(prototype, property as string, target, { description, nullable: options.nullable ?? false });
  };
}

/** What a computed field has to be told. */
interface RequiredArgument {
  name: string;
  type: () => unknown;
  description: string;
}

/** A field that is computed from others, without a column of its own. */
export function Computed(
  type: () => unknown,
  { argument, ...options }: { description: string; nullable?: boolean; argument?: RequiredArgument },
): PropertyDecorator {
  return (prototype, property) => {
    if (argument) {
      const { name, type: ofArgument, description } = argument;
      Arg(name, ofArgument as never, { description })(prototype, property, 0);
    }
    computed.push({ owner: prototype.constructor as ClassType<object>, field: property as string });
    Field(type as never, options)(prototype, property);
  };
}

/** A connection that is read in a way of its own. */
export function ComputedConnection(
  of: () => ClassType<object>,
  options: { description: string; nullable?: boolean },
): PropertyDecorator {
  return (prototype, property) => {
    computed.push({ owner: prototype.constructor as ClassType<object>, field: property as string });
    defineConnection(prototype, property as string, of, options);
  };
}

/** A connection to all objects of a type on which the viewer has a role; on their own account alone. */
export interface HeldConnection {
  owner: NodeClass;
  field: string;
  target: () => NodeClass;
}

const held: HeldConnection[] = [];

export function heldConnections(): readonly HeldConnection[] {
  return held;
}

/** Everything of a type that the viewer has a role on: like the list of all of it, with the same filters and orders. */
export function HeldByViewer(target: () => NodeClass, description: string): PropertyDecorator {
  return (prototype, property) => {
    held.push({ owner: prototype.constructor as NodeClass, field: property as string, target });
    defineConnection(prototype, property as string, target, { description, nullable: true });
  };
}

function defineConnection(
  prototype: object,
  field: string,
  of: () => ClassType<object>,
  options: { description: string; nullable?: boolean },
): void {
  Args(() => PageArgs)(prototype, field, 0);
  Field(() => connectionOf(of()), options)(prototype, field);
}

/** Whether an edge leads to what its owner belongs to: to be seen with it, and never without. */
export function belongsTo(edge: Edge): edge is ReferenceEdge {
  return edge.kind === 'reference' && edge.alwaysVisible && edge.required;
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
