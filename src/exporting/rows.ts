import { columnFor, type FieldQuestion } from '../access/columns';
import { conditionFor, type Question } from '../access/visibleTo';
import { referencesOf, type ImportedType } from '../importing/storing/types';
import { Parameters, quote, runBound } from '../loading/sql';
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
    ([field, property]) => `${columnFor(question, type, field, 't', table.column(property))} AS ${quote(property)}`,
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

export function questionOf({ access, viewer }: Exporting): FieldQuestion {
  const { policy, permissions, roleConditions } = access;
  return { policy, permissions, roleConditions, viewer, parameters: new Parameters() };
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
