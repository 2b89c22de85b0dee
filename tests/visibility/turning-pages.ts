import type { TypeName } from '../world/world';
import { graph } from './graph';
import { reach } from './reach';
import type { EdgeField } from './schema';
import type { Asking } from './stage';

/** A connection as one viewer finds it: where it hangs, and the ids that all its pages together must hold, in order. */
export interface Book {
  name: string;
  ids: string[];
  ask: (page: string) => string;
  read: (data: Data) => Page;
}

type Data = Record<string, unknown>;

interface Page {
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null };
  edges: { cursor: string; node: { id: string } }[];
}

const asked = 'totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor } edges { cursor node { id } }';

/** Every connection of the schema: each list of all there is, and each edge from the object where the viewer finds most. */
export function booksOf(asking: Asking): Book[] {
  const { served, world } = asking.stage.operations;
  const lists = served.listFields().map(({ name, target }) => ({
    name,
    ids: visible(asking, target, world.rows[target]),
    ask: (page: string) => `{ ${name}(${page}) { ${asked} } }`,
    read: (data: Data) => data[name] as Page,
  }));
  const edges = served
    .nodeTypes()
    .flatMap((type) =>
      served.edgesOf(type).flatMap((edge) => (edge.isConnection ? (thickest(asking, type, edge) ?? []) : [])),
    );
  return [...lists, ...edges];
}

function thickest(asking: Asking, type: TypeName, { name, target }: EdgeField): Book | undefined {
  const { world } = asking.stage.operations;
  const edge = graph[type][name]!;
  const books = world.rows[type]
    .filter((row) => asking.oracle.sees(type, row) && asking.oracle.seesField(type, row, name))
    .map((row): Book => ({
      name: `${type}.${name}`,
      ids: visible(asking, target, reach(world, type, row, edge)),
      ask: (page) => `{ node(id: "${row.id}") { ... on ${type} { ${name}(${page}) { ${asked} } } } }`,
      read: (data) => (data['node'] as Data)[name] as Page,
    }));
  return books.sort((one, other) => other.ids.length - one.ids.length)[0];
}

function visible(asking: Asking, type: TypeName, rows: Asking['oracle']['world']['rows'][TypeName]): string[] {
  return rows.filter((row) => asking.oracle.sees(type, row)).map(({ id }) => id);
}

/** Turns all pages, forwards and backwards, and says what is wrong with any of them or with all together. */
export async function turnPages(asking: Asking, book: Book, size: number): Promise<string[]> {
  return [...(await turn(asking, book, size, false)), ...(await turn(asking, book, size, true))];
}

async function turn(asking: Asking, { name, ids, ask, read }: Book, size: number, fromEnd: boolean): Promise<string[]> {
  const faults: string[] = [];
  const found: string[] = [];
  let page = fromEnd ? `last: ${size}` : `first: ${size}`;
  for (let turned = 0; turned <= ids.length; turned += 1) {
    const answer = await asking.answer({ name: `${name} ${page}`, query: ask(page) });
    faults.push(...answer.faults);
    if (answer.faults.length > 0) return faults;
    const { pageInfo, edges } = read(answer.data as Data);
    const here = edges.map(({ node }) => node.id);
    if (fromEnd) found.unshift(...here);
    else found.push(...here);
    if ((fromEnd ? pageInfo.hasNextPage : pageInfo.hasPreviousPage) !== found.length > here.length)
      faults.push(`${asking.name}: ${name}: a page does not tell what lies behind it`);
    if (!(fromEnd ? pageInfo.hasPreviousPage : pageInfo.hasNextPage)) break;
    page = fromEnd
      ? `last: ${size}, before: "${pageInfo.startCursor}"`
      : `first: ${size}, after: "${pageInfo.endCursor}"`;
  }
  const complete = found.length === ids.length && found.every((id) => ids.includes(id));
  return complete ? faults : [...faults, `${asking.name}: ${name}: all pages hold ${found.length} of ${ids.length}`];
}
