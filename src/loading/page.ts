import type { PageArgs } from '../model/connection';
import { normalizeId } from '../model/ids';
import { badInput } from '../errors';

export const standardPageSize = 20;
export const largestPageSize = 100;

/** A page that was asked for, checked: how many, from which end, between which marks. */
export interface Page {
  size: number;
  fromEnd: boolean;
  after: Mark | undefined;
  before: Mark | undefined;
}

/** Where an object stands in its list: the values that order it, null where there is none, its id last. */
export type Mark = readonly (string | number | null)[];

/** The kinds of value that order a list, `?` where there may be none; marks are checked against them. */
export type KeyKind = 'integer' | 'instant' | 'instant?' | 'decimal?' | 'id';

/** How much of a connection was asked for, before it is checked. */
export type PageSize = Pick<PageArgs, 'first' | 'last'>;

/** Reads how much of a connection is asked for; throws BAD_USER_INPUT that says what is wrong and what to send instead. */
export function readSize({ first, last }: PageSize): Pick<Page, 'size' | 'fromEnd'> {
  if (first != null && last != null) throw badInput('`first` and `last` cannot be used together: send one of them.');
  const size = first ?? last ?? standardPageSize;
  const name = last != null ? 'last' : 'first';
  if (size < 0) throw badInput(`\`${name}\` is ${size}, but it cannot be negative.`);
  if (size > largestPageSize) {
    throw badInput(
      `\`${name}\` is ${size}, but at most ${largestPageSize} can be asked for: read the rest page by page with \`after\`.`,
    );
  }
  return { size, fromEnd: last != null };
}

/** Reads the arguments of a connection; throws BAD_USER_INPUT that says what is wrong and what to send instead. */
export function readPage(args: PageArgs, kinds: readonly KeyKind[]): Page {
  const { after, before } = args;
  return {
    ...readSize(args),
    after: readMark('after', after, kinds),
    before: readMark('before', before, kinds),
  };
}

/** An opaque text for a mark. It holds nothing but what orders the object, all of which its viewer can read. */
export function writeCursor(mark: Mark): string {
  return Buffer.from(JSON.stringify(mark)).toString('base64url');
}

function readMark(name: string, cursor: string | null | undefined, kinds: readonly KeyKind[]): Mark | undefined {
  if (cursor == null) return undefined;
  const values = parse(cursor);
  if (
    !Array.isArray(values) ||
    values.length !== kinds.length ||
    !kinds.every((kind, index) => fits(values[index], kind))
  ) {
    throw badInput(
      `\`${name}\` is not a cursor of this connection: send an \`endCursor\`, \`startCursor\` or \`cursor\` that it returned.`,
    );
  }
  return values as Mark;
}

function parse(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
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
    case 'id':
      return typeof value === 'string' && normalizeId(value) === value;
  }
}

/** Whether a text is an instant as `writeCursor` writes it. JavaScript knows days that PostgreSQL does not, and a year 0. */
function isInstant(text: string): boolean {
  const date = new Date(text);
  return !Number.isNaN(date.getTime()) && date.toISOString() === text && /^(?!0000)\d{4}-/.test(text);
}
