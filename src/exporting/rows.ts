import type { Access } from '../access/access';
import { conditionFor, type Question } from '../access/visibleTo';
import { referencesOf, type ImportedType } from '../importing/storing/types';
import { Parameters, quote, runBound } from '../loading/sql';
import type { NodeName } from '../model/ids';
import { nameOf } from '../model/node';
import { snakeCase } from '../model/names';
import { shapeOf } from '../writing/shape';
import { contentTypes, type Collected } from './collected';
import type { Exporting } from './export-project';

/** A row of which what the viewer may not see is null already. */
export type ExportedRow = Record<string, unknown> & { id: string };

const pageSize = 500;

/** The next rows of a type that belong to the export, by order of id. */
export async function readPage(
  exporting: Exporting,
  type: ImportedType,
  collected: Collected,
  after: string | undefined,
): Promise<ExportedRow[]> {
  const { tables, runner } = exporting;
  const question = questionOf(exporting);
  const { parameters } = question;
  const table = tables[type];
  const columns = [
    ...shapeOf(type).fields.map(({ name }) => [name, name] as const),
    ...referencesOf(type).map(({ field, column }) => [field, column] as const),
  ].map(
    ([field, property]) =>
      `${guarded(exporting.access, question, type, field, `t.${table.column(property)}`)} AS ${quote(property)}`,
  );
  const conditions = [
    belongs(exporting, question, type, collected),
    ...(after === undefined ? [] : [`t."id" > ${parameters.add(after, 'uuid')}`]),
  ];
  return runBound<ExportedRow>(
    runner,
    parameters,
    `SELECT t."id", ${columns.join(', ')} FROM ${table.name} t WHERE ${conditions.join(' AND ')} ORDER BY t."id" LIMIT ${pageSize}`,
  );
}

export function questionOf({ access, viewer }: Exporting): Question {
  const { policy, roleConditions } = access;
  return { policy, roleConditions, viewer, parameters: new Parameters() };
}

/** The condition of what is inside the project, whoever asks. */
export function contentCondition(
  { projectId }: Exporting,
  question: Question,
  type: ImportedType,
  alias: string,
): string {
  const asIf = { public: [projectId], private: [], only: true };
  return conditionFor({ ...question, viewer: { kind: 'anonymous', asIf } }, type, alias);
}

function belongs(exporting: Exporting, question: Question, type: ImportedType, collected: Collected): string {
  const { parameters } = question;
  const visible = (): string => conditionFor(question, type, 't');
  if (contentTypes.has(type)) return contentCondition(exporting, question, type, 't');
  if (type === 'Equipment')
    return `t."setup_id" = ANY(${parameters.add(collected.of('Setup'), 'uuid[]')}) AND ${visible()}`;
  if (type === 'DataStorageProtocol')
    return `t."data_storage_id" = ANY(${parameters.add(collected.of('DataStorage'), 'uuid[]')}) AND ${visible()}`;
  return `t."id" = ANY(${parameters.add(collected.of(type), 'uuid[]')}) AND ${visible()}`;
}

/** A column, or null where the field's permission hides it from the viewer: the same permissions as in the graph. */
function guarded(access: Access, question: Question, type: ImportedType, field: string, column: string): string {
  const condition = guardOf(access, question, type, field, column);
  return condition === 'TRUE' ? column : `CASE WHEN ${condition} THEN ${column} END`;
}

function guardOf(access: Access, question: Question, type: ImportedType, field: string, column: string): string {
  const permission = access.permissions[type]?.[field];
  switch (permission?.kind) {
    case 'open':
    case 'inherited':
      return 'TRUE';
    case 'ruled':
      switch (permission.rule.kind) {
        case 'targetVisible': {
          const target = nameOf(
            referencesOf(type)
              .find((edge) => edge.field === field)!
              .target(),
          );
          return seen(question, target, column);
        }
        case 'hasRole':
          return conditionFor(question, type, 't', permission.rule.atLeast);
        case 'visibleWhereSet': {
          const other = `t.${quote(snakeCase(permission.rule.column))}`;
          return `(${other} IS NULL OR ${seen(question, permission.rule.type, other)})`;
        }
        default:
          return 'FALSE';
      }
    default:
      return 'FALSE';
  }
}

function seen(question: Question, type: NodeName, column: string): string {
  const condition = conditionFor(question, type, 'v', 'visible', 10);
  return `EXISTS (SELECT 1 FROM ${quote(snakeCase(type))} v WHERE v."id" = ${column} AND ${condition})`;
}
