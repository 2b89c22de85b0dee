import { ImportError } from '../import-error';
import type { Place } from '../report';
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

/** Parses a table. Throws an ImportError with the line for a row of another length than the head, and for a bad head. */
export function parseTable(text: string, file: SetFile): Table {
  const lines = text.split(/\r\n|\n|\r/);
  while (lines.length > 0 && lines.at(-1)?.trim() === '') lines.pop();
  const columns = (lines[0] ?? '').split('\t').map((column) => column.trim());
  const twice = columns.find((column, index) => columns.indexOf(column) !== index);
  const fault = (line: number, what: string): ImportError =>
    new ImportError({ file: file.absolute, line, what, remedy });
  if (columns.includes('')) throw fault(1, 'A column has no name, or the file is empty.');
  if (twice !== undefined) throw fault(1, `The column ${twice} is there twice.`);
  const rows = lines.slice(1).map((line, index) => {
    const cells = line.split('\t').map((cell) => cell.trim());
    const number = index + 2;
    if (cells.length !== columns.length) {
      throw fault(number, `The row has ${cells.length} cells, the head has ${columns.length}.`);
    }
    const stated = columns
      .map((column, at): [string, string] => [column, cells[at]!])
      .filter(([, cell]) => cell !== '' && cell.toLowerCase() !== 'n/a');
    return { place: { file: file.path, line: number }, cells: new Map(stated) };
  });
  return { file, columns, rows };
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
