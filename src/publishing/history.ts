import type { EntityManager } from 'typeorm';
import type { Viewer } from '../access/viewer';

/** Adds to the record of publications who did what, when, and with which token. */
export async function recordVisibilityChange(
  manager: EntityManager,
  viewer: Viewer,
  action: 'PUBLISH' | 'REVOKE',
  objectIds: readonly string[],
): Promise<void> {
  if (objectIds.length === 0) return;
  const [userId, tokenId] = viewer.kind === 'user' ? [viewer.userId, viewer.tokenId ?? null] : [null, null];
  await manager.query(
    `INSERT INTO "publication_event" ("object_id", "action", "actor", "user_id", "user_name", "token_id", "token_name")
     SELECT object_id, $2, $3, $4::uuid, (SELECT "name" FROM "user" WHERE "id" = $4::uuid), $5::uuid, (SELECT "name" FROM "access_token" WHERE "id" = $5::uuid)
     FROM unnest($1::uuid[]) AS object_id`,
    [objectIds, action, userId === null ? 'OPERATOR' : 'USER', userId, tokenId],
  );
}
