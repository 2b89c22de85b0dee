import type { Asking, Data, Question } from './asking';
import { compare, type Read } from './reads';
import type { Listed, Truth } from './truth';

/** A list through which pages are turned. */
interface Book {
  name: string;
  /** What stands around the list: nothing, or the project that has it. */
  projectId?: string;
  orderBy?: object[];
  listed: Listed;
  /** What of a row stands in its cursor, before its id. */
  keys?: (row: Record<string, unknown>) => unknown[];
}

interface Page {
  nodes: { id: string }[];
  pageInfo: { endCursor: string; hasNextPage: boolean; hasPreviousPage: boolean };
}

const size = 10;

const keyOf = (value: unknown): unknown => (value instanceof Date ? value.toISOString() : value);

const newestFirst: Pick<Book, 'listed' | 'keys'> = {
  listed: { table: 'session', orderBy: 'x.started_at DESC NULLS LAST, x.id DESC' },
  keys: (row) => [keyOf(row['started_at'])],
};
const byName: Pick<Book, 'orderBy' | 'listed' | 'keys'> = {
  orderBy: [{ field: 'NAME' }],
  listed: { table: 'session', orderBy: 'folded(x.name), x.id' },
  keys: (row) => [(row['name'] as string).toLowerCase()],
};

/** The books: all sessions, and those of one large project, as they are and by what people order them. All of them begin with the newest. */
export function books(projectId: string): Book[] {
  const where = `EXISTS (SELECT 1 FROM project_session o WHERE o.session_id = x.id AND o.project_id = '${projectId}')`;
  const ofProject = (book: Book): Book => ({ ...book, projectId, listed: { ...book.listed, where } });
  return [
    { name: 'all sessions, as they are', ...newestFirst },
    { name: 'all sessions, by name', ...byName },
    ofProject({ name: 'sessions of a project, as they are', listed: { table: 'session', orderBy: 'x.id' } }),
    ofProject({
      name: 'sessions of a project, the newest first',
      orderBy: [{ field: 'STARTED_AT', direction: 'DESC' }],
      ...newestFirst,
    }),
    ofProject({ name: 'sessions of a project, by name', ...byName }),
  ];
}

/** A page from the start and one deep inside, and the same from the end, with what has to be on it. */
export async function pagesOf(
  book: Book,
  deepest: number,
  asking: Asking,
  truth: Truth,
  asMember: boolean,
): Promise<Read[]> {
  const total = await truth.count(book.listed, asMember);
  const deep = Math.min(deepest, Math.floor(total / size));
  const skipped = (deep - 1) * size;
  const first = pageAt(await asking.ask(questionFor(book, { first: 1 }, asMember)), book);
  const cursorAt = async (place: number): Promise<string> => {
    const [row] = await truth.rows(book.listed, asMember, place, 1);
    const [digest] = (JSON.parse(Buffer.from(first.pageInfo.endCursor, 'base64url').toString()) as unknown[]).slice(
      (book.keys ? 1 : 0) + 1,
    );
    const values = [...(book.keys?.(row!) ?? []), row!['id'], ...(digest === undefined ? [] : [digest])];
    return Buffer.from(JSON.stringify(values)).toString('base64url');
  };
  const read = (name: string, args: object, from: number): Read => ({
    name: `${book.name}: ${name}`,
    question: questionFor(book, args, asMember),
    check: async (data, itsTruth) => {
      const { nodes, pageInfo } = pageAt(data, book);
      const expected = await itsTruth.rows(book.listed, asMember, from, size);
      const lies = [from > 0, from + size < total];
      compare(
        name,
        [nodes.map(({ id }) => id), pageInfo.hasPreviousPage, pageInfo.hasNextPage],
        [expected.map(({ id }) => id), ...lies],
      );
    },
  });
  return [
    read('page 1', { first: size }, 0),
    read(`page ${deep}`, { first: size, after: await cursorAt(skipped - 1) }, skipped),
    read('page 1 from the end', { last: size }, total - size),
    read(`page ${deep} from the end`, { last: size, before: await cursorAt(total - skipped) }, total - skipped - size),
  ];
}

function questionFor({ projectId, orderBy }: Book, args: object, asMember: boolean): Question {
  const list = `sessions(orderBy: $orderBy, first: $first, last: $last, after: $after, before: $before) { nodes { id name } pageInfo { endCursor hasNextPage hasPreviousPage } }`;
  const given = '$orderBy: [SessionOrder!], $first: Int, $last: Int, $after: String, $before: String';
  return {
    query: projectId ? `query (${given}, $id: ID!) { project(id: $id) { ${list} } }` : `query (${given}) { ${list} }`,
    variables: { orderBy, ...args, ...(projectId && { id: projectId }) },
    asMember,
  };
}

function pageAt(data: Data, { projectId }: Book): Page {
  return (projectId ? (data['project'] as Data)['sessions'] : data['sessions']) as Page;
}
