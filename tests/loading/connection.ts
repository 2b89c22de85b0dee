import type { DataSource } from 'typeorm';
import { openWire, type Wire } from '../http/wire';
import { createTestDatabase, type TestDatabase } from '../stage/database';
import { Rows } from './rows';

export interface PageOf {
  totalCount: number;
  edges: { cursor: string; node: { id: string } }[];
  nodes: { id: string }[];
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null };
}

export type PageAsked = { first?: number; last?: number; after?: string | null; before?: string | null };

/** A server over a database that is empty before each test. */
export interface Stage {
  dataSource: DataSource;
  wire: Wire;
  rows: Rows;
  /** The SQL statements since the last page was asked for. */
  statements: string[];
}

export function useStage(): Stage {
  const stage = { statements: [] as string[] } as Stage;
  let database: TestDatabase;

  beforeAll(async () => {
    database = await createTestDatabase();
    stage.dataSource = database.dataSource;
    stage.rows = new Rows(database.dataSource);
    stage.wire = await openWire(database.dataSource, { onStatement: (text) => stage.statements.push(text) });
  });

  afterEach(() =>
    database.dataSource.query('TRUNCATE "project", "session", "subject", "species", "public_tally" CASCADE'),
  );

  afterAll(async () => {
    await stage.wire.close();
    await database.drop();
  });
  return stage;
}

const page =
  'totalCount edges { cursor node { id } } nodes { id } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }';
/** A question for a page of a connection, at the root or below an object. */
export const pageQuery = (connection: string, parent?: { field: string; id: string }): string => {
  const field = `${connection}(first: $first, last: $last, after: $after, before: $before) { ${page} }`;
  const body = parent ? `${parent.field}(id: "${parent.id}") { ${field} }` : field;
  return `query ($first: Int, $last: Int, $after: String, $before: String) { ${body} }`;
};

/** A connection, and the way to read pages of it. */
export class Connection {
  constructor(
    private readonly stage: Stage,
    private readonly field: string,
    private readonly parent?: { field: string; id: string },
  ) {}

  async read(asked: PageAsked): Promise<PageOf> {
    this.stage.statements.length = 0;
    const response = await this.stage.wire.ask(pageQuery(this.field, this.parent), asked);
    const { data, errors } = response.json<{ data: Record<string, unknown>; errors?: unknown }>();
    expect(errors).toBeUndefined();
    const holder = this.parent ? (data[this.parent.field] as Record<string, unknown>) : data;
    const found = holder[this.field] as PageOf;
    expect(found.nodes).toEqual(found.edges.map(({ node }) => node));
    expect(found.pageInfo.startCursor).toBe(found.edges[0]?.cursor ?? null);
    expect(found.pageInfo.endCursor).toBe(found.edges.at(-1)?.cursor ?? null);
    return found;
  }

  /** Reads page by page until the end; returns the ids of each page. */
  async walk(size: number, direction: 'first' | 'last'): Promise<string[][]> {
    const pages: string[][] = [];
    for (let cursor: string | null = null; ;) {
      const read: PageOf =
        direction === 'first'
          ? await this.read({ first: size, after: cursor })
          : await this.read({ last: size, before: cursor });
      const { pageInfo } = read;
      const ids = read.nodes.map(({ id }) => id);
      if (direction === 'first') pages.push(ids);
      else pages.unshift(ids);
      cursor = direction === 'first' ? pageInfo.endCursor : pageInfo.startCursor;
      if (!(direction === 'first' ? pageInfo.hasNextPage : pageInfo.hasPreviousPage)) return pages;
    }
  }

  /** Reads the whole in one page. */
  async all(): Promise<string[]> {
    return (await this.read({ first: 100 })).nodes.map(({ id }) => id);
  }
}

export const decode = (cursor: string): unknown => JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));

export async function inSequence<T>(count: number, make: (index: number) => Promise<T>): Promise<T[]> {
  const made: T[] = [];
  for (let index = 0; index < count; index++) made.push(await make(index));
  return made;
}
