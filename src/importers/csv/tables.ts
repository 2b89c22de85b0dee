import { parse } from 'csv-parse/sync';
import type { NodeName } from '../../model/ids';
import { isUnstated } from '../cells';
import { storableText } from '../cleaning';
import { withoutAddresses, withoutPlaceholder } from '../e-mail';
import { ImportError } from '../import-error';
import { readWhole } from '../json-file';
import type { Place, ReportWriter } from '../report';
import { decodeText, refuseNul } from '../text';
import type { TableFile } from './folder';

/** A table as it was read. Cells that say nothing are absent, and so are rows of nothing else. */
export interface Table extends TableFile {
  columns: readonly string[];
  rows: readonly TableRow[];
}

export interface TableRow {
  type: NodeName;
  /** The row is counted as a spreadsheet counts it, the head being the first. */
  place: Place & { line: number };
  cells: ReadonlyMap<string, string>;
}

const remedy = 'Correct the table: one row of names of columns, then a row for each object.';

/**
 * Reads a table: parted by commas, semicolons or tabs. What a person would read past is read, and reported: rows that end
 * early, empty rows and columns, other words for `n/a`. Throws an ImportError for what would be read wrongly.
 */
export async function readTable(file: TableFile, report: ReportWriter): Promise<Table> {
  const decoded = decodeText(await readWhole(file.path), file.path);
  refuseNul(decoded, file.path);
  const text = storableText(decoded, report, { file: file.name });
  const { lines, isMarked } = recordsIn(text, file);
  const reader = new TableReader(file, report);
  // Spreadsheets leave rows free above a table.
  const head = lines.findIndex((cells, at) => at >= (isMarked ? 1 : 0) && cells.some((cell) => cell !== ''));
  const columns = reader.head(lines, Math.max(head, 0));
  const rows = lines.flatMap((cells, at) => (at > head ? (reader.row(cells, columns, at + 1) ?? []) : []));
  reader.tellOfEnd(text, lines.at(-1) ?? [], columns, lines.length);
  return { ...file, columns, rows };
}

/** The rows of a text. Spreadsheets may mark it with what parts its cells: `sep=;`. */
function recordsIn(text: string, { path }: TableFile): { lines: string[][]; isMarked: boolean } {
  const mark = /^sep=(.)\r?\n/i.exec(text)?.[1];
  const delimiter = mark ?? delimiterIn(text);
  try {
    const lines = parse(text, {
      ...{ delimiter, relax_quotes: true, relax_column_count: true, record_delimiter: ['\r\n', '\n', '\r'] },
    });
    return { lines: lines.map((cells) => cells.map((cell) => cell.trim())), isMarked: mark !== undefined };
  } catch (cause) {
    const line = typeof cause === 'object' && cause !== null && 'lines' in cause ? Number(cause.lines) : null;
    const what = 'A quoted cell is not closed, or goes on after its quotes.';
    throw new ImportError({ file: path, line, what, remedy: 'Close it, and write a quote inside as "".' }, { cause });
  }
}

/** What stands most often between the names of the columns. */
function delimiterIn(text: string): string {
  const head = (/[^\r\n;,\t\s][^\r\n]*/.exec(text)?.[0] ?? '').replace(/"[^"]*"/g, '');
  const counts = [',', ';', '\t'].map((sign): [string, number] => [sign, head.split(sign).length]);
  return counts.reduce((most, one) => (one[1] > most[1] ? one : most))[0];
}

class TableReader {
  constructor(
    private readonly file: TableFile,
    private readonly report: ReportWriter,
  ) {}

  /** The names of the columns; those at the end that name nothing, and hold nothing, are none. */
  head(lines: readonly string[][], at: number): string[] {
    const head = [...(lines[at] ?? [])];
    if (head.every((name) => name === '')) throw this.fault('The table is empty.', at + 1, 'Fill it in, or remove it.');
    while (head.at(-1) === '' && lines.every((cells) => (cells[head.length - 1] ?? '') === '')) {
      head.pop();
      this.report.add('DECIDED', 'empty columns at the end of a table are none', this.place(at + 1));
    }
    const unnamed = head.indexOf('');
    const twice = head.find((name, index) => head.indexOf(name) !== index);
    if (unnamed >= 0) throw this.fault(`The column ${unnamed + 1} has no name.`, at + 1, remedy);
    if (twice !== undefined) throw this.fault(`The column ${twice} is there twice.`, at + 1, remedy);
    return head;
  }

  /** What a row states; null for one that states nothing, and for notes. */
  row(cells: readonly string[], columns: readonly string[], line: number): TableRow | null {
    const place = this.place(line);
    if (/^#\s/.test(cells[0] ?? '')) {
      this.report.add('NOT_IMPORTED', 'rows that begin with # and a space are notes', place, cells[0]);
      for (const [at, name] of columns.entries()) this.report.ledger.note(this.file.name, name, cells[at] ?? '');
      return null;
    }
    if (cells.slice(columns.length).some((cell) => cell !== ''))
      throw this.fault(`The row has ${cells.length} cells, the head has ${columns.length}.`, line, remedy);
    const stated = new Map(columns.flatMap((name, at) => this.cell(name, cells[at] ?? '', place)));
    if (stated.size === 0) {
      this.report.add('DECIDED', 'rows in which nothing is stated are passed over', place);
      return null;
    }
    if (cells.length < columns.length)
      this.report.add('DECIDED', 'a row ends before the last column: what it lacks is not stated', place);
    return { type: this.file.type, place, cells: stated };
  }

  /** A file that was cut off may end in half a word, which nobody can tell from a whole one. */
  tellOfEnd(text: string, last: readonly string[], columns: readonly string[], line: number): void {
    if (/[\r\n]$/.test(text)) return;
    if (last.length < columns.length && line > 1)
      throw this.fault('The table ends in the middle of its last row.', line, 'Get it whole, or complete the row.');
    const message = 'a table without a line end at its end: see that its last row is whole';
    this.report.add('DECIDED', message, this.place(line), last.at(-1) ?? null);
  }

  private cell(column: string, cell: string, place: Place): [string, string][] {
    const saysNothing = isUnstated(cell);
    if (saysNothing === 'TAKEN')
      this.report.add('DECIDED', `the cell ${cell} is taken for n/a, not stated`, place, column);
    if (saysNothing) return [];
    let found = false;
    const kept = withoutAddresses(cell, () => (found = true));
    this.report.ledger.note(this.file.name, column, withoutPlaceholder(kept));
    if (found) this.report.add('NOT_IMPORTED', `an e-mail address in the column ${column}: never kept`, place);
    return withoutPlaceholder(kept).replace(/[\s;,]/g, '') === '' ? [] : [[column, kept]];
  }

  private place(line: number): Place & { line: number } {
    return { file: this.file.name, line };
  }

  private fault(what: string, line: number, advice: string): ImportError {
    return new ImportError({ file: this.file.path, line, what, remedy: advice });
  }
}
