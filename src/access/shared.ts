import { name, run, sql, value, type Runner } from '../database/sql';
import type { SharedType } from '../model/families';
import type { Access } from './access';
import { compilerFor, table } from './compiler';
import type { Viewer } from './viewer';

/** Those of some subjects or sessions that are also in a project which is hidden from the viewer. */
export async function idsInHiddenProjects(
  runner: Runner,
  access: Access,
  viewer: Viewer,
  type: SharedType,
  ids: readonly string[],
): Promise<string[]> {
  if (ids.length === 0) return [];
  const t = Symbol(type);
  const rows = await run<{ id: string }>(
    runner,
    sql`SELECT ${name(t, 'id')} FROM ${table(type, t)}
      WHERE ${name(t, 'id')} = ANY(${value(ids, 'uuid[]')}) AND ${compilerFor(access, viewer).isInHiddenProject(type, t)}
      ORDER BY ${name(t, 'id')}`,
  );
  return rows.map(({ id }) => id);
}
