import { In, type EntityManager } from 'typeorm';
import { classOf } from '../../model/node';
import { ModuleTypes, type ModuleKind } from '../../module/module-types';
import type { FaultCode } from '../../writing/faults';
import type { FaultList } from './faults';
import { hasModuleType, moduleTypeField } from './read-entry';
import type { Stage, StagedEntry } from './stage';
import { parentOf, type ImportedType } from './types';

/** A row as it will be: what is stored, and what the tree says of it. */
export type WholeRow = Record<string, unknown> & { id: string };

const moduleTypes = new ModuleTypes();

const kinds: Partial<Record<ImportedType, ModuleKind>> = {
  DataAcquisition: 'DATA_ACQUISITION',
  Manipulation: 'MANIPULATION',
  Procedure: 'PROCEDURE',
  Equipment: 'EQUIPMENT',
  ConsumableStock: 'CONSUMABLE_STOCK',
  SubjectLog: 'SUBJECT_LOG',
  ProcedureLog: 'PROCEDURE_LOG',
};

/** The newest version of the type, where an object gets a type and no version is said. */
export function withSchemaVersion(
  type: ImportedType,
  columns: Record<string, unknown>,
  before: Record<string, unknown> | undefined,
): Record<string, unknown> {
  if (!hasModuleType(type) || columns['schemaVersion'] !== undefined) return columns;
  const named = columns['type'];
  if (typeof named !== 'string' || named === before?.['type']) return columns;
  const version = moduleTypes.find(kinds[type]!, named)?.version;
  return version === undefined ? columns : { ...columns, schemaVersion: version };
}

/** Reads what is stored of some objects. */
export async function storedRows(
  manager: EntityManager,
  type: ImportedType,
  ids: readonly string[],
): Promise<Map<string, WholeRow>> {
  if (ids.length === 0) return new Map();
  const rows = await manager.getRepository<WholeRow>(classOf(type)).findBy({ id: In([...new Set(ids)]) });
  return new Map(rows.map((row) => [row.id, row]));
}

/** Looks for disagreement among the values of each entry, and with those that it refers to. */
export class Checks {
  constructor(
    private readonly manager: EntityManager,
    private readonly stage: Stage,
    private readonly faults: FaultList,
  ) {}

  async chunk(type: ImportedType, entries: readonly StagedEntry[]): Promise<void> {
    const known = entries.filter(({ isKnown }) => isKnown).map(({ id }) => id);
    const stored = await storedRows(this.manager, type, known);
    const rows = entries.map((entry) => {
      const before = stored.get(entry.id);
      const columns = withSchemaVersion(type, entry.columns, before);
      return { entry, before, columns, row: { id: entry.id, ...before, ...columns } };
    });
    for (const { entry, before, columns, row } of rows) {
      const tell: Tell = (code, path, message) => this.faults.add(entry, code, path, message);
      this.parentStays(type, before, columns, tell);
      inOrder(type, row, tell);
      if (hasModuleType(type)) checkModuleType(type, columns, row, tell);
      if ('coordinates' in columns || 'coordinateSystem' in columns) checkCoordinates(row, tell);
    }
    await this.others(type, rows);
  }

  private parentStays(
    type: ImportedType,
    before: WholeRow | undefined,
    columns: Record<string, unknown>,
    tell: Tell,
  ): void {
    const parent = parentOf(type);
    const named = parent && columns[parent.column];
    if (!parent || !before || named === undefined || before[parent.column] === named) return;
    tell(
      'NOT_WRITABLE',
      [parent.field],
      `It stays in the \`${parent.field}\` that it was made in: give it another key.`,
    );
  }

  /** What takes a look at another object. */
  private async others(type: ImportedType, rows: readonly Checked[]): Promise<void> {
    if (type === 'Subject') await this.strains(rows);
    if (type === 'Behavior' || type === 'DataAcquisition' || type === 'Manipulation') await this.epochs(rows);
    if (type === 'SubjectLogEntry') await this.logEntries('SubjectLog', rows);
    if (type === 'ProcedureLogEntry') await this.logEntries('ProcedureLog', rows);
  }

  private async strains(rows: readonly Checked[]): Promise<void> {
    const strains = await this.whole(
      'Strain',
      rows.map(({ row }) => row['strainId']),
    );
    for (const { entry, row } of rows) {
      const strain = strains.get(String(row['strainId']));
      if (strain && strain['speciesId'] !== row['speciesId'])
        this.faults.add(entry, 'DISAGREES', ['strain'], 'The strain is one of another species than the subject.');
    }
  }

  private async epochs(rows: readonly Checked[]): Promise<void> {
    const epochs = await this.whole(
      'Epoch',
      rows.map(({ row }) => row['epochId']),
    );
    for (const { entry, row } of rows) {
      const epoch = epochs.get(String(row['epochId']));
      if (epoch && epoch['sessionId'] !== row['sessionId'])
        this.faults.add(entry, 'DISAGREES', ['epoch'], 'The epoch is one of another session.');
    }
  }

  private async logEntries(type: 'SubjectLog' | 'ProcedureLog', rows: readonly Checked[]): Promise<void> {
    const logs = await this.whole(
      type,
      rows.map(({ row }) => row['logId']),
    );
    for (const { entry, columns, row } of rows) {
      const log = logs.get(String(row['logId']));
      if (!log || (entry.isKnown && columns['details'] === undefined)) continue;
      checkDetails(kinds[type]!, log, row['details'] ?? {}, (code, path, message) =>
        this.faults.add(entry, code, path, message),
      );
    }
  }

  /** Objects as they will be, by id. */
  private async whole(type: ImportedType, ids: readonly unknown[]): Promise<Map<string, WholeRow>> {
    const wanted = [...new Set(ids.filter((id): id is string => typeof id === 'string'))];
    if (wanted.length === 0) return new Map();
    const found = await storedRows(this.manager, type, wanted);
    for (const { id, columns } of await this.stage.find(type, wanted)) {
      const before = found.get(id);
      found.set(id, { id, ...before, ...withSchemaVersion(type, columns, before) });
    }
    return found;
  }
}

interface Checked {
  entry: StagedEntry;
  columns: Record<string, unknown>;
  row: WholeRow;
}

type Tell = (code: FaultCode, path: (string | number)[], message: string) => void;

/** What may not come before what. */
const orders: Partial<Record<ImportedType, readonly [first: string, second: string]>> = {
  Subject: ['birthDate', 'deathDate'],
  Epoch: ['start', 'end'],
  SubjectLogEntry: ['startedAt', 'endedAt'],
  ProcedureLogEntry: ['startedAt', 'endedAt'],
  ConsumableStock: ['acquiredOn', 'expiresOn'],
};

function inOrder(type: ImportedType, row: WholeRow, tell: Tell): void {
  const order = orders[type];
  if (!order) return;
  const [first, second] = order.map((name) => comparable(row[name]));
  if (first !== undefined && second !== undefined && first > second)
    tell('DISAGREES', [order[1]], `\`${order[1]}\` may not be before \`${order[0]}\`.`);
}

function comparable(value: unknown): string | number | undefined {
  if (value instanceof Date) return value.toISOString();
  return typeof value === 'string' || typeof value === 'number' ? value : undefined;
}

function checkModuleType(type: ImportedType, columns: Record<string, unknown>, row: WholeRow, tell: Tell): void {
  if (!['type', 'schemaVersion', 'details'].some((name) => columns[name] !== undefined)) return;
  if (typeof row['type'] !== 'string') return;
  const kind = kinds[type]!;
  if (!moduleTypes.find(kind, row['type']))
    return tell(
      'NOT_ALLOWED',
      [moduleTypeField],
      `\`${moduleTypeField}\` has to be one of \`moduleTypes(kind: ${kind})\`.`,
    );
  if (!moduleTypes.find(kind, row['type'], row['schemaVersion'] as string))
    return tell('NOT_ALLOWED', ['schemaVersion'], 'There is no such version of this module type.');
  if (type !== 'SubjectLog' && type !== 'ProcedureLog')
    checkDetails(kind, row, row['details'] ?? (type === 'Manipulation' ? [] : {}), tell);
}

function checkDetails(kind: ModuleKind, of: WholeRow, details: unknown, tell: Tell): void {
  const moduleType = moduleTypes.find(kind, of['type'] as string, of['schemaVersion'] as string);
  if (!moduleType) return;
  for (const { path, message } of moduleTypes.faults(moduleType, details))
    tell('INVALID_DETAILS', ['details', ...stepsOf(path)], `These details do not fit their module type: ${message}.`);
}

function checkCoordinates(row: WholeRow, tell: Tell): void {
  const system = row['coordinateSystem'];
  const coordinates = (row['coordinates'] ?? {}) as Record<string, unknown>;
  if (typeof system !== 'string') {
    if (Object.keys(coordinates).length > 0)
      tell('REQUIRED', ['coordinateSystem'], '`coordinateSystem` has to say how `coordinates` are to be read.');
    return;
  }
  const found = moduleTypes.find('COORDINATES', system);
  if (!found)
    return tell(
      'NOT_ALLOWED',
      ['coordinateSystem'],
      '`coordinateSystem` has to be one of `moduleTypes(kind: COORDINATES)`.',
    );
  for (const { path, message } of moduleTypes.faults(found, coordinates))
    tell(
      'INVALID_DETAILS',
      ['coordinates', ...stepsOf(path)],
      `These coordinates do not fit their system: ${message}.`,
    );
}

/** A JSON pointer as the steps of a path. */
function stepsOf(pointer: string): (string | number)[] {
  return pointer
    .split('/')
    .slice(1)
    .map((step) => (/^\d+$/.test(step) ? Number(step) : step.replaceAll('~1', '/').replaceAll('~0', '~')));
}
