import { conditionFor } from '../access/visibleTo';
import { runBound } from '../loading/sql';
import type { Exporting } from './export-project';
import { questionOf } from './rows';

/**
 * The keys under which an import into the project remembers objects: known to its contributors, and only where a key
 * stands for one object alone.
 */
export async function readKeys(exporting: Exporting, ids: readonly string[]): Promise<Map<string, string>> {
  const question = questionOf(exporting);
  const { parameters } = question;
  const mayKnow = conditionFor(question, 'Project', 'p', 'CONTRIBUTOR');
  const rows = await runBound<{ id: string; key: string }>(
    exporting.runner,
    parameters,
    `SELECT k."object_id" AS "id", min(k."key") AS "key" FROM "imported_object" k JOIN "project" p ON p."id" = k."project_id"
     WHERE k."project_id" = ${parameters.add(exporting.projectId, 'uuid')} AND k."object_id" = ANY(${parameters.add([...new Set(ids)], 'uuid[]')})
       AND ${mayKnow} AND NOT EXISTS (
         SELECT 1 FROM "imported_object" o WHERE o."project_id" = k."project_id" AND o."key" = k."key" AND o."object_id" <> k."object_id")
     GROUP BY k."object_id"`,
  );
  return new Map(rows.map(({ id, key }) => [id, key]));
}
