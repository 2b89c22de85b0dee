/** What no text holds: control characters but for tabs and ends of lines, and what turns the direction of all that follows. */
const unclean = /[^\P{Cc}\t\n\r]|[\u202A-\u202E\u2066-\u2069]/u;
const uncleanInLine = /\p{Cc}|[\u202A-\u202E\u2066-\u2069\u2028\u2029]/u;

/** What shows nothing: spaces, and signs that only say how others are to be drawn. */
const invisible = /[\p{Z}\p{C}\p{Default_Ignorable_Code_Point}\u2800]/gu;

/** The spelling in which a name is stored: one for texts that look the same, without space around it. */
export function normalName(text: string): string {
  return text.normalize('NFC').trim();
}

/** Whether a text may stand on one line, such as a name: nothing in it is hidden, and something is to be seen. */
export function isCleanLine(text: string): boolean {
  return !uncleanInLine.test(text) && (text === '' || text.replace(invisible, '') !== '');
}

/** The same for texts of several lines, such as a description. */
export function isCleanText(text: string): boolean {
  return !unclean.test(text);
}

/** Whether every text in a JSON value is one of several lines, keys too. */
export function holdsCleanTexts(value: unknown): boolean {
  if (typeof value === 'string') return isCleanText(value);
  if (Array.isArray(value)) return value.every(holdsCleanTexts);
  if (typeof value !== 'object' || value === null || value instanceof URL) return true;
  return Object.entries(value).every(([key, part]) => isCleanLine(key) && holdsCleanTexts(part));
}

/** A name that somebody else has given out, without what a name may not hold; empty where nothing is left to be seen. */
export function cleanedName(text: string): string {
  const name = normalName(text.replace(new RegExp(uncleanInLine.source, 'gu'), ''));
  return isCleanLine(name) ? name : '';
}

/** A text without what no text holds. */
export function cleanedText(text: string): string {
  return text.replace(new RegExp(unclean.source, 'gu'), '');
}

/** What is told of a name that may not be. */
export const uncleanName = 'control characters, signs that turn the direction of text, or nothing that can be seen';
