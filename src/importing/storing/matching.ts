import type { Acting } from '../../access/act';
import { approvedFirst, isApprovedOrOwn, isFlagUp } from '../../access/flags';
import { oneAtATimeOr } from '../../database/locks';
import { compilerFor, insideOf, table, type Compiler } from '../../access/compiler';
import { isTerm, type TermType, withinAttributes, termTypes, isOneOf } from '../../model/families';
import { all } from '../../database/conditions';
import { name, run, sql, text, value, type Sql } from '../../database/sql';
import { snakeCase } from '../../model/names';
import { roleToBeIn } from '../../writing/rights';
import { type ImportedType } from './types';

/** Who imports. */
export interface Importer extends Acting {
  /** It only says what it would do: nothing is written, and nothing is locked. */
  isDry: boolean;
  /** Where the tree was made from what was stored: the versions that it was made from, by id, of what is not held yet. */
  madeFrom?: Map<string, number>;
}

/** The eyes of whoever imports. */
export function seenBy({ access, viewer }: Importer): Compiler {
  return compilerFor(access, viewer);
}

/** The project that a tree is of. */
export interface KnownProject {
  id: string;
  isOwner: boolean;
  isPublic: boolean;
}

/**
 * The project that has this key as its id, where the importer may put things into it; or else that an earlier import made
 * under it, where they own it: in a project of others, its owners would decide who sees what is imported, and the importer
 * has not named it. Undefined where there is none: then the tree makes a new one. Throws CONFLICT where another import of
 * the same source does not come to its end.
 */
export async function findProject(importer: Importer, key: string): Promise<KnownProject | undefined> {
  const { manager, viewer } = importer;
  // Two imports of one source at the same time: the second waits, and then finds everything there.
  if (!importer.isDry) await oneAtATimeOr(manager, `import ${viewer.userId}`, key, patience);
  const compiler = seenBy(importer);
  const t = Symbol('project');
  const id = name(t, 'id');
  const given = value(key, 'text');
  const owner = compiler.rows('Project', t, 'OWNER');
  // An import puts things into this one project: what is in another is never put here as well (see belonging.ts).
  const atLeast = roleToBeIn(1);
  const [found] = await run<KnownProject>(
    manager,
    sql`SELECT ${id}, ${isFlagUp(t)} AS "isPublic", ${owner} AS "isOwner" FROM "project" ${name(t)}
      WHERE (${id}::text = lower(${given}) AND ${compiler.rows('Project', t, atLeast)})
        OR (EXISTS (SELECT 1 FROM "imported_object" k WHERE k."key" = ${given} AND k."object_id" = ${id} AND k."project_id" = ${id})
          AND ${owner})
      ORDER BY ${id}::text = lower(${given}) DESC, ${id} LIMIT 1`,
  );
  return found;
}

const patience = {
  seconds: 5,
  otherwise: 'Another import of this source is being stored: when it has ended, import again.',
};

/**
 * Finds what earlier imports made from entries of a type, by key, and what is named by its id: inside the project that
 * was found, or among the attributes that the importer owns. Anything else is made anew.
 */
export async function matchKnown(importer: Importer, type: ImportedType, projectId: string | undefined): Promise<void> {
  const isOwn = isOneOf(withinAttributes, type);
  if (projectId === undefined && !isOwn) return;
  const t = Symbol(type);
  const compiler = isOwn ? seenBy(importer) : insideOf(importer.access, [projectId!]);
  const condition = compiler.rows(type, t, isOwn ? 'OWNER' : 'visible');
  const typeName = value(type, 'text');
  if (projectId !== undefined) {
    await run(
      importer.manager,
      sql`UPDATE "import_entry" e SET "id" = found."object_id", "is_known" = TRUE FROM (
         SELECT DISTINCT ON (k."key") k."key", k."object_id"
         FROM "import_entry" n JOIN "imported_object" k ON k."key" = n."key" AND k."project_id" = ${value(projectId, 'uuid')}
         JOIN ${table(type, t)} ON ${name(t, 'id')} = k."object_id"
         WHERE n."type" = ${typeName} AND ${condition} ORDER BY k."key", k."object_id" DESC) found
       WHERE e."type" = ${typeName} AND e."key" = found."key" AND e."id" IS NULL`,
    );
  }
  await run(
    importer.manager,
    sql`UPDATE "import_entry" e SET "id" = ${name(t, 'id')}, "is_known" = TRUE FROM ${table(type, t)}
     WHERE e."type" = ${typeName} AND e."id" IS NULL AND ${name(t, 'id')} = e."key_id" AND ${condition}`,
  );
}

/** What tells a term from others, column by column; of several rules the first for which the entry has values counts. */
const termNames: Record<TermType, readonly (readonly string[])[]> = {
  ...(Object.fromEntries(termTypes.map((type) => [type, [['name']]])) as Record<TermType, string[][]>),
  BrainRegion: [['atlas', 'acronym']],
  Publication: [['doi'], ['url'], ['title']],
};

/**
 * Finds shared terms by their names, in any case, among the approved and the importer's own proposals. What is found
 * stays as it is. Entries that mean the same missing term become one.
 */
export async function matchTerms(importer: Importer, type: ImportedType): Promise<void> {
  if (!isTerm(type)) return;
  const { manager, viewer } = importer;
  const rules = termNames[type];
  const userId = value(viewer.userId, 'uuid');
  const said = (column: string): Sql => sql`lower(e."columns"->>${text(column)})`;
  for (const [index, columns] of rules.entries()) {
    const t = Symbol(type);
    const applies = all([
      ...rules
        .slice(0, index)
        .flat()
        .map((column) => sql`${said(column)} IS NULL`),
      ...columns.map((column) => sql`${said(column)} IS NOT NULL`),
    ]);
    const agrees = all(columns.map((column) => sql`lower(${name(t, snakeCase(column))}) = ${said(column)}`));
    await run(
      manager,
      sql`UPDATE "import_entry" e SET "id" = (
         SELECT ${name(t, 'id')} FROM ${table(type, t)} WHERE ${agrees} AND ${isApprovedOrOwn(t, userId)}
         ORDER BY ${approvedFirst(t)}, ${name(t, 'id')} LIMIT 1)
       WHERE e."type" = ${value(type, 'text')} AND ${applies}`,
    );
  }
  await manager.query(
    `UPDATE "import_entry" e SET "is_known" = "id" IS NOT NULL, "is_given" = "id" IS NULL WHERE e."type" = $1`,
    [type],
  );
}

/** Entries that mean the same missing term become the first of them. */
export async function joinTerms({ manager }: Importer, type: ImportedType): Promise<void> {
  if (!isTerm(type)) return;
  for (const columns of termNames[type]) {
    const said = columns.map((column) => `lower("columns"->>'${column}')`);
    await manager.query(
      `UPDATE "import_entry" e SET "id" = first."id", "is_known" = TRUE, "is_given" = FALSE FROM (
         SELECT "line", first_value("id") OVER same AS "id", row_number() OVER same AS "number" FROM "import_entry"
         WHERE "type" = $1 AND "is_given" AND ${said.map((value) => `${value} IS NOT NULL`).join(' AND ')}
         WINDOW same AS (PARTITION BY ${said.join(', ')} ORDER BY "line")) first
       WHERE e."type" = $1 AND e."line" = first."line" AND first."number" > 1`,
      [type],
    );
  }
}
