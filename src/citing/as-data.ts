import { addressOfIdentifier } from '../model/project-identifiers';
import { contributorTypes } from './roles';
import { embeddableJson, licenseAddress, orcidAddress, type Person } from './texts';
import type { CitedWork, FundingRow } from './work';

type Fields = Record<string, unknown>;

/** A list that says something, else nothing. */
const some = <T>(list: readonly T[]): readonly T[] | undefined => (list.length > 0 ? list : undefined);

/** The signs of a DOI that DataCite takes; older ones hold others, and are told beside it. */
const plainDoi = /^10\.\d{4,9}\/[-._;()/:a-z0-9]+$/;

/** What nobody is named for is `:unav` there. */
const unnamed = { name: ':unav' };

/** As DataCite writes it in JSON, by version 4.5 of its schema. */
export function asDatacite(work: CitedWork): string {
  const { title, authors, others, publisher, year, keywords, publications, license, description, funding } = work;
  const doi = work.doi !== null && plainDoi.test(work.doi) ? work.doi : undefined;
  return embeddableJson({
    schemaVersion: 'http://datacite.org/schema/kernel-4',
    doi,
    types: { resourceTypeGeneral: 'Dataset', resourceType: 'Neuroscience project' },
    creators: authors.length > 0 ? authors.map(personInDatacite) : [unnamed],
    titles: [{ title }],
    publisher: { name: publisher },
    publicationYear: year,
    subjects: some(keywords.map((subject) => ({ subject }))),
    contributors: some(
      others.flatMap((one) =>
        [...new Set(one.roles.map((role) => contributorTypes[role]))].map((contributorType) => ({
          ...personInDatacite(one),
          contributorType,
        })),
      ),
    ),
    dates: work.publishedOn === null ? undefined : [{ date: work.publishedOn, dateType: 'Available' }],
    alternateIdentifiers: some(
      work.identifiers.flatMap(({ scheme, value }) =>
        value === doi ? [] : [{ alternateIdentifier: value, alternateIdentifierType: scheme }],
      ),
    ),
    relatedIdentifiers: some(
      publications.flatMap(({ doi: paper, url }) => {
        const relatedIdentifier = paper ?? url;
        const relatedIdentifierType = paper === null ? 'URL' : 'DOI';
        return relatedIdentifier === null
          ? []
          : [{ relatedIdentifier, relatedIdentifierType, relationType: 'IsSupplementTo' }];
      }),
    ),
    rightsList:
      license === null
        ? undefined
        : [{ rightsIdentifier: license, rightsIdentifierScheme: 'SPDX', rightsUri: licenseAddress(license) }],
    descriptions: description === null ? undefined : [{ description, descriptionType: 'Abstract' }],
    fundingReferences: some(funding.map(fundingInDatacite)),
    url: work.url ?? undefined,
  });
}

function personInDatacite({ name, family, given, orcid, affiliation }: Person): Fields {
  return {
    name,
    ...(family !== null && { nameType: 'Personal', familyName: family, givenName: given }),
    ...(orcid !== null && {
      nameIdentifiers: [
        { nameIdentifier: orcidAddress(orcid), nameIdentifierScheme: 'ORCID', schemeUri: 'https://orcid.org' },
      ],
    }),
    ...(affiliation !== null && { affiliation: [{ name: affiliation }] }),
  };
}

function fundingInDatacite({ funder, awardNumber, identifier, url }: FundingRow): Fields {
  const isRor = identifier !== null && /^https:\/\/ror\.org\//.test(identifier);
  const isCrossref = identifier !== null && /\b10\.13039\//.test(identifier);
  return {
    funderName: funder,
    ...(identifier !== null && {
      funderIdentifier: identifier,
      funderIdentifierType: isRor ? 'ROR' : isCrossref ? 'Crossref Funder ID' : 'Other',
    }),
    ...(awardNumber !== null && { awardNumber }),
    ...(url !== null && { awardUri: url }),
  };
}

/** As schema.org's Dataset, in JSON-LD that may stand in a page. */
export function asJsonLd(work: CitedWork): string {
  const { title, description, authors, others, publisher, publishedOn, changedOn, license, keywords, url, links } =
    work;
  return embeddableJson({
    '@context': 'https://schema.org',
    '@type': 'Dataset',
    '@id': url ?? undefined,
    name: title,
    description: description ?? title,
    url: url ?? undefined,
    identifier: some(
      work.identifiers.map(
        (one) => addressOfIdentifier(one) ?? { '@type': 'PropertyValue', propertyID: one.scheme, value: one.value },
      ),
    ),
    creator: some(authors.map(personInJsonLd)),
    contributor: some(others.map(personInJsonLd)),
    publisher: { '@type': 'Organization', name: publisher },
    datePublished: publishedOn ?? undefined,
    dateModified: changedOn,
    license: license === null ? undefined : licenseAddress(license),
    keywords: some(keywords),
    sameAs: some(links.filter((link) => link !== url)),
    citation: some(work.publications.map((one) => publicationInJsonLd(one))),
    funding: some(work.funding.map(fundingInJsonLd)),
  });
}

function personInJsonLd({ name, family, given, orcid, affiliation }: Person): Fields {
  return {
    '@type': 'Person',
    ...(orcid !== null && { '@id': orcidAddress(orcid) }),
    name,
    ...(family !== null && { familyName: family, givenName: given }),
    ...(affiliation !== null && { affiliation: { '@type': 'Organization', name: affiliation } }),
  };
}

function publicationInJsonLd({ title, doi, url }: CitedWork['publications'][number]): Fields {
  const address = doi === null ? url : addressOfIdentifier({ scheme: 'DOI', value: doi });
  return { '@type': 'ScholarlyArticle', name: title, ...(address !== null && { '@id': address }) };
}

function fundingInJsonLd({ funder, awardNumber, identifier, url }: FundingRow): Fields {
  const organization = { '@type': 'Organization', name: funder, ...(identifier !== null && { identifier }) };
  return {
    '@type': 'Grant',
    funder: organization,
    ...(awardNumber !== null && { identifier: awardNumber }),
    ...(url !== null && { url }),
  };
}
