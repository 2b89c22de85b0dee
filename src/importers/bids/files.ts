import { open } from 'node:fs/promises';
import { parseJson } from '../json-file';
import { cleaned, cleanedFile } from '../cleaning';
import { contentNotHere } from '../pointers';
import { decodeText, explainReadFailure, refuseNul } from '../text';
import { ImportError } from '../import-error';
import { isRecord, type JsonRecord } from '../json';
import type { ReportWriter } from '../report';
import { Columns } from './columns';
import type { SetFile } from './folder';
import { kindOf } from './names';
import { emptyCell, parseTable, requireColumn, type Row, type Table } from './tables';
import { Unread } from './unread';

const largest = 64 * 1024 * 1024;

/**
 * The files of a set by path, and the reading of them. Texts must be UTF-8 (a byte order mark is dropped) and at most
 * 64 MiB; e-mail addresses are taken out. Whatever cannot be read whole throws an ImportError with file and line; what the
 * rest can be told truly without is left out by `orLeaveOut`.
 */
export class SetFiles {
  private readonly byPath: Map<string, SetFile>;
  private readonly columns = new Map<string, Promise<Columns>>();
  private count = 0;
  /** What is left out, and what may be missing for it. */
  readonly unread = new Unread();

  /** The files of the raw data, and those that were computed from them. */
  readonly all: SetFile[];
  readonly derived: SetFile[];

  constructor(
    listed: readonly SetFile[],
    readonly report: ReportWriter,
    private readonly onRead: (filesRead: number) => void,
    readonly timeZone: string | null = null,
  ) {
    const isDerived = ({ path }: SetFile): boolean => path.startsWith('derivatives/');
    this.all = listed.filter((file) => !isDerived(file));
    this.derived = listed.filter(isDerived);
    this.byPath = new Map(listed.map((file) => [file.path, file]));
  }

  /** The file of a path; null where the set has none. */
  find(path: string): SetFile | null {
    return this.byPath.get(path) ?? null;
  }

  /** The files of a path's end. */
  endingIn(ending: string): SetFile[] {
    return this.all.filter(({ path }) => path.endsWith(ending));
  }

  /** What is made of a file; null where it cannot be read: then it is left out alone, which the report says first. */
  async orLeaveOut<T>(file: SetFile, make: (file: SetFile) => Promise<T>): Promise<T | null> {
    try {
      return await make(file);
    } catch (error) {
      if (!(error instanceof ImportError)) throw error;
      this.leaveOut(file, error);
      return null;
    }
  }

  /** Leaves out a file, or (`part`) only what a fault in it is about. */
  leaveOut({ path }: SetFile, fault: ImportError, part: 'part' | null = null): void {
    const isKnown = part === null && this.unread.has(path);
    this.unread.add(path, part !== null);
    if (!isKnown) this.report.leaveOut(fault, path, part === null);
  }

  /** How many files have been read. */
  get filesRead(): number {
    return this.count;
  }

  async text(file: SetFile): Promise<string> {
    if (!file.isReadable) throw contentNotHere(file.absolute);
    const text = decodeText(await readBounded(file), file.absolute);
    refuseNul(text, file.absolute);
    this.count += 1;
    this.onRead(this.count);
    return cleanedFile(text, this.report, { file: file.path });
  }

  /** A table in which every row is whole. Throws an ImportError for a fault in any of them, such as one that changes their number. */
  async wholeTable(file: SetFile, ...required: string[]): Promise<Table> {
    const table = parseTable(await this.text(file), file, this.report);
    for (const column of required) requireColumn(table, column);
    const [fault] = table.faults;
    if (fault) throw fault.error;
    this.noteCells(table);
    return table;
  }

  /** A table whose rows say something each by itself, with the columns that are required. Faulty rows are left out alone. */
  async table(file: SetFile, ...required: string[]): Promise<Table> {
    const table = parseTable(await this.text(file), file, this.report);
    for (const column of required) requireColumn(table, column);
    for (const { error } of table.faults) this.leaveOut(file, error, 'part');
    this.noteCells(table);
    return table;
  }

  /** The rows that state what each must; others are left out. */
  rowsStating({ file, rows }: Table, ...columns: string[]): Row[] {
    return rows.filter((row) => {
      const unstated = columns.find((column) => !row.cells.has(column));
      if (unstated !== undefined) this.leaveOut(file, emptyCell(row, unstated, file), 'part');
      return unstated === undefined;
    });
  }

  private noteCells({ file, rows }: Table): void {
    for (const { cells } of rows)
      for (const [column, value] of cells) this.report.ledger.note(kindOf(file.path), column, value);
  }

  /** What the JSON beside a table says of its columns: of the same name, else the one of the whole set. */
  async columnsOf(table: SetFile): Promise<Columns> {
    const beside = table.path.replace(/tsv$/, 'json');
    const json = this.find(beside) ?? this.find(beside.replace(/^.*[/_](?=[a-z]+\.json$)/, ''));
    return json === null ? new Columns({}) : this.columnsIn(json);
  }

  /** What a JSON says of columns, or of anything else by name. Nothing is known of them where it cannot be read. */
  async columnsIn(json: SetFile): Promise<Columns> {
    const known = this.columns.get(json.path) ?? this.readColumns(json);
    this.columns.set(json.path, known);
    return known;
  }

  private async readColumns(json: SetFile): Promise<Columns> {
    const described = await this.orLeaveOut(json, (file) => this.json(file));
    return new Columns(described ?? {}, described === null);
  }

  /** The object in a JSON file. */
  async json(file: SetFile): Promise<JsonRecord> {
    const value = parseJson(await this.text(file), file.absolute);
    const remedy = 'Download the file again, or correct it there.';
    if (!isRecord(value)) {
      throw new ImportError({ file: file.absolute, what: 'The file does not hold one JSON object.', remedy });
    }
    const kept = cleaned(value, this.report, { file: file.path }, file.absolute);
    this.report.ledger.noteAll(kindOf(file.path), kept);
    return isRecord(kept) ? kept : {};
  }
}

async function readBounded({ absolute }: SetFile): Promise<Buffer> {
  const file = await open(absolute).catch((error: unknown) => explainReadFailure(absolute, error));
  try {
    const { size } = await file.stat();
    if (size > largest) {
      const what = `The file has ${size} bytes; metadata of a set has at most ${largest}.`;
      throw new ImportError({ file: absolute, what, remedy: 'Check that it is metadata and not a recording.' });
    }
    return await file.readFile().catch((error: unknown) => explainReadFailure(absolute, error));
  } finally {
    await file.close();
  }
}
