import { quote } from '../loading/sql';
import { hasColumn } from '../model/columns';
import { allEdges, edgeOf } from '../model/edges';
import type { NodeName } from '../model/ids';
import { snakeCase } from '../model/names';
import { nameOf } from '../model/node';
import type { FieldRule, Permissions } from './permissions';
import { of, self, userIn } from './rules';
import { all, conditionFor, conditionOf, either, type Question } from './visibleTo';

/** What is needed to ask for single fields: beside who sees an object, who is answered by each of its fields. */
export interface FieldQuestion extends Question {
  permissions: Permissions;
}

/**
 * Whether a column is read together with its row, by whoever sees that: where the field that it stands behind is open to
 * them, and where it names another object, since the verdict on that one is asked by its id. A column behind a rule is read
 * under the rule alone (`columnFor`), one behind no field at all by nobody.
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

/**
 * What SQL reads of the column of a field: the column, or the column where the field's rule holds and null where it does
 * not, or null at once. Nothing that the viewer may not read leaves the database.
 */
export function columnFor(
  question: FieldQuestion,
  type: NodeName,
  field: string,
  alias: string,
  column: string,
): string {
  const condition = fieldConditionFor(question, type, field, alias);
  if (condition === 'TRUE') return `${alias}.${column}`;
  return condition === 'FALSE' ? 'NULL' : `CASE WHEN ${condition} THEN ${alias}.${column} END`;
}

/** The SQL form of the permission of a field, for rows of `type` that the viewer sees. */
export function fieldConditionFor(question: FieldQuestion, type: NodeName, field: string, alias: string): string {
  const permission = question.permissions[type]?.[field];
  switch (permission?.kind) {
    case 'open':
    case 'inherited':
      return 'TRUE';
    case 'ruled':
      return compile(question, permission.rule, type, field, alias);
    default:
      return 'FALSE';
  }
}

function compile(question: FieldQuestion, rule: FieldRule, type: NodeName, field: string, alias: string): string {
  switch (rule.kind) {
    case 'targetVisible': {
      const edge = edgeOf(type, field);
      return edge.kind === 'reference'
        ? conditionOf(question, of(edge.column, nameOf(edge.target())), type, alias)
        : 'FALSE';
    }
    case 'hasRole':
      return conditionFor(question, type, alias, rule.atLeast);
    case 'isViewer':
      return conditionOf(question, self, type, alias);
    case 'isViewerIn':
      return conditionOf(question, userIn(rule.column), type, alias);
    case 'visibleWhereSet': {
      const each = rule.columns.map((column) => {
        const empty = `${alias}.${quote(snakeCase(column))} IS NULL`;
        return either([empty, conditionOf(question, of(column, rule.type), type, alias)]);
      });
      return either([all(each), conditionFor(question, type, alias, rule.orAtLeast)]);
    }
    // Of fields without a column: decided in front of their resolvers (shield.ts).
    case 'hasRoleOrUntil':
    case 'hasRoleOnArgument':
    case 'mayAct':
      return 'FALSE';
  }
}
