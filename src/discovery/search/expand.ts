import type { Access } from '../../access/access';
import { seenDocuments } from '../../access/documents';
import type { Viewer } from '../../access/viewer';
import { join, name, sql, TRUE, value, type Alias, type Sql } from '../../database/sql';
import { all } from '../../database/conditions';
import { readRegistry } from '../../domain/module/registry';
import type { Snapshot } from '../../loading/snapshot';
import { ask } from './asking-sql';
import { codeWord } from './document';
import { judged } from './judged';
import type { Part, Query, Wanted } from './parse';
import { expandedTypes } from './searchable';

/** As many terms as all words of a query together are put into at most, those that each names best first; … */
export const mostTerms = 200;
/** … but each word into so many. */
const leastTerms = 10;

/** How many terms that hold a word are compared. */
const mostLookedAt = 5000;

export interface Reader {
  access: Access;
  viewer: Viewer;
  snapshot: Snapshot;
}

/** What is looked for, as the database takes it. */
export interface Expanded {
  /** What has to hold of a document. */
  condition: string;
  /** What is marked where it stands: every word that was wanted, none of those that were not. */
  marks: string;
}

/** A text as the database reads it: stemmed, where it is no word that stands everywhere; and as it is. */
interface Read {
  stemmed: string;
  exact: string;
}

/** A lexeme within what the database writes of a tsquery. */
const lexeme = /'(?:[^']|'')*'/g;

/**
 * Puts a query into the words of documents: stems, beginnings, synonyms, and the shared terms and module types that go by such
 * a name, as far as the viewer sees them. Undefined where nothing is left to be looked for.
 */
export async function expand(query: Query, reader: Reader): Promise<Expanded | undefined> {
  const texts = [...new Set(query.flat().flatMap(textsOf))];
  if (texts.length === 0) return undefined;
  const read = await readTexts(texts, reader);
  const prefixed = query.flat().flatMap(({ words }) => words.filter(({ isPrefix }) => isPrefix));
  const wordings = new Map(
    texts.map((text) => [
      text,
      wordingsOf(
        read.get(text)!,
        prefixed.some((one) => one.text === text),
      ),
    ]),
  );
  const references = await referencesOf(wordings, reader);
  return compose(query, { read, wordings, references });
}

const textsOf = ({ words, synonyms }: Part): string[] => [...words.map(({ text }) => text), ...synonyms];

/**
 * Statements of a search look at a bounded number of documents, by their indexes: to compile them would take longer than they do, and
 * to sort all documents by their age longer than to look up the newest.
 */
const suitable = sql`SELECT set_config('jit', 'off', true), set_config('random_page_cost', '1.1', true)`;

async function readTexts(texts: readonly string[], { snapshot }: Reader): Promise<Map<string, Read>> {
  await ask(snapshot, suitable);
  const rows = await ask<Read & { place: number }>(
    snapshot,
    sql`SELECT (place - 1)::integer AS "place", phraseto_tsquery('pg_catalog.english', search_text("given"))::text AS "stemmed",
      phraseto_tsquery('pg_catalog.simple', search_text("given"))::text AS "exact"
      FROM unnest(${value(texts, 'text[]')}) WITH ORDINALITY AS "each"("given", place)`,
  );
  return new Map(rows.map(({ place, ...read }) => [texts[place]!, read]));
}

function wordingsOf({ stemmed, exact }: Read, isPrefix: boolean): string[] {
  return [...new Set([stemmed, exact, ...(isPrefix && exact !== '' ? [`${exact}:*`] : [])])].filter(
    (one) => one !== '',
  );
}

/** The words by which documents refer to what goes by each of some texts. */
async function referencesOf(wordings: ReadonlyMap<string, string[]>, reader: Reader): Promise<Map<string, string[]>> {
  const asked = [...wordings].filter(([, some]) => some.length > 0);
  const found = new Map<string, string[]>();
  if (asked.length === 0) return found;
  const places = value(
    asked.map((_, place) => place),
    'integer[]',
  );
  // By what a term is called alone, not by what is told of it.
  const queries = asked.map(([, some]) => some.join(' | ').replace(lexeme, '$&:AB').replaceAll(':AB:*', ':*AB'));
  const most = Math.max(leastTerms, Math.floor(mostTerms / asked.length));
  const l = Symbol('looked for');
  const query = sql`${name(l, 'query')}::tsquery`;
  const rows = await ask<{ place: number; word: string }>(
    reader.snapshot,
    sql`WITH "named" AS MATERIALIZED (SELECT "word", setweight("search_names"("title", 'A'), 'A') AS "document"
        FROM unnest(${value(
          moduleTypes.map(({ word }) => word),
          'text[]',
        )}, ${value(
          moduleTypes.map(({ title }) => title),
          'text[]',
        )}) AS "each"("word", "title"))
      SELECT ${name(l, 'place')}, "found"."word" FROM unnest(${places}, ${value(queries, 'text[]')}) AS ${name(l)}("place", "query")
      CROSS JOIN LATERAL (${termsFor(query, reader, most)} UNION ALL SELECT "word" FROM "named" WHERE "document" @@ ${query}) "found"("word")`,
  );
  for (const { place, word } of rows) {
    const [text] = asked[place]!;
    found.set(text, [...(found.get(text) ?? []), word]);
  }
  return found;
}

function termsFor(query: Sql, { access, viewer }: Reader, most: number): Sql {
  const { sources, areToBeJudged } = seenDocuments(access, viewer, expandedTypes, query, { most: mostLookedAt });
  const d = Symbol('document');
  const judgement = (alias: Alias): Sql =>
    areToBeJudged ? judged(access, viewer, expandedTypes, new Map(), alias) : TRUE;
  return sql`(SELECT '=' || replace(${name(d, 'id')}::text, '-', '') FROM (${join(
    sources.map((source) => sql`(${source})`),
    ' UNION ALL ',
  )}) ${name(d)} WHERE ${all([judgement(d)])}
    ORDER BY ts_rank(${name(d, 'document')}, ${query}) DESC, ${name(d, 'id')} LIMIT ${value(most, 'integer')})`;
}

/** Module types by their codes and titles, once for all their versions. */
const moduleTypes = [
  ...new Map(
    readRegistry().map(({ kind, type, title }) => [
      codeWord(kind, type),
      { word: codeWord(kind, type), title: `${title} ${type.replace(/(?<=[a-z])(?=[A-Z])/g, ' ')}` },
    ]),
  ).values(),
];

interface Words {
  read: ReadonlyMap<string, Read>;
  wordings: ReadonlyMap<string, string[]>;
  references: ReadonlyMap<string, string[]>;
}

function compose(query: Query, words: Words): Expanded | undefined {
  const alternatives = query.map((parts) => {
    // Words that stand everywhere are no help, unless nothing else is asked for.
    const telling = parts.filter((part) => part.words.some((one) => isTelling(one, words)));
    const some = telling.some(({ isExcluded }) => !isExcluded) ? telling : parts;
    return some.flatMap((part) => composePart(part, words, telling.length > 0));
  });
  const composed = alternatives.filter((parts) => parts.length > 0);
  if (composed.length === 0) return undefined;
  const wanted = query.flat().filter(({ isExcluded }) => !isExcluded);
  const marked = wanted.flatMap(textsOf).flatMap((text) => words.wordings.get(text)!);
  return {
    condition: composed.map((parts) => `(${parts.join(' & ')})`).join(' | '),
    marks: [...new Set(marked.flatMap((one) => one.match(/'(?:[^']|'')*'(?::\*)?/g) ?? []))].join(' | '),
  };
}

function isTelling({ text, isQuoted }: Wanted, { read }: Words): boolean {
  const { stemmed, exact } = read.get(text)!;
  return stemmed !== '' || (isQuoted && exact !== '');
}

function composePart({ isExcluded, words, synonyms }: Part, composing: Words, onlyTelling: boolean): string[] {
  const some = onlyTelling ? words.filter((one) => isTelling(one, composing)) : words;
  const own = some.map(({ text }) => eitherOf(text, composing)).filter((one) => one !== undefined);
  const others = synonyms.map((text) => eitherOf(text, composing)).filter((one) => one !== undefined);
  const either = [...(own.length > 0 ? [own.join(' & ')] : []), ...others];
  if (either.length === 0) return [];
  return [`${isExcluded ? '!' : ''}(${either.map((one) => `(${one})`).join(' | ')})`];
}

function eitherOf(text: string, { wordings, references }: Words): string | undefined {
  const some = [...wordings.get(text)!, ...(references.get(text) ?? []).map((word) => `'${word}'`)];
  return some.length > 0 ? `(${some.join(' | ')})` : undefined;
}
