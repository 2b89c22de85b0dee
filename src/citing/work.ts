import type { Context } from '../context';
import type { ContributorRoleName } from './roles';
import { largestPageSize } from '../loading/page';
import { manyEdgeOf } from '../model/edges';
import { addressOfIdentifier, type IdentifierValue } from '../model/project-identifiers';
import { oneLine, personOf, shortened, type Person } from './texts';

/** A project as it is cited: everything of it that the viewer sees and a citation may say, each text on one line. */
export interface CitedWork {
  id: string;
  title: string;
  description: string | null;
  /** The day on which it was first published; null where it never was. */
  publishedOn: string | null;
  /** Its year; of what was never published, that of its record. */
  year: string;
  changedOn: string;
  /** Who wrote it; where nobody is credited for that, everybody who did more than pay. */
  authors: readonly Credited[];
  others: readonly Credited[];
  funding: readonly FundingRow[];
  license: string | null;
  keywords: readonly string[];
  identifiers: readonly IdentifierValue[];
  doi: string | null;
  url: string | null;
  links: readonly string[];
  publisher: string;
  publications: readonly PublicationRow[];
}

export type Credited = Person & { roles: readonly ContributorRoleName[] };

export interface FundingRow {
  funder: string;
  awardNumber: string | null;
  identifier: string | null;
  url: string | null;
}

interface PublicationRow {
  title: string;
  authors: string | null;
  doi: string | null;
  url: string | null;
}

/** The columns of a project of which it is cited. */
export interface ProjectRow {
  id: string;
  name: string;
  description: string | null;
  tags: readonly string[];
  license: string | null;
  funding: readonly FundingRow[];
  identifiers: readonly IdentifierValue[];
  repositoryLinks: readonly { url: string }[];
  isPublic: boolean;
  firstPublishedAt: Date | null;
  createdAt: Date;
  updatedAt: Date;
}

interface ContributorRow {
  name: string;
  roles: readonly ContributorRoleName[];
  orcid: string | null;
  affiliation: string | null;
}

const fullPage = { size: largestPageSize, fromEnd: false, after: undefined, before: undefined };

/** Reads what a project is cited by: of contributors and publications, up to a full page of those that the viewer sees. */
export async function readWork(project: ProjectRow, { loaders, publicUrl }: Context): Promise<CitedWork> {
  const read = async <T>(field: string): Promise<T[]> => {
    const { entries } = await loaders.page(manyEdgeOf('Project', field), fullPage).load(project.id);
    return entries.map(({ node }) => node as unknown as T);
  };
  const [contributors, publications] = await Promise.all([
    read<ContributorRow>('contributors'),
    read<PublicationRow>('publications'),
  ]);
  return workOf(project, contributors, publications, publicUrl);
}

function workOf(
  project: ProjectRow,
  contributors: readonly ContributorRow[],
  publications: readonly PublicationRow[],
  publicUrl: string | undefined,
): CitedWork {
  const credited = contributors.map(creditedOf);
  const written = credited.filter(({ roles }) => roles.includes('AUTHOR'));
  const authors =
    written.length > 0
      ? written
      : credited.filter(({ roles }) => roles.some((role) => role !== 'FUNDER') || roles.length === 0);
  const dois = project.identifiers.filter(({ scheme }) => scheme === 'DOI');
  const addresses = project.identifiers.flatMap((identifier) => addressOfIdentifier(identifier) ?? []);
  const doi = dois.at(-1)?.value ?? null;
  return {
    id: project.id,
    title: oneLine(project.name),
    description: project.description === null ? null : shortened(oneLine(project.description)),
    publishedOn: project.firstPublishedAt?.toISOString().slice(0, 10) ?? null,
    year: String((project.firstPublishedAt ?? project.createdAt).getUTCFullYear()),
    changedOn: project.updatedAt.toISOString().slice(0, 10),
    authors,
    others: credited.filter((one) => !authors.includes(one)),
    funding: project.funding.map((one) => ({ ...one, funder: oneLine(one.funder) })),
    license: project.license,
    keywords: [...new Set(project.tags.map(oneLine))],
    identifiers: project.identifiers,
    doi,
    url: addressOf(project, doi, addresses, publicUrl),
    links: [...new Set([...addresses, ...project.repositoryLinks.map(({ url }) => url)])],
    publisher:
      archives.find(({ scheme }) => project.identifiers.some((one) => one.scheme === scheme))?.name ?? 'Stemgraph',
    publications: publications.map((one) => ({
      ...one,
      title: oneLine(one.title),
      authors: one.authors && oneLine(one.authors),
    })),
  };
}

const archives = [
  { scheme: 'DANDI', name: 'DANDI Archive' },
  { scheme: 'OPENNEURO', name: 'OpenNeuro' },
];

/** Where it is read: by its DOI, else here, where everybody can, else in an archive. */
function addressOf(
  { id, isPublic }: ProjectRow,
  doi: string | null,
  addresses: readonly string[],
  publicUrl: string | undefined,
): string | null {
  if (doi !== null) return addressOfIdentifier({ scheme: 'DOI', value: doi });
  const here = isPublic && publicUrl !== undefined ? new URL(`export/projects/${id}.ndjson`, publicUrl).href : null;
  return here ?? addresses[0] ?? null;
}

function creditedOf({ name, roles, orcid, affiliation }: ContributorRow): Credited {
  return { ...personOf(oneLine(name)), orcid, affiliation: affiliation && oneLine(affiliation), roles };
}
