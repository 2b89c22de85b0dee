import type { EntityManager } from 'typeorm';

interface ToPublish {
  projectId: string;
  storageIds: readonly string[];
}

/**
 * Publishes an imported project and its data storages with all their protocols, and records it as the operator's act.
 * What is public already stays as it is. Returns how many objects became public.
 */
export async function publishAsOperator(manager: EntityManager, { projectId, storageIds }: ToPublish): Promise<number> {
  const projects = await manager.query<{ id: string }[]>(
    `WITH published AS (
       UPDATE "project" SET "is_public" = TRUE, "published_at" = now(), "first_published_at" = COALESCE("first_published_at", now()),
         "updated_at" = now(), "version" = "version" + 1
       WHERE "id" = $1 AND NOT "is_public" RETURNING "id")
     SELECT "id" FROM published`,
    [projectId],
  );
  const storages = await manager.query<{ id: string }[]>(
    `WITH published AS (
       UPDATE "data_storage" SET "is_public" = TRUE, "updated_at" = now(), "version" = "version" + 1
       WHERE "id" = ANY($1) AND NOT "is_public" RETURNING "id")
     SELECT "id" FROM published`,
    [storageIds],
  );
  await manager.query(
    `UPDATE "data_storage_protocol" SET "is_public" = TRUE, "updated_at" = now(), "version" = "version" + 1
     WHERE "data_storage_id" = ANY($1) AND NOT "is_public"`,
    [storageIds],
  );
  const published = [...projects, ...storages].map(({ id }) => id);
  await manager.query(
    `INSERT INTO "publication_event" ("object_id", "action", "actor") SELECT id, 'PUBLISH', 'OPERATOR' FROM unnest($1::uuid[]) AS id`,
    [published],
  );
  return published.length;
}
