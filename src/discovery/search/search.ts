import type { Context } from '../../context';
import { badInput } from '../../errors';
import { readPage, writeCursor } from '../../loading/page';
import { typeOfId } from '../../model/ids';
import type { Node } from '../../model/node';
import type { NodeName } from '../../model/types';
import { countOf, type Count } from '../count';
import { ask } from './asking-sql';
import { expand, type Expanded } from './expand';
import { mark, type Marked } from './highlight';
import { parseQuery } from './parse';
import { placeOf } from './place';
import { searchedTypes } from './searchable';
import { countTypes } from './type-counts';
import { countStatement, hitsStatement, type HitRow, type Search } from './statements';
import { suggest } from './suggest';
import { readSearchWhere, searchKey } from './where';

const mostTypes = 100;

export interface SearchArgs {
  query: string;
  types?: readonly NodeName[] | undefined;
  where?: unknown;
  first?: number | null | undefined;
  after?: string | null | undefined;
}

interface Hit {
  node: Node;
  score: number;
  snippet: () => Promise<Marked | null>;
  place: () => Promise<Node[]>;
}

interface Found {
  hits: readonly { hit: Hit; row: HitRow }[];
  hasMore: boolean;
}

/** What a search answers: each part is worked out when it is asked for, and once. Throws BAD_USER_INPUT that names the place. */
export function search(args: SearchArgs, context: Context): object {
  if ((args.types?.length ?? 0) > mostTypes)
    throw badInput(`\`types\` has ${args.types!.length} types, but at most ${mostTypes} are read.`);
  const types = args.types?.length ? searchedTypes.filter((type) => args.types!.includes(type)) : searchedTypes;
  const where = readSearchWhere(args.where);
  const page = readPage(
    { first: args.first ?? null, after: args.after ?? null },
    ['decimal?', 'id'],
    searchKey(args.query, types, where),
  );
  const query = parseQuery(args.query);
  const { access, viewer, snapshot } = context;
  const reader = { access, viewer, snapshot };
  const [score, id] = page.after ?? [];
  const after = page.after && { score: score as number, id: id as string };

  const expanded = once(() => expand(query, reader));
  const found = once(async (): Promise<Found> => {
    const words = await expanded();
    if (!words) return { hits: [], hasMore: false };
    const rows = await ask<HitRow>(snapshot, hitsStatement(asSearch(words), reader, after, page.size + 1));
    return { hits: await hitsOf(rows.slice(0, page.size), words, context), hasMore: rows.length > page.size };
  });
  const asSearch = ({ condition }: Expanded): Search => ({ condition, types, where });
  const searchOf = async (): Promise<Search | undefined> => {
    const words = await expanded();
    return words && asSearch(words);
  };
  const totalCount = once(async (): Promise<Count> => {
    const words = await expanded();
    if (!words) return countOf(0);
    const [row] = await ask<{ count: number; isCut: boolean }>(snapshot, countStatement(asSearch(words), reader));
    return countOf(row!.count, row!.isCut);
  });
  const cursorOf = ({ row }: Found['hits'][number]): string => writeCursor([row.score, row.id], page.of);
  return {
    field: 'Query.search',
    edges: async () => (await found()).hits.map((one) => ({ cursor: () => cursorOf(one), node: one.hit })),
    nodes: async () => (await found()).hits.map(({ hit }) => hit),
    pageInfo: async () => {
      const { hits, hasMore } = await found();
      const ends = [hits[0], hits.at(-1)].map((one) => (one ? cursorOf(one) : null));
      return { hasNextPage: hasMore, hasPreviousPage: after !== undefined, startCursor: ends[0], endCursor: ends[1] };
    },
    totalCount,
    typeCounts: once(() => countTypes(searchOf, reader)),
    searchOf,
    suggestion: async () => {
      const { hits, hasMore } = await found();
      return hits.length > 0 || hasMore || after ? null : suggest(args.query, query, snapshot);
    },
  };
}

/** What the viewer is handed of the objects that were found: what they see of each is asked once more where it is read. */
async function hitsOf(rows: readonly HitRow[], words: Expanded, context: Context): Promise<Found['hits']> {
  const { loaders, snapshot } = context;
  const nodes = await Promise.all(rows.map(async ({ id }) => loaders.visible(typeOfId(id)!).load(id)));
  const marked = once(() =>
    mark(
      nodes.filter((node) => node !== null),
      words.marks,
      snapshot,
    ),
  );
  let shown = 0;
  return rows.flatMap((row, index) => {
    const node = nodes[index];
    if (!node) return [];
    const place = shown++;
    const snippet = async (): Promise<Marked | null> => (await marked())[place]!;
    return [{ row, hit: { node, score: row.score, snippet, place: once(() => placeOf(node, context)) } }];
  });
}

function once<T>(work: () => Promise<T>): () => Promise<T> {
  let done: Promise<T> | undefined;
  return () => (done ??= work());
}
