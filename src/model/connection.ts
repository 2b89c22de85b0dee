import { ArgsType, Field, Int, ObjectType, type ClassType } from 'type-graphql';
import type { Soon } from './soon';
import type { Node } from './node';
import { Priced } from './price';

/** The arguments of every connection, as the Relay specification names them. */
@ArgsType()
export class PageArgs {
  @Field(() => Int, { nullable: true, description: 'How many to return from the start: 20 if left out, at most 100.' })
  first?: number | null;

  @Field(() => String, {
    nullable: true,
    description: 'Return what comes after this cursor (an `endCursor` of the same connection).',
  })
  after?: string | null;

  @Field(() => Int, {
    nullable: true,
    description: 'How many to return from the end, at most 100. Not together with `first`.',
  })
  last?: number | null;

  @Field(() => String, {
    nullable: true,
    description: 'Return what comes before this cursor (a `startCursor` of the same connection).',
  })
  before?: string | null;
}

@ObjectType({
  description: 'Where a page of a connection lies, as the Relay specification defines it.',
  simpleResolvers: true,
})
export class PageInfo {
  @Field(() => Boolean, { description: 'Whether more visible objects follow this page.' })
  hasNextPage!: boolean;

  @Field(() => Boolean, { description: 'Whether visible objects come before this page.' })
  hasPreviousPage!: boolean;

  @Field(() => String, {
    nullable: true,
    description: 'The cursor of the first object of this page; null when the page is empty.',
  })
  startCursor!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The cursor of the last object of this page; null when the page is empty.',
  })
  endCursor!: string | null;
}

/** What a connection's resolver returns; the fields below are read from it, or called. */
export interface ConnectionValue<T extends object = Node> {
  /** The field that it is the value of, such as `Project.sessions`; for its budget. */
  field?: string;
  edges: () => Soon<{ cursor: () => string; node: T }[]>;
  nodes: () => Soon<T[]>;
  pageInfo: Record<'hasNextPage' | 'hasPreviousPage', () => Soon<boolean>> &
    Record<'startCursor' | 'endCursor', () => Soon<string | null>>;
  totalCount: () => Soon<number>;
}

/** A count looks at everything that it counts. */
const priceOfCount = 10;

const connections = new Map<ClassType<object>, new () => object>();

/** The Connection type of a type (`SessionConnection`), made once. */
export function connectionOf(target: ClassType<object>): new () => object {
  const made = connections.get(target) ?? makeConnection(target);
  connections.set(target, made);
  return made;
}

/** The types that have a connection. */
export function connectedTypes(): ClassType<object>[] {
  return [...connections.keys()];
}

function makeConnection(target: ClassType<object>): new () => object {
  const { name } = target;

  @ObjectType(`${name}Edge`, { description: `One ${name} of a connection, with its cursor.`, simpleResolvers: true })
  class Edge {
    @Field(() => String, { description: 'The cursor of this place, an opaque text for `after` and `before`.' })
    cursor!: string;

    @Field(() => target, { description: `The ${name}.` })
    node!: object;
  }

  @ObjectType(`${name}Connection`, {
    description: `A page of ${name} objects that the viewer may see. What they may not see is absent and uncounted.`,
    simpleResolvers: true,
  })
  class Connection {
    @Field(() => [Edge], { description: 'The objects of this page with their cursors, at most 100.' })
    edges!: Edge[];

    @Field(() => [target], { description: 'The objects of this page without cursors, at most 100.' })
    nodes!: object[];

    @Field(() => PageInfo, { description: 'Where this page lies.' })
    pageInfo!: PageInfo;

    @Priced({ values: priceOfCount })
    @Field(() => Int, { description: 'How many objects all pages together hold for this viewer.' })
    totalCount!: number;
  }
  return Connection;
}
