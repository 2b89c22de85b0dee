/** One kind of text that may tell who somebody is. */
export interface PersonalPattern {
  code: string;
  message: string;
  test: (text: string) => boolean;
}

const email = /[^\s@<>"']+@[^\s@<>"']+\.[a-z]{2,}/i;
const phone = /(?:\+|\b00)\d{1,3}[\s./-]?(?:\(?\d{1,4}\)?[\s./-]?){2,4}\d{2,4}\b/;
const homeFolder = /(?:\/(?:Users|home)\/[^/\s]+|[A-Z]:\\Users\\[^\\\s]+)/;

/** What is looked for in free text. Guesses, all of them: an owner reads and decides. */
export function findPersonal(userNames: readonly string[]): PersonalPattern[] {
  const names = userNames.map((name) => name.toLowerCase());
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
      test: (text) => names.some((name) => text.toLowerCase().includes(name)),
    },
  ];
}
