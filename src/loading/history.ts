import { parentColumn, type Statement } from './many';
import type { Page } from './page';
import { Parameters, quote } from './sql';

/** The place of an event in the record of its object, from 1 for the oldest: later ones leave it as it is. */
export const placeColumn = '~place';

const columns =
  '"action", "happened_at" AS "happenedAt", "actor", "user_name" AS "userName", "token_name" AS "tokenName"';

/** One page each of the records of many objects, the newest first, with one row more than asked for. */
export function historyStatement(page: Page, objects: readonly string[]): Statement {
  const parameters = new Parameters();
  const place = quote(placeColumn);
  const conditions = [
    ...(page.after ? [`${place} < ${parameters.add(page.after[0], 'integer')}`] : []),
    ...(page.before ? [`${place} > ${parameters.add(page.before[0], 'integer')}`] : []),
  ];
  const direction = page.fromEnd ? 'ASC' : 'DESC';
  const record = `SELECT ${columns}, (row_number() OVER (ORDER BY "id"))::int AS ${place} FROM "publication_event" WHERE "object_id" = p.id`;
  const text = `SELECT p.id AS ${quote(parentColumn)}, page.* FROM unnest(${parameters.add(objects, 'uuid[]')}) AS p(id) CROSS JOIN LATERAL (
    SELECT * FROM (${record}) record WHERE ${conditions.join(' AND ') || 'TRUE'}
    ORDER BY ${place} ${direction} LIMIT ${parameters.add(page.size + 1, 'bigint')}) page ORDER BY page.${place} ${direction}`;
  return { parameters, text };
}

export function historyCountStatement(objects: readonly string[]): Statement {
  const parameters = new Parameters();
  const text = `SELECT "object_id" AS ${quote(parentColumn)}, count(*) AS "count" FROM "publication_event" WHERE "object_id" = ANY(${parameters.add(objects, 'uuid[]')}) GROUP BY 1`;
  return { parameters, text };
}
