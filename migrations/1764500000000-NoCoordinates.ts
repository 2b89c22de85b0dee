import type { MigrationInterface, QueryRunner } from 'typeorm';

const tables = ['equipment', 'procedure'];

/** Where no coordinates are stated there are none: null, not an empty object. */
export class NoCoordinates1764500000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const table of tables) {
      await runner.query(
        `ALTER TABLE "${table}" ALTER COLUMN "coordinates" DROP NOT NULL, ALTER COLUMN "coordinates" DROP DEFAULT`,
      );
      await runner.query(`UPDATE "${table}" SET "coordinates" = NULL WHERE "coordinates" = '{}'`);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of tables) {
      await runner.query(`UPDATE "${table}" SET "coordinates" = '{}' WHERE "coordinates" IS NULL`);
      await runner.query(
        `ALTER TABLE "${table}" ALTER COLUMN "coordinates" SET DEFAULT '{}', ALTER COLUMN "coordinates" SET NOT NULL`,
      );
    }
  }
}
