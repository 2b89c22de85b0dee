import type { TypeName } from '../world/world';
import { graph } from './graph';
import type { Operation } from './operations';
import { reach } from './reach';
import type { Asking } from './stage';

/** The same request twice: once with the id of a hidden object, once with one that no object has. */
export interface Twins {
  name: string;
  hidden: Operation;
  unknown: Operation;
}

/** Every way to ask by id: the type's own field, `node`, `nodes`, and cursors that stand at a hidden object's place. */
export function twinsOf(asking: Asking): Twins[] {
  const { served, world, operations } = asking.stage;
  return served.nodeTypes().flatMap((type) => {
    const hidden = world.rows[type].filter((row) => !asking.oracle.sees(type, row)).slice(0, 1);
    const onwards = served.edgesOf(type).map((edge) => operations.follow(type, edge, 'id', false));
    const selection = `... on ${type} { ${[served.plainFieldsOf(type), ...onwards].join(' ')} }`;
    const visible = world.rows[type].find((row) => asking.oracle.sees(type, row));
    const among = visible ? [visible.id] : [];
    const fields = [...served.byIdFields().filter(({ target }) => target === type), { name: 'node' }];
    return hidden.flatMap(({ id }) => [
      ...fields.map(({ name }) =>
        twins(`${name}(id) of ${type}`, id, (some) => ({ query: `{ ${name}(id: "${some}") { id ${selection} } }` })),
      ),
      twins(`nodes(ids) of ${type}`, id, (some) => ({
        query: `query ($ids: [ID!]!) { nodes(ids: $ids) { id ${selection} } }`,
        variables: { ids: [...among, some, ...among] },
      })),
      ...(type === 'Project' ? projectTwins(id) : []),
      ...cursorTwins(asking, type, id),
    ]);
  });
}

/** What is asked of projects alone. */
function projectTwins(id: string): Twins[] {
  return [
    twins('publishReadiness', id, (some) => ({
      query: `{ publishReadiness(projectId: "${some}") { code path count object { id } } }`,
    })),
    twins('exportProject', id, (some) => ({ query: `{ exportProject(id: "${some}") }` })),
  ];
}

/** Cursors are made of what orders a list; where that is the id alone, one can be made for any id. */
function cursorTwins(asking: Asking, type: TypeName, id: string): Twins[] {
  const { served, world } = asking.stage;
  const page = (name: string, ask: (page: string) => string): Twins[] =>
    ['after', 'before'].map((side) =>
      twins(`${side} in ${name}`, id, (some) => ({
        query: ask(`first: 100, ${side}: "${Buffer.from(JSON.stringify([some])).toString('base64url')}"`),
      })),
    );
  const selection = '{ totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor } nodes { id } }';
  const lists = served
    .listFields()
    .filter(({ target }) => target === type)
    .flatMap(({ name }) => page(name, (args) => `{ ${name}(${args}) ${selection} }`));
  const edges = served.nodeTypes().flatMap((owner) =>
    served.edgesOf(owner).flatMap(({ name, target, isConnection }) => {
      const edge = graph[owner][name]!;
      if (!isConnection || target !== type || (edge.leads === 'back' && edge.order.length > 0)) return [];
      const parent = world.rows[owner].find(
        (row) =>
          asking.oracle.sees(owner, row) &&
          asking.oracle.seesField(owner, row, name) &&
          reach(world, owner, row, edge).some((far) => far.id === id),
      );
      if (!parent) return [];
      return page(
        `${owner}.${name}`,
        (args) => `{ node(id: "${parent.id}") { ... on ${owner} { ${name}(${args}) ${selection} } } }`,
      );
    }),
  );
  return [...lists, ...edges];
}

function twins(name: string, id: string, make: (id: string) => Omit<Operation, 'name'>): Twins {
  return { name, hidden: { name, ...make(id) }, unknown: { name, ...make(neighbour(id)) } };
}

/** An id of the same type that no object has, right beside the other one. */
export function neighbour(id: string): string {
  const last = Number.parseInt(id.slice(-1), 16);
  return `${id.slice(0, -1)}${(last ^ 1).toString(16)}`;
}

/** What a client, or somebody who watches the database, can tell apart: everything but the request's own id and time. */
export async function trailOf(asking: Asking, { query, variables }: Operation): Promise<string> {
  const { server } = asking.stage;
  const before = server.statements.length;
  const { statusCode, body, headers } = await server.send(asking.viewer, query, variables);
  const { 'x-request-id': _id, date: _date, ...rest } = headers;
  return JSON.stringify({ statusCode, body, rest, statements: server.statements.slice(before) });
}
