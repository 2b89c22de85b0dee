import { join, name, sql, type Alias, type Sql } from '../database/sql';
import { containerTypes, isContainer, type ContainerType } from '../model/families';
import type { NodeName } from '../model/ids';
import { typeOfId } from '../model/ids';
import { snakeCase } from '../model/names';

/** A container, by the id that also says its type. */
export interface Container {
  type: ContainerType;
  id: string;
}

export interface ContainerColumns {
  projectId: string | null;
  behavioralParadigmId: string | null;
  setupId: string | null;
  dataStorageId: string | null;
  inventoryId: string | null;
}

/** The id of what a membership is on. */
export function containerIdOf(membership: ContainerColumns): string {
  const { projectId, behavioralParadigmId, setupId, dataStorageId, inventoryId } = membership;
  const id = projectId ?? behavioralParadigmId ?? setupId ?? dataStorageId ?? inventoryId;
  if (id === null) throw new Error('A membership is on nothing.');
  return id;
}

/** The same in SQL, of a membership under an alias. */
export function containerIdIn(membership: Alias): Sql {
  const columns = containerTypes.map((type) => name(membership, containerColumn(type)));
  return sql`COALESCE(${join(columns, ', ')})`;
}

/** The container of that id, or undefined when it is the id of something else. */
export function containerOfId(id: string | undefined): Container | undefined {
  const type: NodeName | undefined = id === undefined ? undefined : typeOfId(id);
  return id !== undefined && isContainer(type) ? { type, id } : undefined;
}

/** The column of a membership that names a container of that type. */
export const containerColumn = (type: ContainerType): string => `${snakeCase(type)}_id`;
