import { In, type EntityManager } from 'typeorm';
import { classOf } from '../../model/node';
import { kindOf } from '../../domain/module/registry';
import { faultsOfAgreement, faultsOfDetails, fillSchemaVersion } from '../../writing/agreement';
import { faultsAmongOthers } from '../../writing/agreement-with-others';
import type { Fault } from '../../writing/faults';
import { changesBetween } from '../../writing/marks';
import { standardsOf } from '../../writing/shape';
import type { FaultList } from './faults';
import { toldAs } from './read-entry';
import type { Stage, StagedEntry } from './stage';
import { parentOf, type ImportedType } from './types';

/** A row as it will be: what is stored, and what the tree says of it. */
export type WholeRow = Record<string, unknown> & { id: string };

/** The newest version of the type, where an object gets another type and no version is said. */
export function withSchemaVersion(
  type: ImportedType,
  columns: Record<string, unknown>,
  before: Record<string, unknown> | undefined,
): Record<string, unknown> {
  if (columns['type'] === before?.['type']) return columns;
  const filled = { ...columns };
  fillSchemaVersion(type, filled);
  return filled;
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
      return { entry, before, columns, row: { id: entry.id, ...(before ?? standardsOf(type)), ...columns } };
    });
    for (const { entry, before, columns, row } of rows) {
      this.parentStays(type, entry, before, columns);
      const written = Object.keys(before ? changesBetween(before, columns) : row);
      this.tell(type, entry, faultsOfAgreement(type, row, written));
      // Rare enough to be asked one by one: a log that was there becomes one of another type.
      if (before && type.endsWith('Log') && written.length > 0)
        this.tell(
          type,
          entry,
          await faultsAmongOthers(this.manager, { type, id: row.id, row, written, lists: new Map() }),
        );
    }
    await this.others(type, rows);
  }

  private tell(type: ImportedType, entry: StagedEntry, faults: readonly Fault[]): void {
    for (const { path, code, message } of faults) {
      const [first, ...rest] = path;
      this.faults.add(entry, code, [toldAs(type, String(first)), ...rest], message);
    }
  }

  private parentStays(
    type: ImportedType,
    entry: StagedEntry,
    before: WholeRow | undefined,
    columns: Record<string, unknown>,
  ): void {
    const parent = parentOf(type);
    const named = parent && columns[parent.column];
    if (!parent || !before || named === undefined || before[parent.column] === named) return;
    this.faults.add(
      entry,
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
      const { type: code, schemaVersion } = log;
      const details = row['details'] ?? {};
      this.tell(
        type,
        entry,
        faultsOfDetails('details', kindOf(type), code as string, schemaVersion as string | undefined, details),
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
