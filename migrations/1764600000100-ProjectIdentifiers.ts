import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Identifiers of projects have a field of their own. What imports kept in `extraFields` moves there: `identifier` of DANDI, and
 * `doi`, from which OpenNeuro's accession number is read as well; of BIDS the same. What people wrote by hand stays where it is.
 */
export class ProjectIdentifiers1764600000100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `ALTER TABLE "project" ADD "identifiers" jsonb NOT NULL DEFAULT '[]',
         ADD CONSTRAINT "project_identifiers_list" CHECK (jsonb_typeof("identifiers") = 'array'),
         ADD CONSTRAINT "project_identifiers_most" CHECK (octet_length("identifiers"::text) <= 256000 AND CASE WHEN jsonb_typeof("identifiers") = 'array' THEN jsonb_array_length("identifiers") <= 200 ELSE TRUE END)`,
    );
    await runner.query(
      `WITH stated AS (
         SELECT p."id", (regexp_match(p."extra_fields"->>'identifier', '^DANDI:([0-9]{6})$'))[1] AS dandi,
           lower((regexp_match(p."extra_fields"->>'doi', '^(?:doi:|https?://(?:dx\\.)?doi\\.org/)?(10\\.[0-9]{4,9}/[^\\s%]{0,180}[^\\s%.,;:)"])$', 'i'))[1]) AS doi
         FROM "project" p
         WHERE EXISTS (SELECT 1 FROM "imported_object" o WHERE o."project_id" = p."id" AND o."object_id" = p."id" AND o."key" ~ '^project:(DANDI:|ds[0-9]|10[.])')
       ), found AS (
         SELECT "id", dandi, doi, (regexp_match(doi, '^10\\.18112/openneuro\\.(ds[0-9]{6})'))[1] AS openneuro
         FROM stated WHERE dandi IS NOT NULL OR doi IS NOT NULL
       )
       UPDATE "project" p SET
         "identifiers" = (SELECT jsonb_agg(jsonb_build_object('scheme', one.scheme, 'value', one.value) ORDER BY one.place)
           FROM (VALUES (1, 'DANDI', found.dandi), (2, 'OPENNEURO', found.openneuro), (3, 'DOI', found.doi)) AS one (place, scheme, value)
           WHERE one.value IS NOT NULL),
         "extra_fields" = p."extra_fields" - ARRAY_REMOVE(ARRAY[CASE WHEN found.dandi IS NOT NULL THEN 'identifier' END, CASE WHEN found.doi IS NOT NULL THEN 'doi' END], NULL)
       FROM found WHERE p."id" = found."id"`,
    );
    await runner.query(`CREATE INDEX "project_identifiers" ON "project" USING gin ("identifiers" jsonb_path_ops)`);
  }

  /** The first of DANDI's and the last DOI go back to the names that they had; the others to one text, a line each, and so do they where
   * such a name is taken. */
  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      `WITH each AS (
         SELECT p."id", p."extra_fields" ? 'identifier' AS has_identifier, p."extra_fields" ? 'doi' AS has_doi, one."value"->>'scheme' AS scheme, one."value"->>'value' AS value, one."place"
         FROM "project" p CROSS JOIN jsonb_array_elements(p."identifiers") WITH ORDINALITY AS one ("value", "place")
       ), ranked AS (
         SELECT *, row_number() OVER (PARTITION BY "id", scheme ORDER BY CASE WHEN scheme = 'DOI' THEN -"place" ELSE "place" END) AS number
         FROM each
       ), told AS (
         SELECT "id", CASE WHEN number = 1 AND scheme = 'DANDI' AND NOT has_identifier THEN 'identifier' WHEN number = 1 AND scheme = 'DOI' AND NOT has_doi THEN 'doi' ELSE 'furtherIdentifiers' END AS key,
           CASE WHEN scheme = 'DOI' AND number = 1 AND NOT has_doi THEN value ELSE scheme || ':' || value END AS text, "place"
         FROM ranked
       ), kept AS (
         SELECT "id", jsonb_object_agg(key, text) AS fields
         FROM (SELECT "id", key, string_agg(text, E'\\n' ORDER BY "place") AS text FROM told GROUP BY "id", key) AS texts GROUP BY "id"
       )
       UPDATE "project" p SET "extra_fields" = kept.fields || p."extra_fields" ||
         CASE WHEN kept.fields ? 'furtherIdentifiers' AND p."extra_fields" ? 'furtherIdentifiers'
           THEN jsonb_build_object('furtherIdentifiers', (p."extra_fields"->>'furtherIdentifiers') || E'\\n' || (kept.fields->>'furtherIdentifiers')) ELSE '{}' END
       FROM kept WHERE p."id" = kept."id"`,
    );
    await runner.query(`ALTER TABLE "project" DROP COLUMN "identifiers"`);
  }
}
