import type { MigrationInterface, QueryRunner } from 'typeorm';

const number = '([0-9]+(?:[.,][0-9]+)?)';
const units = (letters: string): string => [...letters].map((letter) => `(?:${number}${letter})?`).join('');
const form = `^P(?=[0-9]|T)${units('YMWD')}(?:T(?=[0-9])${units('HMS')})?$`;

/** Of a year (365.25 days), a month (a twelfth of it: 30.4375 days), a week, a day, an hour, a minute and a second. */
const seconds = [31_557_600, 2_629_800, 604_800, 86_400, 3_600, 60, 1];

const sum = seconds
  .map((size, index) => `COALESCE(replace("part"[${index + 1}], ',', '.')::numeric, 0) * ${size}`)
  .join(' + ');

/** How long an ISO 8601 duration is; null for a text that is none. Whole seconds for each unit: `P1W` is exactly `P7D`. */
const durationSeconds = `CREATE FUNCTION "duration_seconds"("given" text) RETURNS numeric LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN (SELECT ${sum} FROM regexp_match("given", '${form}') AS "found"("part") WHERE "part" IS NOT NULL)`;

/**
 * From where to where a duration or a range of two reaches, in seconds, both included; null for a text that is neither. An
 * open beginning is none at all, which is 0; an open end has no bound. Ends the wrong way round bound the same.
 */
const durationRange = `CREATE FUNCTION "duration_range"("given" text) RETURNS numrange LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN (
    SELECT CASE
      WHEN cardinality("ends") = 1 AND "a" IS NOT NULL THEN numrange("a", "a", '[]')
      WHEN cardinality("ends") <> 2 THEN NULL
      WHEN "a" IS NOT NULL AND "b" IS NOT NULL THEN numrange(LEAST("a", "b"), GREATEST("a", "b"), '[]')
      WHEN "a" IS NOT NULL AND "ends"[2] = '' THEN numrange("a", NULL)
      WHEN "b" IS NOT NULL AND "ends"[1] = '' THEN numrange(0, "b", '[]')
    END
    FROM (
      SELECT "ends", "duration_seconds"("ends"[1]) AS "a", "duration_seconds"("ends"[2]) AS "b"
      FROM string_to_array("given", '/') AS "split"("ends")
    ) AS "each"
  )`;

/** Ages are found as durations: functions for the filters of lists. */
export class Durations1764600000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(durationSeconds);
    await runner.query(durationRange);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP FUNCTION "duration_range"(text)`);
    await runner.query(`DROP FUNCTION "duration_seconds"(text)`);
  }
}
