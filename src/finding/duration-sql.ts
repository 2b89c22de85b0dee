import { sql, value, type Sql } from '../database/sql';
import type { Test } from './operators';

/** What orders by durations and ranges: where they begin. Null for a text that is neither. */
export const durationOrder = (read: Sql): Sql => sql`duration_start(${read})`;

/** What is asked of a stored duration or range: it has to hold of all of it. Of a text that is neither nothing holds. */
export function durationSql(test: Test, read: Sql): Sql {
  const range = sql`duration_range(${read})`;
  const length = (given: unknown): Sql => sql`duration_seconds(${value(given, 'text')})`;
  switch (test.operator) {
    case 'equals':
      return sql`${range} = duration_range(${value(test.value, 'text')})`;
    case 'in':
      return sql`${range} = ANY(ARRAY(SELECT duration_range("one") FROM unnest(${value(test.value, 'text[]')}) AS "given"("one")))`;
    case 'gt':
      return sql`lower(${range}) > ${length(test.value)}`;
    case 'gte':
      return sql`lower(${range}) >= ${length(test.value)}`;
    case 'lt':
      return sql`upper(${range}) < ${length(test.value)}`;
    case 'lte':
      return sql`upper(${range}) <= ${length(test.value)}`;
    case 'between':
      return sql`lower(${range}) >= ${length(test.from)} AND upper(${range}) <= ${length(test.to)}`;
    default:
      throw new Error(`Nothing says what ${test.operator} asks of a duration: teach it to this file.`);
  }
}
