import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Memberships that are not accepted are invitations: of whom, by whom, and until when. */
export class Invitations1764000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE "group_membership" ADD "invited_by_id" uuid`);
    await runner.query(`ALTER TABLE "group_membership" ADD "invited_email" character varying(320)`);
    await runner.query(`ALTER TABLE "group_membership" ADD "claimed_by_id" uuid`);
    await runner.query(`ALTER TABLE "group_membership" ADD "expires_at" TIMESTAMP(3) WITH TIME ZONE`);
    await runner.query(`ALTER TABLE "membership" ADD "invited_by_id" uuid`);
    await runner.query(`ALTER TABLE "membership" ADD "invited_email" character varying(320)`);
    await runner.query(`ALTER TABLE "membership" ADD "claimed_by_id" uuid`);
    await runner.query(`ALTER TABLE "membership" ADD "expires_at" TIMESTAMP(3) WITH TIME ZONE`);
    await runner.query(`ALTER TABLE "group_membership" ALTER COLUMN "user_id" DROP NOT NULL`);
    await runner.query(`CREATE INDEX "IDX_a86640e17bbb1301b9d8b7d384" ON "group_membership"  ("invited_by_id")`);
    await runner.query(`CREATE INDEX "IDX_128bd41d4cdf7e1df007968319" ON "group_membership"  ("invited_email")`);
    await runner.query(`CREATE INDEX "IDX_9ab1eeb8cff905a6e88dd1c221" ON "group_membership"  ("claimed_by_id")`);
    await runner.query(`CREATE INDEX "IDX_79d14029ec3b5e6fc2bd4b4069" ON "membership"  ("invited_by_id")`);
    await runner.query(`CREATE INDEX "IDX_593baaf97e3fbc6db068f6530f" ON "membership"  ("invited_email")`);
    await runner.query(`CREATE INDEX "IDX_e57a981223cedd8bf5bbf7974f" ON "membership"  ("claimed_by_id")`);
    await runner.query(
      `ALTER TABLE "group_membership" ADD CONSTRAINT "group_membership_address_is_pending" CHECK ("invited_email" IS NULL OR "accepted_at" IS NULL)`,
    );
    await runner.query(
      `ALTER TABLE "group_membership" ADD CONSTRAINT "group_membership_one_holder" CHECK (num_nonnulls("user_id", "invited_email") = 1)`,
    );
    await runner.query(`ALTER TABLE "membership" DROP CONSTRAINT "membership_one_holder"`);
    await runner.query(
      `ALTER TABLE "membership" ADD CONSTRAINT "membership_one_holder" CHECK (num_nonnulls("user_id", "group_id", "invited_email") = 1)`,
    );
    await runner.query(
      `ALTER TABLE "membership" ADD CONSTRAINT "membership_address_is_pending" CHECK ("invited_email" IS NULL OR "accepted_at" IS NULL)`,
    );
    await runner.query(
      `ALTER TABLE "group_membership" ADD CONSTRAINT "FK_a86640e17bbb1301b9d8b7d3841" FOREIGN KEY ("invited_by_id") REFERENCES "user"("id") ON DELETE SET NULL ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "group_membership" ADD CONSTRAINT "FK_9ab1eeb8cff905a6e88dd1c221a" FOREIGN KEY ("claimed_by_id") REFERENCES "user"("id") ON DELETE SET NULL ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "membership" ADD CONSTRAINT "FK_79d14029ec3b5e6fc2bd4b4069c" FOREIGN KEY ("invited_by_id") REFERENCES "user"("id") ON DELETE SET NULL ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "membership" ADD CONSTRAINT "FK_e57a981223cedd8bf5bbf7974fa" FOREIGN KEY ("claimed_by_id") REFERENCES "user"("id") ON DELETE SET NULL ON UPDATE NO ACTION`,
    );
  }

  /** What is promised to addresses alone cannot be kept. */
  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DELETE FROM "membership" WHERE "invited_email" IS NOT NULL`);
    await runner.query(`DELETE FROM "group_membership" WHERE "invited_email" IS NOT NULL`);
    await runner.query(`ALTER TABLE "membership" DROP CONSTRAINT "membership_one_holder"`);
    await runner.query(`ALTER TABLE "membership" DROP CONSTRAINT "membership_address_is_pending"`);
    await runner.query(`ALTER TABLE "group_membership" DROP CONSTRAINT "group_membership_one_holder"`);
    await runner.query(`ALTER TABLE "group_membership" DROP CONSTRAINT "group_membership_address_is_pending"`);
    await runner.query(
      `ALTER TABLE "membership" DROP COLUMN "expires_at", DROP COLUMN "claimed_by_id", DROP COLUMN "invited_email", DROP COLUMN "invited_by_id"`,
    );
    await runner.query(
      `ALTER TABLE "group_membership" DROP COLUMN "expires_at", DROP COLUMN "claimed_by_id", DROP COLUMN "invited_email", DROP COLUMN "invited_by_id"`,
    );
    await runner.query(`ALTER TABLE "group_membership" ALTER COLUMN "user_id" SET NOT NULL`);
    await runner.query(
      `ALTER TABLE "membership" ADD CONSTRAINT "membership_one_holder" CHECK (num_nonnulls("user_id", "group_id") = 1)`,
    );
  }
}
