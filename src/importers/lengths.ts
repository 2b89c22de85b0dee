import type { Place, ReportWriter } from './report';

/** The longest strings that the fields of the domain hold. */
export const maximumLength = {
  projectName: 200,
  license: 60,
  nameUsedInStorage: 200,
  contributorName: 200,
  affiliation: 300,
  funder: 200,
  publicationTitle: 500,
  speciesName: 100,
  subjectName: 100,
  age: 100,
  genotype: 200,
  identifier: 100,
  sessionName: 200,
  fileName: 500,
  notes: 500,
  storageName: 100,
  location: 100,
} as const;

/** Where a text that was shortened stays whole. */
interface Keeper {
  keep(name: string, value: string, place: Place): unknown;
}

/** The beginning of a text that is too long, ending in `…` to show the cut; never half a character. */
export function shorten(text: string, limit: number): string {
  if (text.length <= limit) return text;
  let kept = '';
  for (const { segment } of new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(text.slice(0, limit))) {
    if (kept.length + segment.length > limit - 1) break;
    kept += segment;
  }
  return `${kept.trimEnd()}…`;
}

/**
 * A text that fits its field. One that is too long is shortened and reported, and stays whole elsewhere: under
 * `<field>Full` in the extra fields given, or where the text given in their place says.
 */
export function fit(
  text: string,
  field: keyof typeof maximumLength,
  { report, place, extraFields }: { report: ReportWriter; place: Place; extraFields: Keeper | string },
): string {
  const limit = maximumLength[field];
  if (text.length <= limit) return text;
  const whole = typeof extraFields === 'string' ? extraFields : `extraFields.${field}Full`;
  report.add('SHORTENED', `${field}: longer than ${limit} characters; ${whole} holds it whole`, place, text);
  if (typeof extraFields !== 'string') extraFields.keep(`${field}Full`, text, place);
  return shorten(text, limit);
}

/** A text within a length; one that is cut is reported, and stands whole where `whole` says. */
export function fitTo(
  text: string,
  limit: number,
  field: string,
  whole: string,
  at: { report: ReportWriter; place: Place },
): string {
  if (text.length <= limit) return text;
  at.report.add('SHORTENED', `${field}: longer than ${limit} characters; ${whole} holds it whole`, at.place, text);
  return shorten(text, limit);
}
