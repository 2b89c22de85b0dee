/** What a JSON or YAML document holds. */
export type Json = null | boolean | number | string | Json[] | JsonRecord;

export interface JsonRecord {
  [key: string]: Json;
}

/** Whether a value is an object, neither a list nor null. */
export function isRecord(value: Json | undefined): value is JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The text of a string or number, trimmed; null for anything else and for nothing but white space. */
export function textOf(value: Json | undefined): string | null {
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'string') return null;
  const text = value.trim();
  return text === '' ? null : text;
}

/** The number that a number or a string of digits stands for (YAML is read without guessing at numbers); else null. */
export function numberOf(value: Json | undefined): number | null {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && /^\d+$/.test(value.trim()) ? Number(value) : null;
}

/** A list as it is, one value as a list of one, nothing as an empty list. */
export function listOf(value: Json | undefined): Json[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}

/** The objects in a list (or the one object that stands in its place); other values are passed over. */
export function recordsOf(value: Json | undefined): JsonRecord[] {
  return listOf(value).filter(isRecord);
}

/** The distinct names in a list of texts, or of objects that carry a `name` or a `value`. */
export function namesOf(value: Json | undefined): string[] {
  const names = listOf(value).map((entry) =>
    isRecord(entry) ? (textOf(entry.name) ?? textOf(entry.value) ?? textOf(entry.identifier)) : textOf(entry),
  );
  return [...new Set(names.filter((name) => name !== null))];
}

/** Whether a value says nothing: null, an empty text, or a list or object of nothing else. */
export function isEmpty(value: Json | undefined): boolean {
  if (value === undefined || value === null) return true;
  if (typeof value === 'string') return value.trim() === '';
  if (typeof value !== 'object') return false;
  return Object.entries(value).every(([key, inner]) => key === 'schemaKey' || isEmpty(inner));
}

/** Whether a field is there and says nothing: perhaps what it said before was taken back. */
export function isStatedEmpty(record: JsonRecord, key: string): boolean {
  return Object.hasOwn(record, key) && isEmpty(record[key]);
}

/** Any value as one text for a human: a name with its identifier, a list with semicolons, else JSON. Null if empty. */
export function readableText(value: Json | undefined): string | null {
  if (isEmpty(value)) return null;
  if (Array.isArray(value))
    return value
      .map(readableText)
      .filter((text) => text !== null)
      .join('; ');
  if (!isRecord(value)) return typeof value === 'boolean' ? String(value) : textOf(value);
  const { schemaKey: _, ...stated } = value;
  const { name, identifier, url, ...rest } = stated;
  const [first, ...others] = [name, identifier, url].map(textOf).filter((text) => text !== null);
  if (!isEmpty(rest) || first === undefined)
    return JSON.stringify(stated, (key, inner: Json) => (key === 'schemaKey' ? undefined : inner));
  return others.length > 0 ? `${first} (${others.join(', ')})` : first;
}
