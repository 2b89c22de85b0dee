import { insideOf, table } from '../../access/compiler';
import { name, run, sql, value } from '../../database/sql';
import { isOneOf, withinAttributes } from '../../model/families';
import { nameOf } from '../../model/node';
import { rights } from '../../writing/rights';
import { notFoundAt, placeOf } from '../../writing/read-object';
import { missing } from '../../writing/read-values';
import { mostFaults, type FaultList } from './faults';
import { seenBy, type Importer } from './matching';
import { asTree } from './read-entry';
import { isImported, parentOf, type ImportedType } from './types';

/**
 * Looks for what the tree refers to and does not hold: what an earlier import into the project made under that key, or what
 * has the key as its id; either only as far as the importer sees it. It is put onto the stage, to be referred to.
 */
export async function findReferredTo(importer: Importer, projectId: string | undefined): Promise<void> {
  const targets = await run<{ target: ImportedType }>(
    importer.manager,
    sql`SELECT DISTINCT r."target" FROM "import_reference" r WHERE ${notOnStage}`,
  );
  for (const { target } of targets) {
    if (!isImported(target)) continue;
    const t = Symbol(target);
    const id = name(t, 'id');
    const seen = seenBy(importer).rows(target, t);
    const typeName = value(target, 'text');
    const insert = sql`INSERT INTO "import_entry" ("type", "key", "id", "is_known", "is_given")`;
    if (projectId !== undefined) {
      await run(
        importer.manager,
        sql`${insert} SELECT DISTINCT ON (r."key") ${typeName}, r."key", ${id}, TRUE, FALSE
         FROM "import_reference" r JOIN "imported_object" k ON k."key" = r."key" AND k."project_id" = ${value(projectId, 'uuid')}
         JOIN ${table(target, t)} ON ${id} = k."object_id"
         WHERE r."target" = ${typeName} AND ${notOnStage} AND ${seen} ORDER BY r."key", ${id} DESC`,
      );
    }
    await run(
      importer.manager,
      sql`${insert} SELECT DISTINCT ${typeName}, r."key", ${id}, TRUE, FALSE
       FROM "import_reference" r JOIN ${table(target, t)}
         ON ${id} = CASE WHEN r."key" ~* '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' THEN r."key"::uuid END
       WHERE r."target" = ${typeName} AND ${notOnStage} AND ${seen}`,
    );
  }
}

const notOnStage = sql`NOT EXISTS (SELECT 1 FROM "import_entry" s WHERE s."key" = r."key")`;

/**
 * Keys that are there twice, references that lead nowhere or to another type, and what new objects lack.
 *
 * @returns whether each key stands for one entry
 */
export async function checkForm({ manager }: Importer, faults: FaultList): Promise<boolean> {
  const twice = await manager.query<{ line: number; key: string; first: number }[]>(
    `SELECT "line", "key", "first" FROM (SELECT "line", "key", min("line") OVER (PARTITION BY "key") AS "first" FROM "import_entry") e
     WHERE "line" > "first" ORDER BY "line" LIMIT ${mostFaults}`,
  );
  for (const { line, key, first } of twice)
    faults.add({ line, key }, 'DUPLICATE', ['key'], `This key is there twice: the entry ${first} has it already.`);
  // A key that is there twice leads nowhere in particular: what refers to it has no fault of its own.
  if (twice.length > 0) return false;
  const lost = await manager.query<Lost[]>(
    `SELECT e."line", e."key", r."field", r."position", r."target", CASE WHEN s."line" IS NOT NULL THEN s."type" END AS "found"
     FROM "import_reference" r JOIN "import_entry" e ON e."line" = r."line" LEFT JOIN "import_entry" s ON s."key" = r."key"
     WHERE s."type" IS DISTINCT FROM r."target" ORDER BY e."line", r."field", r."position" LIMIT ${mostFaults}`,
  );
  for (const { field, position, target, found, ...place } of lost) {
    const message = `\`${field}\` has to name a ${target}; this is the key of a ${found}.`;
    faults.tell(place, [
      found === null
        ? notFoundAt(field, position, target)
        : { path: placeOf(field, position), code: 'WRONG_TYPE', message },
    ]);
  }
  const lacking = await manager.query<{ line: number; key: string; type: ImportedType; lacking: string[] }[]>(
    `SELECT "line", "key", "type", "lacking" FROM "import_entry" WHERE NOT "is_known" AND "is_given" AND "lacking" <> '{}' ORDER BY "line" LIMIT ${mostFaults}`,
  );
  for (const { type, lacking: names, ...place } of lacking) faults.tell(place, asTree(type, names.map(missing)));
  return true;
}

interface Lost {
  line: number;
  key: string;
  field: string;
  position: number | null;
  target: ImportedType;
  found: string | null;
}

/**
 * To see something is not enough to put anything into it. What the tree does not hold itself has to be inside the project,
 * or, if it is an attribute, the importer needs the role on it that it takes by hand.
 */
export async function checkParents(
  importer: Importer,
  types: readonly ImportedType[],
  projectId: string,
  faults: FaultList,
): Promise<void> {
  for (const type of types) {
    const parent = parentOf(type);
    if (!parent) continue;
    const target = nameOf(parent.target()) as ImportedType;
    const { create } = rights[type];
    const byRole = isOneOf(withinAttributes, type) && 'atLeast' in create;
    const t = Symbol(target);
    const compiler = byRole ? seenBy(importer) : insideOf(importer.access, [projectId]);
    const may = compiler.rows(target, t, byRole ? create.atLeast : 'visible');
    const refused = await run<{ line: number; key: string }>(
      importer.manager,
      sql`SELECT e."line", e."key" FROM "import_entry" e
         JOIN "import_reference" r ON r."line" = e."line" AND r."field" = ${value(parent.field, 'text')}
         JOIN "import_entry" s ON s."key" = r."key" AND s."line" IS NULL
       WHERE e."type" = ${value(type, 'text')} AND NOT EXISTS (SELECT 1 FROM ${table(target, t)} WHERE ${name(t, 'id')} = s."id" AND ${may})
       ORDER BY e."line" LIMIT ${value(mostFaults, 'integer')}`,
    );
    for (const place of refused)
      if (byRole)
        faults.add(
          place,
          'FORBIDDEN',
          [parent.field],
          `You would have to be ${create.atLeast.toLowerCase()} of this ${target}.`,
        );
      else faults.add(place, 'DISAGREES', [parent.field], `This ${target} is not in the project.`);
  }
}
