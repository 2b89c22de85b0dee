import type { Source } from './source-tree';

/**
 * What an import reads a source into: one project with everything inside it, in Stemgraph's own terms and without a
 * word of the source's vocabulary. Every source maps to this shape; one writer stores it.
 *
 * Entries refer to each other by `key`. A key is unique in the tree, and the same each time the same source is read
 * (it is made from identifiers and paths, never from positions), so a second import finds what the first one stored.
 * `null` means "not stated by the source". All strings are trimmed, not empty, and within the domain's lengths.
 */
export interface ProjectTree {
  source: Source;
  project: ProjectEntry;
  species: SpeciesEntry[];
  strains: StrainEntry[];
  dataStorages: DataStorageEntry[];
  subjects: SubjectEntry[];
  sessions: SessionEntry[];
  dataAcquisitions: DataAcquisitionEntry[];
}

/** Keys start with a letter and hold letters, digits and `_`; values are strings or finite numbers. */
export type ExtraFields = Record<string, string | number>;

export interface ProjectEntry {
  key: string;
  name: string;
  /** Markdown. */
  description: string | null;
  tags: string[];
  /** An SPDX identifier. */
  license: string | null;
  nameUsedInStorage: string | null;
  funding: FundingEntry[];
  repositoryLinks: RepositoryLinkEntry[];
  contributors: ContributorEntry[];
  publications: PublicationEntry[];
  extraFields: ExtraFields;
}

export interface FundingEntry {
  funder: string;
  awardNumber: string | null;
  /** The funder's ROR address, where the source gives one. */
  identifier: string | null;
  url: string | null;
}

export type Repository =
  'CRCNS' | 'DANDI' | 'FIGSHARE' | 'GITHUB' | 'GLOBUS' | 'MENDELEY' | 'OPENNEURO' | 'ZENODO' | 'WEBSHARE' | 'OTHER';

export interface RepositoryLinkEntry {
  repository: Repository;
  url: string;
}

export type ContributorRole =
  | 'CONTACT_PERSON'
  | 'CONCEPTUALIZER'
  | 'DATA_COLLECTOR'
  | 'DATA_CURATOR'
  | 'DATA_MANAGER'
  | 'FORMAL_ANALYZER'
  | 'INVESTIGATOR'
  | 'MAINTAINER'
  | 'METHOD_DEVELOPER'
  | 'PRODUCER'
  | 'PROJECT_LEADER'
  | 'PROJECT_MANAGER'
  | 'SUPERVISOR'
  | 'AUTHOR'
  | 'FUNDER';

/** A credit. The list's order is the source's. E-mail addresses are never read. */
export interface ContributorEntry {
  key: string;
  name: string;
  /** May be empty: the source credits somebody without saying for what, or for something that has no role here. */
  roles: ContributorRole[];
  orcid: string | null;
  affiliation: string | null;
}

export interface PublicationEntry {
  key: string;
  /** The DOI or the address where the source states no title (the report says so). */
  title: string;
  /** As they are printed; null where the source names none (DANDI never does), and never taken from the contributors. */
  authors: string | null;
  /** Bare and in lower case: `10.1234/abc`. */
  doi: string | null;
  url: string | null;
}

/** The identifier of the same thing in another database, such as `NCBITaxon`. */
export interface ExternalIdentifier {
  source: string;
  identifier: string;
  url: string | null;
}

export interface SpeciesEntry {
  key: string;
  name: string;
  rrid: string | null;
  externalIdentifiers: ExternalIdentifier[];
}

export interface StrainEntry extends SpeciesEntry {
  /** The key of its species. */
  species: string;
}

export type Sex = 'FEMALE' | 'MALE' | 'OTHER' | 'UNKNOWN';

export interface SubjectEntry {
  key: string;
  name: string;
  /** The key of its species, which may be the entry that stands for "not stated". */
  species: string;
  /** The key of its strain, which belongs to that species. */
  strain: string | null;
  sex: Sex;
  /** An ISO 8601 duration (`P90D`) or range (`P3M/P6M`, `P12W/`), as the source states it. */
  age: string | null;
  genotype: string | null;
  identifier: string | null;
  nameUsedInStorage: string | null;
  extraFields: ExtraFields;
}

export interface SessionEntry {
  key: string;
  name: string;
  description: string | null;
  /** UTC to the millisecond: `2019-01-29T08:00:00.000Z`. */
  startedAt: string | null;
  nameUsedInStorage: string | null;
  tags: string[];
  /** Keys of subjects. */
  subjects: string[];
  /** Keys of data storages, the preferred one first. */
  dataStorages: string[];
  extraFields: ExtraFields;
}

/** One file. */
export interface DataAcquisitionEntry {
  key: string;
  /** The key of its session. */
  session: string;
  /** A type of the closed list of data acquisitions; `details` is valid under its schema of `schemaVersion`. */
  type: string;
  details: Record<string, string>;
  schemaVersion: string;
  /** The path within the source. */
  fileName: string;
  fileUrl: string | null;
  fileSizeBytes: number | null;
  /** The key of the storage that holds the file; whoever may not see the storage does not see `fileUrl`. */
  dataStorage: string | null;
  notes: string | null;
  /** The place in its session, from 0. */
  order: number;
}

type StorageLevel = 'PROJECTS' | 'COLLECTIONS' | 'COHORTS' | 'SUBJECTS' | 'SESSIONS' | 'YEARS';

export interface DataStorageEntry {
  key: string;
  name: string;
  location: string | null;
  description: string | null;
  organization: StorageLevel[];
  protocols: { protocol: string; path: string }[];
}
