import type { ModuleKind } from '../../domain/module/registry';
import { type WritableField, writableFields } from '../../tree/writable';
import { assumedChoices } from '../assumed-fields';
import type { EntryTree } from '../entry-tree';
import type { KeptAside } from '../kept-aside';
import { detailCalled, kindOf, ofType, spelledModuleType } from '../module-type';
import { numberOrText, type Reading } from '../spelled-values';
import { isMaskedTime } from '../times';
import { partsOf, readCell } from './cell-values';
import type { Column } from './columns';
import { readDetail } from './details';
import type { CellFaults } from './faults';
import type { References } from './references';
import type { Row } from './rows';

type Fields = Record<string, unknown>;

/** What the mapping of all rows of one set shares. */
export interface SetContext {
  tree: EntryTree;
  faults: CellFaults;
  aside: KeptAside;
  references: References;
  timeZone: string | null;
  projectName: string;
  /** The types of logs, by the keys of their entries in the tree. */
  typeOfLog: (row: Row) => string | undefined;
  /** The next place among the objects of a type that belong to one. */
  nextOrder: (type: string, parent: string) => number;
}

/** Makes a row an entry of the tree. What is wrong with its cells is added to the faults. */
export function putRow(row: Row, context: SetContext): void {
  new RowWriter(row, context).put();
}

class RowWriter {
  private readonly fields: Fields = {};
  private readonly writable: readonly WritableField[];
  /** Whether a cell was found at fault: then what it should have stated is not missed as well. */
  private readonly faulty = new Set<string>();

  constructor(
    private readonly row: Row,
    private readonly context: SetContext,
  ) {
    this.writable = writableFields(row.type);
  }

  put(): void {
    const { row } = this;
    for (const column of inOrder(row.columns)) {
      const text = row.text(column);
      if (text !== undefined) this.take(column, text);
    }
    if (row.isNamed && this.fields['name'] === undefined && row.ownKey !== undefined) this.nameByKey(row.ownKey);
    this.takeType();
    const assumed = this.assumed();
    this.missRequired(assumed);
    this.context.tree.put(row.type, row.key, this.fields, row.place, assumed);
  }

  private take(column: Column, text: string): void {
    if (column.is === 'field') this.takeField(column.field, column, text);
    else if (column.is === 'part') this.takePart(column, text);
    else if (column.is === 'extra')
      this.context.aside.keep(this.row.key, column.extra, numberOrText(text), this.row.place);
  }

  private takeField(field: WritableField, column: Column, text: string): void {
    const { row, context } = this;
    if (field.is === 'reference') return this.takeReference(field, column, text);
    if ((field.is === 'day' || field.is === 'moment') && isMaskedTime(text))
      return context.tree.report.add(
        'DECIDED',
        `${field.name}: a mask in place of a time: it is not stated`,
        row.place,
        text,
      );
    const reading = readCell(row, field, text, { unit: column.unit, timeZone: context.timeZone });
    const value = this.accept(reading, field.name, column, text);
    if (value === undefined) return;
    if ('isDay' in reading && this.takesDayAside(field, text)) return;
    this.fields[field.name] = typeof value === 'string' ? context.aside.fit(row.key, field, value, row.place) : value;
  }

  /** A day is no moment: where there is room for it as it is stated, it stays that; elsewhere it is the day's beginning. */
  private takesDayAside({ name }: WritableField, text: string): boolean {
    const { row, context } = this;
    if (!this.keepsExtra) {
      const message = `${name}: a day without a time is taken as its beginning (UTC)`;
      context.tree.report.add('DECIDED', message, row.place, text);
      return false;
    }
    const message = `${name}: a day without a time is no moment: it stays in extraFields`;
    context.tree.report.add('NOT_UNDERSTOOD', message, row.place, text);
    context.aside.keep(row.key, `${name}AsStated`, text, row.place);
    return true;
  }

  private takeReference(field: WritableField, column: Column, text: string): void {
    const species = (): string => this.speciesOfStrain();
    const read = (name: string): Reading<string> => this.context.references.keyOf(this.row, field, name, species);
    if (!field.isList) {
      const key = this.accept(read(text), field.name, column, text);
      if (key !== undefined) this.fields[field.name] = key;
      return;
    }
    const keys = partsOf(text).flatMap((name) => this.accept(read(name), field.name, column, name) ?? []);
    if (keys.length > 0) this.fields[field.name] = [...new Set(keys)];
  }

  /** A strain is one of the subject's species, stated or not. */
  private speciesOfStrain(): string {
    const stated = this.fields['species'];
    return typeof stated === 'string' ? stated : this.context.references.unstatedSpecies(this.row);
  }

  private takePart(column: Column & { is: 'part' }, text: string): void {
    const { row, context } = this;
    const [kind, moduleType] = this.typeOf(column.of);
    const field = kind && moduleType !== undefined ? detailCalled(kind, moduleType, column.part) : undefined;
    if (!field) {
      const what = moduleType === undefined ? `${column.of} of no type` : `no ${column.of} of ${moduleType}`;
      context.tree.report.add('NOT_UNDERSTOOD', `the column ${column.name}: ${what}`, row.place, text);
      context.aside.keep(row.key, `${column.of}_${column.part}`, text, row.place);
      return;
    }
    const value = this.accept(readDetail(text, field, column.unit), column.of, column, text);
    if (value === undefined) return;
    const isList = this.writable.find(({ name }) => name === column.of)!.isList;
    const whole = (this.fields[column.of] ??= isList ? [] : {}) as Fields | Fields[];
    const part = Array.isArray(whole) ? (whole[column.at] ??= {}) : whole;
    part[field.name] = value;
  }

  /** By which type of the registry details are read, or coordinates. */
  private typeOf(of: 'details' | 'coordinates'): [ModuleKind | undefined, string | undefined] {
    const { row, context } = this;
    const spelled = (kind: ModuleKind, text: string | undefined): string | undefined =>
      text === undefined ? undefined : (spelledModuleType(kind, text) ?? undefined);
    if (of === 'coordinates') return ['COORDINATES', spelled('COORDINATES', row.cell('coordinateSystem'))];
    const kind = kindOf(row.type);
    if (kind) return [kind, spelled(kind, row.cell('moduleType'))];
    return [row.type === 'SubjectLogEntry' ? 'SUBJECT_LOG' : 'PROCEDURE_LOG', context.typeOfLog(row)];
  }

  private takeType(): void {
    const kind = kindOf(this.row.type);
    const moduleType = this.fields['moduleType'];
    if (kind && typeof moduleType === 'string')
      Object.assign(this.fields, { ...ofType(kind, moduleType), ...this.fields });
    // Places of a list that no column fills are no details.
    const details = this.fields['details'];
    if (Array.isArray(details)) this.fields['details'] = (details as unknown[]).filter((one) => one !== undefined);
  }

  private nameByKey(key: string): void {
    this.context.tree.report.add(
      'DECIDED',
      `${this.row.type}: without a name, it is called as its key`,
      this.row.place,
      key,
    );
    this.fields['name'] = key;
  }

  /** What a new object is given though its row does not state it. */
  private assumed(): Fields {
    const { row, context } = this;
    const assumed: Fields = assumedChoices(row.type);
    if (row.type === 'Subject' && this.fields['species'] === undefined && !this.faulty.has('species'))
      assumed['species'] = this.speciesBeside();
    if (row.type === 'Project') assumed['name'] = context.projectName;
    if (row.type === 'Behavior') assumed['subjects'] = context.tree.get(String(this.fields['session']))?.['subjects'];
    if (this.writable.some(({ name }) => name === 'order'))
      assumed['order'] = context.nextOrder(row.type, String(row.parent ? this.fields[row.parent.name] : ''));
    return assumed;
  }

  /** The species of the strain, where the subject names none itself. */
  private speciesBeside(): unknown {
    const strain = this.context.tree.get(String(this.fields['strain']));
    return strain?.['species'] ?? this.context.references.unstatedSpecies(this.row);
  }

  private missRequired(assumed: Fields): void {
    for (const { name, isRequired } of this.writable) {
      const isThere = this.fields[name] !== undefined || assumed[name] !== undefined || this.faulty.has(name);
      if (!isRequired || isThere) continue;
      const remedy = 'State it, or remove the row.';
      this.context.faults.add(this.row.place, name === 'moduleType' ? 'type' : name, null, {
        what: 'It is not stated.',
        remedy,
      });
    }
  }

  private get keepsExtra(): boolean {
    return this.writable.some(({ is }) => is === 'extraFields');
  }

  private accept<T>(reading: Reading<T>, field: string, column: Column, text: string): T | undefined {
    const { row, context } = this;
    if ('value' in reading) {
      if (reading.decided !== undefined) context.tree.report.add('DECIDED', reading.decided, row.place, text);
      return reading.value;
    }
    this.faulty.add(field);
    context.faults.add(row.place, column.name, text, reading);
    return undefined;
  }
}

/** A strain is looked for once the species is known. */
function inOrder(columns: readonly Column[]): Column[] {
  const isStrain = (column: Column): number => Number(column.is === 'field' && column.field.target === 'Strain');
  return [...columns].sort((one, other) => isStrain(one) - isStrain(other));
}
