import { compilerFor, insideOf, type Compiler } from '../access/compiler';
import { all } from '../database/conditions';
import { join, name, run, sql, TRUE, value, type Alias, type Sql } from '../database/sql';
import { referencesOf, type ImportedType } from '../importing/storing/types';
import { shapeOf } from '../writing/shape';
import { contentTypes, type Collected } from './collected';
import type { Exporting } from './exporting';

/** A row of which what the viewer may not see is null already. */
export type ExportedRow = Record<string, unknown> & { id: string };

const pageSize = sql`500`;

/** The next rows of a type that belong to the export, by order of id. */
export async function readPage(
  exporting: Exporting,
  type: ImportedType,
  collected: Collected,
  after: string | undefined,
): Promise<ExportedRow[]> {
  const { access, viewer, tables, runner } = exporting;
  const compiler = compilerFor(access, viewer);
  const t = Symbol(type);
  const id = name(t, 'id');
  const columns = [
    ...shapeOf(type).fields.map((field) => [field.name, field.name] as const),
    ...referencesOf(type).map(({ field, column }) => [field, column] as const),
  ].map(([field, property]) => sql`${compiler.value(type, field, t)} AS ${name(property)}`);
  const condition = all([
    belongs(exporting, compiler, type, t, collected),
    after === undefined ? TRUE : sql`${id} > ${value(after, 'uuid')}`,
  ]);
  return run<ExportedRow>(
    runner,
    sql`SELECT ${join([id, ...columns], ', ')} FROM ${tables[type].from(t)} WHERE ${condition} ORDER BY ${id} LIMIT ${pageSize}`,
  );
}

function belongs(
  { access, projectId }: Exporting,
  compiler: Compiler,
  type: ImportedType,
  t: Alias,
  collected: Collected,
): Sql {
  if (contentTypes.has(type)) return insideOf(access, [projectId]).rows(type, t);
  const among = (column: string, ids: string[]): Sql =>
    all([sql`${name(t, column)} = ANY(${value(ids, 'uuid[]')})`, compiler.rows(type, t)]);
  if (type === 'Equipment') return among('setup_id', collected.of('Setup'));
  if (type === 'DataStorageProtocol') return among('data_storage_id', collected.of('DataStorage'));
  return among('id', collected.of(type));
}
