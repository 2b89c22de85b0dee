import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A laboratory is a proposal until an administrator approves it, and whoever leads it accepts to be named. Nobody has approved
 * or accepted what was there before: it waits for that.
 */
export class Laboratories1764300000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE TABLE "laboratory_invited_investigator" ("laboratory_id" uuid NOT NULL, "user_id" uuid NOT NULL, CONSTRAINT "PK_33a2195e7e525ede15776b02acf" PRIMARY KEY ("laboratory_id", "user_id"))`,
    );
    await runner.query(
      `CREATE INDEX "IDX_4b9d29cc8c6ad6067eed613e1f" ON "laboratory_invited_investigator"  ("user_id")`,
    );
    await runner.query(`ALTER TABLE "laboratory" ADD "is_approved" boolean NOT NULL DEFAULT false`);
    await runner.query(`ALTER TABLE "laboratory" ADD "proposed_by_id" uuid`);
    await runner.query(`ALTER TABLE "laboratory" ADD "rejection_comment" character varying(1000)`);
    await runner.query(`CREATE INDEX "IDX_fa53d42826db0ad6985f303e80" ON "laboratory"  ("proposed_by_id")`);
    await runner.query(
      `ALTER TABLE "laboratory" ADD CONSTRAINT "FK_fa53d42826db0ad6985f303e807" FOREIGN KEY ("proposed_by_id") REFERENCES "user"("id") ON DELETE SET NULL ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "laboratory_invited_investigator" ADD CONSTRAINT "FK_b8d41d687362e039b4d1bb88862" FOREIGN KEY ("laboratory_id") REFERENCES "laboratory"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "laboratory_invited_investigator" ADD CONSTRAINT "FK_4b9d29cc8c6ad6067eed613e1fa" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
    );
    await runner.query(
      `INSERT INTO "laboratory_invited_investigator" SELECT "laboratory_id", "user_id" FROM "laboratory_principal_investigator"`,
    );
    await runner.query(`DELETE FROM "laboratory_principal_investigator"`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      `INSERT INTO "laboratory_principal_investigator" SELECT "laboratory_id", "user_id" FROM "laboratory_invited_investigator"`,
    );
    await runner.query(`DROP TABLE "laboratory_invited_investigator"`);
    await runner.query(`ALTER TABLE "laboratory" DROP CONSTRAINT "FK_fa53d42826db0ad6985f303e807"`);
    await runner.query(`DROP INDEX "IDX_fa53d42826db0ad6985f303e80"`);
    for (const column of ['is_approved', 'proposed_by_id', 'rejection_comment'])
      await runner.query(`ALTER TABLE "laboratory" DROP COLUMN "${column}"`);
  }
}
