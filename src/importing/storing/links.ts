import type { EntityManager } from 'typeorm';
import type { LinkTable } from '../../model/links';
import { quote } from '../../loading/sql';

/** One row of a join table: the ids of both ends, in the order in which the table declares them. */
export type Link = readonly [left: string, right: string];

/** Adds the links that are not there yet; those that are stay as they are. Returns how many were added. */
export async function storeLinks(manager: EntityManager, table: LinkTable, links: readonly Link[]): Promise<number> {
  if (links.length === 0) return 0;
  const [left, right] = table.ends;
  const columns = [left.column, right.column, ...(table.ordered ? ['position'] : [])].map(quote).join(', ');
  const positions = table.ordered ? ', $3::integer[]' : '';
  const rows = await manager.query<unknown[]>(
    `INSERT INTO ${quote(table.table)} (${columns}) SELECT * FROM unnest($1::uuid[], $2::uuid[]${positions}) ON CONFLICT DO NOTHING RETURNING 1`,
    [
      links.map(([one]) => one),
      links.map(([, other]) => other),
      ...(table.ordered ? [placesAmongSiblings(links)] : []),
    ],
  );
  return rows.length;
}

/** The place of each link among those of the same left end, from 0. */
function placesAmongSiblings(links: readonly Link[]): number[] {
  const next = new Map<string, number>();
  return links.map(([left]) => {
    const place = next.get(left) ?? 0;
    next.set(left, place + 1);
    return place;
  });
}
