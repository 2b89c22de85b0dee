import { badInput } from '../../errors';
import { mostWordsOfName, synonymsOf } from './synonyms';

/** How long a query may be, and of how many words. */
export const longestQuery = 1000;
export const mostQueryWords = 32;
/** Of fewer characters no beginning of a word is looked for: too many words begin so. */
const leastPrefix = 3;

/** Words that are looked for: as they stand, or in quotes one after the other; of the last word its beginning is enough. */
export interface Wanted {
  text: string;
  isQuoted: boolean;
  isPrefix: boolean;
}

/** One thing that is asked for: all of these words, or one of the synonyms of the whole. */
export interface Part {
  isExcluded: boolean;
  words: Wanted[];
  synonyms: string[];
}

/** A query: one of these alternatives has to hold, with all its parts. */
export type Query = readonly (readonly Part[])[];

interface Token extends Wanted {
  isExcluded: boolean;
  isOr: boolean;
}

/**
 * Reads a query as search engines on the web do: words that all have to be there, "some in quotes" one after the other, `or` between
 * alternatives, `-` before what must not be there. Nothing of it is an error but its length: throws BAD_USER_INPUT.
 */
export function parseQuery(query: string): Query {
  if (query.length > longestQuery)
    throw badInput(
      `\`query\` has ${query.length} characters, but at most ${longestQuery} are read: look for fewer words.`,
    );
  const tokens = tokensOf(query);
  if (tokens.length > mostQueryWords)
    throw badInput(
      `\`query\` has ${tokens.length} words, but at most ${mostQueryWords} are looked for: leave out some.`,
    );
  const alternatives: Token[][] = [[]];
  for (const token of tokens)
    if (token.isOr) alternatives.push([]);
    else alternatives.at(-1)!.push(token);
  // What only says what must not be there asks for nothing.
  return alternatives.map(partsOf).filter((parts) => parts.some(({ isExcluded }) => !isExcluded));
}

function tokensOf(query: string): Token[] {
  const tokens = [...query.matchAll(/(-?)"([^"]*)"?|(-?)([^\s"]+)/g)].flatMap(
    ([, minus, quoted, dash, word]): Token[] => {
      const isQuoted = quoted !== undefined;
      const text = quoted ?? word!;
      if (!/[\p{L}\p{N}]/u.test(text)) return [];
      const isOr = !isQuoted && dash === '' && text.toLowerCase() === 'or';
      return [{ text, isQuoted, isOr, isExcluded: (minus ?? dash) === '-', isPrefix: false }];
    },
  );
  const last = tokens.at(-1);
  if (last && !last.isQuoted && !last.isExcluded && last.text.length >= leastPrefix) last.isPrefix = true;
  return tokens;
}

/** The parts of one alternative. Words that together are a name are one part, the longest name first. */
function partsOf(tokens: readonly Token[]): Part[] {
  const parts: Part[] = [];
  for (let at = 0; at < tokens.length;) {
    const { isExcluded } = tokens[at]!;
    const plain = plainFrom(tokens, at);
    const named = namesAt(tokens.slice(at, at + plain));
    const words = tokens.slice(at, at + Math.max(named?.count ?? 1, 1));
    parts.push({ isExcluded, words, synonyms: named?.synonyms ?? [] });
    at += words.length;
  }
  return parts;
}

/** How many words stand here one after the other that are neither quoted nor, but for a single one, excluded. */
function plainFrom(tokens: readonly Token[], at: number): number {
  if (tokens[at]!.isQuoted) return 0;
  if (tokens[at]!.isExcluded) return 1;
  const end = tokens.slice(at).findIndex(({ isQuoted, isExcluded }) => isQuoted || isExcluded);
  return Math.min(end < 0 ? tokens.length - at : end, mostWordsOfName);
}

function namesAt(tokens: readonly Token[]): { count: number; synonyms: string[] } | undefined {
  for (let count = tokens.length; count > 0; count -= 1) {
    const synonyms = synonymsOf(tokens.slice(0, count).map(bare).join(' '));
    if (synonyms.length > 0) return { count, synonyms };
  }
  return undefined;
}

const bare = ({ text }: Token): string => text.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '');
