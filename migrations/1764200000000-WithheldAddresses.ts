import type { MigrationInterface, QueryRunner } from 'typeorm';

const columns = ['file_url_of_id', 'file_name_of_id'];

/** A file's address remembers the storage that it was written for, when the file is taken out of it. */
export class WithheldAddresses1764200000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const column of columns) await runner.query(`ALTER TABLE "data_acquisition" ADD "${column}" uuid`);
  }

  async down(runner: QueryRunner): Promise<void> {
    // Who would read them then is said nowhere any more.
    await runner.query(`UPDATE "data_acquisition" SET "file_url" = NULL WHERE "file_url_of_id" IS NOT NULL`);
    await runner.query(`UPDATE "data_acquisition" SET "file_name" = NULL WHERE "file_name_of_id" IS NOT NULL`);
    for (const column of columns) await runner.query(`ALTER TABLE "data_acquisition" DROP COLUMN "${column}"`);
  }
}
