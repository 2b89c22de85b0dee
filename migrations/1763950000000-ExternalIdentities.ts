import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who signs in at an OpenID Connect provider, and which account that is here. */
export class ExternalIdentities1763950000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE TABLE "external_identity" ("issuer" text NOT NULL, "subject" text NOT NULL, "user_id" uuid, CONSTRAINT "PK_b9308b1f08c8ca517f9ab5c4648" PRIMARY KEY ("issuer", "subject"))`,
    );
    await runner.query(`CREATE INDEX "IDX_7a82460d06d5f9d401f8421059" ON "external_identity"  ("user_id")`);
    await runner.query(
      `ALTER TABLE "external_identity" ADD CONSTRAINT "FK_7a82460d06d5f9d401f8421059b" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE SET NULL ON UPDATE NO ACTION`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE "external_identity" DROP CONSTRAINT "FK_7a82460d06d5f9d401f8421059b"`);
    await runner.query(`DROP INDEX "public"."IDX_7a82460d06d5f9d401f8421059"`);
    await runner.query(`DROP TABLE "external_identity"`);
  }
}
