import type { EntityManager, EntityMetadata } from 'typeorm';
import { quote } from '../database/sql';
import { VisibilityChange } from '../domain/people/visibility-change.entity';
import { sharedTypes } from '../model/families';
import { projectLinks } from '../model/links';
import { snakeCase } from '../model/names';
import type { Content } from './content';

/** As many rows as one statement takes: PostgreSQL allows 65,535 parameters. */
const rowsPerStatement = 500;

/** Stores all rows. The manager is that of a transaction, so that either everything is there afterwards or nothing. */
export async function insertContent(manager: EntityManager, content: Content): Promise<void> {
  const { entityMetadatas } = manager.dataSource;
  const rows = new Map([...content.rows].map(([name, list]) => [metadataOf(entityMetadatas, name), list]));
  for (const metadata of parentsFirst(entityMetadatas)) await insertRows(manager, metadata, rows.get(metadata) ?? []);
  await openSincePublished(manager);
  const history = [...content.history].sort((one, other) => one.happenedAt.localeCompare(other.happenedAt));
  await insertRows(
    manager,
    manager.dataSource.getMetadata(VisibilityChange),
    history.map((act) => ({ ...act, actor: 'USER' })),
  );
}

/** What is public has been so since its project was published, not since it was put here. */
async function openSincePublished(manager: EntityManager): Promise<void> {
  for (const type of sharedTypes) {
    const { table: links, column } = projectLinks(type);
    await manager.query(
      `UPDATE ${quote(snakeCase(type))} t SET "public_since" = GREATEST(t."created_at", p."first") FROM (
         SELECT l.${quote(column)} AS "id", min(p."published_at") AS "first" FROM ${quote(links)} l JOIN "project" p ON p."id" = l."project_id" GROUP BY 1) p
       WHERE p."id" = t."id" AND p."first" IS NOT NULL`,
    );
  }
}

function metadataOf(tables: readonly EntityMetadata[], name: string): EntityMetadata {
  const found = tables.find((table) => table.name === name || table.tableName === name);
  if (!found) throw new Error(`The demo has rows of ${name}, which has no table.`);
  return found;
}

async function insertRows(manager: EntityManager, metadata: EntityMetadata, rows: readonly object[]): Promise<void> {
  for (let start = 0; start < rows.length; start += rowsPerStatement) {
    await manager
      .createQueryBuilder()
      .insert()
      .into(metadata.target)
      .values(rows.slice(start, start + rowsPerStatement))
      .updateEntity(false)
      .execute();
  }
}

/** The tables in an order in which each comes after all that it refers to. */
function parentsFirst(tables: readonly EntityMetadata[]): EntityMetadata[] {
  const ordered = new Set<EntityMetadata>();
  const visit = (table: EntityMetadata): void => {
    if (ordered.has(table)) return;
    for (const { referencedEntityMetadata } of table.foreignKeys)
      if (referencedEntityMetadata !== table) visit(referencedEntityMetadata);
    ordered.add(table);
  };
  tables.forEach(visit);
  return [...ordered];
}
