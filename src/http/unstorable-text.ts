import { inexactNumber, isExact, protoKey } from '../model/scalars';
import { Refusal } from './refusal';

const suspicious = /\\u(?:0000|d[89a-f])/i;
const unstorable = /\0|\p{Surrogate}/u;

/**
 * Refuses text that PostgreSQL cannot hold: U+0000, and half of a surrogate pair. Refuses what is nested too deeply as well.
 *
 * @param text the JSON as it came
 * @param value what was read from it
 */
export function refuseUnstorable(text: string, value: unknown): void {
  if (isTooDeep(value))
    throw new Refusal(400, 'BAD_USER_INPUT', `Lists and objects may stand in each other ${deepestValue} deep at most.`);
  if (holdsUnstorable(text, value)) throw unstorableText();
  const unsafe = unsafeIn(text, value);
  if (unsafe !== undefined) throw new Refusal(400, 'BAD_USER_INPUT', unsafe);
}

/**
 * What JSON.parse does to a text without a word: whole numbers that are too large for it are rounded, and a key `__proto__`
 * is lost by whoever copies the object. Few texts hold anything like that: those alone are looked through.
 */
export function unsafeIn(text: string, value: unknown): string | undefined {
  if (/\d{16}|\d[eE]/.test(text) && holdsInexact(text)) return inexactNumber;
  return /__proto__|\\u00/i.test(text) && holdsProto(value) ? protoKey : undefined;
}

/** The strings of a JSON text, which are passed over, and its numbers. */
const stringsAndNumbers = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d[\d.eE+-]*/gs;

function holdsInexact(text: string): boolean {
  for (const [token] of text.matchAll(stringsAndNumbers))
    if (!token.startsWith('"') && !isExact(Number(token))) return true;
  return false;
}

function holdsProto(value: unknown): boolean {
  const rest = [value];
  while (rest.length > 0) {
    const next = rest.pop();
    if (typeof next !== 'object' || next === null) continue;
    if (Object.hasOwn(next, '__proto__')) return true;
    for (const item of Object.values(next)) rest.push(item);
  }
  return false;
}

/**
 * Whether there is text that PostgreSQL cannot hold. JSON can only write it as escapes, which is what the text is searched
 * for first; looking at every string takes longer.
 */
export function holdsUnstorable(text: string, value: unknown): boolean {
  if (!suspicious.test(text)) return false;
  const rest = [value];
  while (rest.length > 0) {
    const next = rest.pop();
    if (typeof next === 'string') {
      if (unstorable.test(next)) return true;
    } else if (typeof next === 'object' && next !== null) {
      for (const [key, item] of Object.entries(next)) rest.push(key, item);
    }
  }
  return false;
}

/** How many lists and objects may stand in each other: more than any real value has. */
const deepestValue = 100;

/** Whether there are more. Writing such a value as text again could end in a stack overflow, here or in the database. */
export function isTooDeep(value: unknown): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > deepestValue) return true;
    level = level.flatMap((one) =>
      typeof one === 'object' && one !== null ? Object.values<unknown>(one as Record<string, unknown>) : [],
    );
  }
  return false;
}

/** A variable of a query of this name would be lost. */
export function refuseProtoVariable(query: string): void {
  if (/\$\s*__proto__\b/.test(query))
    throw new Refusal(400, 'BAD_USER_INPUT', 'A variable may not be called `__proto__`.');
}

/** The same for the strings that are written out in a query; what is left of surrogates its syntax forbids. */
export function refuseUnstorableIn(query: string): void {
  if (/(?<!\\)(?:\\\\)*\\u(?:0000|\{0+\})/.test(query)) throw unstorableText();
}

function unstorableText(): Refusal {
  return new Refusal(
    400,
    'BAD_USER_INPUT',
    'A text holds U+0000 or half of a surrogate pair, which cannot be stored: take it out.',
  );
}
