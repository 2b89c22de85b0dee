import type { Access } from '../access/access';
import { isInHiddenProject } from '../access/shared';
import type { Viewer } from '../access/viewer';
import { quote, Parameters, runBound, type Runner } from '../loading/sql';
import { sharedTypes } from '../model/families';
import { snakeCase } from '../model/names';
import type { Finding } from './readiness';

/**
 * What of a project is also in a project that is hidden from its owner, who can publish it as well: how much, and the first
 * of it. In which projects, or how many, is not told.
 */
export async function sharedOutOfSightFindings(
  runner: Runner,
  { policy, roleConditions }: Access,
  viewer: Viewer,
  projectId: string,
): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const type of sharedTypes) {
    const parameters = new Parameters();
    const table = snakeCase(type);
    const rows = await runBound<{ id: string; name: string }>(
      runner,
      parameters,
      `SELECT t."id", t."name" FROM ${quote(`project_${table}`)} l JOIN ${quote(table)} t ON t."id" = l.${quote(`${table}_id`)}
       WHERE l."project_id" = ${parameters.add(projectId, 'uuid')}
         AND ${isInHiddenProject({ policy, roleConditions, viewer, parameters }, type, 't')} ORDER BY t."id"`,
    );
    const [first] = rows;
    if (!first) continue;
    findings.push({
      severity: 'WARNING',
      code: 'SHARED_OUT_OF_SIGHT',
      message: `${type}s are also in a project that is hidden from you: its owners can publish them, too.`,
      path: [`${table}s`, first.name, 'isShared'],
      count: rows.length,
      object: { type, id: first.id },
    });
  }
  return findings;
}
