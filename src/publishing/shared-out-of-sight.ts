import type { Access } from '../access/access';
import { compilerFor, table } from '../access/compiler';
import type { Viewer } from '../access/viewer';
import { name, run, sql, value, type Runner } from '../database/sql';
import { sharedTypes } from '../model/families';
import { projectLinks } from '../model/links';
import { fieldName } from '../model/names';
import type { Finding } from './readiness';

/**
 * What of a project is also in a project that is hidden from its owner, who can publish it as well: how much, and the first
 * of it. In which projects, or how many, is not told.
 */
export async function sharedOutOfSightFindings(
  runner: Runner,
  access: Access,
  viewer: Viewer,
  projectId: string,
): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const type of sharedTypes) {
    const { table: links, column } = projectLinks(type);
    const [t, l] = [Symbol(type), Symbol('link')];
    const rows = await run<{ id: string; name: string }>(
      runner,
      sql`SELECT ${name(t, 'id')}, ${name(t, 'name')} FROM ${name(links)} ${name(l)} JOIN ${table(type, t)} ON ${name(t, 'id')} = ${name(l, column)}
       WHERE ${name(l, 'project_id')} = ${value(projectId, 'uuid')}
         AND ${compilerFor(access, viewer).isInHiddenProject(type, t)} ORDER BY ${name(t, 'id')}`,
    );
    const [first] = rows;
    if (!first) continue;
    findings.push({
      severity: 'WARNING',
      code: 'SHARED_OUT_OF_SIGHT',
      message: `${type}s are also in a project that is hidden from you: its owners can publish them, too.`,
      path: [`${fieldName(type)}s`, first.name, 'isShared'],
      count: rows.length,
      object: { type, id: first.id },
    });
  }
  return findings;
}
