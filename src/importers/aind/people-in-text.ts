/**
 * The people whom one text names: `Ada Keel, Bo Lind; Cy Moss` are three, `Keel, Ada` is one. Null where it cannot be told
 * whether a comma stands between two people or between the names of one: a credit is never a guess.
 */
export function peopleIn(text: string): string[] | null {
  const pieces = text.split(/;|\n|,?\s+(?:and|&)\s+/).map((piece) => piece.trim().replace(/^,|,$/g, '').trim());
  const lists = pieces.filter((piece) => piece !== '').map((piece) => piece.split(',').map((part) => part.trim()));
  if (lists.length === 0 || lists.flat().some((part) => !isName(part))) return null;
  const [ordered, turned] = [lists.every(isOfWholeNames), lists.every((parts) => isFamilyFirst(parts))];
  if (lists.length === 1 && lists[0]!.length === 1) return [lists[0]![0]!];
  if (ordered === turned) return null;
  return ordered ? lists.flat() : lists.map((parts) => parts.join(', '));
}

const wordsIn = (part: string): number => part.split(/\s+/).length;

/** Of letters, with what stands in names: no digits, no `et al.`, no titles that are no person's name alone. */
function isName(part: string): boolean {
  return /^\p{L}[\p{L}\p{M}.'’\- ]*$/u.test(part) && !/\bet al\b|\b(?:PhD|MD|Jr|Sr|II|III)\b/i.test(part);
}

/** Given and family name each, with commas between people only. `van der Keel, Ada Bo` is no such list. */
function isOfWholeNames(parts: readonly string[]): boolean {
  return parts.every((part) => wordsIn(part) > 1 && (parts.length === 1 || /^\p{Lu}/u.test(part)));
}

/** One person, family name first: `Keel, Ada B.`, `van der Keel, Ada`. */
function isFamilyFirst(parts: readonly string[]): boolean {
  const [family = '', ...given] = parts;
  return given.length === 1 && (wordsIn(family) === 1 || /^\p{Ll}/u.test(family));
}
