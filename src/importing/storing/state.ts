import { createHash } from 'node:crypto';
import { insideOf, table } from '../../access/compiler';
import { heldVersions } from '../../database/locks';
import { name, run, sql, value, type Sql } from '../../database/sql';
import { conflict } from '../../errors';
import { isContainer, isOneOf, isTerm, withinAttributes } from '../../model/families';
import { seenBy, type Importer, type KnownProject } from './matching';
import { importedTypes, type ImportedType } from './types';

/**
 * A digest that tells one state of the project and everything that imports have stored in it, as far as the importer may write it,
 * from any other: of the versions of it all. What somebody else keeps to themselves does not move it.
 */
export async function stateOf(importer: Importer, projectId: string): Promise<string> {
  return digestOf(await versionsIn(importer, projectId));
}

interface Version {
  id: string;
  version: number;
}

async function versionsIn(importer: Importer, projectId: string): Promise<Version[]> {
  const types = importedTypes.filter((type) => !isTerm(type) && type !== 'Project');
  const parts = types.map((type) => versionsOf(importer, type, projectId));
  // Where the project was named by its id, it stands under no key.
  const itself = sql`SELECT "id", "version" FROM "project" WHERE "id" = ${value(projectId, 'uuid')}`;
  return run<Version>(
    importer.manager,
    parts.reduce((union, part) => sql`${union} UNION ALL ${part}`, itself),
  );
}

function digestOf(versions: readonly Version[]): string {
  const digest = createHash('sha256');
  for (const line of versions.map(({ id, version }) => `${id} ${version}\n`).sort()) digest.update(line);
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

/**
 * The versions of what the project holds, where the sender has read it before making the tree: `expectVersions` looks at them
 * again. Throws CONFLICT where it is no longer as the sender has read it.
 */
export async function expectState(
  importer: Importer,
  project: KnownProject | undefined,
  wanted: string | undefined,
): Promise<ReadonlyMap<string, number> | undefined> {
  if (wanted === undefined) return undefined;
  const versions = project ? await versionsIn(importer, project.id) : [];
  if (!project || digestOf(versions) !== wanted) throw changedSince();
  return new Map(versions.map(({ id, version }) => [id, version]));
}

/**
 * Before objects that were there are written: sees to it that they are as the sender has read them, and that they stay so until
 * this import has written them. Containers are held already, by the end of the import. Throws CONFLICT.
 */
export async function expectVersions(
  { manager, isDry, madeFrom }: Importer,
  type: ImportedType,
  ids: readonly string[],
): Promise<void> {
  const read = madeFrom && !isDry ? ids.filter((id) => madeFrom.has(id)) : [];
  if (read.length === 0) return;
  const now = await heldVersions(manager, type, isContainer(type) ? 'used' : 'changed', read);
  if (read.some((id) => now.get(id) !== madeFrom!.get(id))) throw changedSince();
}

const changedSince = (): Error =>
  conflict('The project was changed since you read it: read it again, then send the tree that follows from it.');
