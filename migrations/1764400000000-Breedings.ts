import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Breedings, with who was born of them, and their log. */
export class Breedings1764400000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE TABLE "breeding_log_entry" ("id" uuid NOT NULL, "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL DEFAULT now(), "updated_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL DEFAULT now(), "version" integer NOT NULL DEFAULT '1', "breeding_id" uuid NOT NULL, "started_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL, "ended_at" TIMESTAMP(3) WITH TIME ZONE, "performed_by" character varying(200), "notes" character varying(500), CONSTRAINT "breeding_log_entry_end_after_start" CHECK ("ended_at" >= "started_at"), CONSTRAINT "breeding_log_entry_id_code" CHECK (substr("id"::text, 15, 3) = '808'), CONSTRAINT "PK_f65d175c759aeb0b514d774c38a" PRIMARY KEY ("id"))`,
    );
    await runner.query(`CREATE INDEX "IDX_bf827e08fb059d005e6af93545" ON "breeding_log_entry"  ("breeding_id")`);
    await runner.query(
      `CREATE TABLE "breeding" ("id" uuid NOT NULL, "created_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL DEFAULT now(), "updated_at" TIMESTAMP(3) WITH TIME ZONE NOT NULL DEFAULT now(), "version" integer NOT NULL DEFAULT '1', "project_id" uuid NOT NULL, "name" character varying(100) NOT NULL, "dam_id" uuid, "sire_id" uuid, "started_on" date, "ended_on" date, "birth_date" date, "weaned_on" date, "litter_size" bigint, "expected_genotype" character varying(200), "description" text, "tags" text array NOT NULL DEFAULT '{}', CONSTRAINT "breeding_description_most" CHECK (char_length("description") <= 100000), CONSTRAINT "breeding_tags_most" CHECK (cardinality("tags") <= 100 AND char_length(array_to_string("tags", '')) <= 10000), CONSTRAINT "breeding_weaned_after_birth" CHECK ("weaned_on" >= "birth_date"), CONSTRAINT "breeding_birth_after_start" CHECK ("birth_date" >= "started_on"), CONSTRAINT "breeding_end_after_start" CHECK ("ended_on" >= "started_on"), CONSTRAINT "breeding_two_parents" CHECK ("dam_id" <> "sire_id"), CONSTRAINT "breeding_id_code" CHECK (substr("id"::text, 15, 3) = '807'), CONSTRAINT "PK_15f32b20a740eb076baf8e5b6d5" PRIMARY KEY ("id"))`,
    );
    await runner.query(`CREATE INDEX "IDX_1d2076ddc41ce0114643223a64" ON "breeding"  ("project_id")`);
    await runner.query(`CREATE INDEX "IDX_324659039f5678d13a1983ab16" ON "breeding"  ("dam_id")`);
    await runner.query(`CREATE INDEX "IDX_2db0f4ea443a06fc714d37aaa4" ON "breeding"  ("sire_id")`);
    await runner.query(
      `CREATE TABLE "breeding_offspring" ("breeding_id" uuid NOT NULL, "subject_id" uuid NOT NULL, CONSTRAINT "PK_7ecd38d3f6467ad3dcf6ba48559" PRIMARY KEY ("breeding_id", "subject_id"))`,
    );
    await runner.query(`CREATE INDEX "IDX_13b5b3c11f2da282a3a13de113" ON "breeding_offspring"  ("subject_id")`);
    await runner.query(
      `ALTER TABLE "breeding_log_entry" ADD CONSTRAINT "FK_bf827e08fb059d005e6af935456" FOREIGN KEY ("breeding_id") REFERENCES "breeding"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "breeding" ADD CONSTRAINT "FK_1d2076ddc41ce0114643223a64b" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "breeding" ADD CONSTRAINT "FK_324659039f5678d13a1983ab163" FOREIGN KEY ("dam_id") REFERENCES "subject"("id") ON DELETE SET NULL ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "breeding" ADD CONSTRAINT "FK_2db0f4ea443a06fc714d37aaa4a" FOREIGN KEY ("sire_id") REFERENCES "subject"("id") ON DELETE SET NULL ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "breeding_offspring" ADD CONSTRAINT "FK_d5f8fd493a39cd6b6d91e8e7efb" FOREIGN KEY ("breeding_id") REFERENCES "breeding"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "breeding_offspring" ADD CONSTRAINT "FK_13b5b3c11f2da282a3a13de1136" FOREIGN KEY ("subject_id") REFERENCES "subject"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['breeding_offspring', 'breeding_log_entry', 'breeding'])
      await runner.query(`DROP TABLE "${table}"`);
  }
}
