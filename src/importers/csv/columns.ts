import type { NodeName } from '../../model/ids';
import { writableFields, type WritableField, writableTypes } from '../../tree/writable';
import { ImportError } from '../import-error';
import { plainSpelling } from '../spelled-values';
import { tableName } from './folder';
import type { Table } from './tables';

/** What a column holds: rows' own keys, a field, a part of details or coordinates, or what no field is meant for. */
export type Column = { name: string; unit: string | null } & (
  | { is: 'key' }
  | { is: 'field'; field: WritableField }
  /** `at` is the place in a list of details, from 0. */
  | { is: 'part'; of: 'details' | 'coordinates'; part: string; at: number }
  | { is: 'extra'; extra: string }
);

/** What columns are also called, by the plain spelling of their names. */
const alsoCalled: Readonly<Partial<Record<NodeName, Readonly<Record<string, string>>>>> = {
  Subject: {
    dateofbirth: 'birthDate',
    dob: 'birthDate',
    dateofdeath: 'deathDate',
    dod: 'deathDate',
    line: 'geneticLine',
  },
  Session: { date: 'startedAt', datetime: 'startedAt', start: 'startedAt', starttime: 'startedAt' },
  Procedure: { date: 'dateTime' },
  SubjectLogEntry: { date: 'startedAt', datetime: 'startedAt' },
  ProcedureLogEntry: { date: 'startedAt', datetime: 'startedAt' },
};

/**
 * What the columns of a table hold. Throws an ImportError where two hold the same, and for a table whose columns are those of
 * another type, as after files were confused.
 */
export function columnsOf({ type, columns, path }: Pick<Table, 'type' | 'columns' | 'path'>): Column[] {
  const read = columns.map((name) => columnOf(type, name));
  for (const [at, column] of read.entries()) {
    const first = read.find((other) => sameUse(other, column))!;
    if (first === column) continue;
    const what = `The columns ${first.name} and ${column.name} mean the same.`;
    throw new ImportError({ file: path, line: 1, what, remedy: `Keep one of them (column ${at + 1} is the second).` });
  }
  const other = typeOfColumns(type, columns);
  if (other === null) return read;
  const what = `Its columns are those of ${tableName(other)}.csv.`;
  const remedy = `Call it ${tableName(other)}.csv, or give it the columns of its own type.`;
  throw new ImportError({ file: path, line: 1, what, remedy });
}

function columnOf(type: NodeName, name: string): Column {
  const [, bare = name, told] = /^(.*?)\s*[([]([^)\]]*)[)\]]$/.exec(name) ?? [];
  const unit = told === undefined || told.trim() === '' ? null : told.trim();
  const [, of, place, part] = /^(details|coordinates)[._ ](?:(\d+)[._ ])?(.+)$/i.exec(bare) ?? [];
  const holder = of === undefined ? undefined : fieldCalled(type, of);
  if (holder && (holder.is === 'details' || holder.is === 'coordinates')) {
    const at = holder.isList && place !== undefined ? Number(place) - 1 : 0;
    return {
      name,
      unit,
      is: 'part',
      of: holder.is,
      part: place !== undefined && !holder.isList ? `${place}.${part}` : part!,
      at,
    };
  }
  const extra = /^extra_?fields?[._ ](.+)$/i.exec(name)?.[1];
  if (extra !== undefined) return { name, unit: null, is: 'extra', extra };
  if (isKey(type, bare)) return { name, unit, is: 'key' };
  const field = fieldCalled(type, bare);
  return field ? { name, unit, is: 'field', field } : { name, unit: null, is: 'extra', extra: name };
}

/** `key`, `id`, and in subjects.csv `subject_id`. */
function isKey(type: NodeName, name: string): boolean {
  return ['key', 'id', plainSpelling(`${type}id`), plainSpelling(`${type}key`)].includes(plainSpelling(name));
}

function fieldCalled(type: NodeName, name: string): WritableField | undefined {
  const spelled = plainSpelling(name);
  const also = alsoCalled[type]?.[spelled];
  return writableFields(type).find(
    (field) => field.name === also || (field.is !== 'extraFields' && namesOf(type, field).includes(spelled)),
  );
}

function namesOf(type: NodeName, { name, is, isList }: WritableField): string[] {
  const names = [plainSpelling(name)];
  if (is === 'moduleType') names.push('type');
  if (name === 'name') names.push(plainSpelling(type), plainSpelling(`${type}name`));
  if (isList && name.endsWith('s')) names.push(plainSpelling(name).replace(/ies$/, 'y').replace(/s$/, ''));
  if (is === 'reference') names.push(...names.flatMap((one) => [`${one}id`, `${one}ids`, `${one}name`, `${one}key`]));
  return names;
}

function sameUse(one: Column, other: Column): boolean {
  const said = ({ name: _, unit: _unit, ...use }: Column): string =>
    JSON.stringify('field' in use ? { ...use, field: use.field.name } : use);
  return said(one) === said(other);
}

/** Another type that knows more of the columns; null where the table's own knows as many. */
function typeOfColumns(type: NodeName, columns: readonly string[]): NodeName | null {
  const known = (one: NodeName): number => columns.filter((name) => columnOf(one, name).is !== 'extra').length;
  const others = [...writableTypes().keys()].filter((one) => known(one) > Math.max(known(type), 1));
  return others.length === 0 ? null : others.reduce((most, one) => (known(one) > known(most) ? one : most));
}

/** Kinds of fields whose values are stored as they are written. */
const asWritten: readonly WritableField['is'][] = ['text', 'number', 'whole', 'extraFields'];

/** Whether a column is told in other words: `f` as FEMALE, `31.05.2024` as a day, the name of a row as its key. */
export function isReworded(column: Column): boolean {
  if (column.is === 'part') return true;
  return column.is === 'field' && (column.field.isList || !asWritten.includes(column.field.is));
}
