import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';

/** One value that a set states, as a person would find it: in which file, under which name, and what. */
export interface Leaf {
  /** Within the set. */
  file: string;
  /** The column of a table, or the keys of a document without the places in its lists; empty for a line of a text. */
  column: string;
  value: string | number;
}

const texts = /^(?:README|CHANGES|LICENSE)(?:\.(?:md|txt|rst))?$/;

/** Every text of four or more characters and every number in the files of a set. It knows nothing of how these are imported. */
export function leavesIn(path: string): Leaf[] {
  return filesIn(path).flatMap((file) => {
    const bytes = readFileSync(file === '' ? path : join(path, file));
    return leavesOf(file === '' ? basename(path) : file, bytes.toString('utf8'));
  });
}

/** The files of a folder, within it; the file itself, as an empty name, where it is none. */
function filesIn(path: string, within = ''): string[] {
  const here = join(path, within);
  if (!statSync(here).isDirectory()) return [within];
  return readdirSync(here)
    .filter((name) => !name.startsWith('.'))
    .flatMap((name) => filesIn(path, within === '' ? name : `${within}/${name}`));
}

function leavesOf(file: string, text: string): Leaf[] {
  const of = (stated: Omit<Leaf, 'file'>[]): Leaf[] => stated.map((leaf) => ({ file, ...leaf }));
  if (file.endsWith('.json')) return of(within(JSON.parse(text), ''));
  if (file.endsWith('.jsonl')) {
    const lines = text.split('\n').filter((line) => line.trim() !== '');
    return of(lines.flatMap((line) => within(JSON.parse(line), '')));
  }
  if (file.endsWith('.tsv')) return of(cellsOf(text));
  if (file.endsWith('.csv')) return of(cellsBySigns(text));
  if (texts.test(basename(file))) return of(linesOf(text).flatMap((line) => stated('', line)));
  return [{ file, column: '', value: basename(file) }];
}

function within(value: unknown, column: string): Omit<Leaf, 'file'>[] {
  if (Array.isArray(value)) return value.flatMap((inner) => within(inner, column));
  if (typeof value === 'object' && value !== null)
    return Object.entries(value).flatMap(([key, inner]) => within(inner, column === '' ? key : `${column}.${key}`));
  return typeof value === 'number'
    ? [{ column, value }]
    : typeof value === 'string'
      ? withoutAddress(column, value)
      : [];
}

function cellsOf(text: string): Omit<Leaf, 'file'>[] {
  const [head = [], ...rows] = linesOf(text.replace(/^\ufeff/, '')).map((line) => line.split('\t'));
  return rows.flatMap((cells) => cells.flatMap((cell, index) => stated(head[index]?.trim() ?? '', unquoted(cell))));
}

/** Cells of a spreadsheet: parted by the sign that its head has most of, quoted where they hold it themselves. */
function cellsBySigns(text: string): Omit<Leaf, 'file'>[] {
  const lines = linesOf(text.replace(/^\ufeff/, ''));
  const sign = lines[0]!.split(';').length > lines[0]!.split(',').length ? ';' : ',';
  const cell = new RegExp(`(?:^|${sign})(?:"((?:[^"]|"")*)"|([^${sign}]*))`, 'g');
  const cells = lines.map((line) =>
    [...line.matchAll(cell)].map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain!),
  );
  const [head = [], ...rows] = cells;
  return rows.flatMap((row) => row.flatMap((one, at) => withoutAddress(head[at]?.trim() ?? '', one)));
}

/** Of a text with an address, what stands around it; of one that is nothing else, nothing. */
function withoutAddress(column: string, text: string): Omit<Leaf, 'file'>[] {
  return text.split(/\s*<?[^\s<@]+@[^\s>@]+\.\w+>?\s*/).flatMap((part) => stated(column, part));
}

const linesOf = (text: string): string[] => text.split(/\r\n|\n|\r/);
const unquoted = (cell: string): string => cell.trim().replace(/^"(.*)"$/, '$1');

/** A cell is a number where it is written as one. */
function stated(column: string, text: string): Omit<Leaf, 'file'>[] {
  const trimmed = text.trim();
  if (/^[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?$/i.test(trimmed)) return [{ column, value: Number(trimmed) }];
  return trimmed.length < 4 || /^(?:n\/a|null|#n\/a)$/i.test(trimmed) ? [] : [{ column, value: trimmed }];
}
