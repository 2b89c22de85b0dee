import type { EntryTree } from '../entry-tree';
import { ExtraFieldsWriter } from '../extra-fields';
import {
  isRecord,
  isStatedEmpty,
  type Json,
  type JsonRecord,
  listOf,
  namesOf,
  numberOf,
  readableText,
  recordsOf,
  textOf,
} from '../json';
import { fit } from '../lengths';
import { identifierIn, type IdentifierValue } from '../../model/project-identifiers';
import { licenseOf } from '../licenses';
import type { Place } from '../report';
import type { Source } from '../source-tree';
import { hostOf, webAddress } from '../web-identifiers';
import { mapContributors } from './contributors';
import { mapRelatedResources, type ProjectContext } from '../related-resources';

/** Read by name below, by mapContributors and by mapRelatedResources. */
const mapped = [
  ...['identifier', 'name', 'description', 'url', 'keywords', 'license', 'contributor', 'relatedResource'],
  ...['doi', 'access', 'assetsSummary'],
];
/** Fields of the project that a set may state, and may take back. */
const statable = ['description', 'tags', 'license', 'funding', 'repositoryLinks', 'publications'];
const statedAs: Readonly<Record<string, string>> = {
  ...{ tags: 'keywords', funding: 'contributor', repositoryLinks: 'relatedResource', publications: 'relatedResource' },
};

const ofTheArchiveOnly = [
  '@context',
  'schemaKey',
  'id',
  'schemaVersion',
  'repository',
  'manifestLocation',
  'publishedBy',
];

/** Maps a set's description to its project, and tells where it comes from. What no field is meant for goes to extraFields. */
export function mapProject(dandiset: JsonRecord, place: Place, tree: EntryTree): Source {
  const { report } = tree;
  const context = { place, report, extraFields: new ExtraFieldsWriter(tree, 'project'), tree };
  const source = mapSource(dandiset, context);
  const funding = mapContributors(recordsOf(dandiset.contributor), context);
  const { publications, repositoryLinks } = mapRelatedResources(recordsOf(dandiset.relatedResource), context);
  keepTheRest(dandiset, context);
  const fields = {
    name: fit(textOf(dandiset.name)!, 'projectName', context),
    identifiers: mapIdentifiers(textOf(dandiset.doi), source, context),
    description: textOf(dandiset.description),
    tags: mapKeywords(namesOf(dandiset.keywords), context),
    license: mapLicense(namesOf(dandiset.license), context),
    nameUsedInStorage: fit(numberIn(source.identifier), 'nameUsedInStorage', context),
    funding,
    repositoryLinks: [
      ...(source.url === null ? [] : [{ repository: 'DANDI' as const, url: source.url }]),
      ...repositoryLinks,
    ],
    publications,
    extraFields: context.extraFields.finish(),
  };
  const key = `project:${source.identifier}`;
  tree.put('Project', key, fields, place);
  tree.noteEmptied(
    key,
    statable.filter((field) => isStatedEmpty(dandiset, statedAs[field] ?? field)),
  );
  return source;
}

/** The key of the storage that all files of a set lie in: one a set, since a set is what the archive opens or keeps closed. */
export function storageKey(source: Source): string {
  return `storage:${source.identifier}`;
}

/** Adds that storage. What it is called and told to be is ours, so a lab may say it in its own words. */
export function putDataStorage(source: Source, place: Place, tree: EntryTree): void {
  const aside = { place, report: tree.report, extraFields: 'the key' };
  const host = hostOf(source.url);
  const location = host === null || host.endsWith('dandiarchive.org') ? 'DANDI Archive' : host;
  const key = storageKey(source);
  const assumed = {
    name: fit(source.identifier.replace(':', ' '), 'storageName', aside),
    location: fit(location, 'location', aside),
    description: `The files of ${source.identifier}.`,
  };
  tree.put('DataStorage', key, {}, place, assumed);
  if (source.url === null) return;
  const protocol = { dataStorage: key, protocol: 'https', path: source.url, order: 0 };
  tree.put('DataStorageProtocol', `${key}/protocol/https/${source.url}`, protocol, place);
}

function mapSource(dandiset: JsonRecord, { place, report }: ProjectContext): Source {
  const url = webAddress(textOf(dandiset.url));
  if (url === null)
    report.add('NOT_UNDERSTOOD', 'the set states no http, https or ftp address', place, textOf(dandiset.url));
  const statuses = recordsOf(dandiset.access).map((access) => textOf(access.status));
  const openAccess = statuses.length === 0 ? null : statuses.every((status) => status === 'dandi:OpenAccess');
  if (openAccess !== true) {
    report.add('DECIDED', 'the source does not call this set open: look before publishing', place, statuses.join(', '));
  }
  return {
    kind: 'DANDI',
    identifier: textOf(dandiset.identifier)!,
    version: textOf(dandiset.version),
    url,
    openAccess,
  };
}

function numberIn(identifier: string): string {
  return identifier.slice(identifier.lastIndexOf(':') + 1) || identifier;
}

/** A keyword with semicolons is a list; one with commas may be a list, but may be a name: it stays whole. */
function mapKeywords(keywords: string[], { place, report }: ProjectContext): string[] {
  const tags = keywords.flatMap((keyword) => {
    if (keyword.includes(';')) report.add('DECIDED', 'a keyword is split at its semicolons', place, keyword);
    return keyword.split(';').map((part) => part.replace(/[\s,]+$/, '').trim());
  });
  for (const tag of tags.filter((tag) => tag.includes(','))) {
    report.add('DECIDED', 'a keyword with commas, perhaps a list, stays one tag', place, tag);
  }
  return [...new Set(tags.filter((tag) => tag !== ''))];
}

function mapLicense(licenses: string[], context: ProjectContext): string | null {
  const [first = null, ...others] = licenses;
  const { place, report, extraFields } = context;
  if (others.length > 0) {
    report.add('DECIDED', 'of several licences the first is the project’s', place, licenses.join(', '));
    extraFields.keep('furtherLicenses', others.join('; ').replaceAll('spdx:', ''), place);
  }
  return licenseOf(first, context);
}

function keepTheRest(dandiset: JsonRecord, context: ProjectContext): void {
  const { place, report, extraFields } = context;
  for (const access of recordsOf(dandiset.access)) {
    extraFields.keep('access', textOf(access.status), place);
    extraFields.keep('accessContact', readableText(access.contactPoint), place);
  }
  const summary = isRecord(dandiset.assetsSummary) ? dandiset.assetsSummary : {};
  for (const [key, value] of Object.entries(summary).filter(([key]) => key !== 'schemaKey')) {
    extraFields.keep(key, /^numberOf/.test(key) ? numberOf(value) : inLines(value), place);
  }
  const done = [...mapped, ...ofTheArchiveOnly];
  for (const [key, value] of Object.entries(dandiset).filter(([key]) => !done.includes(key))) {
    extraFields.keep(key, inLines(value), place);
  }
  const left = ofTheArchiveOnly.filter((key) => key in dandiset);
  if (left.length > 0) report.add('NOT_IMPORTED', 'fields that only serve the archive itself', place, left.join(', '));
}

/** One line for each entry of a list: the entries may hold semicolons themselves. */
function inLines(value: Json | undefined): string {
  return listOf(value)
    .map(readableText)
    .filter((text) => text !== null)
    .join('\n');
}

/** What is no identifier that we know, such as one of another archive, is kept as it is stated. */
function mapIdentifiers(doi: string | null, source: Source, context: ProjectContext): IdentifierValue[] {
  const { place, report, extraFields } = context;
  // Drafts carry the archive's example DOI, which resolves to nothing.
  const isPlaceholder = doi !== null && /dandi\.123456/.test(doi);
  if (isPlaceholder) report.add('NOT_IMPORTED', 'a DOI that is only a placeholder', place, doi);
  const stated: [key: string, text: string | null][] = [
    ['identifier', source.identifier],
    ['doi', isPlaceholder ? null : doi],
  ];
  return stated.flatMap(([key, text]) => {
    const identifier = text === null ? null : identifierIn(text);
    if (identifier === null) extraFields.keep(key, text, place);
    return identifier ?? [];
  });
}
