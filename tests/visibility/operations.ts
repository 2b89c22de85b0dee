import type { TypeName, World } from '../world/world';
import { graph } from './graph';
import { reach } from './reach';
import type { EdgeField, ServedSchema } from './schema';

/** One request, and the name by which a failure tells of it. */
export interface Operation {
  name: string;
  query: string;
  variables?: Record<string, unknown>;
}

/** How many ids `nodes` takes at once. */
const mostIds = 100;

/** The operations that a schema allows in a world, made from the schema: nothing of it is listed by hand. */
export class Operations {
  private readonly longest = new Map<string, number>();

  constructor(
    readonly served: ServedSchema,
    readonly world: World,
  ) {}

  /**
   * Every field over every pair of adjacent edges: from all objects of a type that there are, hidden or not, along each
   * edge and then along each edge from there, with everything that the objects on the way have.
   */
  everyPairOfEdges(): Operation[] {
    return this.served
      .nodeTypes()
      .flatMap((type) => this.served.edgesOf(type).flatMap((edge, index) => this.along(type, edge, index % 2 === 0)));
  }

  /** One edge, from all objects of its type that there are, and every edge that goes on from there. */
  along(type: TypeName, edge: EdgeField, viaEdges = false): Operation[] {
    const onwards = this.served
      .edgesOf(edge.target)
      .map((next, place) =>
        this.follow(edge.target, next, `__typename ${this.served.plainFieldsOf(next.target)}`, place % 2 === 0),
      );
    const selection = [this.served.plainFieldsOf(edge.target), ...onwards].join(' ');
    return this.everyObject(type, `${type}.${edge.name}`, this.follow(type, edge, selection, viaEdges));
  }

  /** Everything that objects of each type have themselves, asked of all that there are, hidden or not. */
  everyObjectItself(): Operation[] {
    return this.served.nodeTypes().flatMap((type) => this.itself(type));
  }

  itself(type: TypeName): Operation[] {
    return this.everyObject(type, type, this.served.plainFieldsOf(type));
  }

  /** The list of everything of a type, with what its objects have and the ids of what they lead to. */
  everyList(): Operation[] {
    return this.served.listFields().flatMap((list) => [this.list(list, true), this.list(list, false)]);
  }

  list(list: EdgeField, viaEdges: boolean): Operation {
    const { name, target } = list;
    const onwards = this.served.edgesOf(target).map((edge) => this.follow(target, edge, 'id', viaEdges));
    const selection = [this.served.plainFieldsOf(target), ...onwards].join(' ');
    return {
      name: `${name} > ${viaEdges ? 'edges' : 'nodes'}`,
      query: `{ ${this.follow('Query', list, selection, viaEdges)} }`,
    };
  }

  /** Each by-id field (and `node`) for every object of its type in one request, hidden ones among visible ones. */
  everyId(): Operation[] {
    return [
      ...this.served.byIdFields().map((field) => this.byId(field.name, field.target)),
      ...this.served.nodeTypes().map((type) => this.byId('node', type)),
    ];
  }

  /** What should be looked at before each project is published, in one request; with as much as is told to everybody. */
  everyReadiness(): Operation[] {
    const asked = this.idsOf('Project').map(
      (id, index) =>
        `a${index}: publishReadiness(projectId: "${id}") { severity code message path count object { id __typename } }`,
    );
    return [{ name: 'publishReadiness', query: `{ ${asked.join(' ')} }` }];
  }

  byId(field: string, type: TypeName): Operation {
    const selection = `id ... on ${type} { ${this.served.plainFieldsOf(type)} }`;
    const aliased = this.idsOf(type).map((id, index) => `a${index}: ${field}(id: "${id}") { ${selection} }`);
    return { name: `${field} > ${type}`, query: `{ ${aliased.join(' ')} }` };
  }

  /** All objects of a type that there are, through `nodes`. */
  everyObject(type: TypeName, name: string, selection: string): Operation[] {
    const ids = this.idsOf(type);
    const chunks = Array.from({ length: Math.ceil(ids.length / mostIds) }, (_, index) =>
      ids.slice(index * mostIds, (index + 1) * mostIds),
    );
    return chunks.map((chunk) => ({
      name: `nodes > ${name}`,
      query: `query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id ... on ${type} { ${selection} } } }`,
      variables: { ids: chunk },
    }));
  }

  /** An edge with something selected at its far end; of a connection, one page that holds all there is. */
  follow(type: TypeName | 'Query', edge: EdgeField, selection: string, viaEdges: boolean): string {
    if (!edge.isConnection) return `${edge.name} { ${selection} }`;
    const objects = viaEdges ? `edges { cursor node { ${selection} } }` : `nodes { ${selection} }`;
    const info = 'totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor }';
    return `${edge.name}(first: ${this.longestOf(type, edge) + 1}) { ${info} ${objects} }`;
  }

  /** How many there are at most at the far end of an edge, whoever asks. */
  private longestOf(type: TypeName | 'Query', { name, target }: EdgeField): number {
    if (type === 'Query') return this.world.rows[target].length;
    const key = `${type}.${name}`;
    const edge = graph[type][name];
    if (!edge) throw new Error(`Nothing says where ${key} leads: teach it to graph.ts.`);
    const known = this.longest.get(key);
    const longest =
      known ?? Math.max(0, ...this.world.rows[type].map((row) => reach(this.world, type, row, edge).length));
    this.longest.set(key, longest);
    return longest;
  }

  private idsOf(type: TypeName): string[] {
    return this.world.rows[type].map(({ id }) => id);
  }
}

/** The same in two requests, where one would ask for too much at once. */
export function halves({ name, query, variables }: Operation): [Operation, Operation] {
  const ids = variables?.['ids'] as string[] | undefined;
  if (!ids || ids.length < 2) throw new Error(`${name} asks for too much at once and cannot be split.`);
  const middle = Math.ceil(ids.length / 2);
  const asking = (some: string[]): Operation => ({ name, query, variables: { ...variables, ids: some } });
  return [asking(ids.slice(0, middle)), asking(ids.slice(middle))];
}
