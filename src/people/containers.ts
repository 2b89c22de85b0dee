import { join, name, sql, type Alias, type Sql } from '../database/sql';
import {
  containerProperties,
  containerTypes,
  isContainer,
  type ContainerColumns,
  type ContainerType,
} from '../model/families';
import type { NodeName } from '../model/ids';
import { typeOfId } from '../model/ids';
import { idColumn } from '../model/names';

/** A container, by the id that also says its type. */
export interface Container {
  type: ContainerType;
  id: string;
}

/** The id of what a membership is on. */
export function containerIdOf(membership: ContainerColumns): string {
  const column = containerProperties.find((property) => membership[property] !== null);
  if (column === undefined) throw new Error('A membership is on nothing.');
  return membership[column]!;
}

/** The same in SQL, of a membership under an alias. */
export function containerIdIn(membership: Alias): Sql {
  const columns = containerTypes.map((type) => name(membership, idColumn(type)));
  return sql`COALESCE(${join(columns, ', ')})`;
}

/** The container of that id, or undefined when it is the id of something else. */
export function containerOfId(id: string | undefined): Container | undefined {
  const type: NodeName | undefined = id === undefined ? undefined : typeOfId(id);
  return id !== undefined && isContainer(type) ? { type, id } : undefined;
}
