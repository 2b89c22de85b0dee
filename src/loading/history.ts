import { all } from '../database/conditions';
import { name, sql, type Sql } from '../database/sql';
import { askedCursor, askedIds, askedRows, shapeOf } from './asked';
import type { Loaders } from './loaders';
import { parentColumn } from './many';
import type { Page } from './page';
import { pageOf, type PageRows } from './page-rows';
import type { Loader } from './ready';
import type { Row } from './snapshot';

/** The place of an event in the record of its object, from 1 for the oldest: later ones leave it as it is. */
const placeColumn = '~place';

/** One page each of the records of many objects, the newest first, with one row more than asked for. */
function historyStatement(page: Page): Sql {
  const place = name(placeColumn);
  const or = page.inclusive ? sql`=` : sql``;
  const condition = all([
    ...(page.after ? [sql`${place} <${or} ${askedCursor('after', 0, 'integer')}`] : []),
    ...(page.before ? [sql`${place} >${or} ${askedCursor('before', 0, 'integer')}`] : []),
  ]);
  const direction = page.fromEnd ? sql`ASC` : sql`DESC`;
  const record = sql`SELECT "action", "happened_at" AS "happenedAt", "actor", "user_id" AS "userId",
      "user_name" AS "userName", "token_name" AS "tokenName",
      (row_number() OVER (ORDER BY "id"))::int AS ${place} FROM "publication_event" WHERE "object_id" = p.id`;
  return sql`SELECT p.id AS ${name(parentColumn)}, page.* FROM unnest(${askedIds}) AS p(id) CROSS JOIN LATERAL (
    SELECT * FROM (${record}) record WHERE ${condition}
    ORDER BY ${place} ${direction} LIMIT ${askedRows}) page ORDER BY page.${place} ${direction}`;
}

/** How long the records of many objects are. */
const historyCountStatement = sql`SELECT "object_id" AS ${name(parentColumn)}, count(*) AS "count"
  FROM "publication_event" WHERE "object_id" = ANY(${askedIds}) GROUP BY 1`;

/** A page of the record of publications of an object, the newest first. Whoever loads it has asked for the role before. */
export function historyOf(loaders: Loaders, page: Page): Loader<PageRows<Row>> {
  const { batches, questions } = loaders;
  return loaders.once(`history ${JSON.stringify(page)}`, () =>
    batches.byParent(
      'visibilityHistory',
      (ids) => questions.ask(`history ${shapeOf(page)}`, () => historyStatement(page), { ids, page }),
      (row) => ({ node: row, cursor: [row[placeColumn] as number] }),
      (entries) => pageOf(page, entries),
    ),
  );
}

/** How many publications and revokes the record has of an object. */
export function historyCountOf(loaders: Loaders): Loader<number> {
  const { batches, questions } = loaders;
  return loaders.once('count of history', () =>
    batches.byParent(
      'visibilityHistory',
      (ids) => questions.ask('count of history', () => historyCountStatement, { ids }),
      (row) => row['count'] as number,
      ([count]) => count ?? 0,
    ),
  );
}
