import type { FindingCode } from './readiness.types';

/** One kind of text that may tell who somebody is. */
export interface PersonalPattern {
  code: FindingCode;
  message: string;
  test: (text: string) => boolean;
}

/** Begins where a word begins: looked for from each letter of a long word, it would take time by the square of its length. */
const email = /(?<![^\s@<>"'])[^\s@<>"']+@[^\s@<>"']+\.[a-z]{2,}/i;
const phone = /(?:\+|\b00)\d{1,3}[\s./-]?(?:\(?\d{1,4}\)?[\s./-]?){2,4}\d{2,4}\b/;
const homeFolder = /(?:\/(?:Users|home)\/[^/\s]+|[A-Z]:\\Users\\[^\\\s]+)/;

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
      test: (text) => phone.test(text),
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
