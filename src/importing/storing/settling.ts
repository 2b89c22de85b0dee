import { authorizeAll, type Demand } from '../../access/authorize';
import { anonymous } from '../../access/viewer';
import { conditionFor } from '../../access/visibleTo';
import { keepLinks } from '../../database/locks';
import { conflict } from '../../errors';
import { quote, runBound } from '../../loading/sql';
import { attributeTypes, isOneOf, isWord, sharedTypes } from '../../model/families';
import { snakeCase } from '../../model/names';
import { nameOf } from '../../model/node';
import type { Role } from '../../people/role';
import { rights, roleToBeIn } from '../../writing/rights';
import { questionOf, type Importer, type KnownProject } from './matching';
import { tableOf } from './stage';
import { parentOf, type ImportedType } from './types';

/** What roles are held on, and so what others lock who give and take them. It is written last, and locked only then. */
export const containerTypes = ['Project', ...attributeTypes] as const satisfies readonly ImportedType[];

/**
 * The end of an import, after all that is in a project is written: asks once more for everything that it takes, since
 * whoever imports may have lost it while the tree was being stored. From here on nobody takes it from them, until the import
 * has ended. Throws NOT_FOUND or FORBIDDEN (a role is gone) or CONFLICT (something has left the project).
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
  for (const type of sharedTypes) {
    const ids = roots.flatMap((root) => (root.type === type ? root.id : []));
    const column = quote(`${snakeCase(type)}_id`);
    const condition = `"project_id" = $1 AND ${column} = ANY($2)`;
    const linked = await keepLinks(manager, `project_${snakeCase(type)}`, condition, [project.id, [...new Set(ids)]]);
    if (linked < new Set(ids).size)
      throw conflict('Something that the tree changes has left the project meanwhile: import again.');
  }
  await authorizeAll(manager, importer, demandsOn(roots, project.known, changed));
  if (!project.known) return false;
  const [row] = await manager.query<{ isPublic: boolean }[]>(
    `SELECT "is_public" AS "isPublic" FROM "project" WHERE "id" = $1`,
    [project.id],
  );
  return row!.isPublic;
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
    if (isWord(type) || type === 'Project') continue;
    const way = wayOut(type);
    const joins = way.steps
      .slice(0, -1)
      .map(
        (step, depth) =>
          `JOIN ${tableOf(step.to)} t${depth + 1} ON t${depth + 1}."id" = t${depth}.${quote(step.column)}`,
      );
    const last = way.steps.at(-1);
    const root = last ? `t${way.steps.length - 1}.${quote(last.column)}` : 't0."id"';
    const rows = await manager.query<{ id: string; isKnown: boolean }[]>(
      `SELECT ${root} AS "id", bool_or(e."is_known") AS "isKnown" FROM "import_entry" e JOIN ${tableOf(type)} t0 ON t0."id" = e."id" ${joins.join(' ')}
       WHERE e."type" = $1 AND e."is_given" GROUP BY 1`,
      [type],
    );
    const { create } = rights[type];
    const toAdd = 'atLeast' in create ? create.atLeast : 'OWNER';
    for (const { id, isKnown } of rows) roots.push({ type: way.to, id, atLeast: isKnown ? 'OWNER' : toAdd });
  }
  return roots;
}

/** From an object to what it stands in, parent by parent. */
function wayOut(type: ImportedType): { to: ImportedType; steps: { column: string; to: ImportedType }[] } {
  const steps: { column: string; to: ImportedType }[] = [];
  for (let at = type; ;) {
    const parent = parentOf(at);
    if (!parent) return { to: at, steps };
    at = nameOf(parent.target()) as ImportedType;
    steps.push({ column: snakeCase(parent.column), to: at });
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
export async function wouldOpen(importer: Importer, types: readonly ImportedType[]): Promise<boolean> {
  for (const type of types) {
    const parent = parentOf(type);
    // A protocol is private whatever the storage is.
    if (!parent || type === 'DataStorageProtocol') continue;
    const target = nameOf(parent.target()) as ImportedType;
    const question = { ...questionOf(importer), viewer: anonymous };
    const { parameters } = question;
    const found = await runBound(
      importer.manager,
      parameters,
      `SELECT 1 FROM "import_entry" e
         JOIN "import_reference" r ON r."line" = e."line" AND r."field" = ${parameters.add(parent.field, 'text')}
         JOIN "import_entry" s ON s."key" = r."key" AND s."is_known" JOIN ${tableOf(target)} t ON t."id" = s."id"
       WHERE e."type" = ${parameters.add(type, 'text')} AND NOT e."is_known" AND ${conditionFor(question, target, 't')} LIMIT 1`,
    );
    if (found.length > 0) return true;
  }
  return false;
}
