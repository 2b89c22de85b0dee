import { createHash } from 'node:crypto';
import { insideOf, table } from '../../access/compiler';
import { heldVersions } from '../../database/locks';
import { join, name, run, sql, value, type Alias, type Sql } from '../../database/sql';
import { conflict } from '../../errors';
import { isContainer, isOneOf, withinAttributes } from '../../model/families';
import { snakeCase } from '../../model/names';
import { referencedAttributes } from '../../publishing/hidden-references';
import { seenBy, type Importer, type KnownProject } from './matching';
import { contentTypes, importedTypes, parentOf, type ImportedType } from './types';

/**
 * A digest that tells one state of a project from any other, as far as the importer may write it: of the versions of all that is in
 * it, and of the importer's own attributes that it refers to, that imports into it have made, or that the tree on the stage names
 * by their ids. What somebody else keeps to themselves does not move it.
 */
export async function stateOf(importer: Importer, projectId: string): Promise<string> {
  return digestOf(await versionsIn(importer, projectId, await namedById(importer)));
}

interface Version {
  id: string;
  version: number;
}

/** The attributes, and what is in attributes, of which the tree may mean the ids by its keys. */
async function namedById({ manager }: Importer): Promise<string[]> {
  const rows = await run<{ id: string }>(
    manager,
    sql`SELECT "key_id" AS "id" FROM "import_entry" WHERE "key_id" IS NOT NULL AND "type" = ANY(${value(withinAttributes, 'text[]')})`,
  );
  return rows.map(({ id }) => id);
}

async function versionsIn(importer: Importer, projectId: string, named: readonly string[]): Promise<Version[]> {
  const { access, manager } = importer;
  const referred = [...(await referencedAttributes(manager, access, projectId))];
  const ofContent = [...contentTypes].map((type) => {
    const t = Symbol(type);
    return versionsOf(type, t, insideOf(access, [projectId]).rows(type, t));
  });
  const ofAttributes = importedTypes
    .filter((type) => isOneOf(withinAttributes, type))
    .flatMap((type) => ownVersions(importer, type, { projectId, referred, named }));
  // Not UNION ALL: an attribute may concern the project in several ways.
  return run<Version>(manager, join([...ofContent, ...ofAttributes], ' UNION '));
}

const versionsOf = (type: ImportedType, t: Alias, condition: Sql): Sql =>
  sql`SELECT ${name(t, 'id')} AS "id", ${name(t, 'version')} AS "version" FROM ${table(type, t)} WHERE ${condition}`;

/** Of attributes, and of what is in them, those that belong to the importer and have to do with the project, way by way. */
function ownVersions(
  importer: Importer,
  type: ImportedType,
  { projectId, referred, named }: { projectId: string; referred: readonly string[]; named: readonly string[] },
): Sql[] {
  const t = Symbol(type);
  const parent = parentOf(type);
  const ways = [
    sql`${name(t, parent ? snakeCase(parent.column) : 'id')} = ANY(${value(referred, 'uuid[]')})`,
    sql`${name(t, 'id')} = ANY(${value(named, 'uuid[]')})`,
    sql`${name(t, 'id')} IN (SELECT "object_id" FROM "imported_object" WHERE "project_id" = ${value(projectId, 'uuid')})`,
  ];
  const isOwn = seenBy(importer).rows(type, t, 'OWNER');
  return ways.map((way) => versionsOf(type, t, sql`${way} AND ${isOwn}`));
}

function digestOf(versions: readonly Version[]): string {
  const digest = createHash('sha256');
  for (const line of versions.map(({ id, version }) => `${id} ${version}\n`).sort()) digest.update(line);
  return digest.digest('hex').slice(0, 32);
}

/**
 * The versions of what the project holds, where the sender has read it before making the tree: `expectRead` looks at them
 * again. The sender may have read it with this tree, or before there was one, without what only the tree names. Throws CONFLICT
 * where it is no longer as the sender has read it.
 */
export async function expectState(
  importer: Importer,
  project: KnownProject | undefined,
  wanted: string | undefined,
): Promise<Map<string, number> | undefined> {
  if (wanted === undefined) return undefined;
  if (!project) throw changedSince();
  for (const named of [await namedById(importer), []]) {
    const versions = await versionsIn(importer, project.id, named);
    if (digestOf(versions) === wanted) return new Map(versions.map(({ id, version }) => [id, version]));
  }
  throw changedSince();
}

/**
 * Before the tree is compared with objects that were there: sees to it that they are as the sender has read them. Whoever changes later
 * what the tree leaves as it is, comes after this import, and waits for nothing. Throws CONFLICT.
 */
export function expectRead(
  { isDry, madeFrom }: Importer,
  ids: readonly string[],
  now: ReadonlyMap<string, { version: number }>,
): void {
  if (isDry || !madeFrom) return;
  if (ids.some((id) => madeFrom.has(id) && now.get(id)?.version !== madeFrom.get(id))) throw changedSince();
}

/**
 * Before they are written: they still are so, and stay so until this import has written them. Containers are held already, by the
 * end of the import. Throws CONFLICT.
 */
export async function holdRead(
  { manager, isDry, madeFrom }: Importer,
  type: ImportedType,
  ids: readonly string[],
): Promise<void> {
  const read = madeFrom && !isDry ? ids.filter((id) => madeFrom.has(id)) : [];
  if (read.length === 0) return;
  const now = await heldVersions(manager, type, isContainer(type) ? 'used' : 'changed', read);
  if (read.some((id) => now.get(id) !== madeFrom!.get(id))) throw changedSince();
  for (const id of read) madeFrom!.delete(id);
}

const changedSince = (): Error =>
  conflict('The project was changed since you read it: read it again, then send the tree that follows from it.');
