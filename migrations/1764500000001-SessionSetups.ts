import type { MigrationInterface, QueryRunner } from 'typeorm';

/** In which setups a session took place, beside what its behaviors say. */
export class SessionSetups1764500000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE TABLE "session_setup" ("session_id" uuid NOT NULL, "setup_id" uuid NOT NULL, CONSTRAINT "PK_1130c6a19a64bf7f1bb6ba65de8" PRIMARY KEY ("session_id", "setup_id"))`,
    );
    await runner.query(`CREATE INDEX "IDX_c6df69ef9ff228eb75a0688244" ON "session_setup"  ("setup_id")`);
    await runner.query(
      `ALTER TABLE "session_setup" ADD CONSTRAINT "FK_f1918a1fa69599b2583f7604e43" FOREIGN KEY ("session_id") REFERENCES "session"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "session_setup" ADD CONSTRAINT "FK_c6df69ef9ff228eb75a0688244e" FOREIGN KEY ("setup_id") REFERENCES "setup"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE "session_setup"`);
  }
}
