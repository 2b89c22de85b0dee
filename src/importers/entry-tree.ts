import { isDeepStrictEqual } from 'node:util';
import { attributeTypes, isOneOf } from '../model/families';
import type { NodeName } from '../model/ids';
import { snakeCase } from '../model/names';
import type { Entry } from '../tree/entry';
import { writableFields, type WritableField } from '../tree/writable';
import { FieldKeys } from './field-keys';
import { contentOf } from './project-content';
import type { Place, ReportWriter } from './report';
import type { SourceTree } from './source-tree';
import type { StatedTimesWriter } from './stated-times';

type Fields = Record<string, unknown>;

/** The entries of one tree, each key once. */
export class EntryTree {
  readonly fieldKeys = new FieldKeys();
  /** Where the source first names each entry, by key. */
  readonly places = new Map<string, Place>();
  private readonly byKey = new Map<string, Entry>();
  private readonly assumed = new Map<string, Set<string>>();
  private readonly emptied = new Map<string, Set<string>>();
  private readonly counts = new Map<NodeName, number>();

  /** With `times`, of what its records contradict each other about the latest counts, else what was first put. */
  constructor(
    readonly report: ReportWriter,
    readonly times: StatedTimesWriter | null = null,
  ) {}

  /**
   * Adds an entry without what says nothing. The same key again is the same object: what the first did not state is
   * added to it, and where the two disagree one counts and the report says so. `assumed` is what a new
   * object is given though the source does not state it, such as what it cannot be without.
   */
  put(type: NodeName, key: string, fields: Fields, place: Place, assumed: Fields = {}): string {
    const stated = statedOf(fields);
    const known = this.byKey.get(key) ?? this.start(type, key, place);
    this.complete(known, stated, place);
    for (const [field, value] of Object.entries(statedOf(assumed))) this.assume(known, field, value);
    return key;
  }

  /** Notes fields that the source states as empty. */
  noteEmptied(key: string, fields: readonly string[]): void {
    for (const field of fields) this.note(this.emptied, key, field);
  }

  has(key: string): boolean {
    return this.byKey.has(key);
  }

  get(key: string): Entry | undefined {
    return this.byKey.get(key);
  }

  /** How many entries there are of a type. */
  count(type: NodeName): number {
    return this.counts.get(type) ?? 0;
  }

  get all(): Entry[] {
    return [...this.byKey.values()];
  }

  /** Counts the entries by their types in the report, and what was read and is in none of them; hands them over. */
  finish(): Pick<SourceTree, 'entries' | 'assumed' | 'emptied'> {
    const isProject = ({ type }: Entry): number => (type === 'Project' ? 0 : 1);
    const entries = this.all.sort((one, other) => isProject(one) - isProject(other));
    for (const entry of entries) this.putOnLines(entry);
    for (const { type } of entries) this.report.countMapped(type, this.count(type));
    const content = contentOf(entries);
    this.reportBeside(entries, new Set(content));
    this.report.ledger.settle(content, this.report);
    return { entries, assumed: this.assumed, emptied: this.emptied };
  }

  /** Names and the like stand on one line: what ends lines in them, and tabs, are spaces. */
  private putOnLines(entry: Entry): void {
    for (const { name } of writableFields(entry.type).filter(isOfOneLine)) {
      const stated = entry[name];
      if (typeof stated !== 'string' || !/[\p{Cc}\u2028\u2029]/u.test(stated)) continue;
      entry[name] = stated.trim().replace(/[\p{Cc}\u2028\u2029]+/gu, ' ');
      const message = `${name}: line ends and tabs are spaces`;
      this.report.add('DECIDED', message, this.places.get(entry.key)!, stated);
    }
  }

  /** Attributes are stored all the same, as their owner's, but who reads the project does not meet them. */
  private reportBeside(entries: readonly Entry[], content: ReadonlySet<Entry>): void {
    for (const { type, key } of entries.filter((entry) => isOneOf(attributeTypes, entry.type) && !content.has(entry))) {
      const message = `a ${snakeCase(type).replaceAll('_', ' ')} to which nothing in the project refers is only among your own`;
      this.report.add('DECIDED', message, { file: key }, key);
    }
  }

  private start(type: NodeName, key: string, place: Place): Entry {
    const entry = { type, key };
    this.places.set(key, place);
    this.byKey.set(key, entry);
    this.counts.set(type, this.count(type) + 1);
    return entry;
  }

  private complete(known: Entry, stated: Fields, place: Place): void {
    const assumed = this.assumed.get(known.key);
    for (const [field, value] of Object.entries(stated)) {
      if (known[field] === undefined || assumed?.delete(field)) this.set(known, field, value);
      else if (Array.isArray(value) && Array.isArray(known[field])) known[field] = union(known[field], value);
      else if (isFields(value) && isFields(known[field])) {
        this.completeParts(known, field, value, place);
      } else if (this.prevails(known, field, value, known[field], place)) this.set(known, field, value);
    }
  }

  private completeParts(known: Entry, field: string, stated: Fields, place: Place): void {
    const parts = known[field] as Fields;
    for (const [part, value] of Object.entries(stated)) {
      const path = `${field}.${part}`;
      const isFree = this.assumed.get(known.key)?.delete(path) || !Object.hasOwn(parts, part);
      if (!isFree && !this.prevails(known, path, value, parts[part], place)) continue;
      parts[part] = value;
      this.times?.note(known.key, path);
    }
  }

  private set(known: Entry, field: string, value: unknown): void {
    known[field] = isFields(value) ? { ...value } : value;
    this.times?.note(known.key, field);
    if (isFields(value)) for (const part of Object.keys(value)) this.times?.note(known.key, `${field}.${part}`);
  }

  /** Whether a value takes the place of another that was stated before; where they differ, the report has both. */
  private prevails({ type, key }: Entry, path: string, value: unknown, known: unknown, place: Place): boolean {
    if (isDeepStrictEqual(known, value)) {
      this.times?.renew(key, path);
      return false;
    }
    const counts = this.times?.counts(key, path, value, known) === true;
    const [kept, other] = counts ? [value, known] : [known, value];
    const which = this.times ? 'the latest' : 'the first';
    const message = `files disagree about the ${path} of one ${type}: ${which} counts`;
    this.report.add('DECIDED', message, place, `${key}: ${shown(kept)}, not ${shown(other)}`);
    return counts;
  }

  /** Of an object of values, such as details, each counts by itself: `details.chemicalType`. */
  private assume(known: Entry, field: string, value: unknown): void {
    const stated = known[field];
    if (stated === undefined) {
      known[field] = value;
      this.note(this.assumed, known.key, field);
    } else if (isFields(stated) && isFields(value) && !this.assumed.get(known.key)?.has(field)) {
      for (const part of Object.keys(value).filter((part) => !Object.hasOwn(stated, part))) {
        stated[part] = value[part];
        this.note(this.assumed, known.key, `${field}.${part}`);
      }
    }
  }

  private note(noted: Map<string, Set<string>>, key: string, field: string): void {
    noted.set(key, (noted.get(key) ?? new Set()).add(field));
  }
}

/** In characters: fields of text that hold no more are names and the like. */
const longestLine = 300;

function isOfOneLine({ is, longest }: WritableField): boolean {
  return is === 'text' && longest !== null && longest <= longestLine;
}

/** Fields without those that say nothing: null, and lists and objects of nothing. */
function statedOf(fields: Fields): Fields {
  const saysNothing = (value: unknown): boolean =>
    value === null || value === undefined || (typeof value === 'object' && Object.keys(value).length === 0);
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => !saysNothing(value)));
}

function shown(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A list with what another has beyond it. */
function union(known: readonly unknown[], more: readonly unknown[]): unknown[] {
  return [...known, ...more.filter((value) => !known.some((other) => isDeepStrictEqual(other, value)))];
}
