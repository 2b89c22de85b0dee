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
