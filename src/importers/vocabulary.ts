import { namesOfSpecies } from '../domain/vocabulary/species-names';

export type Sex = 'FEMALE' | 'MALE' | 'OTHER' | 'UNKNOWN';

/**
 * Sexes: the PATO terms (https://www.ebi.ac.uk/ols4/ontologies/pato), their names, and the spellings that the BIDS
 * specification lists for a participant's `sex`. All in lower case.
 */
const sexes = new Map<string, Sex>([
  ['pato_0000383', 'FEMALE'],
  ['pato_0000384', 'MALE'],
  ['pato_0001340', 'OTHER'],
  ['female', 'FEMALE'],
  ['f', 'FEMALE'],
  ['male', 'MALE'],
  ['m', 'MALE'],
  ['hermaphrodite', 'OTHER'],
  ['other', 'OTHER'],
  ['o', 'OTHER'],
  ['intersex', 'OTHER'],
  ...['woman', 'women', 'girl'].map((spelling): [string, Sex] => [spelling, 'FEMALE']),
  ...['man', 'men', 'boy'].map((spelling): [string, Sex] => [spelling, 'MALE']),
]);

/** How people say that a thing is not known, or that they do not tell it; where it may be a value, it is one. */
const unknown = ['none', 'not known', 'not reported', 'not specified', 'u', 'undetermined', 'unknown', 'unspecified'];

/** Whether a text says of a thing that it is not known. */
export function isSaidUnknown(text: string): boolean {
  return unknown.includes(text.trim().toLowerCase());
}

/** The sex that a spelling or a PATO term (`PATO_0000383`) means, in any case; null when the vocabulary does not know it. */
export function sexOfSpelling(spelling: string): Sex | null {
  if (isSaidUnknown(spelling)) return 'UNKNOWN';
  return sexes.get(spelling.trim().toLowerCase()) ?? null;
}

/** The sex that a sentence such as `Female participant` speaks of, where it is one. */
export function sexInWords(text: string): Sex | null {
  const words = text.match(/\p{L}{3,}/gu) ?? [];
  const [first = null, ...others] = new Set(words.flatMap((word) => sexes.get(word.toLowerCase()) ?? []));
  return others.length === 0 ? first : null;
}

const byTaxon = new Map(namesOfSpecies.map((entry) => [entry.taxon, entry]));
const bySpelling = new Map(
  namesOfSpecies.flatMap((entry) => [entry.name, ...entry.spellings].map((name) => [fold(name), entry])),
);

/** Common names that speak of subjects rather than of what they were shown: `cat` may be a picture. */
const ofSubjects = [
  'human',
  'humans',
  'mice',
  'rats',
  'zebrafish',
  'rhesus monkey',
  'rhesus macaque',
  'common marmoset',
];
/** Those that speak of subjects where these are known to be animals: a mouse may also be what people move. */
const ofAnimals = ['mouse', 'rat'];

/** The accepted names of the species that a text mentions as those of subjects. */
export function speciesMentionedIn(text: string, areAnimals = false): string[] {
  const words = text.replace(/[^\p{L}\p{N}.]+/gu, ' ').replace(/(\p{L}{2})\.+(?= |$)/gu, '$1');
  const folded = ` ${fold(words)} `;
  const spoken = [...ofSubjects, ...(areAnimals ? ofAnimals : [])];
  const isMentioned = (spelling: string): boolean => folded.includes(` ${fold(spelling)} `);
  return namesOfSpecies
    .filter(({ name, spellings }) =>
      [name, ...spellings.filter((spelling) => spoken.includes(spelling))].some(isMentioned),
    )
    .map(({ name }) => name);
}

const shortLived = ['10090', '10116', '10117', '7955', '7227', '6239'];

/** Whether animals of a species live a few years at most. */
export function isShortLived(name: string): boolean {
  return namesOfSpecies.some((entry) => entry.name === name && shortLived.includes(entry.taxon));
}

/** What stands for the species of a subject whose source states none: a subject must have one. */
export const unstatedSpecies = 'Unspecified';

/** The number in `http://purl.obolibrary.org/obo/NCBITaxon_10090`, `NCBITaxon:10090` or the like; else null. */
export function taxonIn(identifier: string | null): string | null {
  return identifier?.match(/(?:NCBITaxon|NCBI_?Taxonomy|txid)[_:/]?(\d+)\/?$/i)?.[1] ?? null;
}

/** The accepted name of an NCBI Taxonomy number; null when the vocabulary does not hold it. */
export function speciesOfTaxon(taxon: string): { name: string; taxon: string } | null {
  return byTaxon.get(taxon) ?? null;
}

/**
 * The species that a spelling means: an accepted or common name in any case, or both joined by a dash as in
 * `Mus musculus - House mouse`, if both halves mean the same. Null when the vocabulary does not know it.
 */
export function speciesOfSpelling(spelling: string): { name: string; taxon: string } | null {
  const whole = bySpelling.get(fold(spelling));
  if (whole) return whole;
  const [first, ...others] = spelling.split(/ [-–—] /).map((part) => bySpelling.get(fold(part)));
  return first && others.length > 0 && others.every((other) => other === first) ? first : null;
}

function fold(name: string): string {
  return name
    .toLowerCase()
    .replace(/[\s_]+/g, ' ')
    .trim();
}
