import type { Row } from '../world/world';

/** In the place of a cursor: any text will do that the server later takes for this object. */
export class Cursor {
  constructor(readonly id: string) {}
}

/** From the cursors that the server gave to the objects that they stand for. */
export type CursorBook = Map<string, string>;

export interface PageArguments {
  first?: number | null;
  after?: string | null;
  last?: number | null;
  before?: string | null;
}

/** One page of a list, as the Relay specification has it. */
export function pageOf(rows: readonly Row[], { first, after, last, before }: PageArguments, cursors: CursorBook) {
  const placeOf = (cursor: string): number => {
    const place = rows.findIndex(({ id }) => id === cursors.get(cursor));
    if (place < 0) throw new Error('This cursor is not of this list.');
    return place;
  };
  const from = after == null ? 0 : placeOf(after) + 1;
  const to = before == null ? rows.length : placeOf(before);
  const within = rows.slice(from, to);
  const size = first ?? last ?? 20;
  const kept = last == null ? within.slice(0, size) : within.slice(Math.max(0, within.length - size));
  const cursorOf = (row: Row | undefined): Cursor | null => (row ? new Cursor(row.id) : null);
  return {
    rows: kept,
    info: {
      hasNextPage: (last == null && kept.length < within.length) || before != null,
      hasPreviousPage: (last != null && kept.length < within.length) || after != null,
      startCursor: cursorOf(kept[0]),
      endCursor: cursorOf(kept.at(-1)),
    },
  };
}
