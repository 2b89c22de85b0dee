import { compilerFor, insideOf, type Compiler } from '../access/compiler';
import { of } from '../access/rules';
import { all } from '../database/conditions';
import { join, name, run, sql, TRUE, value, type Alias, type Sql } from '../database/sql';
import { referencesOf, type ImportedType } from '../importing/storing/types';
import type { ReferenceEdge } from '../model/edges';
import { nameOf } from '../model/node';
import { shapeOf } from '../writing/shape';
import { contentTypes } from '../importing/storing/types';
import type { Collected } from './collected';
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
    ...shapeOf(type).fields.map(({ name: field }) => sql`${compiler.value(type, field, t)} AS ${name(field)}`),
    ...referencesOf(type).map((edge) => sql`${reference(exporting, compiler, type, t, edge)} AS ${name(edge.column)}`),
  ];
  const condition = all([
    belongs(exporting, compiler, type, t, collected),
    after === undefined ? TRUE : sql`${id} > ${value(after, 'uuid')}`,
  ]);
  return run<ExportedRow>(
    runner,
    sql`SELECT ${join([id, ...columns], ', ')} FROM ${tables[type].from(t)} WHERE ${condition} ORDER BY ${id} LIMIT ${pageSize}`,
  );
}

/** A single reference; one to content of other projects is left out as such content is. */
function reference(
  { access, projectId }: Exporting,
  compiler: Compiler,
  type: ImportedType,
  t: Alias,
  { field, column, target }: ReferenceEdge,
): Sql {
  const seen = compiler.value(type, field, t);
  const named = nameOf(target()) as ImportedType;
  if (!contentTypes.has(named) || access.permissions[type]?.[field]?.kind === 'inherited') return seen;
  return sql`CASE WHEN ${insideOf(access, [projectId]).holds(of(column, named), type, t)} THEN ${seen} END`;
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
