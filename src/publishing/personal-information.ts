import type { FindingCode } from './readiness.types';

/** One kind of text that may tell who somebody is. */
export interface PersonalPattern {
  code: FindingCode;
  message: string;
  test: (text: string) => boolean;
}

/** Begins where a word begins: looked for from each letter of a long word, it would take time by the square of its length. */
const email = /(?<![^\s@<>"'])[^\s@<>"']+@[^\s@<>"']+\.[a-z]{2,}/i;
/** As they are written for abroad: `+41 44 632 11 11`. */
const international = /(?:\+|\b00)[1-9]\d{0,2}[\s./-]?(?:\(?\d{1,4}\)?[\s./-]?){2,4}\d{2,4}\b/g;
const homeFolder = /(?:\/(?:Users|home)\/[^/\s]+|[A-Z]:\\Users\\[^\\\s]+)/;

/** As North America writes them: `(216) 555-0100`. */
const northAmerican = /(?<![\w.,/-])(?:1[ .-])?(?:\([2-9]\d\d\) ?|[2-9]\d\d[ .-])[2-9]\d\d[ .-]\d{4}(?![\w-]|[.,]\d)/;
/** As other countries write them at home: with a 0, then groups of digits. */
const national = /(?<![\w.,:/-])\(?0\d{1,4}\)?[ /-](?:\d{2,4}[ -]?){1,4}\d{2,4}(?![\w-]|[.,]\d)/g;
const day = /^\d\d[ /-]\d\d[ /-]\d{4}/;

/** In the forms of many countries; an ORCID iD or ISSN has another number of digits, a date its own form. */
function holdsPhoneNumber(text: string): boolean {
  if (northAmerican.test(text)) return true;
  return [international, national].some((form) =>
    (text.match(form) ?? []).some((found) => {
      const digits = found.replace(/\D/g, '').length;
      return digits >= 9 && digits <= 15 && !day.test(found);
    }),
  );
}

/** What is looked for in free text. Guesses, all of them: an owner reads and decides. */
export function findPersonal(userNames: readonly string[]): PersonalPattern[] {
  const holdsName = finderOf(userNames);
  return [
    {
      code: 'EMAIL_ADDRESS',
      message: 'Free text holds what looks like an e-mail address.',
      test: (text) => email.test(text),
    },
    {
      code: 'PHONE_NUMBER',
      message: 'Free text holds what looks like a telephone number.',
      test: holdsPhoneNumber,
    },
    {
      code: 'HOME_FOLDER',
      message: "Free text holds a path in somebody's home folder.",
      test: (text) => homeFolder.test(text),
    },
    {
      code: 'NAME_OF_A_USER',
      message: 'Free text holds the name of a user of this server.',
      test: holdsName,
    },
  ];
}

/** How many characters names are looked up by; the names are longer. */
const startLength = 4;

/** Finds any of some names in a text, in a time that grows with the text and not with the number of names. */
function finderOf(names: readonly string[]): (text: string) => boolean {
  const byStart = new Map<string, string[]>();
  for (const name of names.map((text) => text.toLowerCase())) {
    const start = name.slice(0, startLength);
    byStart.set(start, [...(byStart.get(start) ?? []), name]);
  }
  return (text) => {
    const searched = text.toLowerCase();
    for (let place = 0; place < searched.length; place += 1) {
      const found = byStart.get(searched.slice(place, place + startLength));
      if (found?.some((name) => searched.startsWith(name, place))) return true;
    }
    return false;
  };
}
