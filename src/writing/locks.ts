import type { EntityManager } from 'typeorm';
import { isShared } from '../model/families';
import { quote } from '../loading/sql';
import type { NodeName } from '../model/ids';
import { snakeCase } from '../model/names';
import { nameOf } from '../model/node';
import { shapeOf, writableTypes, type WritableType } from './shape';

interface Place {
  type: NodeName;
  id: string;
}

/**
 * Locks what holds an object, so that nothing is written into a project while it is being published, or into something
 * that is being deleted. Always the projects first, in the order of their ids, then the rest from the outside inwards:
 * two writers then do not wait for each other in a circle. The object itself is left to whoever judges it.
 */
export async function lockContainers(manager: EntityManager, type: NodeName, id: string): Promise<void> {
  const chain = await chainOf(manager, { type, id });
  const outermost = chain.at(-1)!;
  const projects = await projectsOf(manager, outermost);
  await lockProjects(manager, projects);
  for (const place of chain.slice(1).reverse()) {
    await manager.query(`SELECT 1 FROM ${quote(snakeCase(place.type))} WHERE "id" = $1 FOR SHARE`, [place.id]);
  }
  // While we waited, the object may have been linked to another project.
  const now = await projectsOf(manager, outermost);
  await lockProjects(
    manager,
    now.filter((project) => !projects.includes(project)),
  );
}

export async function lockProjects(manager: EntityManager, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await manager.query(`SELECT 1 FROM "project" WHERE "id" = ANY($1) ORDER BY "id" FOR SHARE`, [ids]);
}

/** The ids of the projects that a subject or session is in; of anything else, none. */
export async function projectsOf(manager: EntityManager, { type, id }: Place): Promise<string[]> {
  if (!isShared(type)) return [];
  const table = snakeCase(type);
  const rows = await manager.query<{ id: string }[]>(
    `SELECT "project_id" AS "id" FROM ${quote(`project_${table}`)} WHERE ${quote(`${table}_id`)} = $1 ORDER BY 1`,
    [id],
  );
  return rows.map((row) => row.id);
}

/** The object and what it belongs to, up to the container that belongs to nothing. */
async function chainOf(manager: EntityManager, start: Place): Promise<Place[]> {
  const chain = [start];
  for (let place: Place | undefined = start; place;) {
    place = await parentOf(manager, place);
    if (place) chain.push(place);
  }
  return chain;
}

async function parentOf(manager: EntityManager, { type, id }: Place): Promise<Place | undefined> {
  const edge = isWritable(type) ? shapeOf(type).parent : undefined;
  if (!edge) return undefined;
  const column = quote(snakeCase(edge.column));
  const [row] = await manager.query<{ id: string | null }[]>(
    `SELECT ${column} AS "id" FROM ${quote(snakeCase(type))} WHERE "id" = $1`,
    [id],
  );
  return row?.id ? { type: nameOf(edge.target()), id: row.id } : undefined;
}

function isWritable(type: NodeName): type is WritableType {
  return (writableTypes as readonly NodeName[]).includes(type);
}
