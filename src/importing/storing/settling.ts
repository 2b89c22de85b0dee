import { authorizeAll, requireAll, type Demand } from '../../access/authorize';
import { compilerFor, table } from '../../access/compiler';
import { idsWithFlag } from '../../access/flags';
import { anonymous } from '../../access/viewer';
import { keepLinks } from '../../database/locks';
import { conflict } from '../../errors';
import { name, run, sql, value, type Alias, type Sql } from '../../database/sql';
import { attributeTypes, isOneOf, isTerm, sharedTypes } from '../../model/families';
import { projectLinks } from '../../model/links';
import { snakeCase } from '../../model/names';
import { nameOf } from '../../model/node';
import type { Role } from '../../domain/people/role';
import { rights, roleToBeIn } from '../../writing/rights';
import { joinProject } from './belonging';
import type { Importer, KnownProject } from './matching';
import { parentOf, type ImportedType } from './types';

/**
 * The end of an import, after all that is in a project is written: asks once more for everything that it takes, since
 * whoever imports may have lost it while the tree was being stored, and puts what is new into the project. From here on
 * nobody takes it from them, until the import has ended. Throws NOT_FOUND or FORBIDDEN (a role is gone) or CONFLICT
 * (something has left the project).
 *
 * @param changed the projects and attributes of which own fields are still to be written
 * @returns whether the project is public
 */
export async function settle(
  importer: Importer,
  types: readonly ImportedType[],
  project: { id: string; known: KnownProject | undefined },
  changed: ReadonlySet<string>,
): Promise<boolean> {
  const { manager } = importer;
  const roots = await rootsOf(importer, types);
  // Whoever may no longer do it waits for nobody, and nobody for them.
  await authorizeAll(importer, demandsOn(roots, project.known, changed));
  await joinProject(importer, project.id);
  for (const type of sharedTypes) {
    const ids = roots.flatMap((root) => (root.type === type ? root.id : []));
    const { table: links, column } = projectLinks(type);
    const condition = sql`"project_id" = ${value(project.id, 'uuid')} AND ${name(column)} = ANY(${value([...new Set(ids)], 'uuid[]')})`;
    const linked = await keepLinks(manager, links, condition);
    if (linked < new Set(ids).size)
      throw conflict('Something that the tree changes has left the project meanwhile: import again.');
  }
  if (!project.known) return false;
  return (await idsWithFlag(manager, 'Project', [project.id], true)).has(project.id);
}

/** What something stands in that the tree writes: a subject, a session, an attribute; with the role that it takes. */
interface Root {
  type: ImportedType;
  id: string;
  atLeast: Role;
}

async function rootsOf({ manager }: Importer, types: readonly ImportedType[]): Promise<Root[]> {
  const roots: Root[] = [];
  for (const type of types) {
    if (isTerm(type) || type === 'Project') continue;
    const { to, from, root } = wayOut(type);
    const rows = await run<{ id: string; isKnown: boolean }>(
      manager,
      sql`SELECT ${root} AS "id", bool_or(e."is_known") AS "isKnown" FROM ${from}
       WHERE e."type" = ${value(type, 'text')} AND e."is_given" GROUP BY 1`,
    );
    const { create } = rights[type];
    const toAdd = 'atLeast' in create ? create.atLeast : 'OWNER';
    for (const { id, isKnown } of rows) roots.push({ type: to, id, atLeast: isKnown ? 'OWNER' : toAdd });
  }
  return roots;
}

/** From an entry to what its object stands in, parent by parent: the tables on the way, and what names it there. */
function wayOut(type: ImportedType): { to: ImportedType; from: Sql; root: Sql } {
  let alias: Alias = Symbol(type);
  let root = name(alias, 'id');
  let from = sql`"import_entry" e JOIN ${table(type, alias)} ON ${root} = e."id"`;
  for (let at = type; ;) {
    const parent = parentOf(at);
    if (!parent) return { to: at, from, root };
    if (at !== type) {
      alias = Symbol(at);
      from = sql`${from} JOIN ${table(at, alias)} ON ${name(alias, 'id')} = ${root}`;
    }
    root = name(alias, snakeCase(parent.column));
    at = nameOf(parent.target()) as ImportedType;
  }
}

/** On the project, what the importer had when the import began; on attributes, what writing them takes. */
function demandsOn(roots: readonly Root[], project: KnownProject | undefined, changed: ReadonlySet<string>): Demand[] {
  const holdOf = (id: string): Demand['hold'] => (changed.has(id) ? 'changed' : 'used');
  const demands = new Map<string, Demand>();
  if (project) {
    const { id, isOwner } = project;
    demands.set(id, { type: 'Project', id, atLeast: isOwner ? 'OWNER' : roleToBeIn(1), hold: holdOf(id) });
  }
  for (const { type, id, atLeast } of roots)
    if (isOneOf(attributeTypes, type) && demands.get(id)?.atLeast !== 'OWNER')
      demands.set(id, { type, id, atLeast, hold: holdOf(id) });
  return [...demands.values()];
}

/** For a dry run, which makes nothing: whether anything new would stand in something that is there and public. */
export async function wouldOpen({ manager, access }: Importer, types: readonly ImportedType[]): Promise<boolean> {
  for (const type of types) {
    const parent = parentOf(type);
    // A protocol is private whatever the storage is.
    if (!parent || type === 'DataStorageProtocol') continue;
    const target = nameOf(parent.target()) as ImportedType;
    const t = Symbol(target);
    const found = await run(
      manager,
      sql`SELECT 1 FROM "import_entry" e
         JOIN "import_reference" r ON r."line" = e."line" AND r."field" = ${value(parent.field, 'text')}
         JOIN "import_entry" s ON s."key" = r."key" AND s."is_known" JOIN ${table(target, t)} ON ${name(t, 'id')} = s."id"
       WHERE e."type" = ${value(type, 'text')} AND NOT e."is_known" AND ${compilerFor(access, anonymous).rows(target, t)} LIMIT 1`,
    );
    if (found.length > 0) return true;
  }
  return false;
}

/** Throws NOT_FOUND or FORBIDDEN where whoever imports may no longer add to a project that was there, as it is committed now. */
export async function stillMayAdd(importer: Importer, projectId: string): Promise<void> {
  await requireAll(importer, [{ type: 'Project', id: projectId, atLeast: roleToBeIn(1) }]);
}
