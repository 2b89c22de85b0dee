import type { ImportError } from './import-error';
import { Ledger, type Reworded } from './ledger';

/** Where something was read. */
export interface Place {
  file: string;
  /** Counted from 1. */
  line?: number;
}

/**
 * What became of something that did not simply map:
 * `LEFT_OUT` faulty, and left out alone, while everything else was read;
 * `CHANGED` what was stored already is changed, since the source says otherwise; `TAKEN_BACK` the source no longer states what
 * is stored, which stays;
 * `NOT_UNDERSTOOD` a value outside every rule; `SHORTENED` cut to the length that the field holds; `KEPT_ASIDE` kept in
 * extraFields because no field is meant for it; `NOT_IMPORTED` left out; `DECIDED` a choice was made between readings.
 */
export type FindingKind =
  'LEFT_OUT' | 'CHANGED' | 'TAKEN_BACK' | 'NOT_UNDERSTOOD' | 'SHORTENED' | 'KEPT_ASIDE' | 'NOT_IMPORTED' | 'DECIDED';

/** One kind of thing worth knowing, however often it occurred. */
export interface Finding {
  kind: FindingKind;
  message: string;
  count: number;
  /** One occurrence: where, and what the source says there. */
  example: { file: string; line: number | null; value: string | null };
}

/** Values of one column or field, counted. */
export interface ColumnCount {
  /** Which files: `*_electrodes.tsv`, `derivatives/`. */
  files: string;
  /** The column of a table, or the keys of a document: `metadata.blobDateModified`. Null for files as a whole. */
  column: string | null;
  /** How many values; of files as a whole, how many files. */
  count: number;
  example: string | null;
}

/** What an import read and made, and everything about it that the reader of the result should know. */
export interface Report {
  /** What was read, by the name of its file or kind, and what it became, by type; in the order to show. */
  read: Record<string, number>;
  mapped: Record<string, number>;
  findings: Finding[];
  /** What is in the source and not in the project, by column. */
  left: ColumnCount[];
  /** What is in the project in other words: `Male` as `MALE`, local times in UTC. */
  reworded: ColumnCount[];
}

/** In the order to show: faults, then decisions, then what is kept aside. */
const kinds: FindingKind[] = [
  ...(['LEFT_OUT', 'NOT_UNDERSTOOD', 'NOT_IMPORTED', 'SHORTENED'] as const),
  ...(['CHANGED', 'TAKEN_BACK', 'DECIDED', 'KEPT_ASIDE'] as const),
];

const longestExample = 120;
const mostFindings = 500;
const mostColumns = 5000;
const furtherFiles = 'further columns of other files';
const furtherUnread = 'further files that cannot be read';
const furtherFindings = 'and further findings of other kinds';

/**
 * Collects findings while a source is mapped, grouped by kind and message. The message must not hold values that
 * differ from entry to entry; those are the example. Beyond 500 findings of a kind, and 5,000 columns, the rest is counted
 * together, so that a strange source cannot fill the memory.
 */
export class ReportWriter {
  /** What was read, to be settled once all is mapped. */
  readonly ledger: Ledger;

  private readonly read: Record<string, number> = {};
  private readonly mapped: Record<string, number> = {};
  private readonly findings = new Map<string, Finding>();
  private readonly kinds = new Map<FindingKind, number>();
  private filesLeftOut = 0;
  private readonly left = new Map<string, ColumnCount>();
  private readonly reworded = new Map<string, ColumnCount>();

  constructor(reworded: Reworded = []) {
    this.ledger = new Ledger(reworded);
  }

  /** Records how many of something were read. */
  countRead(what: string, count: number): void {
    this.read[what] = count;
  }

  /** Records how many of something were made. */
  countMapped(what: string, count: number): void {
    this.mapped[what] = count;
  }

  /** Records one occurrence of a finding; the first of each message becomes the example. */
  add(kind: FindingKind, message: string, place: Place, value: string | null = null): void {
    const ofKind = this.kinds.get(kind) ?? 0;
    const shown = ofKind < mostFindings ? oneLine(message) : furtherFindings;
    const known = this.findings.get(`${kind} ${oneLine(message)}`) ?? this.findings.get(`${kind} ${shown}`);
    if (known) {
      known.count += 1;
      return;
    }
    this.kinds.set(kind, ofKind + 1);
    const example = { file: place.file, line: place.line ?? null, value: value === null ? null : excerpt(value) };
    this.findings.set(`${kind} ${shown}`, { kind, message: shown, count: 1, example });
  }

  /** Records what a fault is about as left out alone: a part of a file, or (`isWhole`) all of it, which is named among what is left. */
  leaveOut({ what, remedy, line }: ImportError, file: string, isWhole: boolean): void {
    this.add('LEFT_OUT', `${what} ${remedy}`, { file, ...(line !== null && { line }) });
    if (!isWhole) return;
    this.filesLeftOut += 1;
    this.leave(this.filesLeftOut <= mostFindings ? file : furtherUnread, null, file);
  }

  /** Counts values of a column that are not in the project; without a column, files as a whole. */
  leave(files: string, column: string | null, example: string | null, count = 1): void {
    countIn(this.left, { files, column, count, example });
  }

  /** Counts values of a column that the project tells in other words. */
  reword(files: string, column: string, example: string | null, count = 1): void {
    countIn(this.reworded, { files, column, count, example });
  }

  /** Whether values of a column, or the files as a whole, are counted as left. */
  hasLeft(files: string, column: string): boolean {
    return this.left.has(`${files}\n${column}`);
  }

  /** The finished report, the most frequent finding of each kind first. */
  finish(): Report {
    const findings = [...this.findings.values()].sort(
      (one, other) => kinds.indexOf(one.kind) - kinds.indexOf(other.kind) || other.count - one.count,
    );
    const [left, reworded] = [this.left, this.reworded].map((counted) =>
      [...counted.values()].sort((one, other) => other.count - one.count),
    );
    return { read: { ...this.read }, mapped: { ...this.mapped }, findings, left: left!, reworded: reworded! };
  }
}

function countIn(counted: Map<string, ColumnCount>, { files, column, count, example }: ColumnCount): void {
  if (count === 0) return;
  const key = `${files}\n${column ?? ''}`;
  const known = counted.get(key);
  if (known) known.count += count;
  else if (counted.size < mostColumns || files === furtherFiles)
    counted.set(key, { files, column, count, example: example === null ? null : excerpt(example) });
  else countIn(counted, { files: furtherFiles, column: null, count, example });
}

/** Without line breaks and control characters: what a source says is shown on terminals. */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\s]+/gu, ' ').trim();
}

function excerpt(value: string): string {
  const line = oneLine(value.slice(0, 10 * longestExample));
  const letters = [...line];
  return letters.length <= longestExample ? line : `${letters.slice(0, longestExample - 1).join('')}…`;
}
