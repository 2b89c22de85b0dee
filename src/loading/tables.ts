import type { DataSource } from 'typeorm';
import type { Access } from '../access/access';
import { join, name, sql, type Alias, type Sql } from '../database/sql';
import type { NodeName } from '../model/ids';
import { nodeClasses, nameOf, type Node, type NodeClass } from '../model/node';
import { jsonFormOf, type JsonForm } from './json-form';
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
  /** How the column of a property is put into JSON. */
  json(property: string): JsonForm;
  /** The properties that are read with a row: what whoever sees it is answered. */
  read: readonly string[];
  /** An object, from the values of its properties; with only some of them, where no more of it is asked for. */
  hydrate(row: Row, properties?: readonly string[]): Node;
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
  const properties = read.map(({ propertyName }) => propertyName);
  const forms = Object.fromEntries(
    columns.map((column) => [
      column.propertyName,
      jsonFormOf(dataSource.driver.normalizeType(column), column.isArray, column.length || 'Infinity'),
    ]),
  );
  return {
    from: (alias) => sql`${name(metadata.tableName)} ${name(alias)}`,
    columns: (alias) =>
      join(
        read.map(({ propertyName, databaseName }) => sql`${name(alias, databaseName)} AS ${name(propertyName)}`),
        ', ',
      ),
    column: (alias, property) => name(alias, found(property).databaseName),
    isNullable: (property) => found(property).isNullable,
    json: (property) => forms[property]!,
    read: properties,
    hydrate: (row, some = properties) => {
      const object = Object.create(target.prototype as object) as Row;
      for (const property of some) object[property] = row[property];
      return object as unknown as Node;
    },
  };
}
