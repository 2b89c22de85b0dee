import { open } from 'node:fs/promises';
import { parseJson } from '../json-file';
import { cleaned, withoutReportedAddresses } from '../cleaning';
import { contentNotHere } from '../pointers';
import { decodeText, explainReadFailure, refuseNul } from '../text';
import { ImportError } from '../import-error';
import { isRecord, type JsonRecord } from '../json';
import type { ReportWriter } from '../report';
import { Columns } from './columns';
import type { SetFile } from './folder';
import { kindOf } from './names';
import { parseTable, type Table } from './tables';

const largest = 64 * 1024 * 1024;

/**
 * The files of a set by path, and the reading of them. Texts must be UTF-8 (a byte order mark is dropped) and at most
 * 64 MiB; e-mail addresses are taken out. Whatever cannot be read whole throws an ImportError with file and line.
 */
export class SetFiles {
  private readonly byPath: Map<string, SetFile>;
  private count = 0;

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

  /** The file of a path; null where the set has none. Throws an ImportError for one whose content is not here. */
  find(path: string): SetFile | null {
    const file = this.byPath.get(path);
    return file ? readable(file) : null;
  }

  /** A text that is told as it is; null also where its content is not here, since nothing else depends on it. */
  findText(path: string): SetFile | null {
    const file = this.byPath.get(path);
    return file?.isReadable ? file : null;
  }

  /** The files of a path's end. Throws an ImportError for one whose content is not here. */
  endingIn(ending: string): SetFile[] {
    return this.all.filter(({ path }) => path.endsWith(ending)).map(readable);
  }

  /** How many files have been read. */
  get filesRead(): number {
    return this.count;
  }

  async text(file: SetFile): Promise<string> {
    const text = decodeText(await readBounded(file), file.absolute);
    refuseNul(text, file.absolute);
    this.count += 1;
    this.onRead(this.count);
    return withoutReportedAddresses(text, this.report, { file: file.path });
  }

  async table(file: SetFile): Promise<Table> {
    const table = parseTable(await this.text(file), file, this.report);
    for (const { cells } of table.rows)
      for (const [column, value] of cells) this.report.ledger.note(kindOf(file.path), column, value);
    return table;
  }

  /** What the JSON beside a table says of its columns: of the same name, else the one of the whole set. */
  async columnsOf(table: SetFile): Promise<Columns> {
    const beside = table.path.replace(/tsv$/, 'json');
    const json = this.find(beside) ?? this.find(beside.replace(/^.*[/_](?=[a-z]+\.json$)/, ''));
    return json === null ? new Columns({}) : this.columnsIn(json);
  }

  /** What a JSON says of columns, or of anything else by name. */
  async columnsIn(json: SetFile): Promise<Columns> {
    return new Columns(await this.json(json));
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

function readable(file: SetFile): SetFile {
  if (file.isReadable) return file;
  throw contentNotHere(file.absolute);
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
