import { compilerFor } from '../access/compiler';
import { name, run, sql, value } from '../database/sql';
import type { Exporting } from './exporting';

/**
 * The keys under which an import into the project remembers objects: known to its contributors, and only where a key
 * stands for one object alone.
 */
export async function readKeys(
  { runner, access, viewer, projectId }: Exporting,
  ids: readonly string[],
): Promise<Map<string, string>> {
  const p = Symbol('project');
  const rows = await run<{ id: string; key: string }>(
    runner,
    sql`SELECT k."object_id" AS "id", min(k."key") AS "key" FROM "imported_object" k JOIN "project" ${name(p)} ON ${name(p, 'id')} = k."project_id"
     WHERE k."project_id" = ${value(projectId, 'uuid')} AND k."object_id" = ANY(${value([...new Set(ids)], 'uuid[]')})
       AND ${compilerFor(access, viewer).rows('Project', p, 'CONTRIBUTOR')} AND NOT EXISTS (
         SELECT 1 FROM "imported_object" o WHERE o."project_id" = k."project_id" AND o."key" = k."key" AND o."object_id" <> k."object_id")
     GROUP BY k."object_id"`,
  );
  return new Map(rows.map(({ id, key }) => [id, key]));
}
