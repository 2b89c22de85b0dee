import { createHash } from 'node:crypto';
import type { PageArgs } from '../model/connection';
import { normalizeId } from '../model/ids';
import { badInput } from '../errors';

export const defaultPageSize = 20;
export const largestPageSize = 100;

/** A page that was asked for, checked: how many, from which end, between which cursors. */
export interface Page {
  size: number;
  fromEnd: boolean;
  after: Cursor | undefined;
  before: Cursor | undefined;
  /** Whether what stands at the cursors is on it too. */
  inclusive?: boolean;
  /** What its list is told apart by from the whole list, where it is not that: its cursors are of no other. */
  of?: string;
}

/** What a page leaves out before what comes after its cursor; and after what comes before it. Nothing of it is read. */
export const upTo = ({ of }: Page, after: Cursor): Page => ({ ...left(of), fromEnd: true, before: after });
export const downTo = ({ of }: Page, before: Cursor): Page => ({ ...left(of), fromEnd: false, after: before });

const left = (of: string | undefined): Omit<Page, 'fromEnd'> => ({
  ...{ size: 0, after: undefined, before: undefined, inclusive: true },
  ...(of !== undefined && { of }),
});

/** Where an object stands in its list: the values that order it, null where there is none, its id last. */
export type Cursor = readonly (string | number | null)[];

/** The kinds of value that order a list, `?` where there may be none; cursors are checked against them. */
export type KeyKind = 'integer' | 'instant' | 'instant?' | 'decimal?' | 'id' | 'text?' | 'day?' | 'count?';

/** How much of a connection was asked for, before it is checked. */
export type PageSize = Pick<PageArgs, 'first' | 'last'>;

/** Reads how much of a connection is asked for; throws BAD_USER_INPUT that says what is wrong and what to send instead. */
export function readSize({ first, last }: PageSize): Pick<Page, 'size' | 'fromEnd'> {
  if (first != null && last != null) throw badInput('`first` and `last` cannot be used together: send one of them.');
  const size = first ?? last ?? defaultPageSize;
  const name = last != null ? 'last' : 'first';
  if (size < 0) throw badInput(`\`${name}\` is ${size}, but it cannot be negative.`);
  if (size > largestPageSize) {
    throw badInput(
      `\`${name}\` is ${size}, but at most ${largestPageSize} can be asked for: read the rest page by page with \`after\`.`,
    );
  }
  return { size, fromEnd: last != null };
}

/**
 * Reads the arguments of a connection; throws BAD_USER_INPUT that says what is wrong and what to send instead.
 *
 * @param found what tells the list that is asked for from others of the same connection
 */
export function readPage(args: PageArgs, kinds: readonly KeyKind[], found?: string): Page {
  const { after, before } = args;
  const of = found === undefined ? undefined : digestOf(found);
  return {
    ...readSize(args),
    after: readCursor('after', after, kinds, of),
    before: readCursor('before', before, kinds, of),
    ...(of !== undefined && { of }),
  };
}

/**
 * A cursor as the graph has it, an opaque text. It holds nothing but what orders the object, all of which its viewer can
 * read, and which of the lists of a connection it is of.
 */
export function writeCursor(cursor: Cursor, of?: string): string {
  return Buffer.from(JSON.stringify(of === undefined ? cursor : [...cursor, of])).toString('base64url');
}

const digestPattern = /^#[\w-]{11}$/;

function digestOf(text: string): string {
  return `#${createHash('sha256').update(text).digest('base64url').slice(0, 11)}`;
}

function readCursor(
  name: string,
  text: string | null | undefined,
  kinds: readonly KeyKind[],
  of: string | undefined,
): Cursor | undefined {
  if (text == null) return undefined;
  const parsed = parse(text);
  const last: unknown = Array.isArray(parsed) ? parsed.at(-1) : undefined;
  const digest = typeof last === 'string' && digestPattern.test(last) ? last : undefined;
  const values: unknown = digest === undefined ? parsed : (parsed as unknown[]).slice(0, -1);
  if (Array.isArray(values) && digest !== of)
    throw badInput(
      `\`${name}\` is a cursor of another list: cursors go on in the list that they came with, under the same \`where\` and \`orderBy\`.`,
    );
  if (
    !Array.isArray(values) ||
    values.length !== kinds.length ||
    !kinds.every((kind, index) => fits(values[index], kind))
  ) {
    throw badInput(
      `\`${name}\` is not a cursor of this connection: send an \`endCursor\`, \`startCursor\` or \`cursor\` that it returned.`,
    );
  }
  return values as Cursor;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}

function fits(value: unknown, kind: KeyKind): boolean {
  switch (kind) {
    case 'integer':
      return Number.isInteger(value) && Math.abs(value as number) <= 2 ** 31 - 1;
    case 'instant':
      return typeof value === 'string' && isInstant(value);
    case 'instant?':
      return value === null || fits(value, 'instant');
    case 'decimal?':
      return value === null || Number.isFinite(value);
    case 'text?':
      return value === null || (typeof value === 'string' && !/\0|\p{Surrogate}/u.test(value));
    case 'day?':
      return value === null || (typeof value === 'string' && isInstant(`${value}T00:00:00.000Z`));
    case 'count?':
      return value === null || Number.isSafeInteger(value);
    case 'id':
      return typeof value === 'string' && normalizeId(value) === value;
  }
}

/** Whether a text is an instant as `writeCursor` writes it. JavaScript knows days that PostgreSQL does not, and a year 0. */
function isInstant(text: string): boolean {
  const date = new Date(text);
  return !Number.isNaN(date.getTime()) && date.toISOString() === text && /^(?!0000)\d{4}-/.test(text);
}
