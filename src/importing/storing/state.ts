import { createHash } from 'node:crypto';
import { insideOf, table } from '../../access/compiler';
import { name, run, sql, value, type Sql } from '../../database/sql';
import { conflict } from '../../errors';
import { isOneOf, isTerm, withinAttributes } from '../../model/families';
import { seenBy, type Importer, type KnownProject } from './matching';
import { importedTypes, type ImportedType } from './types';

/**
 * A digest that tells one state of everything that imports have stored in a project, as far as the importer may write it, from
 * any other: of the versions of it all. What somebody else keeps to themselves does not move it.
 */
export async function stateOf(importer: Importer, projectId: string): Promise<string> {
  const types = importedTypes.filter((type) => !isTerm(type));
  const parts = types.map((type) => versionsOf(importer, type, projectId));
  const [first, ...others] = parts;
  const all = others.reduce((union, part) => sql`${union} UNION ALL ${part}`, first!);
  const rows = await run<{ id: string; version: number }>(importer.manager, all);
  const digest = createHash('sha256');
  for (const line of rows.map(({ id, version }) => `${id} ${version}\n`).sort()) digest.update(line);
  return digest.digest('hex').slice(0, 32);
}

function versionsOf(importer: Importer, type: ImportedType, projectId: string): Sql {
  const t = Symbol(type);
  const isOwn = isOneOf(withinAttributes, type);
  const compiler = isOwn ? seenBy(importer) : insideOf(importer.access, [projectId]);
  return sql`SELECT ${name(t, 'id')} AS "id", ${name(t, 'version')} AS "version"
    FROM "imported_object" k JOIN ${table(type, t)} ON ${name(t, 'id')} = k."object_id"
    WHERE k."project_id" = ${value(projectId, 'uuid')} AND ${compiler.rows(type, t, isOwn ? 'OWNER' : 'visible')}`;
}

/** Throws CONFLICT where the project is no longer as the sender has read it before making the tree. */
export async function expectState(
  importer: Importer,
  project: KnownProject | undefined,
  wanted: string | undefined,
): Promise<void> {
  if (wanted === undefined || (project && (await stateOf(importer, project.id)) === wanted)) return;
  throw conflict('The project was changed since you read it: read it again, then send the tree that follows from it.');
}
