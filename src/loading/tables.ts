import type { DataSource } from 'typeorm';
import type { Access } from '../access/access';
import { join, name, sql, type Alias, type Sql } from '../database/sql';
import type { NodeName } from '../model/ids';
import { nodeClasses, nameOf, type Node, type NodeClass } from '../model/node';
import type { Row } from './snapshot';

/** How rows of one type are selected and made objects; drawn from TypeORM's metadata once, at the start. */
export interface Table {
  /** The table under an alias. */
  from(alias: Alias): Sql;
  /** The select list under an alias of what whoever sees a row is answered, each column named as its property. */
  columns(alias: Alias): Sql;
  /** The column of a property, under an alias. */
  column(alias: Alias, property: string): Sql;
  /** Whether the column of a property may hold nothing. */
  isNullable(property: string): boolean;
  hydrate(row: Row): Node;
}

export type Tables = Readonly<Record<NodeName, Table>>;

export function readTables(dataSource: DataSource, access: Access): Tables {
  return Object.fromEntries(
    nodeClasses().map((target) => [nameOf(target), tableOf(dataSource, access, target)]),
  ) as Record<NodeName, Table>;
}

function tableOf(dataSource: DataSource, access: Access, target: NodeClass): Table {
  const metadata = dataSource.getMetadata(target);
  const { columns } = metadata;
  const read = columns.filter(({ propertyName }) => access.isReadWithRow(nameOf(target), propertyName));
  const found = (property: string): (typeof columns)[number] => {
    const column = columns.find(({ propertyName }) => propertyName === property);
    if (!column) throw new Error(`${target.name} has no column ${property}.`);
    return column;
  };
  return {
    from: (alias) => sql`${name(metadata.tableName)} ${name(alias)}`,
    columns: (alias) =>
      join(
        read.map(({ propertyName, databaseName }) => sql`${name(alias, databaseName)} AS ${name(propertyName)}`),
        ', ',
      ),
    column: (alias, property) => name(alias, found(property).databaseName),
    isNullable: (property) => found(property).isNullable,
    hydrate: (row) => {
      const object = Object.create(target.prototype as object) as Row;
      for (const { propertyName } of read) object[propertyName] = row[propertyName];
      return object as unknown as Node;
    },
  };
}
