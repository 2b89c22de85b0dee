import { quote, type Runner, runBound, Parameters } from '../loading/sql';
import type { SharedType } from '../model/families';
import { snakeCase } from '../model/names';
import type { Access } from './access';
import type { Viewer } from './viewer';
import { conditionFor, type Question } from './visibleTo';

/**
 * Holds for a subject or session (under `alias`) that is also in a project which is hidden from the viewer. For its owners
 * alone: whoever is told has to have asked for that role.
 */
export function isInHiddenProject(question: Question, type: SharedType, alias: string): string {
  const link = quote(`project_${snakeCase(type)}`);
  const visible = conditionFor(question, 'Project', 'hp');
  return `EXISTS (SELECT 1 FROM ${link} hl JOIN "project" hp ON hp."id" = hl."project_id"
    WHERE hl.${quote(`${snakeCase(type)}_id`)} = ${alias}."id" AND (${visible}) IS NOT TRUE)`;
}

/** Those of some subjects or sessions that are also in a project which is hidden from the viewer. */
export async function idsInHiddenProjects(
  runner: Runner,
  { policy, roleConditions }: Access,
  viewer: Viewer,
  type: SharedType,
  ids: readonly string[],
): Promise<string[]> {
  if (ids.length === 0) return [];
  const question: Question = { policy, roleConditions, viewer, parameters: new Parameters() };
  const condition = isInHiddenProject(question, type, 't');
  const rows = await runBound<{ id: string }>(
    runner,
    question.parameters,
    `SELECT t."id" FROM ${quote(snakeCase(type))} t WHERE t."id" = ANY(${question.parameters.add(ids, 'uuid[]')}) AND ${condition} ORDER BY t."id"`,
  );
  return rows.map(({ id }) => id);
}
