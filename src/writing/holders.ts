import type { EntityManager } from 'typeorm';
import type { Acting } from '../access/act';
import { authorizeAll, type Demand } from '../access/authorize';
import type { Wanted } from '../database/locks';
import { OutOfDate } from '../database/transaction';
import { isShared } from '../model/families';
import { quote } from '../database/sql';
import type { NodeName } from '../model/ids';
import { snakeCase } from '../model/names';
import { nameOf } from '../model/node';
import { shapeOf, writableTypes, type WritableType } from './shape';
import { projectLinks } from '../model/links';

/** An object, by its type and id. */
export interface Place {
  type: NodeName;
  id: string;
}

/**
 * Asks for a role on an object, and locks it together with what holds it: the projects that it is in, and what it belongs
 * to. So nothing is written into a project while it is being published, or into something that is being deleted. Throws
 * NOT_FOUND, FORBIDDEN or OutOfDate (it has just been linked to another project).
 *
 * @returns whether the viewer has the role
 */
export async function authorizeWithin(acting: Acting, demand: Demand): Promise<boolean> {
  const { manager } = acting;
  let outermost: Place = demand;
  let projects: string[] = [];
  const [allowed] = await authorizeAll(acting, [demand], async () => {
    const [, ...chain] = await chainOf(manager, demand);
    outermost = chain.at(-1) ?? demand;
    projects = await projectsOf(manager, outermost);
    return [...used('Project', projects), ...chain.flatMap(({ type, id }) => used(type, [id]))];
  });
  await requireSameProjects(manager, outermost, projects);
  return allowed!;
}

/** What is to be locked because something is put into it, or it holds what is written. */
export const used = (type: NodeName, ids: readonly string[]): Wanted[] => ids.map((id) => ({ type, id, hold: 'used' }));

/** Throws OutOfDate where a locked object has come to be in more projects than were locked with it. */
async function requireSameProjects(manager: EntityManager, place: Place, locked: readonly string[]): Promise<void> {
  if ((await projectsOf(manager, place)).some((id) => !locked.includes(id))) throw new OutOfDate();
}

/** The ids of the projects that a subject or session is in; of anything else, none. */
export async function projectsOf(manager: EntityManager, { type, id }: Place): Promise<string[]> {
  if (!isShared(type)) return [];
  const { table, column } = projectLinks(type);
  const rows = await manager.query<{ id: string }[]>(
    `SELECT "project_id" AS "id" FROM ${quote(table)} WHERE ${quote(column)} = $1 ORDER BY 1`,
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
