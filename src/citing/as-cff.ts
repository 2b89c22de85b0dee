import { createRequire } from 'node:module';
import type * as Yaml from 'yaml';
import { addressOfIdentifier } from '../model/project-identifiers';
import { orcidAddress, type Person } from './texts';
import type { CitedWork } from './work';

const load = createRequire(__filename);

type Fields = Record<string, unknown>;

/** The signs of a DOI that the format takes. */
const plainDoi = /^10\.\d{4,9}(\.\d+)?\/[A-Za-z0-9:/_;\-.()[\]\\]+$/;

/** A file `CITATION.cff`, of version 1.2.0 of the Citation File Format. */
export function asCff(work: CitedWork): string {
  const { title, authors, publisher, publishedOn, doi, url, license, keywords, description, identifiers } = work;
  // Loaded only where somebody asks for it: it is no small package.
  const { stringify } = load('yaml') as typeof Yaml;
  const fields: Fields = {
    'cff-version': '1.2.0',
    message: 'If you use this data set, please cite it as below.',
    type: 'dataset',
    title,
    authors: authors.length > 0 ? authors.map(personInCff) : [{ name: publisher }],
    ...(publishedOn !== null && { 'date-released': publishedOn }),
    ...(doi !== null && plainDoi.test(doi) && { doi }),
    ...(identifiers.length > 0 && { identifiers: identifiers.map(identifierInCff) }),
    ...(url !== null && { url }),
    ...(license !== null && { license }),
    ...(keywords.length > 0 && { keywords }),
    ...(description !== null && { abstract: description }),
    ...references(work),
  };
  return stringify(fields, { lineWidth: 0 });
}

function personInCff({ name, family, given, orcid, affiliation }: Person): Fields {
  const named = family === null ? { name } : { 'family-names': family, 'given-names': given };
  return {
    ...named,
    ...(orcid !== null && { orcid: orcidAddress(orcid) }),
    // An entity has none.
    ...(affiliation !== null && family !== null && { affiliation }),
  };
}

function identifierInCff({ scheme, value }: CitedWork['identifiers'][number]): Fields {
  if (scheme === 'DOI' && plainDoi.test(value)) return { type: 'doi', value };
  const address = addressOfIdentifier({ scheme, value });
  return address === null ? { type: 'other', value: `${scheme}:${value}` } : { type: 'url', value: address };
}

/** The format asks for the authors of what is referred to. */
function references({ publications }: CitedWork): Fields {
  const told = publications.flatMap(({ title, authors, doi, url }) =>
    authors === null
      ? []
      : [
          {
            type: 'article',
            title,
            authors: [{ name: authors }],
            ...(doi !== null && plainDoi.test(doi) && { doi }),
            ...(url !== null && { url }),
          },
        ],
  );
  return told.length > 0 ? { references: told } : {};
}
