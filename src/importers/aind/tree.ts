import { isDeepStrictEqual } from 'node:util';
import type { Entry } from '../../tree/entry';
import { shorten } from '../lengths';
import type { Place, ReportWriter } from '../report';
import type { NodeName } from '../../model/ids';
import { findType, type ModuleKind, readRegistry } from '../../module/registry';

/** The entries of one tree, each key once. */
export class EntryTree {
  private readonly byKey = new Map<string, Entry>();

  constructor(readonly report: ReportWriter) {}

  /**
   * Adds an entry without its empty fields. The same key again is the same object: what the first did not state is
   * added to it, and where the two disagree the first counts and the report says so.
   */
  put(type: NodeName, key: string, fields: Record<string, unknown>, place: Place): string {
    const stated = Object.fromEntries(
      Object.entries(fields).filter(([, value]) => value !== null && value !== undefined),
    );
    const known = this.byKey.get(key);
    if (known === undefined) this.byKey.set(key, { type, key, ...stated });
    else this.complete(known, stated, place);
    return key;
  }

  has(key: string): boolean {
    return this.byKey.has(key);
  }

  get(key: string): Entry | undefined {
    return this.byKey.get(key);
  }

  /** How many entries there are of a type. */
  count(type: NodeName): number {
    return this.finish().filter((entry) => entry.type === type).length;
  }

  finish(): Entry[] {
    return [...this.byKey.values()];
  }

  private complete(known: Entry, stated: Record<string, unknown>, place: Place): void {
    for (const [field, value] of Object.entries(stated)) {
      if (known[field] === undefined) known[field] = value;
      else if (Array.isArray(value) && Array.isArray(known[field])) known[field] = union(known[field], value);
      else if (isFields(value) && isFields(known[field])) known[field] = { ...value, ...known[field] };
      else if (!isDeepStrictEqual(known[field], value)) {
        this.report.add(
          'DECIDED',
          `files disagree about the ${field} of one ${known.type}: the first counts`,
          place,
          `${known.key}: ${String(value)}`,
        );
      }
    }
  }
}

function isFields(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function union(known: unknown[], more: unknown[]): unknown[] {
  return [...known, ...more.filter((value) => !known.some((other) => isDeepStrictEqual(other, value)))];
}

const moduleTypes = readRegistry();

/**
 * The fields by which a module says what it is. The name of the module's type stands under `moduleType`, since `type`
 * is the type of the entry itself.
 */
export function ofType(kind: ModuleKind, moduleType: string): { moduleType: string; schemaVersion: string } {
  const found = findType(moduleTypes, kind, moduleType);
  if (!found) throw new Error(`There is no ${kind} of the type ${moduleType}.`);
  return { moduleType, schemaVersion: found.version };
}

/** Whether a module type holds a field, and the details that follow its schema. */
export function hasDetail(kind: ModuleKind, moduleType: string, field: string): boolean {
  const schema = findType(moduleTypes, kind, moduleType)?.schema as { properties?: object } | undefined;
  return Object.hasOwn(schema?.properties ?? {}, field);
}

/** Gives keys within one document: two things that it names alike get `… (2)`, the same in every document. */
export class DocumentKeys {
  private readonly used = new Set<string>();

  constructor(private readonly report: ReportWriter) {}

  of(base: string, place: Place): string {
    let key = base;
    for (let number = 2; this.used.has(key); number += 1) key = `${base} (${number})`;
    this.used.add(key);
    if (key !== base)
      this.report.add('DECIDED', 'two things of one document have one name: their keys are numbered', place, base);
    return key;
  }
}

/** A text within a length; one that is cut is reported, and stands whole where `whole` says. */
export function fitTo(
  text: string,
  limit: number,
  field: string,
  whole: string,
  at: { report: ReportWriter; place: Place },
): string {
  if (text.length <= limit) return text;
  at.report.add('SHORTENED', `${field}: longer than ${limit} characters; ${whole} holds it whole`, at.place, text);
  return shorten(text, limit);
}

/** A part of a key: as stated, in lower case. */
export function keyPart(text: string): string {
  return text.trim().toLowerCase().replace(/\s+/g, ' ');
}
