import type { MigrationInterface, QueryRunner } from 'typeorm';

const named = [
  ...['species', 'strain', 'brain_region', 'setup_type', 'behavioral_category'],
  ...['supplier', 'hardware_device', 'consumable'],
];

/** What people call a term beside its name. */
export class TermSynonyms1764700000010 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const table of named)
      await runner.query(
        `ALTER TABLE "${table}" ADD "synonyms" text array NOT NULL DEFAULT '{}',
           ADD CONSTRAINT "${table}_synonyms_most" CHECK (cardinality("synonyms") <= 100 AND char_length(array_to_string("synonyms", '')) <= 10000)`,
      );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of named) await runner.query(`ALTER TABLE "${table}" DROP COLUMN "synonyms"`);
  }
}
