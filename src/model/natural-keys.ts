import { badInput } from '../errors';
import { doiOf } from './doi';
import { orcidIn } from './orcid';
import { identifierIn } from './project-identifiers';
import type { NodeName } from './types';

/** A name that the world has for an object, by which it can be asked for instead of by its id. */
export interface NaturalKey {
  /** The argument of the by-id field. */
  argument: string;
  description: string;
  /** What a text in any spelling means, in the one form in which it is looked up; null where it is no such name. */
  read: (text: string) => object | null;
  /** What to write instead of what is none. */
  remedy: string;
}

const project: NaturalKey = {
  argument: 'identifier',
  description:
    'Instead of its id: one of its identifiers in any spelling, such as `DANDI:000003`, `ds000117`, a DOI, or the address of one.',
  read: identifierIn,
  remedy:
    'write a DOI, an accession number of OpenNeuro, or another identifier with its scheme before it, such as `DANDI:000003`',
};

const term: NaturalKey = {
  argument: 'identifier',
  description:
    'Instead of its id: its RRID (`RRID:IMSR_JAX:000664`), or its identifier in another database (`NCBITaxon:10090`).',
  read: termIn,
  remedy: 'write an RRID such as `RRID:IMSR_JAX:000664`, or database and identifier, such as `NCBITaxon:10090`',
};

/** The types that have one. */
export const naturalKeys: Partial<Readonly<Record<NodeName, NaturalKey>>> = {
  Project: project,
  ...{ Species: term, Strain: term, Supplier: term, HardwareDevice: term, Consumable: term },
  User: {
    argument: 'orcid',
    description: 'Instead of the id: the ORCID iD, such as `0000-0002-1825-0097`, or its address.',
    read: (text) => wrapped('orcid', orcidIn(text.trim())),
    remedy: 'write an ORCID iD such as `0000-0002-1825-0097`; its last digit checks the others',
  },
  Publication: {
    argument: 'doi',
    description: 'Instead of its id: its DOI in any spelling, such as `10.1038/s41586-023-06031-6`.',
    read: (text) => wrapped('doi', doiOf(text)),
    remedy: 'write a DOI such as `10.1038/s41586-023-06031-6`, or its address',
  },
};

const longestKey = 2000;

/**
 * The key under which the object is looked up that the arguments of a by-id field name otherwise than by `id`; undefined where
 * they name it by that. Throws BAD_USER_INPUT unless they name it in exactly one way.
 */
export function keyIn(type: NodeName | undefined, args: Readonly<Record<string, unknown>>): string | undefined {
  const natural = type && naturalKeys[type];
  if (!natural) return undefined;
  const { argument, read, remedy } = natural;
  const text = (args[argument] ?? undefined) as string | undefined;
  const isById = (args['id'] ?? undefined) !== undefined;
  if (isById === (text !== undefined)) throw badInput(`Give exactly one of \`id\` and \`${argument}\`.`);
  if (text === undefined) return undefined;
  const key = text.length > longestKey ? null : read(text);
  if (key === null) throw badInput(`\`${argument}\` is none that we know: ${remedy}.`);
  return JSON.stringify(key);
}

const wrapped = (name: string, value: string | null): object | null => (value === null ? null : { [name]: value });

/** Ontologies write `http://purl.obolibrary.org/obo/NCBITaxon_10090`. */
const addresses: readonly [RegExp, string][] = [
  [/^https?:\/\/purl\.obolibrary\.org\/obo\/([A-Za-z]+)_(\w+)$/, '$1:$2'],
  [/^https?:\/\/(?:scicrunch\.org\/resolver|identifiers\.org)\/(.+)$/i, '$1'],
];

/** Databases are written with their identifiers in one text, or beside them: both are looked for. */
function termIn(text: string): object | null {
  const spelled = addresses.reduce((known, [address, form]) => known.replace(address, form), text.trim()).toLowerCase();
  const rrid = /^rrid:\s*(\S.*)$/.exec(spelled)?.[1];
  if (rrid !== undefined) return { rrid };
  const [, source, identifier] = /^([a-z][\w.-]*):\s*(\S.*)$/.exec(spelled) ?? [];
  if (source === undefined || identifier === undefined || identifier.startsWith('//')) return null;
  return { rrid: spelled, bare: [{ source, identifier }], prefixed: [{ source, identifier: spelled }] };
}
