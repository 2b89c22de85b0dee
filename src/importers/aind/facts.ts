import { cleaned } from '../cleaning';
import { ImportError } from '../import-error';
import { isEmpty, isRecord, type Json, type JsonRecord } from '../json';
import type { Place, ReportWriter } from '../report';
import { fieldName, isMeasure, lineOf, numberIn, type Path } from './fields';
import { leaveOtherwise, onlyOne } from './other-kinds';
import { whatShows } from './python-value';
import { isMaskedTime } from '../times';
import { isDay, isoText, statedTime } from './times';

/** The file that facts come from. `name` and `kind` are shown in the report, `path` in errors. */
export interface SourceFile {
  name: string;
  path: string;
  kind: string;
  text: string;
  report: ReportWriter;
}

/** Fields by which a schema describes itself; they say nothing about the experiment. */
const ofTheSchema = ['describedBy', 'object_type', '_v1_id'];

/**
 * An object of a source of which every field is read once and by name. It remembers what has been read, so that what
 * nobody asked for can be kept aside instead of being lost (`left`). Of a value of another kind than the one asked for it reads
 * what can be meant, the one object of a list; else the value stays where it is, and the report says so.
 */
export class Facts {
  private readonly read = new Set<string>();
  private readonly inside = new Map<string, Facts[]>();
  private readonly asShown = new Map<string, Json>();
  private isDone = false;

  constructor(
    private readonly record: JsonRecord,
    readonly file: SourceFile,
    readonly path: Path = [],
  ) {}

  get place(): Place {
    return { file: this.file.name };
  }

  get report(): ReportWriter {
    return this.file.report;
  }

  /** Whether a field says anything. */
  has(key: string): boolean {
    return Object.hasOwn(this.record, key) && !isEmpty(this.record[key]);
  }

  /** The value as it is, without counting it as read. */
  peek(key: string): Json {
    return Object.hasOwn(this.record, key) ? (this.record[key] ?? null) : null;
  }

  /** The value as it is, or where a Python program wrote a list or an object as text, what that shows. */
  shown(key: string): Json {
    const known = this.asShown.get(key);
    if (known !== undefined) return known;
    const value = this.peek(key);
    const read = Array.isArray(value) ? value.map((inner) => whatShows(inner) ?? inner) : whatShows(value);
    const isText = Array.isArray(value) ? value.every((inner, at) => inner === (read as Json[])[at]) : read === value;
    const shown = isText ? value : this.tellShown(key, read);
    this.asShown.set(key, shown);
    return shown;
  }

  /** A text, number or truth value as a text, without counting it as read; empty for anything else. */
  word(key: string): string {
    const value = this.peek(key);
    return value === null || typeof value === 'object' ? '' : String(value).trim();
  }

  /** A text, a number or a truth value as text; null when nothing is stated. */
  text(key: string): string | null {
    const value = onlyOne(this, key, this.peek(key));
    if (typeof value === 'object' && !isEmpty(value)) return leaveOtherwise(this, key, value, 'a text');
    this.read.add(key);
    if (value === null || typeof value === 'object') return null;
    const text = String(value).trim();
    return text === '' ? null : text;
  }

  /** The first of several names under which versions of the schema state one thing. */
  textOf(...keys: string[]): string | null {
    return keys.map((key) => this.text(key)).find((text) => text !== null) ?? null;
  }

  /** A number, or the number in a text such as `"-3.05"`. A text that is none is left where it is, and reported. */
  number(key: string): number | null {
    const value = onlyOne(this, key, this.peek(key));
    if (isEmpty(value)) return null;
    if (typeof value === 'object') return leaveOtherwise(this, key, value, 'a number');
    const number = numberIn(value);
    if (number === null) {
      const message = `${fieldName([...this.path, key])}: a text where a number was meant; it stays a text`;
      this.report.add('NOT_UNDERSTOOD', message, this.place, String(value));
    } else this.read.add(key);
    return number;
  }

  /** The numbers of a list, or the one that stands in its place; null unless all are numbers. */
  numbers(key: string): number[] | null {
    const value = this.peek(key);
    if (isEmpty(value)) return null;
    const found = (Array.isArray(value) ? value : [value]).map(numberIn);
    if (found.some((number) => number === null)) return null;
    this.read.add(key);
    return found as number[];
  }

  /** The texts of a list, or the one that stands in its place. */
  texts(key: string): string[] {
    const shown = this.shown(key);
    const value = isRecord(shown) ? this.peek(key) : shown;
    if (isEmpty(value)) return [];
    const list = Array.isArray(value) ? value : [value];
    if (list.some(isRecord)) return leaveOtherwise(this, key, value, 'a list of texts') ?? [];
    this.read.add(key);
    return list
      .map((text) => (text === null || typeof text === 'object' ? '' : String(text).trim()))
      .filter((text) => text !== '');
  }

  /** A calendar day, also of a time, which stays unless it is midnight; null for anything else, which `notTime` tells of. */
  day(key: string): string | null {
    const stated = this.text(key);
    const value = stated === null ? null : isoText(stated);
    if (value !== stated) this.report.ledger.noteReworded(this.file.kind, fieldName([...this.path, key]));
    if (value === null || isDay(value)) return value;
    const time = statedTime(value);
    if (time === null) return this.notTime(key, value);
    if (time.clock % 86_400_000 !== 0) this.unread(key);
    return value.slice(0, 10);
  }

  /** Reports a text that stands where a time was meant. It is not stated then; only what is no mask stays as it is. */
  notTime(key: string, text: string): null {
    const field = fieldName([...this.path, key]);
    const isMask = isMaskedTime(text);
    if (!isMask) this.unread(key);
    const message = isMask
      ? 'a mask in place of a time: it is not stated'
      : 'no date or time that exists: it stays a text';
    this.report.add(isMask ? 'DECIDED' : 'NOT_UNDERSTOOD', `${field}: ${message}`, this.place, text);
    return null;
  }

  /** An object; null when nothing is stated. */
  child(key: string): Facts | null {
    const value = onlyOne(this, key, this.shown(key));
    if (isEmpty(value)) return null;
    if (!isRecord(value)) return leaveOtherwise(this, key, value, 'an object');
    return this.open(key, [value], () => [...this.path, key])[0]!;
  }

  /** The objects of a list, or the one that stands in its place; empty when nothing is stated. */
  children(key: string): Facts[] {
    const value = this.shown(key);
    if (isEmpty(value)) return [];
    const list = Array.isArray(value) ? value.filter((inner) => !isEmpty(inner)) : [value];
    const records = list.filter(isRecord);
    if (records.length < list.length)
      leaveOtherwise(
        this,
        key,
        list.find((inner) => !isRecord(inner))!,
        'an object',
      );
    if (!Array.isArray(value) && records.length === 0) return [];
    return this.open(key, records, (index) => [...this.path, key, index]);
  }

  /** Fields as an object of their own; here they count as read. */
  split(...keys: string[]): Facts {
    this.skip(...keys);
    const stated = keys.filter((key) => this.has(key)).map((key) => [key, this.peek(key)]);
    return new Facts(Object.fromEntries(stated) as JsonRecord, this.file, this.path);
  }

  /** In a list of lists, the object of the list at `index` that has the field given. */
  nested(key: string, index: number, having: string): Facts | undefined {
    const lists = this.peek(key);
    const list = Array.isArray(lists) ? lists[index] : undefined;
    const records = (Array.isArray(list) ? list : [list]).filter((inner) => isRecord(inner ?? null)) as JsonRecord[];
    const inside = this.open(`${key} ${index}`, records, (at) => [...this.path, key, index, at]);
    return inside.find((facts) => facts.has(having));
  }

  /** Whether a field holds an object, or a list of objects only. */
  holdsObjects(key: string): boolean {
    const value = this.shown(key);
    if (isEmpty(value)) return false;
    return Array.isArray(value) ? value.every((inner) => isRecord(inner) || isEmpty(inner)) : isRecord(value);
  }

  /** The names of the fields that say anything. */
  keys(): string[] {
    return Object.keys(this.record).filter((key) => this.has(key));
  }

  /** Counts fields as read: what they say is said elsewhere. */
  skip(...keys: string[]): void {
    for (const key of keys) this.read.add(key);
  }

  /** Takes back that fields were read: what they say found no place after all. */
  unread(...keys: string[]): void {
    for (const key of keys) this.read.delete(key);
  }

  /** Counts everything in it as read, and everything inside of that. */
  skipAll(): void {
    this.isDone = true;
  }

  /** What was never read and says something: without empty values, and without units of numbers that are not stated. */
  left(): JsonRecord {
    if (this.isDone) return {};
    const kept: [string, Json][] = [];
    for (const [key, value] of Object.entries(this.record)) {
      const inside = this.inside.get(key) ?? this.nestedOf(key, value);
      const rest = inside
        ? this.leftInside(inside, this.shown(key))
        : this.read.has(key)
          ? null
          : stated(value, this, [...this.path, key]);
      if (rest !== null && !isEmpty(rest) && !this.saysNothing(key)) kept.push([key, rest]);
    }
    return Object.fromEntries(kept);
  }

  /** Refuses the whole source because of one field. */
  refuse(key: string, found: string, meant: string): never {
    const field = fieldName([...this.path, key], true);
    throw new ImportError({
      file: this.file.path,
      line: lineOf(this.file.text, [...this.path, key]),
      what: `The field ${field} is ${found}, where ${meant} was meant.`,
      remedy: 'Correct it at the source, or ask there for the right file.',
    });
  }

  private open(key: string, records: JsonRecord[], pathOf: (index: number) => Path): Facts[] {
    const known = this.inside.get(key);
    if (known) return known;
    const inside = records.map((record, index) => new Facts(record, this.file, pathOf(index)));
    this.inside.set(key, inside);
    return inside;
  }

  private tellShown(key: string, read: Json): Json {
    const column = fieldName([...this.path, key]);
    const message = `${column}: a text as Python programs write values is read as what it shows`;
    this.report.add('DECIDED', message, this.place, JSON.stringify(this.peek(key)));
    const shown = cleaned(read, this.report, this.place, this.file.path);
    this.report.ledger.noteReworded(this.file.kind, column);
    this.report.ledger.noteAll(this.file.kind, shown, column);
    return shown;
  }

  private nestedOf(key: string, value: Json): Facts[] | undefined {
    if (!Array.isArray(value) || !this.inside.has(`${key} 0`)) return undefined;
    return value.flatMap((_, index) => this.inside.get(`${key} ${index}`) ?? []);
  }

  private leftInside(inside: Facts[], value: Json | undefined): Json {
    const rests: Json[] = inside.map((facts) => facts.left()).filter((rest) => !isEmpty(rest));
    if (!Array.isArray(value)) return rests[0] ?? null;
    return [...rests, ...value.filter((inner) => !isRecord(inner) && !isEmpty(inner))];
  }

  /** Whether a field serves the schema only, or is the unit of a number that is not stated. */
  private saysNothing(key: string): boolean {
    if (ofTheSchema.includes(key)) return true;
    const ofValue = key.match(/^(.+)_unit$/)?.[1];
    if (ofValue === undefined || ofValue === 'axis' || this.has(ofValue)) return false;
    const isPaired = Object.hasOwn(this.record, ofValue);
    if (!isPaired && this.keys().some((other) => isMeasure(this.peek(other)))) return false;
    this.report.leave(this.file.kind, fieldName([...this.path, key]), this.word(key));
    return true;
  }
}

/** A value without what says nothing. */
function stated(value: Json, parent: Facts, path: Path): Json {
  if (Array.isArray(value))
    return value.every((inner) => !isRecord(inner))
      ? value
      : value.map((inner) => stated(inner, parent, path)).filter((inner) => !isEmpty(inner));
  return isRecord(value) ? new Facts(value, parent.file, path).left() : value;
}
