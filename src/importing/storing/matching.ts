import type { EntityManager } from 'typeorm';
import type { Access } from '../../access/access';
import { oneAtATimeOr } from '../../database/locks';
import type { Viewer } from '../../access/viewer';
import { conditionFor, type Question } from '../../access/visibleTo';
import { isWord, type WordType, withinAttributes, wordTypes, isOneOf } from '../../model/families';
import { quote, Parameters, runBound } from '../../loading/sql';
import { snakeCase } from '../../model/names';
import { roleToBeIn } from '../../writing/rights';
import { tableOf } from './stage';
import { type ImportedType } from './types';

/** Who imports, under which rules, in which transaction. */
export interface Importer {
  manager: EntityManager;
  access: Access;
  viewer: Viewer & { kind: 'user' };
  /** It only says what it would do: nothing is written, and nothing is locked. */
  isDry: boolean;
}

export function questionOf({ access, viewer }: Importer): Question {
  const { policy, roleConditions } = access;
  return { policy, roleConditions, viewer, parameters: new Parameters() };
}

/** The same question about what is inside one project, whoever may see it. */
export function contentOf({ access }: Importer, projectId: string): Question {
  const { policy, roleConditions } = access;
  const asIf = { public: [projectId], private: [], only: true };
  return { policy, roleConditions, viewer: { kind: 'anonymous', asIf }, parameters: new Parameters() };
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
  const question = questionOf(importer);
  const { parameters } = question;
  const place = parameters.add(key, 'text');
  const owner = conditionFor(question, 'Project', 't', 'OWNER');
  // An import puts things into this one project: what is in another is never put here as well (see belonging.ts).
  const atLeast = roleToBeIn(1);
  const [found] = await runBound<KnownProject>(
    manager,
    parameters,
    `SELECT t."id", t."is_public" AS "isPublic", ${owner} AS "isOwner" FROM "project" t
     WHERE (t."id"::text = lower(${place}) AND ${conditionFor(question, 'Project', 't', atLeast)})
       OR (EXISTS (SELECT 1 FROM "imported_object" k WHERE k."key" = ${place} AND k."object_id" = t."id" AND k."project_id" = t."id")
         AND ${owner})
     ORDER BY t."id"::text = lower(${place}) DESC, t."id" LIMIT 1`,
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
  const question = isOwn ? questionOf(importer) : contentOf(importer, projectId!);
  const { parameters } = question;
  const condition = conditionFor(question, type, 't', isOwn ? 'OWNER' : 'visible');
  const name = parameters.add(type, 'text');
  if (projectId !== undefined) {
    await runBound(
      importer.manager,
      parameters,
      `UPDATE "import_entry" e SET "id" = found."object_id", "is_known" = TRUE FROM (
         SELECT DISTINCT ON (k."key") k."key", k."object_id"
         FROM "import_entry" n JOIN "imported_object" k ON k."key" = n."key" AND k."project_id" = ${parameters.add(projectId, 'uuid')}
         JOIN ${tableOf(type)} t ON t."id" = k."object_id"
         WHERE n."type" = ${name} AND ${condition} ORDER BY k."key", k."object_id" DESC) found
       WHERE e."type" = ${name} AND e."key" = found."key" AND e."id" IS NULL`,
    );
  }
  await runBound(
    importer.manager,
    parameters,
    `UPDATE "import_entry" e SET "id" = t."id", "is_known" = TRUE FROM ${tableOf(type)} t
     WHERE e."type" = ${name} AND e."id" IS NULL AND t."id" = e."key_id" AND ${condition}`,
  );
}

/** What tells a word from others, column by column; of several rules the first for which the entry has values counts. */
const wordNames: Record<WordType, readonly (readonly string[])[]> = {
  ...(Object.fromEntries(wordTypes.map((type) => [type, [['name']]])) as Record<WordType, string[][]>),
  BrainRegion: [['atlas', 'acronym']],
  Publication: [['doi'], ['url'], ['title']],
};

/**
 * Finds shared words by their names, in any case, among the approved and the importer's own proposals. What is found
 * stays as it is. Entries that mean the same missing word become one.
 */
export async function matchWords(importer: Importer, type: ImportedType): Promise<void> {
  if (!isWord(type)) return;
  const { manager, viewer } = importer;
  const rules = wordNames[type];
  const said = (name: string): string => `lower(e."columns"->>'${name}')`;
  for (const [index, columns] of rules.entries()) {
    const earlier = rules.slice(0, index).flat();
    const applies = [
      ...earlier.map((name) => `${said(name)} IS NULL`),
      ...columns.map((name) => `${said(name)} IS NOT NULL`),
    ].join(' AND ');
    const agrees = columns.map((name) => `lower(t.${quote(snakeCase(name))}) = ${said(name)}`).join(' AND ');
    await manager.query(
      `UPDATE "import_entry" e SET "id" = (
         SELECT t."id" FROM ${tableOf(type)} t WHERE ${agrees} AND (t."is_approved" OR t."proposed_by_id" = $2)
         ORDER BY t."is_approved" DESC, t."id" LIMIT 1)
       WHERE e."type" = $1 AND ${applies}`,
      [type, viewer.userId],
    );
  }
  await manager.query(
    `UPDATE "import_entry" e SET "is_known" = "id" IS NOT NULL, "is_given" = "id" IS NULL WHERE e."type" = $1`,
    [type],
  );
}

/** Entries that mean the same missing word become the first of them. */
export async function joinWords({ manager }: Importer, type: ImportedType): Promise<void> {
  if (!isWord(type)) return;
  for (const columns of wordNames[type]) {
    const said = columns.map((name) => `lower("columns"->>'${name}')`);
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
