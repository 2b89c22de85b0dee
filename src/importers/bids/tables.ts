import { parse } from 'csv-parse/sync';
import { isUnstated } from '../cells';
import { ImportError } from '../import-error';
import type { Place, ReportWriter } from '../report';
import { plainSpelling } from '../spelled-values';
import type { SetFile } from './folder';
import { kindOf, nameOf } from './names';

/** A table of a set: tab-separated, with a head. Cells that say nothing (empty or `n/a`) are absent. */
export interface Table {
  file: SetFile;
  columns: string[];
  rows: Row[];
  /** What is wrong with rows, cells and columns that are left out. */
  faults: TableFault[];
}

export interface Row {
  place: Place & { line: number };
  cells: ReadonlyMap<string, string>;
}

interface TableFault {
  error: ImportError;
  /** What the row begins with; null for a column. */
  first: string | null;
}

/** A column of the head; null for one that does not count. */
type Head = readonly (string | null)[];

const remedy = 'Correct the file: tab-separated, with as many cells in each row as in the first.';

/** Columns by which rows are known, and how people also write them. */
const idColumns: readonly (readonly [name: string, also: readonly string[]])[] = [
  ['participant_id', ['participant', 'subject', 'subjectid']],
  ...['session_id', 'sample_id', 'filename', 'acq_time'].map((name) => [name, []] as const),
];

/** Columns of some tables that are looked for by name. */
const columnsOfKind: Readonly<Record<string, readonly string[]>> = {
  channels: ['name', 'type', 'status', 'status_description'],
  electrodes: ['name', 'type', 'material', 'manufacturer', 'hemisphere', 'group'],
  probes: ['probe_name', 'probe_id', 'type', 'device_serial_number'],
};

/**
 * Parses a table. What a person would read past is read, and reported: rows that end early, tabs at line ends, empty lines,
 * other words for `n/a`, columns without a name. Rows that have more to say than the head, the end of a table that was cut off,
 * and columns of which nobody can tell which one counts, are its faults instead. Throws an ImportError for a text without a head.
 */
export function parseTable(text: string, file: SetFile, report: ReportWriter): Table {
  return new TableParser(file, report).parse(text);
}

class TableParser {
  private readonly faults: TableFault[] = [];

  constructor(
    private readonly file: SetFile,
    private readonly report: ReportWriter,
  ) {}

  parse(text: string): Table {
    const lines = text.split(/\r\n|\n|\r/).map(cellsOf);
    if (lines.length === 1 && text !== '') throw this.fault('The table ends within its head.', 1, 'Get it whole.');
    const named = this.spelledOut(this.headOf(lines));
    const last = lines.length > 1 ? lines.at(-1)! : [];
    if (last.some((cell) => cell !== '')) this.checkEnd(last, named.length, lines.length);
    const rows = lines.slice(1).flatMap((cells, index) => {
      const isLast = index + 2 === lines.length;
      return this.isRow(cells, named.length, index + 2, isLast) ? [{ cells, line: index + 2 }] : [];
    });
    const head = this.withoutRepeated(
      named,
      rows.map(({ cells }) => cells),
    );
    return {
      file: this.file,
      columns: head.filter((column) => column !== null),
      rows: rows.map(({ cells, line }) => ({ place: this.place(line), cells: this.statedIn(cells, head, line) })),
      faults: this.faults,
    };
  }

  /** The names of the columns. Tabs at the end of the head are no columns where nothing stands under them. */
  private headOf(lines: readonly string[][]): string[] {
    const head = [...(lines[0] ?? [])];
    const isOver = (): boolean => lines.every((cells) => (cells[head.length - 1] ?? '') === '');
    while (head.at(-1) === '' && head.length > 1 && isOver()) {
      head.pop();
      this.report.add('DECIDED', 'tabs at the ends of lines are no columns', this.place(1));
    }
    if (head.every((column) => column === '')) throw this.fault('The table has no head, or the file is empty.', 1);
    return head.map((column, index) => {
      if (column !== '') return column;
      this.report.add('DECIDED', 'a column without a name is called by its place', this.place(1));
      return `column ${index + 1}`;
    });
  }

  /** Columns that are looked for by name are read in any spelling, where one alone can be meant. */
  private spelledOut(head: readonly string[]): string[] {
    const renamed = new Map<string, string>();
    const ofKind = (columnsOfKind[nameOf(this.file.path).suffix] ?? []).map((name) => [name, []] as const);
    for (const [name, also] of [...idColumns, ...ofKind].filter(([name]) => !head.includes(name))) {
      const meant = [plainSpelling(name), ...also]
        .map((spelling) => head.filter((column) => plainSpelling(column) === spelling))
        .find((columns) => columns.length > 0);
      if (meant?.length !== 1) continue;
      renamed.set(meant[0]!, name);
      this.report.add('DECIDED', `a column is taken as ${name}`, this.place(1), meant[0]);
    }
    return head.map((column) => renamed.get(column) ?? column);
  }

  /** A file that was cut off may end in half a word: that cell is left out, or told where nobody can tell it from a whole one. */
  private checkEnd(last: string[], columns: number, line: number): void {
    if (last.length < columns) {
      const what = 'The table ends in the middle of its last row, perhaps of a word.';
      this.leave(this.fault(what, line, 'Get it whole, or complete the row.'), last[0] ?? null);
      last.pop();
    } else {
      const message = 'a table without a line end at its end: see that its last row is whole';
      this.report.add('DECIDED', message, this.place(line), last.at(-1) ?? null);
    }
  }

  private isRow(cells: readonly string[], columns: number, line: number, isLast: boolean): boolean {
    if (cells.every((cell) => cell === '')) {
      if (!isLast) this.report.add('DECIDED', 'empty lines of a table are passed over', this.place(line));
      return false;
    }
    if (cells.slice(columns).some((cell) => cell !== '')) {
      this.leave(this.fault(`The row has ${cells.length} cells, the head has ${columns}.`, line), cells[0] ?? null);
      return false;
    }
    if (cells.length < columns) {
      const message = 'a row ends before the last column: what it lacks is not stated';
      this.report.add('DECIDED', message, this.place(line), cells.join(' | '));
    }
    return true;
  }

  /** A column that is there twice counts once where both say the same, else not at all. */
  private withoutRepeated(named: readonly string[], rows: readonly (readonly string[])[]): Head {
    const head: (string | null)[] = [...named];
    for (const column of new Set(named.filter((name, index) => named.indexOf(name) !== index))) {
      const [first = 0, ...others] = named.flatMap((name, index) => (name === column ? index : []));
      for (const index of others) head[index] = null;
      if (rows.every((cells) => others.every((index) => (cells[index] ?? '') === (cells[first] ?? '')))) {
        this.report.add('DECIDED', 'a column that is there twice, and says the same, is one', this.place(1), column);
        continue;
      }
      head[first] = null;
      const what = `The column ${column} is there twice, and says different things.`;
      this.leave(this.fault(what, 1, 'Remove the one that is wrong.'), null);
      const values = rows.flatMap((cells) => [first, ...others].flatMap((index) => cells[index] ?? []));
      this.report.leave(kindOf(this.file.path), column, values[0] ?? null, values.length);
    }
    return head;
  }

  private statedIn(cells: readonly string[], head: Head, line: number): ReadonlyMap<string, string> {
    const stated = new Map<string, string>();
    for (const [index, column] of head.entries()) {
      const cell = cells[index] ?? '';
      const saysNothing = isUnstated(cell);
      if (column === null) continue;
      if (saysNothing === 'TAKEN')
        this.report.add('DECIDED', `the cell ${cell} is taken for n/a, not stated`, this.place(line), column);
      else if (!saysNothing) stated.set(column, cell);
    }
    return stated;
  }

  private leave(error: ImportError, first: string | null): void {
    this.faults.push({ error, first });
  }

  private place(line: number): Row['place'] {
    return { file: this.file.path, line };
  }

  private fault(what: string, line: number, toDo = remedy): ImportError {
    return new ImportError({ file: this.file.absolute, line, what, remedy: toDo });
  }
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

/** Throws an ImportError for a table without the column that every table of its kind has. */
export function requireColumn({ file, columns }: Table, column: string): void {
  if (columns.includes(column)) return;
  const what = `There is no column ${column}, which every table of this kind has.`;
  const isOther = columns.length === 1 && /[,;]| {2}/.test(columns[0]!);
  const toDo = isOther ? 'Part the cells by tabs.' : 'Add the column, or correct its name.';
  throw new ImportError({ file: file.absolute, line: 1, what, remedy: toDo });
}

/** What is wrong with a row that does not state what each must. */
export function emptyCell({ place }: Row, column: string, { absolute }: SetFile): ImportError {
  const what = `The cell in the column ${column} is empty.`;
  return new ImportError({ file: absolute, line: place.line, what, remedy: 'State it, or remove the row.' });
}
