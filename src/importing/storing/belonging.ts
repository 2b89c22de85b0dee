import { compilerFor, table } from '../../access/compiler';
import { anonymous } from '../../access/viewer';
import { name, run, sql, value } from '../../database/sql';
import { containerTypes, sharedTypes, withinAttributes } from '../../model/families';
import { putIntoProjects } from '../../writing/put-into-projects';
import { addOwner } from '../../writing/rows';
import type { Importer } from './matching';
import type { ImportedType } from './types';

/**
 * Puts what is new of subjects and sessions into the project, and nothing that is there: to be in several takes owners of
 * all of them, and is done by linking. From here on the project is neither published nor revoked, until the import has ended.
 */
export async function joinProject({ manager }: Importer, projectId: string): Promise<void> {
  for (const type of sharedTypes) {
    const made = sql`SELECT "id" FROM "import_entry" WHERE "type" = ${value(type, 'text')} AND NOT "is_known"`;
    await putIntoProjects(manager, type, made, [projectId]);
  }
}

/** Makes the importer an owner of what is new, and remembers the keys. */
export async function takeOver({ manager, viewer }: Importer, projectId: string): Promise<void> {
  for (const type of containerTypes) {
    const made = await manager.query<{ id: string }[]>(
      `SELECT "id" FROM "import_entry" WHERE "type" = $1 AND NOT "is_known"`,
      [type],
    );
    const ids = made.map(({ id }) => id);
    await addOwner(manager, type, ids, viewer.userId);
  }
  // What a key stood for before is gone, or has left the project; attributes have one for each who imports them.
  await manager.query(
    `DELETE FROM "imported_object" k USING "import_entry" e
     WHERE k."project_id" = $1 AND k."key" = e."key" AND k."object_id" <> e."id" AND e."line" IS NOT NULL AND e."type" <> ALL($2)`,
    [projectId, withinAttributes],
  );
  await manager.query(
    `INSERT INTO "imported_object" ("project_id", "key", "object_id")
     SELECT $1, "key", "id" FROM "import_entry" WHERE "line" IS NOT NULL AND "key" <> "id"::text ON CONFLICT DO NOTHING`,
    [projectId],
  );
}

/**
 * Whether anything new is public, before it is put into the project: in a session, say, that is in another project as well, which is
 * public, or in a setup that is public itself.
 */
export async function hasOpened({ manager, access }: Importer, types: readonly ImportedType[]): Promise<boolean> {
  for (const type of types) {
    const t = Symbol(type);
    const found = await run(
      manager,
      sql`SELECT 1 FROM ${table(type, t)} JOIN "import_entry" e ON e."id" = ${name(t, 'id')} AND NOT e."is_known"
         WHERE ${compilerFor(access, anonymous).rows(type, t)} LIMIT 1`,
    );
    if (found.length > 0) return true;
  }
  return false;
}
