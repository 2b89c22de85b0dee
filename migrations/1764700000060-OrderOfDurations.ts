import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Where a duration or range begins, in seconds, by which lists are ordered; null for a text that is neither. A number that a cursor
 * holds without loss.
 */
const durationStart = `CREATE FUNCTION "duration_start"("given" text) RETURNS double precision LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN lower("duration_range"("given"))::double precision`;

/** Subjects are ordered by how old they are, not by how that is written; those that everybody sees by an index. */
export class OrderOfDurations1764700000060 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(durationStart);
    await runner.query(
      `CREATE INDEX "subject_public_age" ON "subject" ("duration_start"("age"), "id") WHERE "public_in" > 0`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP INDEX "subject_public_age"`);
    await runner.query(`DROP FUNCTION "duration_start"(text)`);
  }
}
