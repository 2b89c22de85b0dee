import type { ExtraFieldsWriter, FieldsKeeper } from '../extra-fields';
import { isRecord, type Json, type JsonRecord } from '../json';
import { maximumLength } from '../lengths';
import type { Facts } from './facts';
import { fieldName, numberIn } from './fields';

/** Every value of an object as `path: value`, a unit after its number. */
export function linesOf(record: JsonRecord, path: string[] = []): string[] {
  return Object.entries(record).flatMap(([key, value]) => {
    if (key.endsWith('_unit') && isNumber(record[key.slice(0, -5)])) return [];
    const unit = isNumber(value) ? record[`${key}_unit`] : undefined;
    const shown = [...path, key];
    if (isRecord(value)) return linesOf(value, shown);
    return [`${shown.join(' ')}: ${textOfValue(value)}${typeof unit === 'string' ? ` ${unit}` : ''}`];
  });
}

function isNumber(value: Json | undefined): boolean {
  return value !== undefined && numberIn(value) !== null;
}

function textOfValue(value: Json): string {
  if (Array.isArray(value)) {
    return value.map((inner) => (isRecord(inner) ? `(${linesOf(inner).join(', ')})` : textOfValue(inner))).join(', ');
  }
  return isRecord(value) ? linesOf(value).join(', ') : String(value);
}

/** Reports each field that is kept aside, by its name without places in lists, down to a depth. */
export function reportLeft(left: JsonRecord, facts: Facts, owner: string, depth = 2): void {
  const visit = (value: Json, path: string[]): void => {
    if (Array.isArray(value) && value.some(isRecord) && path.length < depth)
      value.forEach((inner) => visit(inner, path));
    else if (isRecord(value) && path.length < depth) {
      for (const [key, inner] of Object.entries(value)) visit(inner, [...path, key]);
    } else facts.report.add('KEPT_ASIDE', `${owner}: ${fieldName(path)}`, facts.place, JSON.stringify(value));
  };
  visit(left, []);
}

/**
 * The notes of a module: what a person wrote or what was found while mapping (`said`), then every field that has no
 * place, one sentence each. What does not fit goes whole, as JSON, to the extra fields given, and the notes say so.
 */
export function notesWith(
  said: (string | null)[],
  facts: Facts,
  aside: { owner: string; extraFields: ExtraFieldsWriter; name: string },
): string | undefined {
  const left = facts.left();
  facts.skipAll();
  reportLeft(left, facts, aside.owner);
  const words = said.filter((text) => text !== null && text !== '').map((text) => text!.replace(/([^.!?…])$/, '$1.'));
  const whole = [...words, ...linesOf(left).map((line) => `${line}.`)].join(' ').trim();
  if (whole === '') return undefined;
  if (whole.length <= maximumLength.notes) return whole;
  const kept = { ...(words.length > 0 ? { notes: words.join(' ') } : {}), ...left };
  const key = aside.extraFields.keep(aside.name, JSON.stringify(kept), facts.place);
  const pointer = `More in the extra fields, under ${key}.`;
  return `${short(words.join(' '), maximumLength.notes - pointer.length - 1)} ${pointer}`.trim();
}

function short(text: string, limit: number): string {
  return text.length <= limit
    ? text
    : `${text
        .slice(0, limit - 1)
        .replace(/\p{Surrogate}$/u, '')
        .trimEnd()}…`;
}

/** Keeps every field that has no place in the extra fields given, each under its own name. */
export function keepLeft(facts: Facts, extraFields: FieldsKeeper, prefix = ''): void {
  const left = facts.left();
  facts.skipAll();
  for (const [key, value] of Object.entries(left)) {
    const plain =
      typeof value === 'number' ? value : isRecord(value) || Array.isArray(value) ? plainText(value) : String(value);
    extraFields.keep(camelCase(prefix, key), plain, facts.place);
  }
}

/** A list of texts as lines; anything deeper as JSON. */
function plainText(value: Json): string {
  if (Array.isArray(value) && value.every((inner) => typeof inner === 'string')) return value.join('\n');
  return JSON.stringify(value);
}

/** `session_end_time` as `sessionEndTime`, after a prefix `procedureSessionEndTime`. */
export function camelCase(prefix: string, key: string): string {
  const words = `${prefix}_${key}`.split(/[^A-Za-z0-9]+/).filter((word) => word !== '');
  return words.map((word, at) => (at === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1))).join('');
}
