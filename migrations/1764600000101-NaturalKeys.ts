import type { MigrationInterface, QueryRunner } from 'typeorm';

const words = ['species', 'strain', 'supplier', 'hardware_device', 'consumable'];

/** The indexes by which objects are found by the names that the world has for them, in any case of letters. */
export class NaturalKeys1764600000101 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const table of words) {
      await runner.query(
        `CREATE INDEX "${table}_rrid" ON "${table}" (lower(regexp_replace("rrid", '^rrid:\\s*', '', 'i')))`,
      );
      await runner.query(
        `CREATE INDEX "${table}_external_identifiers" ON "${table}" USING gin ((lower("external_identifiers"::text)::jsonb) jsonb_path_ops)`,
      );
    }
    await runner.query(
      `CREATE INDEX "publication_doi" ON "publication" (lower(regexp_replace("doi", '^(doi:\\s*)?(https?://)?((dx\\.|www\\.)?doi\\.org/)?', '', 'i')))`,
    );
    await runner.query(`CREATE INDEX "user_orcid" ON "user" ("orcid")`);
  }

  async down(runner: QueryRunner): Promise<void> {
    const ofWords = words.flatMap((table) => [`${table}_rrid`, `${table}_external_identifiers`]);
    for (const index of [...ofWords, 'publication_doi', 'user_orcid']) await runner.query(`DROP INDEX "${index}"`);
  }
}
