import type { MigrationInterface, QueryRunner } from 'typeorm';

/** By which token each was made: it ends with that. Of those that are there already nobody has noted it. */
export class TokensEndTogether1764600000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE "access_token" ADD "made_with_id" uuid`);
    await runner.query(`CREATE INDEX "IDX_a848fd3b7a3c0dd6b47ef1b8fa" ON "access_token"  ("made_with_id")`);
    await runner.query(
      `ALTER TABLE "access_token" ADD CONSTRAINT "FK_a848fd3b7a3c0dd6b47ef1b8fad" FOREIGN KEY ("made_with_id") REFERENCES "access_token"("id") ON DELETE SET NULL ON UPDATE NO ACTION`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE "access_token" DROP CONSTRAINT "FK_a848fd3b7a3c0dd6b47ef1b8fad"`);
    await runner.query(`DROP INDEX "public"."IDX_a848fd3b7a3c0dd6b47ef1b8fa"`);
    await runner.query(`ALTER TABLE "access_token" DROP COLUMN "made_with_id"`);
  }
}
