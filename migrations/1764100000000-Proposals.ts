import type { MigrationInterface, QueryRunner } from 'typeorm';

const words = [
  'species',
  'strain',
  'brain_region',
  'setup_type',
  'behavioral_category',
  'supplier',
  'hardware_device',
  'consumable',
  'journal',
  'publication',
];

/** An administrator who rejects a proposal says why. */
export class Proposals1764100000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const table of words)
      await runner.query(`ALTER TABLE "${table}" ADD "rejection_comment" character varying(1000)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of words) await runner.query(`ALTER TABLE "${table}" DROP COLUMN "rejection_comment"`);
  }
}
