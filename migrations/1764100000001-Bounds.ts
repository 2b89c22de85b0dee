import type { MigrationInterface, QueryRunner } from 'typeorm';

const text = (most: number) => (column: string) => `char_length("${column}") <= ${most}`;
const choices = (most: number) => (column: string) => `cardinality("${column}") <= ${most}`;
const words = (column: string) =>
  `cardinality("${column}") <= 100 AND char_length(array_to_string("${column}", '')) <= 10000`;
const json = (column: string) => `octet_length("${column}"::text) <= 256000`;
const jsonList = (most: number) => (column: string) =>
  `octet_length("${column}"::text) <= 256000 AND CASE WHEN jsonb_typeof("${column}") = 'array' THEN jsonb_array_length("${column}") <= ${most} ELSE TRUE END`;

const description = { description: text(100_000) };
const website = { website: text(2000) };
const tags = { tags: words };
const extraFields = { extra_fields: json };
const details = { details: json };
const identifiers = { external_identifiers: jsonList(200) };
const links = { repository_links: jsonList(200) };

const bounds: Record<string, Record<string, (column: string) => string>> = {
  access_token: { scopes: choices(3) },
  behavioral_category: description,
  behavioral_paradigm: description,
  cohort: { ...description, ...tags },
  collection: { ...description, ...tags },
  consumable: { ...description, ...website, ...identifiers },
  consumable_stock: details,
  contributor: { roles: choices(15) },
  data_acquisition: { ...details, file_url: text(2000) },
  data_storage: { ...description, organization: choices(6) },
  equipment: { ...details, coordinates: json },
  hardware_device: { ...description, ...website, ...identifiers },
  inventory: description,
  laboratory: website,
  manipulation: { details: jsonList(1000) },
  procedure: { ...details, coordinates: json },
  procedure_log_entry: details,
  project: { ...description, ...tags, ...extraFields, ...links, funding: jsonList(200) },
  publication: { authors: text(100_000), abstract: text(100_000), url: text(2000), pdf_url: text(2000) },
  session: { ...description, ...tags, ...extraFields, ...links },
  setup: { ...description, specifications: jsonList(200), image: text(2000) },
  setup_type: description,
  species: { ...description, ...identifiers },
  strain: { ...description, ...identifiers },
  subject: { ...description, ...tags, ...extraFields },
  subject_log_entry: details,
  supplier: { ...description, ...website, ...identifiers },
  user: website,
};

/** Every text, list and JSON value has a bound. */
export class Bounds1764100000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const [table, columns] of Object.entries(bounds))
      for (const [column, bound] of Object.entries(columns))
        await runner.query(`ALTER TABLE "${table}" ADD CONSTRAINT "${table}_${column}_most" CHECK (${bound(column)})`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const [table, columns] of Object.entries(bounds))
      for (const column of Object.keys(columns))
        await runner.query(`ALTER TABLE "${table}" DROP CONSTRAINT "${table}_${column}_most"`);
  }
}
