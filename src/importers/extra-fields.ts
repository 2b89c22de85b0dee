import { createHash } from 'node:crypto';
import type { EntryTree } from './entry-tree';
import { shorten } from './lengths';
import type { Place } from './report';

/** Keys start with a letter and hold letters, digits and `_`; values are strings or finite numbers. */
export type ExtraFields = Record<string, string | number>;

/** The values of one name: the key of each, and the number at which the next may stand. */
interface Series {
  keys: Map<string | number, string>;
  number: number;
}

/** Where extra fields are kept. */
export type FieldsKeeper = Pick<ExtraFieldsWriter, 'keep'>;

/** How many an object may have, how long one may be in characters, and all of them as JSON in bytes. */
const mostFields = 200;
const longestField = 30_000;
const mostBytes = 240_000;

/**
 * Collects the extra fields of one entry: facts that the source states and no field is meant for. Keys are brought
 * into the form that extra fields allow, nothing kept is overwritten by something else, and the report counts it all.
 */
export class ExtraFieldsWriter {
  private readonly fields = new Map<string, string | number>();
  private readonly series = new Map<string, Series>();
  private place: Place = { file: '' };

  /** `owner` says in the report whose extra fields these are: `project`, `session`, … */
  constructor(
    private readonly tree: Pick<EntryTree, 'report' | 'fieldKeys'>,
    private readonly owner: string,
  ) {}

  /**
   * Keeps a value under a name; a different value under a name that is taken gets the next number (`age2`). Gives the key
   * that it stands under, null when there was nothing to keep.
   */
  keep(name: string, value: string | number | null, place: Place): string | null {
    if (value === null || value === '') return null;
    const kept = typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;
    const base = this.tree.fieldKeys.keyOf(this.owner, name);
    const key = this.keyFor(base, kept);
    this.fields.set(key, kept);
    this.place = place;
    this.tree.report.add('KEPT_ASIDE', `${this.owner} ${base}`, place, String(kept));
    return key;
  }

  /** Each series goes on where it stopped, so that many values of one name take no longer each than few. */
  private keyFor(base: string, value: string | number): string {
    const series: Series = this.series.get(base) ?? { keys: new Map(), number: 1 };
    this.series.set(base, series);
    const known = series.keys.get(value);
    if (known !== undefined && this.fields.get(known) === value) return known;
    const keyAt = (number: number): string => (number === 1 ? base : `${base}${number}`);
    const isTaken = (key: string): boolean =>
      (this.fields.has(key) && this.fields.get(key) !== value) ||
      (key !== base && this.tree.fieldKeys.has(this.owner, key));
    while (isTaken(keyAt(series.number))) series.number += 1;
    const key = keyAt(series.number);
    series.keys.set(value, key);
    return key;
  }

  /** Takes over what another record keeps of the same object: each key says what both say. */
  join(other: ExtraFieldsWriter): void {
    this.place = other.place;
    for (const [key, value] of other.fields) {
      const known = this.fields.get(key);
      this.fields.set(key, known === undefined ? value : linesOfBoth(known, value));
    }
  }

  /** The fields kept so far, as a plain object that is not larger than one may be. */
  finish(): ExtraFields {
    const folded = this.folded(new Map(this.fields));
    let limit = longestField;
    let bounded = this.cut(folded, limit);
    while (Buffer.byteLength(JSON.stringify(bounded)) > mostBytes)
      bounded = this.cut(folded, (limit = Math.floor(limit / 2)));
    return bounded;
  }

  /** Where there are too many, those that share the beginning of their names become one JSON text, the largest group first. */
  private folded(fields: Map<string, string | number>): Map<string, string | number> {
    while (fields.size > mostFields) {
      const groups = byPrefix(fields.keys());
      const [prefix, keys] = [...groups].reduce((one, other) => (other[1].length > one[1].length ? other : one));
      const inside = keys.length > 1 ? keys : [...fields.keys()];
      const value = Object.fromEntries(
        inside.map((key) => [
          key === prefix ? key : key.slice(keys.length > 1 ? prefix.length + 1 : 0),
          fields.get(key),
        ]),
      );
      for (const key of inside) fields.delete(key);
      const message = `${this.owner} extra fields: more than ${mostFields}; those of one kind are one JSON text`;
      this.tree.report.add('SHORTENED', message, this.place, prefix);
      fields.set(keys.length > 1 ? prefix : 'more', JSON.stringify(value));
    }
    return fields;
  }

  private cut(fields: Map<string, string | number>, limit: number): ExtraFields {
    return Object.fromEntries([...fields].map(([key, value]) => [key, this.cutOne(key, value, limit)]));
  }

  /** The beginning of what is too long, how long it was, and a digest by which the whole is known at the source. */
  private cutOne(key: string, value: string | number, limit: number): string | number {
    if (typeof value === 'number' || value.length <= limit) return value;
    const digest = createHash('sha256').update(value).digest('hex').slice(0, 16);
    const message = `${this.owner} ${key}: longer than an extra field may be; the source has it whole`;
    this.tree.report.add('SHORTENED', message, this.place, value);
    return `${shorten(value, limit - 80)} (${value.length.toLocaleString('en-US')} characters in all, SHA-256 ${digest}…)`;
  }
}

/** Records of one thing come one by one: what each says beside the others is one more line, sorted, whatever their order. */
export function linesOfBoth(one: string | number, other: string | number): string | number {
  if (one === other) return one;
  const lines = [one, other].flatMap((value) => String(value).split('\n'));
  return [...new Set(lines)].sort().join('\n');
}

/** Keys by what stands before their first `_`. */
function byPrefix(keys: Iterable<string>): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const key of keys) {
    const prefix = key.split('_')[0]!;
    const group = groups.get(prefix);
    if (group) group.push(key);
    else groups.set(prefix, [key]);
  }
  return groups;
}
