import { randomUUID } from 'node:crypto';
import type { NodeName } from '../../model/ids';
import { type WritableField, writableTypes } from '../../tree/writable';
import type { TemplateFile } from '../source-tree';
import { followsFromOthers } from '../assumed-fields';
import { type DetailField, detailFields, kindOf, moduleTypesOf } from '../module-type';
import { tableName } from './folder';
import { formOfRecord } from './records';
import { isMadeByName } from './references';

/** Where the columns of details are told, type by type; a name with `_` is passed over when the set is read. */
const detailsTable = '_details.csv';

/**
 * An empty table for each type, drawn from the schema: the names of its columns, then two rows of notes, which are passed over
 * when the set is read: what each column means, and how it is written. The project has a key of its own already, by which the
 * set is known again wherever its folder goes.
 */
export function csvTemplate(): TemplateFile[] {
  const tables = [...writableTypes().keys()].map((type) => ({
    name: `${tableName(type)}.csv`,
    content: tableOf(type),
  }));
  return [...tables, { name: detailsTable, content: toCsv(detailRows()) }];
}

/** Fields that columns of other names fill, and the version of a type, which is the newest. */
const untold = ['extraFields', 'details', 'coordinates', 'schemaVersion'];

function tableOf(type: NodeName): string {
  const { description, fields } = writableTypes().get(type)!;
  const named = fields.filter(({ name }) => !untold.includes(name));
  const rows = [
    ['key', ...named.map(columnName)],
    [`# ${oneLine(description)}`, ...named.map(({ description: told }) => oneLine(told))],
    [`# ${keyHint(type)}`, ...named.map((field) => howToWrite(field, type))],
    ...(type === 'Project' ? [[randomUUID()]] : []),
  ];
  return toCsv(rows);
}

function columnName({ name, is }: WritableField): string {
  return is === 'moduleType' ? 'type' : name;
}

function keyHint(type: NodeName): string {
  if (type === 'Project') return 'the key of this set: keep it, the set is known by it';
  return 'a key of your own, where names do not tell the rows apart; never change it';
}

function howToWrite(field: WritableField, type: NodeName): string {
  const follows = field.choices.includes('UNKNOWN') || followsFromOthers[type]?.includes(field.name) === true;
  const must = field.isRequired && !follows ? 'required: ' : '';
  const form = formOf(field, type);
  return `${must}${form}${field.isList && field.is !== 'record' ? '; with a semicolon between several' : ''}`;
}

function formOf(field: WritableField, type: NodeName): string {
  switch (field.is) {
    case 'choice':
      return field.choices.join(', ');
    case 'day':
      return '2024-05-31';
    case 'moment':
      return '2024-05-31T09:30:00+02:00, or 2024-05-31 09:30 with --time-zone';
    case 'number':
      return '12.5';
    case 'whole':
      return '12';
    case 'address':
      return 'https://example.org/page';
    case 'record':
      return `${formOfRecord(field)}; with a semicolon and a space before the next`;
    case 'moduleType':
      return `${moduleTypesOf(kindOf(type)!)[0]}, … (see ${detailsTable}, also for the columns details.…)`;
    case 'coordinateSystem':
      return `${moduleTypesOf('COORDINATES')[0]}, … (see ${detailsTable}, also for the columns coordinates.…)`;
    case 'reference':
      return isMadeByName(field.target!)
        ? `a name, with or without a row in ${tableName(field.target!)}.csv`
        : `a name or key in ${tableName(field.target!)}.csv`;
    default:
      return field.name === 'age' ? '12 weeks, P90D' : 'text';
  }
}

/** The columns of details and coordinates of every type: in which table, of which type, in which unit. */
function detailRows(): string[][] {
  const kinds = [...writableTypes().keys()].flatMap((type) => {
    const kind = kindOf(type);
    return kind ? [[tableOfDetails(type), kind, 'details'] as const] : [];
  });
  const coordinates = ['procedures.csv, equipment.csv', 'COORDINATES', 'coordinates'] as const;
  const rows = [...kinds, coordinates].flatMap(([table, kind, of]) =>
    moduleTypesOf(kind).flatMap((moduleType) => {
      const fields = detailFields(kind, moduleType);
      const told = fields.map((field) => [table, moduleType, `${of}.${field.name}`, howToWriteDetail(field)]);
      return told.length > 0 ? told : [[table, moduleType, '', 'no details']];
    }),
  );
  return [['table', 'type', 'column', 'how'], ...rows];
}

/** What a log notes stands in its entries. */
function tableOfDetails(type: NodeName): string {
  const entries = `${type}Entry` as NodeName;
  return `${tableName(writableTypes().has(entries) ? entries : type)}.csv`;
}

function howToWriteDetail({ is, choices, units, isRequired }: DetailField): string {
  const forms: Record<DetailField['is'], string> = {
    ...{ text: 'text', number: '12.5', whole: '12', truth: 'yes, no', list: 'several, with a semicolon between them' },
    measure: `5 ${units[0] ?? ''}, or 5 where the column’s name ends in its unit, such as (${units[0] ?? ''}): ${units.join(', ')}`,
  };
  return `${isRequired ? 'required: ' : ''}${choices.length > 0 ? choices.join(', ') : forms[is]}`;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

function toCsv(rows: readonly (readonly string[])[]): string {
  const quoted = (cell: string): string => (/[",;\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
  return rows.map((cells) => `${cells.map(quoted).join(',')}\n`).join('');
}
