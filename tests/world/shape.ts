import type { DataSource, EntityMetadata } from 'typeorm';
import type { ColumnMetadata } from 'typeorm/metadata/ColumnMetadata';
import { nodeNames } from '../../src/model/ids';
import type { TypeName } from './world';

/** What can stand in a column: enough to fill it with something of its own. */
export interface ColumnShape {
  property: string;
  nullable: boolean;
  kind:
    | { is: 'text' | 'webAddress' | 'words' | 'object' | 'list' | 'flag' | 'id' | 'duration' }
    | { is: 'instant' | 'day' | 'whole' | 'decimal' }
    | { is: 'choice' | 'choices'; of: readonly string[] };
}

/** The columns of every type, read from the models: a new column is filled, and watched, without being listed here. */
export type Shape = Readonly<Record<TypeName, readonly ColumnShape[]>>;

/** What every row has, and the builder sets itself. */
const common = ['id', 'createdAt', 'updatedAt', 'version'];

export function readShape(dataSource: DataSource): Shape {
  const shapes = nodeNames.map((name): [TypeName, ColumnShape[]] => {
    const entity = dataSource.entityMetadatas.find((one) => one.name === name);
    if (!entity) throw new Error(`${name} has no table.`);
    const columns = entity.columns.filter(({ propertyName }) => !common.includes(propertyName));
    return [name, columns.map((column) => shapeOf(entity, column))];
  });
  return Object.fromEntries(shapes) as Record<TypeName, ColumnShape[]>;
}

function shapeOf(entity: EntityMetadata, column: ColumnMetadata): ColumnShape {
  return { property: column.propertyName, nullable: column.isNullable, kind: kindOf(entity, column) };
}

function kindOf(entity: EntityMetadata, column: ColumnMetadata): ColumnShape['kind'] {
  const check = (suffix: string): string | undefined =>
    entity.checks.find(({ name }) => name === `${entity.tableName}_${column.databaseName}_${suffix}`)?.expression;
  const choices = check('value') ?? check('values');
  if (choices) return { is: column.isArray ? 'choices' : 'choice', of: quotedIn(choices) };
  if (column.isArray) return { is: 'words' };
  if (column.propertyName === 'age') return { is: 'duration' };
  switch (column.type) {
    case 'varchar':
    case 'text':
      return { is: check('scheme') ? 'webAddress' : 'text' };
    case 'jsonb':
      return { is: check('list') ? 'list' : 'object' };
    case 'timestamptz':
      return { is: 'instant' };
    case 'date':
      return { is: 'day' };
    case 'integer':
    case 'bigint':
      return { is: 'whole' };
    case 'double precision':
      return { is: 'decimal' };
    case 'boolean':
      return { is: 'flag' };
    case 'uuid':
      return { is: 'id' };
    default:
      throw new Error(`A world cannot fill ${entity.name}.${column.propertyName}: teach it the type of that column.`);
  }
}

function quotedIn(expression: string): string[] {
  return [...expression.matchAll(/'([^']*)'/g)].map(([, value]) => value!);
}
