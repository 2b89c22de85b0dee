import { hasColumn } from '../model/columns';
import { allEdges, type ReferenceEdge } from '../model/edges';
import type { NodeName } from '../model/ids';
import { snakeCase } from '../model/names';
import { nameOf } from '../model/node';
import type { Permissions } from './permission';

/**
 * Whether a column is read together with its row, by whoever sees that: where the field that it stands behind is open to
 * them, and where it names another object, since the verdict on that one is asked by its id. A column behind a rule is read
 * under the rule alone (compiler.ts), one behind no field at all by nobody.
 */
export function isReadWithRow(permissions: Permissions, type: NodeName, property: string): boolean {
  const own = permissions[type]?.[property];
  if (own) return own.kind !== 'ruled';
  return allEdges().some(
    (edge) => edge.kind === 'reference' && nameOf(edge.owner) === type && edge.column === property,
  );
}

/** The fields of a type that stand in a column each, behind a rule. */
export function ruledColumns(permissions: Permissions, type: NodeName): string[] {
  return Object.entries(permissions[type] ?? {}).flatMap(([field, { kind }]) =>
    kind === 'ruled' && hasColumn(type, field) ? [field] : [],
  );
}

/** The column that a field is answered from: of one that leads to an object, the one that names it. */
export function columnBehind(type: NodeName, field: string): string {
  const edge = allEdges().find(
    (one) => one.kind === 'reference' && nameOf(one.owner) === type && one.field === field,
  ) as ReferenceEdge | undefined;
  return snakeCase(edge?.column ?? field);
}
