import { doiAddress, doiOf } from './doi';
import { isCleanLine, normalName } from './texts';

/** One of the names under which the world knows a project, in its one spelling. */
export interface IdentifierValue {
  scheme: string;
  value: string;
}

interface Scheme {
  description: string;
  /** The one spelling of what a text in any spelling means; null where it is none of this scheme. */
  canonical: (text: string) => string | null;
  /** By what it is known where nobody says the scheme: by any spelling, by an address, or only by `SCHEME:` before it. */
  toldBy: 'anything' | 'address' | 'prefix';
  /** Its page; null where there is none that everybody can open. */
  url: (value: string) => string | null;
}

const longestName = 200;
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** The schemes of identifiers that projects have, each with its one spelling. */
export const identifierSchemes: Readonly<Record<string, Scheme>> = {
  DOI: {
    description: 'A digital object identifier, bare and in lower case: `10.48324/dandi.000003/0.230629.1955`.',
    canonical: doiOf,
    toldBy: 'anything',
    url: doiAddress,
  },
  DANDI: {
    description: 'A set of the DANDI Archive, by its six digits: `000003`.',
    canonical: (text) =>
      firstGroup(text, /^(?:(?:https?:\/\/identifiers\.org\/)?dandi:\s*)?(\d{6})(?:\/\S*)?$/i) ??
      firstGroup(text, /^https?:\/\/(?:gui\.)?dandiarchive\.org\/(?:#\/)?dandiset\/(\d{6})(?:[/?#]\S*)?$/i),
    toldBy: 'address',
    url: (value) => `https://dandiarchive.org/dandiset/${value}`,
  },
  OPENNEURO: {
    description: 'A set of OpenNeuro, by its accession number: `ds000117`.',
    canonical: (text) =>
      firstGroup(
        text,
        /^(?:openneuro:|https?:\/\/(?:www\.)?openneuro\.org\/(?:datasets|git\/\d+|crn\/datasets)\/)?(ds\d{6})(?:[/?#:]\S*)?$/i,
      ),
    toldBy: 'anything',
    url: (value) => `https://openneuro.org/datasets/${value}`,
  },
  AIND: {
    description: 'A project of the Allen Institute for Neural Dynamics, by its name in lower case.',
    canonical: (text) => nameIn(text.replace(/^(?:aind:\s*)+/i, '')),
    toldBy: 'prefix',
    url: () => null,
  },
  BRAINSTEM: {
    description: 'A project of BrainSTEM, by its UUID.',
    canonical: (text) => {
      const id = text.replace(/^brainstem:\s*/i, '').toLowerCase();
      return uuid.test(id) ? id : null;
    },
    toldBy: 'prefix',
    url: () => null,
  },
};

/** What is meant by a text in any spelling of a scheme; null where it is none of that scheme. */
export function canonicalIdentifier(scheme: string, text: string): string | null {
  if (!Object.hasOwn(identifierSchemes, scheme)) return null;
  const trimmed = text.trim();
  return trimmed.length > longestText ? null : identifierSchemes[scheme]!.canonical(trimmed);
}

/** No identifier is longer, in whatever spelling. */
const longestText = 2000;

/**
 * What a text without a scheme beside it means: `DANDI:000003`, `ds000117`, a DOI, an address. Null where it could be of any
 * scheme, or is of none.
 */
export function identifierIn(text: string): IdentifierValue | null {
  const prefix = /^\s*([a-z]+):/i.exec(text)?.[1]?.toUpperCase() ?? '';
  const isAddress = prefix === 'HTTP' || prefix === 'HTTPS';
  for (const [scheme, { toldBy }] of Object.entries(identifierSchemes)) {
    if (prefix !== scheme && toldBy !== 'anything' && !(toldBy === 'address' && isAddress)) continue;
    const value = canonicalIdentifier(scheme, text);
    if (value !== null) return { scheme, value };
  }
  return null;
}

/** Where an identifier leads; null where it leads nowhere that everybody can open. */
export function addressOfIdentifier({ scheme, value }: IdentifierValue): string | null {
  return Object.hasOwn(identifierSchemes, scheme) ? identifierSchemes[scheme]!.url(value) : null;
}

function firstGroup(text: string, pattern: RegExp): string | null {
  return pattern.exec(text)?.[1]?.toLowerCase() ?? null;
}

function nameIn(text: string): string | null {
  const name = normalName(text).toLowerCase().replace(/\s+/g, ' ');
  return name !== '' && name.length <= longestName && isCleanLine(name) ? name : null;
}
