import { parse } from 'csv-parse/sync';
import { isUnstated } from '../cells';
import { ImportError } from '../import-error';
import type { Place, ReportWriter } from '../report';
import type { SetFile } from './folder';

/** A table of a set: tab-separated, with a head. Cells that say nothing (empty or `n/a`) are absent. */
export interface Table {
  file: SetFile;
  columns: string[];
  rows: Row[];
}

export interface Row {
  place: Place & { line: number };
  cells: ReadonlyMap<string, string>;
}

const remedy = 'Correct the file: tab-separated, with as many cells in each row as in the first.';

/**
 * Parses a table. What a person would read past is read, and reported: rows that end early, tabs at line ends, empty lines,
 * other words for `n/a`. Throws an ImportError with the line for a row that has more to say than the head, and for a bad head.
 */
export function parseTable(text: string, file: SetFile, report: ReportWriter): Table {
  const lines = text.split(/\r\n|\n|\r/).map(cellsOf);
  const columns = headOf(lines, file, report);
  const rows = lines.slice(1).flatMap((cells, index): Row[] => {
    const place = { file: file.path, line: index + 2 };
    if (cells.every((cell) => cell === '')) {
      if (index + 2 < lines.length) report.add('DECIDED', 'empty lines of a table are passed over', place);
      return [];
    }
    return [{ place, cells: statedIn(fitToHead(cells, columns, file, place, report), columns, place, report) }];
  });
  return { file, columns, rows };
}

/** The cells of a line. A cell in quotes may hold a tab; where quotes are not closed they are letters like others. */
function cellsOf(line: string): string[] {
  const plain = (): string[] => line.split('\t');
  let cells = plain();
  if (line.includes('"')) {
    try {
      cells = parse(line, { delimiter: '\t', relax_quotes: true, relax_column_count: true })[0] ?? [''];
    } catch {
      cells = plain();
    }
  }
  return cells.map((cell) => cell.trim());
}

/** The names of the columns. Tabs at the end of the head are no columns where nothing stands under them. */
function headOf(lines: readonly string[][], file: SetFile, report: ReportWriter): string[] {
  const head = [...(lines[0] ?? [])];
  const place = { file: file.path, line: 1 };
  const fault = (what: string): ImportError => new ImportError({ file: file.absolute, line: 1, what, remedy });
  while (head.at(-1) === '' && lines.every((cells) => (cells[head.length - 1] ?? '') === '') && head.length > 1) {
    head.pop();
    report.add('DECIDED', 'tabs at the ends of lines are no columns', place);
  }
  const twice = head.find((column, index) => head.indexOf(column) !== index);
  if (head.includes('')) throw fault('A column has no name, or the file is empty.');
  if (twice !== undefined) throw fault(`The column ${twice} is there twice.`);
  return head;
}

function fitToHead(
  cells: string[],
  columns: readonly string[],
  file: SetFile,
  place: Row['place'],
  report: ReportWriter,
): string[] {
  const beyond = cells.slice(columns.length).filter((cell) => cell !== '');
  if (beyond.length > 0) {
    const what = `The row has ${cells.length} cells, the head has ${columns.length}.`;
    throw new ImportError({ file: file.absolute, line: place.line, what, remedy });
  }
  if (cells.length < columns.length)
    report.add('DECIDED', 'a row ends before the last column: what it lacks is not stated', place, cells.join(' | '));
  return cells;
}

function statedIn(
  cells: readonly string[],
  columns: readonly string[],
  place: Row['place'],
  report: ReportWriter,
): ReadonlyMap<string, string> {
  const stated = new Map<string, string>();
  for (const [index, column] of columns.entries()) {
    const cell = cells[index] ?? '';
    const saysNothing = isUnstated(cell);
    if (saysNothing === 'TAKEN') report.add('DECIDED', `the cell ${cell} is taken for n/a, not stated`, place, column);
    else if (!saysNothing) stated.set(column, cell);
  }
  return stated;
}

/** Throws an ImportError for a table without the column that every table of its kind has. */
export function requireColumn({ file, columns }: Table, column: string): void {
  if (columns.includes(column)) return;
  const what = `There is no column ${column}, which every table of this kind has.`;
  throw new ImportError({ file: file.absolute, line: 1, what, remedy: 'Add the column, or correct its name.' });
}

/** The cell that a row must have; throws an ImportError with line and column where it says nothing. */
export function requiredCell(row: Row, column: string, { file }: Table): string {
  const cell = row.cells.get(column);
  if (cell !== undefined) return cell;
  const what = `The cell in the column ${column} is empty.`;
  throw new ImportError({ file: file.absolute, line: row.place.line, what, remedy: 'State it, or remove the row.' });
}
