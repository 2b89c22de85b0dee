import type { CitedWork } from './work';
import type { Person } from './texts';

const mostInApa = 20;

/** A sentence in the style of the American Psychological Association (7th edition), for a data set. */
export function asApa({ title, authors, publishedOn, year, publisher, url }: CitedWork): string {
  const when = `(${publishedOn === null ? 'n.d.' : year}).`;
  const named = `${title} [Data set].`;
  const begin = authors.length === 0 ? `${named} ${when}` : `${ended(listed(authors.map(inApa)))} ${when} ${named}`;
  return [begin, `${publisher}.`, url ?? ''].join(' ').trim();
}

const ended = (text: string): string => (text.endsWith('.') ? text : `${text}.`);

/** `Doe, J. M.`; a name whose parts are not told stays as it is. */
function inApa({ name, family, given }: Person): string {
  if (family === null || given === null) return name;
  const initials = given.split(/[\s.]+/).filter((part) => part !== '');
  return `${family}, ${initials.map((part) => part.split('-').map(initialOf).join('-')).join(' ')}`;
}

const initialOf = (part: string): string => `${[...part][0] ?? ''}.`;

function listed(names: readonly string[]): string {
  const last = names.at(-1)!;
  if (names.length === 1) return last;
  if (names.length > mostInApa) return `${names.slice(0, mostInApa - 1).join(', ')}, … ${last}`;
  return `${names.slice(0, -1).join(', ')}, & ${last}`;
}

/** An entry of BibTeX. */
export function asBibtex(work: CitedWork): string {
  const { id, title, authors, publishedOn, year, publisher, doi, url, keywords } = work;
  const fields: [name: string, value: string | null][] = [
    ['author', authors.length === 0 ? null : authors.map(authorInBibtex).join(' and ')],
    ['title', `{${texText(title)}}`],
    ['year', publishedOn === null ? null : year],
    ['publisher', texText(publisher)],
    ['howpublished', 'Data set'],
    ['doi', doi === null ? null : withoutBraces(doi)],
    ['url', url === null ? null : withoutBraces(url)],
    ['keywords', keywords.length === 0 ? null : keywords.map(texText).join(', ')],
  ];
  const lines = fields.flatMap(([name, value]) => (value === null ? [] : [`  ${name} = {${value}}`]));
  return `@misc{stemgraph-${id},\n${lines.join(',\n')}\n}\n`;
}

/** A name whose parts are not told stands in braces, so that nothing is taken for a part of it. */
function authorInBibtex({ name, family, given }: Person): string {
  return family === null || given === null ? `{${texText(name)}}` : `${texText(family)}, ${texText(given)}`;
}

const inTex: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  // BibTeX counts braces, those too that stand behind a backslash.
  '{': '\\textbraceleft{}',
  '}': '\\textbraceright{}',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
  '"': '\\textquotedbl{}',
};

const texText = (text: string): string =>
  text.replace(/[\\{}~^"]/g, (sign) => inTex[sign]!).replace(/[&%$#_]/g, '\\$&');

/** Addresses are read as they stand; what would end the field is written in its other spelling. */
const withoutBraces = (address: string): string => address.replace(/[{}\\\s]/g, encodeURIComponent);

/** A record of RIS: one line a fact. */
export function asRis({
  title,
  authors,
  publishedOn,
  year,
  publisher,
  doi,
  url,
  keywords,
  description,
}: CitedWork): string {
  const lines: [tag: string, value: string | null][] = [
    ['TY', 'DATA'],
    ...authors.map(({ name }): [string, string] => ['AU', name]),
    ['TI', title],
    ['PY', publishedOn === null ? null : year],
    ['DA', publishedOn?.replaceAll('-', '/') ?? null],
    ['PB', publisher],
    ['DO', doi],
    ['UR', url],
    ...keywords.map((keyword): [string, string] => ['KW', keyword]),
    ['AB', description],
    ['ER', ''],
  ];
  return lines.flatMap(([tag, value]) => (value === null ? [] : [`${tag}  - ${value}\r\n`])).join('');
}
