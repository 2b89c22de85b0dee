import type { EntityManager } from 'typeorm';
import { name, run, sql, value, type Sql } from '../database/sql';
import type { SharedType } from '../model/families';
import { projectLinks } from '../model/links';

/**
 * Puts subjects or sessions into projects that they are not in. The one place where this is written.
 *
 * @param ids a query for their ids
 */
export async function putIntoProjects(
  manager: EntityManager,
  type: SharedType,
  ids: Sql,
  projects: readonly string[],
): Promise<void> {
  const { table, column } = projectLinks(type);
  await run(
    manager,
    sql`INSERT INTO ${name(table)} ("project_id", ${name(column)})
      SELECT p."id", o."id" FROM unnest(${value(projects, 'uuid[]')}) AS p ("id") CROSS JOIN (${ids}) AS o ("id")`,
  );
}
