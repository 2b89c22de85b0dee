import { publicNamesLike } from '../../access/documents';
import { name, sql, value } from '../../database/sql';
import type { Snapshot } from '../../loading/snapshot';
import { ask } from './asking-sql';
import type { Query } from './parse';

/** Shorter words are like too many others. */
const leastLetters = 4;
/** How like a word of a name has to be to be meant, and a name to be looked through for one. */
const leastLikeness = 0.3;
/** Through how many names is looked for each word. */
const mostNames = 100;

/**
 * The query with each word that no public name holds put into the one of public names that is most like it; null where there is
 * none. The same for everybody: nothing but the names of what everybody sees is looked through.
 */
export async function suggest(query: string, parsed: Query, snapshot: Snapshot): Promise<string | null> {
  const words = parsed.flatMap((parts) => parts.flatMap((part) => part.words.map(({ text }) => text)));
  const asked = [...new Set(words)].filter(
    (word) => word.length >= leastLetters && /^\p{L}[\p{L}\p{N}-]*$/u.test(word),
  );
  if (asked.length === 0) return null;
  await ask(
    snapshot,
    sql`SELECT set_config('pg_trgm.word_similarity_threshold', ${value(String(leastLikeness), 'text')}, true)`,
  );
  const w = Symbol('word');
  const folded = sql`search_text(${name(w, 'word')})`;
  const found = await ask<{ word: string; like: string }>(
    snapshot,
    sql`SELECT ${name(w, 'word')}, "best"."like" FROM unnest(${value(asked, 'text[]')}) AS ${name(w)}("word")
      CROSS JOIN LATERAL (SELECT "token" AS "like" FROM (${publicNamesLike(folded, value(mostNames, 'integer'))}) "named",
          regexp_split_to_table("named"."names", '[^[:alnum:]-]+') AS "each"("token")
        WHERE similarity("token", ${folded}) >= ${value(leastLikeness, 'double precision')}
        ORDER BY similarity("token", ${folded}) DESC, "token" LIMIT 1) "best"
      WHERE "best"."like" <> ${folded}`,
  );
  if (found.length === 0) return null;
  const likes = new Map(found.map(({ word, like }) => [word, like]));
  return query.replace(/[\p{L}\p{N}-]+/gu, (word) => likes.get(word) ?? word);
}
