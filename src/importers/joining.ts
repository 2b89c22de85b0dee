import { isDeepStrictEqual } from 'node:util';
import { isTerm } from '../model/families';
import { normalizeId, typeOfId } from '../model/ids';
import type { Entry } from '../tree/entry';
import { isFields } from './entry-tree';
import { linesOfBoth } from './extra-fields';
import { type Finding, ReportWriter } from './report';
import type { SourceTree } from './source-tree';
import { StoredEntries } from './stored-entries';
import { withStoredKeys } from './stored-keys';
import { webAddress } from './web-identifiers';

/** What is to be sent, and what the reader of the report should know of what is stored already. */
export interface Joined {
  entries: Entry[];
  findings: Finding[];
}

/**
 * Joins what a source states to what is stored of its project: only what the source contradicts is changed, and the findings
 * name it. What it does not state stays. Lists and objects of values, such as tags and details, are joined; a list of other
 * entries loses those that the source knows and no longer names there. What the source no longer states at all, a field or a
 * whole object, stays, and the findings name it: whether it is wrong or only missing is for a person to decide. Of records that
 * come one by one, each with its time, an earlier one contradicts nothing that a later one has stated.
 */
export function joinStored(tree: SourceTree, stored: readonly Entry[]): Joined {
  const known = withStoredKeys(tree, stored);
  return new Joining(known, new StoredEntries(stored, known.entries, known.times)).join();
}

class Joining {
  private readonly report = new ReportWriter();
  private readonly keys: ReadonlySet<string>;

  constructor(
    private readonly tree: SourceTree,
    private readonly stored: StoredEntries,
  ) {
    this.keys = new Set(tree.entries.map(({ key }) => key));
  }

  join(): Joined {
    const entries = this.tree.entries.map((entry) => this.joinOne(entry));
    if (this.tree.isWhole) this.findWhatHasLeft();
    return { entries: this.withWhatFollows(entries), findings: this.report.finish().findings };
  }

  private joinOne(entry: Entry): Entry {
    const known = this.stored.get(entry);
    // A shared term that is there stays as it is.
    return known === undefined || isTerm(entry.type) ? entry : this.joinEntry(entry, known);
  }

  /** With what the entries say together with those that came before. */
  private withWhatFollows(entries: Entry[]): Entry[] {
    const { follows } = this.tree;
    const before = this.stored.all;
    if (!follows || before.length === 0) return entries;
    const all = new Map(before.map((entry) => [entry.key, entry]));
    for (const entry of entries) all.set(entry.key, { ...all.get(entry.key), ...entry });
    const said = new Map(entries.map((entry) => [entry.key, entry]));
    for (const entry of follows(entries, before, [...all.values()])) {
      const known = said.get(entry.key);
      said.set(entry.key, known ? this.joinEntry(entry, known) : this.joinOne(entry));
    }
    return [...said.values()];
  }

  private joinEntry(entry: Entry, known: Entry): Entry {
    const assumed = this.tree.assumed.get(entry.key);
    const isOfItsType = !assumed?.has('moduleType') || known.moduleType === entry.moduleType;
    const joined: Entry = { type: entry.type, key: entry.key };
    for (const [field, stated] of Object.entries(entry)) {
      // Details follow the type: where a person chose another one, those of the source do not fit.
      if (assumed?.has(field) || (field === 'details' && !isOfItsType)) continue;
      joined[field] = this.joinField(entry, field, stated, known[field]);
    }
    for (const field of this.tree.emptied.get(entry.key) ?? []) {
      if (known[field] === undefined || entry[field] !== undefined) continue;
      this.report.add('TAKEN_BACK', `${nameOf(entry, field)}: stated as empty`, at(entry), shown(known[field]));
    }
    return joined;
  }

  private joinField(entry: Entry, field: string, stated: unknown, known: unknown): unknown {
    if (field === 'type' || field === 'key') return stated;
    // The size of one file, say, is not that of another that was stored.
    if (known === undefined) return this.mayMiss(entry, field) ? this.leave(entry, field, known, stated) : stated;
    if (Array.isArray(stated) && Array.isArray(known)) {
      if (stated.every(isFields)) return this.joinRecords(entry, field, stated, known as Record<string, unknown>[]);
      return stated.every((one) => typeof one === 'string' && this.keys.has(one))
        ? this.joinReferences(entry, field, stated as string[], known as string[])
        : this.joinPlain(entry, field, stated, known);
    }
    if (isFields(stated) && isFields(known) && !isMeasure(stated)) return this.joinValues(entry, field, stated, known);
    const same = typeof known === 'string' ? this.stored.keyOf(known) : known;
    if (isSame(stated, same)) return known;
    return this.changed(entry, field, known, stated);
  }

  private joinPlain(entry: Entry, field: string, stated: readonly unknown[], known: readonly unknown[]): unknown[] {
    const added = stated.filter((one) => !known.some((other) => isSame(one, other)));
    return [...known, ...this.added(entry, field, added)];
  }

  private joinReferences(entry: Entry, field: string, stated: string[], known: string[]): string[] {
    const named = new Set(stated);
    const kept = known.map((key) => this.stored.keyOf(key));
    const isAll = this.tree.isWhole && !this.mayMiss(entry, field);
    const gone = isAll ? kept.filter((key) => this.keys.has(key) && !named.has(key)) : [];
    if (gone.length > 0) this.reportChange(entry, field, gone, 'no longer among them');
    const staying = kept.filter((key) => !gone.includes(key));
    return [...staying, ...stated.filter((key) => !staying.includes(key))];
  }

  /** Details of several stimuli are known by their places, values with a name by that; of others each is its own. */
  private joinRecords(
    entry: Entry,
    field: string,
    stated: Record<string, unknown>[],
    known: Record<string, unknown>[],
  ): Record<string, unknown>[] {
    const places = stated.map((one, at) => {
      if (field === 'details') return at < known.length ? at : -1;
      const isNamed = ({ name, unit }: Record<string, unknown>): boolean =>
        name === one['name'] && unit === one['unit'];
      const same = known.findIndex((other) => isSame(one, other));
      if (same >= 0 || one['name'] === undefined) return same;
      const named = known.findIndex(isNamed);
      if (named < 0 || this.tree.isWhole) return named;
      // Of several records each may say its own, as where all are read at once.
      this.reportChange(entry, `${field}: ${shown(one['name'])}`, 'as it was', one['value']);
      return -1;
    });
    const joined = known.map((other, place) => {
      const at = places.indexOf(place);
      return at < 0 ? other : this.joinValues(entry, `${field} ${place + 1}`, stated[at]!, other);
    });
    const added = stated.filter((_, at) => places[at]! < 0);
    return [...joined, ...this.added(entry, field, added)];
  }

  private joinValues(
    entry: Entry,
    field: string,
    stated: Record<string, unknown>,
    known: Record<string, unknown>,
  ): Record<string, unknown> {
    const assumed = this.tree.assumed.get(entry.key);
    const joined = { ...known };
    for (const [name, value] of Object.entries(stated)) {
      const path = `${field}.${name}`;
      if (Object.hasOwn(known, name) && (assumed?.has(path) || isSame(value, known[name]))) continue;
      const isThere = Object.hasOwn(known, name);
      const isOneOfSeveral = this.tree.times !== undefined && field === 'extraFields' && isThere;
      if (!isThere && this.mayMiss(entry, path)) this.leave(entry, path, undefined, value);
      else if (isOneOfSeveral) joined[name] = linesOfBoth(known[name] as string, value as string);
      else joined[name] = isThere ? this.changed(entry, path, known[name], value) : value;
    }
    return joined;
  }

  /**
   * What the source says, and the report names it; what is stored, where the source may say otherwise in what could not be read,
   * or said so later.
   */
  private changed(entry: Entry, path: string, known: unknown, stated: unknown): unknown {
    if (this.mayMiss(entry, path)) return this.leave(entry, path, known, stated);
    const now = this.tree.times?.of(entry.key, path) ?? null;
    const then = now === null ? null : this.stored.timeOf(this.stored.get(entry)!);
    if (now === null || then === null || now >= then) {
      this.reportChange(entry, path, known, stated);
      return stated;
    }
    const message = `${nameOf(entry, path)}: a later record says otherwise, and counts`;
    this.report.add('DECIDED', message, at(entry), `${shown(known)}, not ${shown(stated)}`);
    return known;
  }

  /** What is to be added to a list that is there: nothing where what could not be read may state it otherwise. */
  private added<T>(entry: Entry, field: string, values: readonly T[]): readonly T[] {
    if (values.length === 0 || !this.mayMiss(entry, field)) return values;
    this.leave(entry, field, undefined, values);
    return [];
  }

  private leave(entry: Entry, path: string, known: unknown, stated: unknown): unknown {
    const message = `${nameOf(entry, path)}: stays as it is, since not all could be read that may state it`;
    const from = known === undefined ? '' : `${shown(known)} → `;
    this.report.add('NOT_IMPORTED', message, at(entry), `${from}${shown(stated)}`);
    return known;
  }

  private mayMiss(entry: Entry, path: string): boolean {
    return this.tree.mayMiss?.(entry, path.split(/[. ]/)[0]!) === true;
  }

  private reportChange(entry: Entry, field: string, from: unknown, to: unknown): void {
    this.report.add('CHANGED', nameOf(entry, field), at(entry), `${shown(from)} → ${shown(to)}`);
  }

  /** What an import has made and the source no longer names. What people have made has an id for a key. */
  private findWhatHasLeft(): void {
    for (const { type, key } of this.stored.all) {
      const isThere = this.keys.has(this.stored.keyOf(key)) || this.mayMiss({ type, key }, 'key');
      if (isThere || isOwnId(key) || isTerm(type)) continue;
      this.report.add('TAKEN_BACK', `${type} ${key}: no longer named`, { file: key });
    }
  }
}

/** Whether a key is an id of this server, not one that a source gives to its objects. */
function isOwnId(key: string): boolean {
  const id = normalizeId(key);
  return id !== undefined && typeOfId(id) !== undefined;
}

const nameOf = ({ type, key }: Entry, field: string): string => `${field} of ${type} ${key}`;
const at = ({ key }: Entry): { file: string } => ({ file: key });

function shown(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** A number with its unit is one value. */
function isMeasure(value: Record<string, unknown>): boolean {
  return Object.hasOwn(value, 'value') && Object.hasOwn(value, 'unit');
}

/** Whether two values mean the same: texts in one spelling, addresses as they are stored, objects without what they leave open. */
function isSame(one: unknown, other: unknown): boolean {
  return isDeepStrictEqual(plain(one), plain(other));
}

/** An address is stored in one spelling: `https://example.org` with a `/` at its end. */
function plainText(text: string): string {
  return webAddress(text) === null ? text : new URL(text).href;
}

function plain(value: unknown): unknown {
  if (typeof value === 'string') return plainText(value.normalize('NFC').trim());
  if (Array.isArray(value)) return value.map(plain);
  if (!isFields(value)) return value;
  const stated = Object.entries(value).filter(([, inner]) => inner !== null);
  return Object.fromEntries(stated.map(([key, inner]) => [key, plain(inner)]));
}
