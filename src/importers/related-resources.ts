import { type JsonRecord, readableText, textOf } from './json';
import { fit, shorten } from './lengths';
import { doiAddress, doiIn, hostOf, webAddress } from './web-identifiers';
import type { EntryTree } from './entry-tree';
import type { ExtraFieldsWriter } from './extra-fields';
import type { Place, ReportWriter } from './report';

type Repository =
  'CRCNS' | 'DANDI' | 'FIGSHARE' | 'GITHUB' | 'GLOBUS' | 'MENDELEY' | 'OPENNEURO' | 'ZENODO' | 'WEBSHARE' | 'OTHER';

export interface RepositoryLink {
  repository: Repository;
  url: string;
}

/** Where findings about the set itself go, and what it becomes. */
export interface ProjectContext {
  place: Place;
  report: ReportWriter;
  extraFields: ExtraFieldsWriter;
  tree: EntryTree;
}

/** Repositories by host and by the prefix of the DOIs that they give out. */
const repositories: { repository: Repository; hosts: string[]; doiPrefix?: string }[] = [
  { repository: 'CRCNS', hosts: ['crcns.org'], doiPrefix: '10.6080/' },
  { repository: 'DANDI', hosts: ['dandiarchive.org'], doiPrefix: '10.48324/' },
  { repository: 'FIGSHARE', hosts: ['figshare.com'], doiPrefix: '10.6084/' },
  { repository: 'GITHUB', hosts: ['github.com'] },
  { repository: 'GLOBUS', hosts: ['globus.org'] },
  { repository: 'MENDELEY', hosts: ['data.mendeley.com'], doiPrefix: '10.17632/' },
  { repository: 'OPENNEURO', hosts: ['openneuro.org'], doiPrefix: '10.18112/' },
  { repository: 'ZENODO', hosts: ['zenodo.org'], doiPrefix: '10.5281/' },
  { repository: 'OTHER', hosts: ['osf.io'], doiPrefix: '10.17605/' },
  { repository: 'OTHER', hosts: ['gin.g-node.org'], doiPrefix: '10.12751/' },
  { repository: 'OTHER', hosts: ['datadryad.org'], doiPrefix: '10.5061/' },
];

/** How publishers, preprint servers and indexes of literature address one paper. */
const literatureAddress =
  /[/.](?:abs|abstract|articles?|content|doi|fulltext|full|journals?|papers?|pdf|pii|pmc|pubmed)(?:[/?.]|$)/i;
/** How archives of data address what they hold, which may have a DOI as well. */
const dataAddress = /[/.?&](?:collections?|data|datasets?|dataverse|records?)(?:[/.?&]|$)/i;
const longestKey = 200;
const literatureTypes =
  /^dcite:(Book|BookChapter|ConferencePaper|ConferenceProceeding|DataPaper|Dissertation|JournalArticle|PeerReview|Preprint|Report)$/;
const relationsToPapers = ['dcite:IsDescribedBy', 'dcite:IsPublishedIn'];

/**
 * Maps the set's related resources: what is written to publications, data and code to repository links. Each is also
 * kept line by line in `extraFields.relatedResources`, since the relation and the journal have no field.
 */
export function mapRelatedResources(
  records: JsonRecord[],
  context: ProjectContext,
): { publications: string[]; repositoryLinks: RepositoryLink[] } {
  const { place, report, extraFields } = context;
  const publications = new Set<string>();
  const links = new Map<string, RepositoryLink>();
  for (const record of records) {
    const stated = { doi: statedDoi(record, context), url: webAddress(textOf(record.url)) };
    if (stated.doi === null && stated.url === null && isCitation(textOf(record.name)))
      publications.add(putPublication(record, stated, context));
    else if (stated.doi === null && stated.url === null) {
      report.add('NOT_IMPORTED', 'a related resource without an address', place, readableText(record));
    } else if (isPublication(record, stated)) publications.add(putPublication(record, stated, context));
    else addLink(links, stated, context);
  }
  const lines = records.map(lineOf).filter((line) => line !== '');
  extraFields.keep('relatedResources', lines.join('\n'), place);
  return { publications: [...publications], repositoryLinks: [...links.values()] };
}

interface Stated {
  doi: string | null;
  url: string | null;
}

/** From the identifier, else from the address, of which it may be a part. */
function statedDoi(record: JsonRecord, { place, report }: ProjectContext): string | null {
  const identifier = textOf(record.identifier);
  const url = textOf(record.url);
  const ofIdentifier = doiIn(identifier);
  if (identifier !== null && !/^(?:doi:|https?:\/\/(?:dx\.)?doi\.org\/)?\s*10\.\d{4,9}\/\S+$/i.test(identifier)) {
    const message = 'the identifier of a related resource is not purely a DOI';
    report.add('NOT_UNDERSTOOD', message, place, identifier);
  }
  return ofIdentifier ?? doiIn(url);
}

function isPublication(record: JsonRecord, { doi, url }: Stated): boolean {
  if (repositoryOf(doi, url) !== null) return false;
  if (url !== null && literatureAddress.test(url)) return true;
  const type = textOf(record.resourceType);
  if (type !== null) return literatureTypes.test(type);
  if (url !== null && dataAddress.test(url)) return false;
  return doi !== null || relationsToPapers.includes(textOf(record.relation) ?? '');
}

/** The repository that a DOI or an address leads to; null for none that is known. */
export function repositoryOf(doi: string | null, url: string | null): Repository | null {
  const found = repositories.find(
    ({ hosts, doiPrefix }) => hosts.some((host) => isAt(url, host)) || (doiPrefix && doi?.startsWith(doiPrefix)),
  );
  return found?.repository ?? null;
}

function isAt(url: string | null, host: string): boolean {
  const actual = hostOf(url);
  return actual === host || actual?.endsWith(`.${host}`) === true;
}

/** A text that tells a paper by its authors, title and year. */
function isCitation(text: string | null): boolean {
  return text !== null && text.length >= 40 && /\b(?:19|20)\d\d\b/.test(text) && /[.,]/.test(text);
}

/** Authors are never taken from the contributors of a set: a paper has its own. */
function putPublication(record: JsonRecord, { doi, url }: Stated, { place, report, tree }: ProjectContext): string {
  const address = url ?? (doi === null ? null : doiAddress(doi));
  const told = textOf(record.name);
  const key =
    doi === null ? `publication:${address ?? shorten(told!.toLowerCase(), longestKey)}` : `publication:doi:${doi}`;
  if (tree.has(key)) {
    report.add('DECIDED', 'a publication that is listed more than once is one', place, address);
    return key;
  }
  if (told === null) {
    report.add('DECIDED', 'a publication without a title is called by its DOI or address', place, doi ?? address);
  }
  const title = told ?? (doi === null ? address! : `doi:${doi}`);
  const shown = fit(title, 'publicationTitle', { report, place, extraFields: 'extraFields.relatedResources' });
  return tree.put('Publication', key, { title: shown, doi, url: address }, place);
}

function addLink(links: Map<string, RepositoryLink>, { doi, url }: Stated, { place, report }: ProjectContext): void {
  const link = { repository: repositoryOf(doi, url) ?? 'OTHER', url: url ?? doiAddress(doi!) };
  if (link.repository === 'OTHER') {
    report.add(
      'DECIDED',
      'a related resource that is no publication is a repository link of the kind OTHER',
      place,
      link.url,
    );
  }
  links.set(link.url, link);
}

/** `IsDescribedBy: A title (Nature; doi:10.1/x) https://…` */
function lineOf(record: JsonRecord): string {
  const { schemaKey: _, relation, name, url, ...details } = record;
  const inBrackets = Object.values(details)
    .map(readableText)
    .filter((text) => text !== null);
  const head = [textOf(relation)?.replace(/^dcite:/, ''), textOf(name)].filter((text) => text != null).join(': ');
  return [head, inBrackets.length > 0 ? `(${inBrackets.join('; ')})` : '', textOf(url) ?? '']
    .filter((part) => part !== '')
    .join(' ');
}
