import { permissions } from '../../access/permissions';
import { documentCode, openToAll, rootOf } from '../../access/documents';
import { isCoded, kindOfCodes } from '../../finding/codes';
import { allEdges, type ReferenceEdge } from '../../model/edges';
import { isTerm } from '../../model/families';
import { snakeCase } from '../../model/names';
import { nameOf } from '../../model/node';
import type { NodeName } from '../../model/types';
import { storedFieldsOf, type StoredField } from '../../model/written-fields';
import { isSuggested } from './searchable';

/**
 * What the document of an object is made of, drawn from its model: the texts of the fields that everybody reads who sees it, and
 * which shared terms and module types it refers to, by their ids and codes. What a term is called stands in the document of the term
 * alone: a search is put in the words of the terms that its viewer sees (expand.ts). So a term that is renamed or approved touches
 * no other document, and one that is hidden finds nothing.
 */

/** How much a text counts: names before keywords and identifiers, these before descriptions, and those before the rest. */
export type Weight = 'A' | 'B' | 'C' | 'D';

const weights: Readonly<Record<string, Weight>> = {
  ...{ name: 'A', title: 'A', acronym: 'A', synonyms: 'A' },
  ...{ tags: 'B', identifiers: 'B', identifier: 'B', rrid: 'B', externalIdentifiers: 'B', doi: 'B' },
  ...{ nameUsedInStorage: 'B', authors: 'B', genotype: 'B', geneticLine: 'B' },
  ...{ description: 'C', abstract: 'C' },
};

/** A field whose text is searched. */
export interface SearchedField {
  field: string;
  weight: Weight;
  is: 'text' | 'words' | 'json';
}

/** The fields of a type whose texts are searched, those that count most first. */
export function searchedFieldsOf(type: NodeName): SearchedField[] {
  const found = storedFieldsOf(type).flatMap((field): SearchedField[] => {
    const is = textIn(field);
    const kind = permissions[type]?.[field.name]?.kind;
    if (!is || (kind !== 'open' && kind !== 'inherited') || isCoded(field)) return [];
    return [{ field: field.name, weight: weights[field.name] ?? 'D', is }];
  });
  return found.sort((one, other) => one.weight.localeCompare(other.weight));
}

/** Versions, addresses and durations are no words that people look for. */
function textIn({ name, value }: StoredField): SearchedField['is'] | undefined {
  if (name === 'schemaVersion') return undefined;
  switch (value.is) {
    case 'text':
      return value.duration || value.code ? undefined : 'text';
    case 'words':
      return 'words';
    case 'object':
    case 'objects':
    case 'values':
      return 'json';
    default:
      return undefined;
  }
}

/** The shared terms that an object refers to. Whoever sees such a term reads it there. */
function termsOf(type: NodeName): ReferenceEdge[] {
  return allEdges().filter((edge): edge is ReferenceEdge => {
    if (edge.kind !== 'reference' || nameOf(edge.owner) !== type || edge.behind !== undefined) return false;
    return isTerm(nameOf(edge.target())) && permissions[type]?.[edge.field]?.kind === 'ruled';
  });
}

const codesOf = (type: NodeName): StoredField[] => storedFieldsOf(type).filter(isCoded);

/** The word by which a document refers to a term, or to a module type: no text that is searched holds one like it. */
export const termWord = (id: string): string => `=${id.replaceAll('-', '')}`;
export const codeWord = (kind: string, code: string): string => `=${kind}/${code}`;

/** All that the database is told of the documents of a type. */
export interface DocumentShape {
  table: string;
  code: number;
  root: { column: string; table: string; isPublic: string };
  /** The columns that the document is made of, with their types, in the order in which its function takes them. */
  columns: string;
  /** The document, of these columns. */
  body: string;
  /** The columns of which suggestions are made. */
  names: string[];
}

export function shapeOf(type: NodeName): DocumentShape {
  const root = rootOf(type);
  const { column, isCount } = openToAll(root.type);
  const fields = searchedFieldsOf(type);
  const [terms, codes] = [termsOf(type), codesOf(type)];
  const sqlTypes = { text: 'text', words: 'text[]', json: 'jsonb' };
  const columns = [
    ...terms.map((edge) => `"${snakeCase(edge.column)}" uuid`),
    ...codes.map(({ name }) => `"${snakeCase(name)}" text`),
    ...fields.map(({ field, is }) => `"${snakeCase(field)}" ${sqlTypes[is]}`),
  ];
  const words = [
    ...terms.map((edge) => `replace("${snakeCase(edge.column)}"::text, '-', '')`),
    ...codes.map(({ name }) => `'${kindOfCodes(type, name)}/' || "${snakeCase(name)}"`),
  ];
  const named = fields.filter(({ weight }) => weight === 'A');
  return {
    table: snakeCase(type),
    code: documentCode(type),
    root: { column: root.column, table: snakeCase(root.type), isPublic: `"${column}"${isCount ? ' > 0' : ''}` },
    columns: columns.join(', '),
    body: [
      ...(words.length > 0 ? [`search_references(${words.join(', ')})`] : []),
      ...(['A', 'B', 'C', 'D'] as const).flatMap((weight) => partOf(weight, fields)),
    ].join(' || '),
    names: isSuggested(type) ? named.map(({ field }) => snakeCase(field)) : [],
  };
}

/** All texts of one weight at once: a document is made with every object that is stored. */
function partOf(weight: Weight, fields: readonly SearchedField[]): string[] {
  const some = fields.filter((field) => field.weight === weight).map(textOf);
  if (some.length === 0) return [];
  const text = some.length === 1 ? some[0]! : some.map((one) => `COALESCE(${one}, '')`).join(" || ' ' || ");
  return [`${weight < 'C' ? 'search_names' : 'search_prose'}(${text}, '${weight}')`];
}

function textOf({ field, is }: SearchedField): string {
  const column = `"${snakeCase(field)}"`;
  if (is === 'words') return `search_list(${column})`;
  return is === 'json' ? `search_json(${column})` : column;
}
