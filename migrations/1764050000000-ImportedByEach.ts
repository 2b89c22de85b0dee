import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A key of an import may stand for several objects: personal attributes, one for each who imported them. */
export class ImportedByEach1764050000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE "imported_object" DROP CONSTRAINT "PK_90b500e2045db57862b41f96f31"`);
    await runner.query(
      `ALTER TABLE "imported_object" ADD CONSTRAINT "PK_8e418aa6e54ee99d470eb2a6faf" PRIMARY KEY ("project_id", "key", "object_id")`,
    );
    await runner.query(
      `CREATE INDEX "IDX_7272be49d7546c0fd6c9cf79a5" ON "imported_object"  ("project_id", "object_id")`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP INDEX "public"."IDX_7272be49d7546c0fd6c9cf79a5"`);
    await runner.query(
      `DELETE FROM "imported_object" k WHERE EXISTS (SELECT 1 FROM "imported_object" o
         WHERE o."project_id" = k."project_id" AND o."key" = k."key" AND o."object_id" < k."object_id")`,
    );
    await runner.query(`ALTER TABLE "imported_object" DROP CONSTRAINT "PK_8e418aa6e54ee99d470eb2a6faf"`);
    await runner.query(
      `ALTER TABLE "imported_object" ADD CONSTRAINT "PK_90b500e2045db57862b41f96f31" PRIMARY KEY ("project_id", "key")`,
    );
  }
}
