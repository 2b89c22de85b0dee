import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * How texts are compared where somebody looks for one: without regard to case and accents, in any spelling of Unicode.
 * Immutable, so that it can be indexed; not STRICT, so that it can be put in place of its call. Most texts are plain ASCII, which has nothing to be taken apart. Letters with a
 * stroke are letters of their own to Unicode, and none to most keyboards.
 */
const folded = `CREATE FUNCTION "folded"("given" text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN CASE WHEN octet_length("given") = char_length("given") THEN lower("given")
    ELSE translate(lower(regexp_replace(normalize("given", NFKD), '[\\u0300-\\u036f]', '', 'g')), 'øłđħŧıς', 'oldhtiσ') END`;

/** The same of each text of a list. */
const foldedEach = `CREATE FUNCTION "folded_each"("given" text[]) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN (SELECT COALESCE(array_agg("folded"("one")), '{}') FROM unnest("given") AS "each"("one"))`;

/** A text that is looked for within others, as LIKE takes it: folded first, since that can bring out a sign of LIKE. */
const foldedPattern = `CREATE FUNCTION "folded_pattern"("given" text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN regexp_replace("folded"("given"), '([\\\\%_])', '\\\\\\1', 'g')`;

/** Texts are found in any spelling: functions for the filters of lists. */
export class FoldedTexts1764600000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(folded);
    await runner.query(foldedEach);
    await runner.query(foldedPattern);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP FUNCTION "folded_pattern"(text)`);
    await runner.query(`DROP FUNCTION "folded_each"(text[])`);
    await runner.query(`DROP FUNCTION "folded"(text)`);
  }
}
