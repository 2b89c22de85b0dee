import { FALSE, join, sql, TRUE, type Sql } from './sql';

/** Holds where one of these does. */
export function either(conditions: readonly Sql[]): Sql {
  if (conditions.includes(TRUE)) return TRUE;
  return joined(
    conditions.filter((condition) => condition !== FALSE),
    ' OR ',
    FALSE,
  );
}

/** Holds where every one of these does. */
export function all(conditions: readonly Sql[]): Sql {
  if (conditions.includes(FALSE)) return FALSE;
  return joined(
    conditions.filter((condition) => condition !== TRUE),
    ' AND ',
    TRUE,
  );
}

function joined(conditions: Sql[], separator: string, ofNone: Sql): Sql {
  if (conditions.length === 0) return ofNone;
  return conditions.length === 1 ? conditions[0]! : sql`(${join(conditions, separator)})`;
}

/** Holds where there is a row in `from` for which every one of these holds. */
export function exists(from: Sql, conditions: readonly Sql[]): Sql {
  const condition = all(conditions);
  return condition === FALSE ? FALSE : sql`EXISTS (SELECT 1 FROM ${from} WHERE ${condition})`;
}

/** Holds where both do; the second is not looked at where the first does not hold, whatever the planner finds cheaper. */
export function onlyWhere(first: Sql, then: Sql): Sql {
  if (first === TRUE || then === FALSE) return then;
  if (first === FALSE || then === TRUE) return first;
  return sql`CASE WHEN ${first} THEN ${then} ELSE false END`;
}

const plainConditions = new WeakSet<Sql>();

/** Says of a condition that it asks one column of the row itself, of which indexes can be made: see `isPlain`. */
export function plain(condition: Sql): Sql {
  plainConditions.add(condition);
  return condition;
}

/** Whether a condition asks no more than one column of the row: to ask it takes no time, and an index can hold just those rows. */
export const isPlain = (condition: Sql): boolean => plainConditions.has(condition);
