import { sql, value } from '../../database/sql';
import { typeOfId } from '../../model/ids';
import type { Node } from '../../model/node';
import type { Snapshot } from '../../loading/snapshot';
import { ask } from './asking-sql';
import { searchedFieldsOf, type SearchedField } from './document';

/** A stretch of a text, and whether it is one of the words that were looked for. */
export interface Stretch {
  text: string;
  isMatch: boolean;
}

/** Where in its own texts a hit has a word that was looked for. */
export interface Marked {
  field: string;
  parts: Stretch[];
}

/** How much of a text is shown on either side of the first word that is marked, and how much of each is looked through. */
const around = 80;
const longestText = 4000;
/** How many different words of a whole page are looked at. */
const mostWords = 5000;

const words = /[^\s]+/g;

/**
 * Marks the words that were looked for in the texts of some hits, all at once: of each hit in the first field that has one. Null
 * where none has, as where a hit was found by what it refers to. Reads nothing but fields that everybody reads who sees the object.
 */
export async function mark(nodes: readonly Node[], marks: string, snapshot: Snapshot): Promise<(Marked | null)[]> {
  const texts = nodes.map(textsOf);
  const matching = await matchingAmong(
    texts.flat().map(({ text }) => text),
    marks,
    snapshot,
  );
  return texts.map((some) => {
    const found = some.find(({ text }) => text.match(words)?.some((word) => matching.has(word)));
    return found ? { field: found.field, parts: stretchesOf(found.text, matching) } : null;
  });
}

function textsOf(node: Node): { field: string; text: string }[] {
  return searchedFieldsOf(typeOfId(node.id)!).map((field) => ({
    field: field.field,
    text: textOf((node as unknown as Record<string, unknown>)[field.field], field).slice(0, longestText),
  }));
}

function textOf(stored: unknown, { is }: SearchedField): string {
  if (stored === null || stored === undefined) return '';
  return typeof stored === 'string' ? stored : stringsIn(stored).join(is === 'words' ? ', ' : ' ');
}

function stringsIn(stored: unknown): string[] {
  if (typeof stored === 'string') return [stored];
  return typeof stored === 'object' && stored !== null ? Object.values(stored).flatMap(stringsIn) : [];
}

/** The words that are among those that were looked for, as the database stems them. */
async function matchingAmong(texts: readonly string[], marks: string, snapshot: Snapshot): Promise<Set<string>> {
  const asked = [...new Set(texts.flatMap((text) => text.match(words) ?? []))].slice(0, mostWords);
  if (asked.length === 0 || marks === '') return new Set();
  const found = await ask<{ word: string }>(
    snapshot,
    sql`SELECT "word" FROM unnest(${value(asked, 'text[]')}) AS "each"("word") WHERE "search_names"("word", 'A') @@ ${value(marks, 'tsquery')}`,
  );
  return new Set(found.map(({ word }) => word));
}

function stretchesOf(text: string, matching: ReadonlySet<string>): Stretch[] {
  const first = [...text.matchAll(words)].find(([word]) => matching.has(word))!;
  const from = startOfWord(text, first.index - around);
  const to = endOfWord(text, first.index + first[0].length + around);
  const shown = `${from > 0 ? '… ' : ''}${text.slice(from, to)}${to < text.length ? ' …' : ''}`;
  const stretches: Stretch[] = [];
  for (const part of shown.split(/(\s+)/)) {
    const isMatch = matching.has(part);
    const last = stretches.at(-1);
    if (last && last.isMatch === isMatch) last.text += part;
    else if (part !== '') stretches.push({ text: part, isMatch });
  }
  return stretches;
}

/** Walks back: to look for the end of a text by a pattern takes the square of its length. */
function startOfWord(text: string, at: number): number {
  let start = Math.max(0, at);
  while (start > 0 && !/\s/.test(text[start - 1]!)) start -= 1;
  return start;
}

const endOfWord = (text: string, at: number): number => at + text.slice(at).search(/\s|$/);
