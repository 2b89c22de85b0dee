import { join } from 'node:path';
import { mapRelatedResources } from '../related-resources';
import type { EntryTree } from '../entry-tree';
import { ExtraFieldsWriter } from '../extra-fields';
import { digestOf } from '../folder-digest';
import { ImportError } from '../import-error';
import { canonicalIdentifier, type IdentifierValue } from '../../model/project-identifiers';
import { isStatedEmpty, type Json, type JsonRecord, listOf, readableText, recordsOf, textOf } from '../json';
import { fit } from '../lengths';
import { licenseOf } from '../licenses';
import type { Place, ReportWriter } from '../report';
import type { Source } from '../source-tree';
import { withoutPlaceholder } from '../e-mail';
import { doiAddress, doiIn, webAddress } from '../web-identifiers';
import type { SetFiles } from './files';

/** The file that every set has. */
const description = 'dataset_description.json';
/** How the file is called that tells of the whole set. */
export const readmes = ['README.md', 'README', 'README.txt', 'README.rst'];
const mapped = ['Name', 'Authors', 'License', 'Funding', 'ReferencesAndLinks', 'DatasetDOI', 'Keywords'];

/** The set's own description, before anything else of the set has been looked at. */
export interface SetDescription {
  source: Source;
  key: string;
  fields: JsonRecord;
  place: Place;
  report: ReportWriter;
  extraFields: ExtraFieldsWriter;
  tree: EntryTree;
}

/** Reads `dataset_description.json`. Throws an ImportError for a folder without it, and for one without a name. */
export async function readDescription(files: SetFiles, folder: string, tree: EntryTree): Promise<SetDescription> {
  const { report } = tree;
  const file = files.find(description);
  if (file === null) {
    const remedy = 'Give the folder of a BIDS set: the one that holds this file.';
    throw new ImportError({ file: folder, what: `There is no ${description} here.`, remedy });
  }
  const fields = await files.json(file);
  const name = textOf(fields.Name);
  if (name === null) {
    const what = 'The file states no Name, which every set has.';
    throw new ImportError({ file: join(folder, description), what, remedy: 'Add the Name of the set.' });
  }
  const place = { file: description };
  const source = sourceOf(textOf(fields.DatasetDOI), `${name} @ ${await digestOf(folder)}`);
  const extraFields = new ExtraFieldsWriter(tree, 'project');
  return { source, key: `project:${source.identifier}`, fields, place, report, extraFields, tree };
}

const openNeuroDoi = /^10\.18112\/openneuro\.(ds\d+)(?:\.v(\d+(?:\.\d+)*))?$/;
/** How OpenNeuro's sets are also named: by their number alone, or by their page. */
const openNeuroNumber = /^(?:https?:\/\/openneuro\.org\/datasets\/)?(ds\d{6})(?:\/versions\/(\d+(?:\.\d+)*))?\/?$/i;

/**
 * By its DOI: OpenNeuro's hold the accession number and the version: `10.18112/openneuro.ds003688.v1.0.7`. A set without one
 * has the name and the place of its folder: many sets share a name.
 */
function sourceOf(stated: string | null, otherwise: string): Source {
  const doi = doiIn(stated);
  const openNeuro = openNeuroDoi.exec(doi ?? '') ?? openNeuroNumber.exec(stated ?? '');
  const number = openNeuro?.[1]?.toLowerCase();
  const page = number === undefined ? null : `https://openneuro.org/datasets/${number}`;
  const url = doi === null ? page : doiAddress(doi);
  return {
    kind: 'BIDS',
    identifier: number ?? doi ?? otherwise,
    version: openNeuro?.[2] ?? null,
    url,
    openAccess: null,
  };
}

/**
 * Adds what description, README and CHANGES say to the project, with its contributors, publications and data storage. Gives the
 * key of the storage; null where no address is stated.
 */
export async function putProject(set: SetDescription, readme: string | null, files: SetFiles): Promise<string | null> {
  const { fields, source, key, place, report, extraFields, tree } = set;
  const isOpenNeuro = /^ds\d+$/.test(source.identifier);
  const { publications, repositoryLinks } = mapRelatedResources(
    [...references(fields), ...acknowledged(fields), ...derivedFrom(fields)],
    set,
  );
  const own = source.url === null ? [] : [{ repository: isOpenNeuro ? 'OPENNEURO' : 'OTHER', url: source.url }];
  const links = [...own, ...repositoryLinks.filter(({ url }) => url !== source.url)];
  putContributors(set);
  const changes = files.find('CHANGES');
  const history = changes && (await files.orLeaveOut(changes, () => files.text(changes)));
  extraFields.keep('changes', history?.trim() ?? null, { file: 'CHANGES' });
  const project = {
    name: fit(textOf(fields.Name)!, 'projectName', set),
    identifiers: identifiersOf(set),
    description: readme,
    tags: [...texts(fields.Keywords), ...(isDerivative(fields) ? ['derivative'] : [])],
    license: licenseOf(textOf(fields.License), set),
    nameUsedInStorage: isOpenNeuro ? source.identifier : null,
    funding: texts(fields.Funding).map((text) => ({
      funder: fit(text, 'funder', set),
      awardNumber: null,
      identifier: null,
      url: null,
    })),
    repositoryLinks: links,
    publications,
  };
  tree.put('Project', key, project, place);
  tree.noteEmptied(
    key,
    Object.keys(statedAs).filter((field) => isStatedEmpty(fields, statedAs[field]!)),
  );
  if (texts(fields.Funding).length > 0) {
    report.add('DECIDED', 'funding stays as the set writes it: award numbers are part of the funder’s name', place);
  }
  keepTheRest(set);
  return putStorage(set, isOpenNeuro);
}

/** Its accession number, and its DOI. */
function identifiersOf({ fields, source }: SetDescription): IdentifierValue[] {
  const stated = { OPENNEURO: source.identifier, DOI: doiIn(textOf(fields.DatasetDOI)) };
  return Object.entries(stated).flatMap(([scheme, text]) => {
    const value = text === null ? null : canonicalIdentifier(scheme, text);
    return value === null ? [] : { scheme, value };
  });
}

/** Fields of the project that a set may state, and may take back. */
const statedAs: Readonly<Record<string, string>> = {
  ...{ tags: 'Keywords', license: 'License', funding: 'Funding' },
  ...{ repositoryLinks: 'ReferencesAndLinks', publications: 'ReferencesAndLinks' },
};

/** The texts of a list or of one text, without those that say nothing. */
function texts(value: Json | undefined): string[] {
  const stated = listOf(value).map(readableText);
  return [...new Set(stated.flatMap((text) => (text === null || /^n\/a$/i.test(text) ? [] : text)))];
}

/** References as the records that related resources are mapped from: the title is the text without its address. */
function references(fields: JsonRecord): JsonRecord[] {
  return texts(fields.ReferencesAndLinks).map((text) => {
    const stated = text.match(/(?:https?|ftp):\/\/[^\s"<>]+/)?.[0].replace(/[.,;)]+$/, '') ?? null;
    const doi = doiIn(text);
    const name =
      stated === null
        ? text
        : text
            .replace(stated, '')
            .replace(/[\s:;,(]+\)?$/, '')
            .trim();
    const url = doi !== null && /doi\.org\//.test(stated ?? '') ? doiAddress(doi) : webAddress(stated);
    return { identifier: doi === null ? null : `doi:${doi}`, url, name: name === '' ? null : name };
  });
}

/** Whether a set was computed from others. */
function isDerivative({ DatasetType }: JsonRecord): boolean {
  return textOf(DatasetType)?.toLowerCase() === 'derivative';
}

/** The sets that a set was computed from, by their addresses. */
function derivedFrom({ SourceDatasets }: JsonRecord): JsonRecord[] {
  return recordsOf(SourceDatasets).map(({ DOI, URL, Version }) => {
    const doi = doiIn(textOf(DOI));
    const url = webAddress(textOf(URL)) ?? (doi === null ? null : doiAddress(doi));
    const named = { name: Version === undefined ? null : `Version ${textOf(Version) ?? ''}`, url };
    const identifier = doi === null ? null : `doi:${doi}`;
    return { relation: 'dcite:IsDerivedFrom', resourceType: 'dcite:Dataset', identifier, ...named };
  });
}

/** The papers that a set asks to be cited: by their DOIs; where it is one, the text beside it tells what it is. */
function acknowledged({ HowToAcknowledge }: JsonRecord): JsonRecord[] {
  const text = listOf(HowToAcknowledge)
    .flatMap((entry) => textOf(entry) ?? [])
    .join(' ');
  const words = text.split(/\s+/).filter((word) => doiIn(word) !== null);
  const dois = [...new Set(words.map((word) => doiIn(word)))];
  return dois.map((doi) => {
    const told = words.reduce((rest, word) => rest.replace(word, ''), text).replace(/^please cite:?\s*/i, '');
    const name = dois.length === 1 ? told.replace(/[\s:;,(]+$/, '').trim() : '';
    return { identifier: `doi:${doi}`, url: doiAddress(doi!), name: name === '' ? null : name };
  });
}

function putContributors({ fields, place, report, tree }: SetDescription): void {
  const names = texts(fields.Authors)
    .map(withoutPlaceholder)
    .filter((name) => name !== '');
  if (names.length === 0) report.add('DECIDED', 'the set names no authors', place);
  const kept = new Map(names.map((name) => [`contributor:name:${name.toLowerCase()}`, name]));
  for (const [order, [key, name]] of [...kept].entries()) {
    const shown = fit(name, 'contributorName', { place, report, extraFields: 'the key' });
    tree.put('Contributor', key, { name: shown, roles: ['AUTHOR'], order }, place);
  }
}

/** The text of the README, the first of its spellings; null where there is none, or that cannot be read. */
export async function readmeOf(files: SetFiles, report: ReportWriter): Promise<string | null> {
  const [first, ...others] = readmes.flatMap((name) => files.find(name) ?? []);
  for (const { path } of others) report.leave(path, null, 'a second README');
  const text = first && (await files.orLeaveOut(first, () => files.text(first)))?.trim();
  return text || null;
}

function keepTheRest({ fields, place, report, extraFields }: SetDescription): void {
  const doi = textOf(fields.DatasetDOI);
  if (doi !== null && !/^n\/a$/i.test(doi) && doiIn(doi) === null && !openNeuroNumber.test(doi))
    report.add('NOT_UNDERSTOOD', 'DatasetDOI is no DOI', place, doi);
  for (const [key, value] of Object.entries(fields).filter(([key]) => !mapped.includes(key))) {
    const text = listOf(value)
      .flatMap((entry) => readableText(entry) ?? [])
      .join('\n');
    if (!/^n\/a$/i.test(text)) extraFields.keep(key, text, place);
  }
}

/** The storage that the set's DOI leads to; none where no address is stated. What it is called is ours. */
function putStorage({ source, place, report, tree }: SetDescription, isOpenNeuro: boolean): string | null {
  if (source.url === null) {
    report.add('NOT_UNDERSTOOD', 'the set states no DOI, so where its files lie is not known', place);
    return null;
  }
  const aside = { place, report, extraFields: 'the key' };
  const key = `storage:${source.identifier}`;
  const assumed = {
    name: fit(isOpenNeuro ? `OpenNeuro ${source.identifier}` : source.identifier, 'storageName', aside),
    location: isOpenNeuro ? 'OpenNeuro' : null,
    description: `The files of ${source.identifier}.`,
  };
  tree.put('DataStorage', key, {}, place, assumed);
  const protocol = { dataStorage: key, protocol: 'https', path: source.url, order: 0 };
  tree.put('DataStorageProtocol', `${key}/protocol/https/${source.url}`, protocol, place);
  return key;
}
