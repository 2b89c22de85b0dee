/** Somebody, or an organisation: a name as the project writes it, and its parts where it is written so that they are told. */
export interface Person {
  name: string;
  family: string | null;
  given: string | null;
  orcid: string | null;
  affiliation: string | null;
}

/** `Family, Given` are the parts of a person's name. Whatever is written otherwise stays as it is: it may be an organisation. */
export function personOf(name: string): Pick<Person, 'name' | 'family' | 'given'> {
  const [family = '', given = '', ...more] = name.split(',').map((part) => part.trim());
  const isTold = family !== '' && given !== '' && more.length === 0 && !/\band\b/i.test(name);
  return { name, family: isTold ? family : null, given: isTold ? given : null };
}

/** A text on one line, without what cannot be seen: a format made of lines may not be broken out of. */
export function oneLine(text: string): string {
  return text.replace(/[\s\p{Cc}\u2028\u2029]+/gu, ' ').trim();
}

const longestDescription = 5000;

/** A citation tells what something is about; it is no copy of it. Never ends within a character. */
export function shortened(text: string): string {
  if (text.length <= longestDescription) return text;
  return `${text.slice(0, longestDescription - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}

/** JSON that may stand within a page: nothing in it ends a script, or a line of one. */
export function embeddableJson(value: object): string {
  return JSON.stringify(value, null, 2).replace(
    /[<>&\u2028\u2029]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

export const orcidAddress = (orcid: string): string => `https://orcid.org/${orcid}`;

export const licenseAddress = (license: string): string => `https://spdx.org/licenses/${license}.html`;
