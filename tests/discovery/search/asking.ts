import type { Viewer } from '../../../src/access/viewer';
import type { TestServer } from '../../stage/server';

export interface FoundPage {
  totalCount: { count: number; precision: string };
  suggestion: string | null;
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
  nodes: {
    score: number;
    node: { id: string; __typename: string };
    place: { id: string; __typename: string }[];
    snippet: { field: string; parts: { text: string; isMatch: boolean }[] } | null;
  }[];
}

export const everything =
  'totalCount { count precision } suggestion pageInfo { hasNextPage endCursor } nodes { score node { __typename ... on Node { id } } place { __typename id } snippet { field parts { text isMatch } } }';

const asked = `query ($query: String!, $types: [SearchType!], $where: SearchWhere, $first: Int, $after: String) {
  search(query: $query, types: $types, where: $where, first: $first, after: $after) { ${everything} } }`;

export interface SearchVariables {
  types?: string[];
  where?: object;
  first?: number;
  after?: string;
}

/** What somebody finds. */
export async function find(
  server: TestServer,
  viewer: Viewer,
  query: string,
  variables: SearchVariables = {},
): Promise<FoundPage> {
  const { data, errors } = await server.ask(viewer, asked, { query, ...variables });
  expect(errors).toBeUndefined();
  return data!['search'] as FoundPage;
}

export const idsIn = ({ nodes }: FoundPage): string[] => nodes.map(({ node }) => node.id);
