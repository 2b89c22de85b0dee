import { isRecord, type Json } from './json';
import type { Entry } from '../tree/entry';

/** Which columns a source tells in other words, by files and column: the sex `Male` as `MALE`, `application/x-nwb` as NWB. */
export type Reworded = readonly (readonly [files: RegExp, column: RegExp])[];

/** The part of a report in which it counts. */
interface Counts {
  hasLeft(files: string, column: string): boolean;
  leave(files: string, column: string | null, example: string | null, count?: number): void;
  reword(files: string, column: string, example: string | null, count?: number): void;
}

type Value = string | number;

interface Column {
  files: string;
  column: string;
  /** Every value, and how often it is stated. */
  values: Map<Value, number>;
}

/**
 * An account of everything that was read, so that nothing is dropped in silence: each value is written down as it is read,
 * and once all is mapped, those that the tree does not hold are counted in the report, by column. Texts of less than four
 * letters are not looked for: they would be found anywhere.
 */
export class Ledger {
  private readonly columns = new Map<string, Column>();
  private readonly alsoReworded = new Set<string>();

  constructor(private readonly reworded: Reworded) {}

  /** Notes that a column is told in other words, where only the file itself says what the column holds. */
  noteReworded(files: string, column: string): void {
    this.alsoReworded.add(`${files}\n${column}`);
  }

  /** Writes down one value of a column. */
  note(files: string, column: string, value: Value): void {
    const stated = typeof value === 'string' ? numberOrText(plain(value)) : value;
    if (typeof stated === 'string' && stated.length < 4) return;
    const key = `${files}\n${column}`;
    const known = this.columns.get(key) ?? { files, column, values: new Map<Value, number>() };
    this.columns.set(key, known);
    known.values.set(stated, (known.values.get(stated) ?? 0) + 1);
  }

  /** Writes down every value in a document, under its keys without the places in lists. */
  noteAll(files: string, value: Json, column = ''): void {
    if (Array.isArray(value)) for (const inner of value) this.noteAll(files, inner, column);
    else if (isRecord(value)) {
      for (const [key, inner] of Object.entries(value))
        this.noteAll(files, inner, column === '' ? key : `${column}.${key}`);
    } else if (typeof value === 'string' || typeof value === 'number') this.note(files, column, value);
  }

  /** Counts in the report what the entries do not hold, unless the importer has counted that column itself. */
  settle(entries: readonly Entry[], report: Counts): void {
    const held = new Held(entries);
    for (const [key, { files, column, values }] of this.columns) {
      if (report.hasLeft(files, column)) continue;
      const isReworded =
        this.alsoReworded.has(key) || this.reworded.some(([file, name]) => file.test(files) && name.test(column));
      const missing: Value[] = held.missing(values);
      const count = missing.reduce<number>((sum, value) => sum + values.get(value)!, 0);
      const example = missing.length === 0 ? null : String(missing[0]);
      if (isReworded) report.reword(files, column, example, count);
      else report.leave(files, column, example, count);
    }
  }
}

/** What a tree holds, to look values up in: whole texts, the numbers in them, and texts inside of longer ones. */
class Held {
  private readonly texts = new Set<string>();
  private readonly numbers = new Set<number>();
  private readonly words = new Set<string>();
  private readonly all: string;

  constructor(entries: readonly Entry[]) {
    for (const entry of entries) this.add(entry);
    this.all = [...this.texts].join('\n');
    for (const text of this.texts) for (const word of wordsIn(text)) this.words.add(word);
    for (const [digits] of this.all.matchAll(/(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?/g)) this.numbers.add(Number(digits));
  }

  missing(values: ReadonlyMap<Value, number>): Value[] {
    return [...values.keys()].filter((value) =>
      typeof value === 'number' ? !this.numbers.has(Math.abs(value)) : !this.has(value),
    );
  }

  /** Inside of a longer text it stands between words; most that is not there has a word that is nowhere. */
  private has(text: string): boolean {
    return this.texts.has(text) || (wordsIn(text).every((word) => this.words.has(word)) && this.all.includes(text));
  }

  private add(value: unknown): void {
    if (typeof value === 'string') this.texts.add(plain(value));
    else if (typeof value === 'number') this.numbers.add(Math.abs(value));
    else if (typeof value === 'object' && value !== null) for (const inner of Object.values(value)) this.add(inner);
  }
}

/** A number that is written as a text is a number: a tree may hold `600.0` as 600. */
function numberOrText(text: string): Value {
  return /^[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?$/i.test(text) ? Number(text) : text;
}

function wordsIn(text: string): string[] {
  return text.match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** In one spelling: without the escapes of JSON inside of texts, and with one space for any white space. */
function plain(text: string): string {
  return text
    .replace(/\\+[nrt]|\s+/g, ' ')
    .replace(/\\+(["\\/])/g, '$1')
    .normalize('NFC')
    .trim();
}
