import { withoutAddresses } from './e-mail';
import { cleanedText } from '../model/texts';
import { ImportError } from './import-error';
import { isEmpty, isRecord, type Json } from './json';
import type { FindingKind, Place, ReportWriter } from './report';

/** What was changed about a value before it was kept. */
type Change = 'EMAIL' | 'TEXT' | 'UNSTATED';
type OnChange = (change: Change, key: string) => void;

const told: Record<Change, [FindingKind, string]> = {
  EMAIL: ['NOT_IMPORTED', 'an e-mail address: never kept'],
  TEXT: ['DECIDED', 'characters that cannot be stored are left out'],
  UNSTATED: ['DECIDED', 'n/a says that nothing is stated'],
};

/**
 * The value as it may be kept: without anything under a key `email` or any address in a text or key, without control characters and signs
 * that turn the direction of text, with U+FFFD for halves of surrogate pairs, and with null for `n/a`, which says that nothing is stated. Each
 * change is reported. Throws an ImportError, about the file at `path`, for values that are nested so deeply that nothing can walk them.
 */
export function cleaned(value: Json, report: ReportWriter, place: Place, path: string): Json {
  try {
    return clean(value, (change, key) => report.add(...told[change], place, key === '' ? null : key), '');
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    const what = 'Values are nested too deeply.';
    const remedy = 'Check where the file comes from: no metadata is written so.';
    throw new ImportError({ file: path, line: place.line ?? null, what, remedy }, { cause });
  }
}

function clean(value: Json, onChange: OnChange, at: string): Json {
  if (typeof value === 'string') return cleanedValue(value, onChange, at);
  if (Array.isArray(value)) return value.map((entry) => clean(entry, onChange, at));
  if (!isRecord(value)) return value;
  const kept = Object.entries(value).filter(([key, inner]) => {
    if (key !== 'email') return true;
    if (!isEmpty(inner)) onChange('EMAIL', key);
    return false;
  });
  // A key may be an address as well, such as those of members.
  const named = (key: string): string =>
    withoutAddresses(
      storable(key, () => onChange('TEXT', at)),
      () => onChange('EMAIL', at),
    );
  return Object.fromEntries(kept.map(([key, inner]) => [named(key), clean(inner, onChange, key)]));
}

function cleanedValue(value: string, onChange: OnChange, at: string): string | null {
  if (/^\s*n\/a\s*$/i.test(value)) {
    onChange('UNSTATED', at);
    return null;
  }
  const text = storable(value, () => onChange('TEXT', at));
  return withoutAddresses(text, () => onChange('EMAIL', at));
}

function storable(text: string, onLost: () => void): string {
  const kept = cleanedText(text).replace(/\p{Surrogate}/gu, '\uFFFD');
  if (kept !== text) onLost();
  return kept;
}

/** The text of a file without characters that cannot be stored, which are reported. */
export function storableText(text: string, report: ReportWriter, place: Place): string {
  return storable(text, () => report.add(...told.TEXT, place));
}

/** The same, without the e-mail addresses in it. */
export function cleanedFile(text: string, report: ReportWriter, place: Place): string {
  return withoutAddresses(storableText(text, report, place), () => report.add(...told.EMAIL, place));
}
