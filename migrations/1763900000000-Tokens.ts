import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Personal access tokens; the record of publications names the user and the token of each act. */
export class Tokens1763900000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE TABLE "access_token" ("id" uuid NOT NULL, "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL DEFAULT now(), "updated_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL DEFAULT now(), "version" integer NOT NULL DEFAULT '1', "user_id" uuid NOT NULL, "name" character varying(100) NOT NULL, "hash" character varying(64) NOT NULL, "scopes" text array NOT NULL DEFAULT '{}', "expires_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL, "last_used_at" TIMESTAMP(3) WITH TIME ZONE, "revoked_at" TIMESTAMP(3) WITH TIME ZONE, CONSTRAINT "access_token_scopes_values" CHECK ("scopes" <@ ARRAY['READ', 'WRITE', 'PUBLISH']::text[]), CONSTRAINT "access_token_id_code" CHECK (substr("id"::text, 15, 3) = '845'), CONSTRAINT "PK_f20f028607b2603deabd8182d12" PRIMARY KEY ("id"))`,
    );
    await runner.query(`CREATE INDEX "IDX_4bd9bc00776919370526766eb4" ON "access_token"  ("user_id")`);
    await runner.query(`CREATE UNIQUE INDEX "IDX_64c327441248bae40f7d92f34f" ON "access_token"  ("hash")`);
    await runner.query(`ALTER TABLE "publication_event" ADD "user_name" character varying(200)`);
    await runner.query(`ALTER TABLE "publication_event" ADD "token_id" uuid`);
    await runner.query(`ALTER TABLE "publication_event" ADD "token_name" character varying(100)`);
    await runner.query(
      `ALTER TABLE "access_token" ADD CONSTRAINT "FK_4bd9bc00776919370526766eb43" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE "access_token" DROP CONSTRAINT "FK_4bd9bc00776919370526766eb43"`);
    await runner.query(`ALTER TABLE "publication_event" DROP COLUMN "token_name"`);
    await runner.query(`ALTER TABLE "publication_event" DROP COLUMN "token_id"`);
    await runner.query(`ALTER TABLE "publication_event" DROP COLUMN "user_name"`);
    await runner.query(`DROP INDEX "public"."IDX_64c327441248bae40f7d92f34f"`);
    await runner.query(`DROP INDEX "public"."IDX_4bd9bc00776919370526766eb4"`);
    await runner.query(`DROP TABLE "access_token"`);
  }
}
